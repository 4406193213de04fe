"""Answers are read as far as an answer can be, packed or not, and no further."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from harness.adapters.bounded import MOST_BYTES, read_bounded
from harness.errors import AdapterError

PART = bytes(1 << 20)


def parts(sent: list[int]) -> Iterator[bytes]:
    """A little more than an answer may have; notes what was taken of it."""
    for number in range(2 + MOST_BYTES // len(PART)):
        sent.append(number)
        yield PART


def test_a_body_is_given_as_it_was_sent() -> None:
    assert read_bounded([b"{", b"}"], "the app") == b"{}"
    assert read_bounded([gzip.compress(b"{}")], "the app", "gzip") == b"{}"


def test_what_does_not_end_is_given_up() -> None:
    sent: list[int] = []

    with pytest.raises(AdapterError, match="the app answered more than 64 MB"):
        read_bounded(parts(sent), "the app")

    assert len(sent) == 1 + MOST_BYTES // len(PART)


@pytest.mark.parametrize("encoding", ["zstd", "gzip"])
def test_what_cannot_be_unpacked_is_named(encoding: str) -> None:
    with pytest.raises(AdapterError, match=encoding):
        read_bounded([b"not packed at all"], "the app", encoding)

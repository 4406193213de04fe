"""Bounds: no answer of an app is read for ever, however much it sends."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from harness.errors import AdapterError

MOST_BYTES = 64 << 20
"""Of one answer: a snapshot of some hundred thousand records."""
MOST_LOG = 256 << 10
"""Of a log that is kept: its end."""
MOST_ROWS = 2_000_000
"""Of one list in a Python answer, which may be a generator without an end."""


def read_bounded(chunks: Iterable[bytes], where: str, encoding: str = "") -> bytes:
    """A whole body, unpacked; raises AdapterError when it is larger than any answer should be."""
    unpacker = zlib.decompressobj(wbits=47) if encoding in ("gzip", "deflate") else None
    if encoding not in ("", "identity", "gzip", "deflate"):
        raise AdapterError(
            f"{where} answered with the content encoding {encoding!r}, expected none",
            hint="Answer without compression: nothing is gained on one machine.",
        )
    body = bytearray()
    for chunk in chunks:
        try:
            body += unpacker.decompress(chunk, MOST_BYTES) if unpacker else chunk
        except zlib.error as error:
            raise AdapterError(f"{where} answered with broken {encoding}: {error}") from error
        if len(body) > MOST_BYTES or (unpacker and unpacker.unconsumed_tail):
            raise too_large(where)
    return bytes(body)


def too_large(where: str) -> AdapterError:
    """What to raise about an answer that does not end."""
    problem = f"answered more than {MOST_BYTES >> 20} MB"
    return AdapterError(
        f"{where} {problem}",
        problem=problem,
        hint="Answer with what the app holds for this district alone.",
    )

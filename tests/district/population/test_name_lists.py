"""The name lists in the package are Faker's. Run as a program, this file writes them anew."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path

from faker.providers.person.en_US import Provider

from harness.district.population import name_lists


def _text(name: str, names: Iterable[str]) -> str:
    lines = textwrap.fill(" ".join(sorted(names)), 99, break_on_hyphens=False)
    return f'_{name} = """\n{lines}\n"""\n'


def _module() -> str:
    return (
        '"""Faker\'s first and last names of en_US; written by the test of this module."""\n\n'
        "from __future__ import annotations\n\n"
        + _text("FIRST", Provider.first_names)
        + _text("LAST", Provider.last_names)
        + "\nFIRST_NAMES = tuple(_FIRST.split())\nLAST_NAMES = tuple(_LAST.split())\n"
    )


def test_the_lists_are_those_of_faker() -> None:
    assert sorted(Provider.first_names) == list(name_lists.FIRST_NAMES)
    assert sorted(Provider.last_names) == list(name_lists.LAST_NAMES)


if __name__ == "__main__":
    Path(name_lists.__file__).write_text(_module(), encoding="utf-8")

"""Mistakes with values that are unusual, on whichever record they stand."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mutants.picky import Picky

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.registry import mutant


@mutant(
    "stores-ascii-beside-names",
    sees="people and classes with a number or a title in another script are missing",
    mistake="leaves out records with a text beyond ASCII in another field than a name",
    cause="odd-value:title",
    breaks={"R2"},
    plays={"odd-values"},
)
class StoresAsciiBesideNames(DemoAdapter):
    """People have the letters of the world in their names; numbers and titles have ours."""

    class client(Picky):
        paths = ("courses", "terms", "sections", "users")

        def accepts(self, record: Record) -> object:
            return all(text.isascii() for text in texts_in(record))


@mutant(
    "expects-small-letters-in-addresses",
    sees="parents and administrators whose address is in capitals have no account",
    mistake="leaves out contacts and staff whose `email` is not in small letters",
    cause="odd-value:email",
    breaks={"R2"},
    plays={"odd-values"},
)
class ExpectsSmallLettersInAddresses(DemoAdapter):
    """Whoever is invited by mail has an address in small letters."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            address = record.get("email") or ""
            reads_only = not {"student", "teacher"} & record["roles"].keys()
            return not reads_only or address == address.lower()


@mutant(
    "takes-lms-status-for-granted",
    sees="people and classes are missing whose status in the learning system is unknown",
    mistake="takes `lms_status` to be there, and never null",
    cause="odd-value:lms_status",
    breaks={"R7"},
    plays={"odd-values"},
)
class TakesLmsStatusForGranted(DemoAdapter):
    """Clever says of everybody whether the learning system has them."""

    class client(Picky):
        paths = ("sections", "users")

        def accepts(self, record: Record) -> object:
            return record["lms_status"]["synced_in_lms"] in (True, False)


@mutant(
    "spells-schools-in-ascii",
    sees="a school is missing that has an accent in its name",
    mistake="leaves out schools whose `name` is not ASCII",
    cause="odd-value:name",
    breaks={"R2"},
    plays={"odd-values"},
)
class SpellsSchoolsInAscii(DemoAdapter):
    """Our addresses on the web begin with the name of the school."""

    class client(Picky):
        paths = ("schools",)

        def accepts(self, record: Record) -> object:
            return record["name"].isascii()


def texts_in(value: Any) -> Iterator[str]:
    """All texts in a record, however deep, but for names."""
    match value:
        case str():
            yield value
        case dict():
            for key, part in value.items():
                if key not in ("name", "preferred_name"):
                    yield from texts_in(part)
        case list():
            for part in value:
                yield from texts_in(part)

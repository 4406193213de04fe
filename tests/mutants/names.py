"""Mistakes with names and other text."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from unicodedata import normalize

from mutants.picky import Picky, role_of

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Course, Person
from harness.demo.store import Row, Store

PLACEHOLDERS = ("null", "none", "n/a", "test")


def names(record: Record) -> list[str]:
    """First and last name, as far as they are there."""
    return [name for part in ("first", "last") if (name := record["name"].get(part))]


def renamed(person: Person, change: Callable[[str], str]) -> Person:
    first, last = person.first_name, person.last_name
    return replace(person, first_name=first and change(first), last_name=last and change(last))


@mutant(
    "has-short-names",
    sees="people with a very long name have no account",
    mistake="leaves out users whose first or last name has over 50 characters",
    cause="odd-value:name",
    breaks={"R2"},
)
class HasShortNames(DemoAdapter):
    """VARCHAR(50) is room enough for a name."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return all(len(name) <= 50 for name in names(record))


@mutant(
    "has-short-middle-names",
    sees="people with a long middle name have no account",
    mistake="leaves out users whose middle name has over 20 characters",
    cause="odd-value:name.middle",
    breaks={"R2"},
)
class HasShortMiddleNames(DemoAdapter):
    """VARCHAR(20) is room enough for a middle name."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return len(record["name"].get("middle") or "") <= 20


@mutant(
    "lines-of-twenty-four-letters",
    sees="the names of many parents end in the middle",
    mistake="keeps the first twenty-four characters of a first or last name",
    cause="cut-short",
    breaks={"R2"},
)
class LinesOfTwentyFourLetters(DemoAdapter):
    """So many fit on a line of the card."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            return renamed(super().person(record), lambda name: name[:24])


@mutant(
    "needs-letters",
    sees="a child whose name is mistyped has no account",
    mistake="leaves out users with a name without a letter",
    cause="odd-value:name.last",
    breaks={"R2"},
    blocks={"R5"},
)
class NeedsLetters(DemoAdapter):
    """A name without a letter is a slip of the keyboard."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return all(any(map(str.isalpha, name)) for name in names(record))


@mutant(
    "needs-two-letters",
    sees="people with a name of one letter have no account",
    mistake="leaves out users with a name of one character",
    cause="odd-value:name",
    breaks={"R2"},
    blocks={"R5"},
)
class NeedsTwoLetters(DemoAdapter):
    """A name of one letter is an initial, and not a name."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return all(len(name) > 1 for name in names(record))


@mutant(
    "escapes-text",
    sees="O'Brien is called O&#x27;Brien",
    mistake="stores names as they are written in HTML",
    cause="changes-characters",
    breaks={"R2"},
)
class EscapesText(DemoAdapter):
    """Text is made safe for our pages as soon as it comes in."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            return renamed(super().person(record), escape)

        def course(self, record: Record) -> Course:
            course = super().course(record)
            return replace(course, name=course.name and escape(course.name))


@mutant(
    "takes-first-word",
    sees="Ms de la Cruz is called de",
    mistake="cuts names at the first space or hyphen",
    cause="cut-short",
    breaks={"R2"},
    blocks={"R5"},
)
class TakesFirstWord(DemoAdapter):
    """A name is one word; what comes after is another name."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            if "contact" in record["roles"]:
                return person
            return renamed(person, lambda name: re.split(r"[ -]", name.strip())[0])


@mutant(
    "strips-accents",
    sees="Zoë is called Zoe",
    mistake="stores names without accents",
    cause="changes-characters",
    breaks={"R2"},
    blocks={"R5"},
)
class StripsAccents(DemoAdapter):
    """Names are kept in plain letters, so that they can be searched for."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            return renamed(super().person(record), self.plain)

        def plain(self, name: str) -> str:
            plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
            return plain if plain.strip() else name


@mutant(
    "knows-latin-letters",
    sees="people with Chinese or Arabic names have no account",
    mistake="leaves out users whose name is not in Latin letters",
    cause="odd-value:name.last",
    breaks={"R2"},
)
class KnowsLatinLetters(DemoAdapter):
    """Names have letters of our own alphabet, with or without accents."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return all(
                ord(sign) < 0x2100 and not 0x0590 <= ord(sign) < 0x0700
                for name in names(record)
                for sign in name
            )


@mutant(
    "has-three-byte-letters",
    sees="people with an emoji in their name have no account",
    mistake="leaves out users whose name has four-byte characters",
    cause="odd-value:name.first",
    breaks={"R2"},
)
class HasThreeByteLetters(DemoAdapter):
    """The column is utf8, as our database understands it."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return all(ord(sign) <= 0xFFFF for name in names(record) for sign in name)


@mutant(
    "strips-markup",
    sees="parts of a name are missing",
    mistake="takes out of names what looks like a tag",
    cause="changes-characters",
    breaks={"R2"},
)
class StripsMarkup(DemoAdapter):
    """Whatever looks like a tag is taken out."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            return renamed(super().person(record), lambda name: re.sub(r"<[^>]*>", "", name))


@mutant(
    "takes-null-for-nothing",
    sees="Ms Null has no account",
    mistake="takes the names Null, None and Test for missing values",
    cause="odd-value:name.last",
    breaks={"R2"},
)
class TakesNullForNothing(DemoAdapter):
    """Some exports write null or none where there is no name, and test for test data."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return not any(name.casefold() in PLACEHOLDERS for name in names(record))


@mutant(
    "refuses-spaces",
    sees="people whose name has a space too many have no account",
    mistake="leaves out users whose name has spaces around it, or two in a row",
    cause="odd-value:name.last",
    breaks={"R2"},
)
class RefusesSpaces(DemoAdapter):
    """A name with a space before or behind it was never looked at by anybody."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            return all(name == " ".join(name.split()) for name in names(record))


@mutant(
    "checks-addresses",
    sees="people with an odd e-mail address have no account",
    mistake="leaves out users whose address does not match a pattern",
    cause="odd-value:email",
    breaks={"R2"},
)
class ChecksAddresses(DemoAdapter):
    """An address that no mail server would take is no address, and so no account."""

    class client(Picky):
        valid = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")

        def accepts(self, record: Record) -> object:
            address = record.get("email")
            return not address or self.valid.fullmatch(address)


@mutant(
    "cuts-addresses-at-plus",
    sees="who has a plus sign in the address gets no mail",
    mistake="cuts e-mail addresses at a plus sign",
    cause="removes-tags",
    breaks={"R2"},
)
class CutsAddressesAtPlus(DemoAdapter):
    """What follows a plus sign is for sorting mail, and who signs in does not write it."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            return replace(person, email=person.email and re.sub(r"\+[^@]*", "", person.email))


@mutant(
    "has-short-usernames",
    sees="students with a very long username have no account",
    mistake="leaves out students whose username has over 50 characters",
    cause="odd-value:credentials.district_username",
    breaks={"R2"},
)
class HasShortUsernames(DemoAdapter):
    """VARCHAR(50) is room enough for a username."""

    class client(Picky):
        def accepts(self, record: Record) -> object:
            credentials = role_of(record, "student").get("credentials") or {}
            return len(credentials.get("district_username") or "") <= 50


@mutant(
    "needs-spoken-class-names",
    sees="classes with a number for a name are missing",
    mistake="leaves out sections without a letter in their name",
    cause="odd-value:name",
    breaks={"R2"},
)
class NeedsSpokenClassNames(DemoAdapter):
    """A class whose name has no letters is a left-over of the timetable."""

    class client(Picky):
        paths = ("sections",)

        def accepts(self, record: Record) -> object:
            return any(map(str.isalpha, record["name"]))


@mutant(
    "ignores-capitals",
    sees="a name that the school corrects in capitals stays as it was",
    mistake="compares records without regard to capitals, and writes only what differs",
    cause="corrections-ignored",
    breaks={"R5"},
)
class IgnoresCapitals(DemoAdapter):
    """The district's two systems write the same names in different ways."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            before = self.db.execute(f"SELECT * FROM {table} WHERE id = ?", (known,)).fetchone()
            if all(_folded(before[key]) == _folded(value) for key, value in row.items()):
                row = {key: before[key] for key in row}
            super().update(table, known, row)


def _folded(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value

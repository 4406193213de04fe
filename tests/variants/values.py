"""Other, equally good ways of keeping values."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from dataclasses import replace
from json import dumps, loads
from unicodedata import normalize

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import variant
from harness.demo.roster import Course, Person, School, Term
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store

ROOM = 40
"""How many characters of a text are kept."""


@variant("tidies-every-text", "it composes, trims and cuts every text, and keeps the record")
class TidiesEveryText(DemoAdapter):
    """Addresses are in small letters, numbers without blanks, names as long as the column."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            return replace(
                person,
                first_name=tidy(person.first_name),
                last_name=tidy(person.last_name),
                email=person.email and person.email.strip().lower(),
                sis_id=tidy(person.sis_id),
            )

        def school(self, record: Record) -> School:
            school = super().school(record)
            return replace(school, name=tidy(school.name))

        def course(self, record: Record) -> Course:
            course = super().course(record)
            return replace(course, name=tidy(course.name))

        def term(self, record: Record) -> Term:
            term = super().term(record)
            return replace(term, name=tidy(term.name))


def tidy(text: str | None) -> str | None:
    """The text in composed letters, with single spaces, and cut."""
    return text and " ".join(normalize("NFC", text).split())[:ROOM]


@variant("labels-what-has-no-name", "where Clever has no name or address it shows one of its own")
class LabelsWhatHasNoName(DemoAdapter):
    """A list needs something to click on, and a login needs an address."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            return replace(person, email=person.email or f"{person.clever_id}@accounts.example")

        def course(self, record: Record) -> Course:
            course = super().course(record)
            return replace(course, name=course.name or f"Course {record.get('number') or ''}")

        def term(self, record: Record) -> Term:
            term = super().term(record)
            return replace(term, name=term.name or "(no name)")


@variant("shows-preferred-names", "it shows students by the name that they prefer")
class ShowsPreferredNames(DemoAdapter):
    """Version 3.1 has it for that; what is empty in it is as in the name."""

    class reader(Reader):
        def person(self, record: Record) -> Person:
            person = super().person(record)
            student = (record.get("roles") or {}).get("student") or {}
            preferred = student.get("preferred_name") or {}
            return replace(
                person,
                first_name=preferred.get("first") or person.first_name,
                last_name=preferred.get("last") or person.last_name,
            )


@variant("appends-every-value", "it updates no row, but adds a version, and shows the newest one")
class AppendsEveryValue(DemoAdapter):
    """What was true before stays in the books; what becomes true again is entered again."""

    class store(Store):
        schema = SCHEMA + (
            "CREATE TABLE IF NOT EXISTS versions (kind TEXT, record_id INTEGER, body TEXT);"
        )

        def update(self, table: str, known: int, row: Row) -> None:
            query = "SELECT body FROM versions WHERE kind = ? AND record_id = ? ORDER BY rowid DESC"
            entry = dumps(row, sort_keys=True)
            if str(self.value(query, table, known)) != entry:
                self.insert("versions", {"kind": table, "record_id": known, "body": entry})
            super().update(table, known, loads(str(self.value(query, table, known))))

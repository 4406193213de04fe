"""Mistakes with grades, primary schools and the dates of terms, of apps that show them."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from variants.optional_values import (
    KeepsValidValuesOnly,
    OneDisplayName,
    Placed,
    ShowsOptionalValues,
)

from harness.contract.snapshot import HeldTerm, HeldUser
from harness.demo.registry import mutant
from harness.demo.store import Row, Store


@mutant(
    "never-updates-grades",
    sees="last year's grade stands beside everybody's name",
    mistake="writes the grade of a new student, and never again",
    cause="never-updates:grade",
    breaks={"R5"},
)
class NeverUpdatesGrades(ShowsOptionalValues):
    """The reading level starts with the grade; from then on it goes its own way."""

    class store(ShowsOptionalValues.store):
        def update(self, table: str, known: int, row: Row) -> None:
            super().update(table, known, {key: row[key] for key in row if key != "grade"})


@mutant(
    "keeps-the-highest-grade",
    sees="a student whose grade was corrected sees the books of the grade above",
    mistake="writes a grade only if it is above the one before",
    cause="never-updates:grade",
    breaks={"R5"},
)
class KeepsTheHighestGrade(ShowsOptionalValues):
    """Grades rise."""

    class store(ShowsOptionalValues.store):
        def update(self, table: str, known: int, row: Row) -> None:
            if table == "users":
                before = self.db.execute("SELECT grade FROM users WHERE id = ?", (known,))
                held, grade = before.fetchone()["grade"] or "", str(row["grade"] or "")
                if held.isdigit() and grade.isdigit() and int(grade) < int(held):
                    row = {**row, "grade": held}
            super().update(table, known, row)


@mutant(
    "keeps-the-first-primary-school",
    sees="a student who moved is still listed under the old school",
    mistake="writes the primary school of a new user, and never again",
    cause="never-updates:primary_school",
    breaks={"R5"},
)
class KeepsTheFirstPrimarySchool(ShowsOptionalValues):
    """Licences are counted by school, and one that has been counted stays where it is."""

    class district_sync(ShowsOptionalValues.district_sync):
        def place(self, user: int, person: Placed) -> None:
            if self.store.value("SELECT primary_school FROM users WHERE id = ?", user) is None:
                super().place(user, person)


@mutant(
    "has-no-grade-for-kindergarten",
    sees="the youngest children are in no grade",
    mistake="takes the 0 that stands for Kindergarten for no grade at all",
    cause="other-value:grade",
    breaks={"R2"},
)
class HasNoGradeForKindergarten(ShowsOptionalValues):
    """Grades are numbers here."""

    def user(self, row: HeldUser, stored: Mapping[str, str | None]) -> HeldUser:
        held = super().user(row, stored)
        number = 0 if held.grade == "Kindergarten" else held.grade
        return replace(held, grade=str(number) if number else None)


@mutant(
    "ends-terms-a-day-early",
    sees="classes are closed on the last day of the term",
    mistake="takes the last day of a term for its midnight, which is the day before further west",
    cause="shifted-dates",
    breaks={"R2"},
)
class EndsTermsADayEarly(ShowsOptionalValues):
    """A term ends at an instant, and the instant is shown in the district's time zone."""

    def term(self, row: HeldTerm, stored: Mapping[str, str | None]) -> HeldTerm:
        held = super().term(row, stored)
        if not held.end_date:
            return held
        day = date.fromisoformat(held.end_date) - timedelta(days=1)
        return replace(held, end_date=day.isoformat())


@mutant(
    "takes-a-tag-for-a-mistake",
    sees="who has a plus sign in the address gets no mail",
    mistake="keeps well-formed addresses only, as declared, and has no plus sign in its pattern",
    cause="drops-field:email",
    breaks={"R2"},
)
class TakesATagForAMistake(KeepsValidValuesOnly):
    """The pattern is one from a book about regular expressions."""

    well_formed = re.compile(r"[\w.-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


@mutant(
    "writes-display-names-once",
    sees="who has another name now is listed under the old one",
    mistake="makes the display name of a new user, and never again",
    cause="never-updates",
    breaks={"R5"},
    blocks={"T6"},
)
class WritesDisplayNamesOnce(OneDisplayName):
    """A display name is the user's own."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            names = ("first_name", "last_name")
            super().update(table, known, {key: row[key] for key in row if key not in names})

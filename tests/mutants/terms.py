"""Mistakes about classes whose term is over or has not begun."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from harness.demo.adapter import DemoAdapter
from harness.demo.registry import mutant
from harness.demo.roster import Roster, Section, Term
from harness.demo.schema import SCHEMA
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids

HERE = {"comings-and-goings"}


class ByTerm(DistrictSync):
    """A sync that treats some sections otherwise, by their terms and the date in the district."""

    @property
    def today(self) -> str:
        return self.reader.client.connection.day

    def is_over(self, term: Term) -> bool:
        return bool(term.end_date) and str(term.end_date) < self.today

    def has_not_begun(self, term: Term) -> bool:
        return bool(term.start_date) and str(term.start_date) > self.today


class Frozen(ByTerm):
    """Once it has them, it does not look at the sections of some terms again."""

    def freezes(self, term: Term) -> bool:
        raise NotImplementedError

    def save(self, district: int, roster: Roster) -> dict[str, Ids]:
        terms = {term.clever_id for term in roster.terms if self.freezes(term)}
        self.frozen = {
            section.clever_id
            for section in roster.sections
            if section.term in terms and self.is_here(section)
        }
        moving = (one for one in roster.sections if one.clever_id not in self.frozen)
        saved = super().save(district, replace(roster, sections=tuple(moving)))
        query = "SELECT id FROM sections WHERE clever_id = ?"
        kept = {one: int(self.store.value(query, one) or 0) for one in self.frozen}
        return {**saved, "sections": {**saved["sections"], **kept}}

    def is_here(self, section: Section) -> bool:
        query = "SELECT id FROM sections WHERE clever_id = ? AND NOT archived"
        return self.store.value(query, section.clever_id) is not None

    def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
        moving = (one for one in roster.sections if one.clever_id not in self.frozen)
        super().link(replace(roster, sections=tuple(moving)), saved)


@mutant(
    "freezes-classes-of-past-terms",
    sees="who is added to a class after its last day does not see it, and is not seen in it",
    mistake="changes nothing of a section whose term is over",
    cause="never-updates",
    breaks={"R5", "R9"},
    plays=HERE,
)
class FreezesClassesOfPastTerms(DemoAdapter):
    """What is over does not change."""

    class district_sync(Frozen):
        def freezes(self, term: Term) -> bool:
            return self.is_over(term)


@mutant(
    "prepares-classes-once",
    sees="a class that begins in spring has the people it was planned with in autumn",
    mistake="changes nothing of a section whose term has not begun",
    cause="in-common:term-ahead",
    breaks={"R5", "R9"},
    plays=HERE,
)
class PreparesClassesOnce(DemoAdapter):
    """A class is filled when it is planned, and again when it begins."""

    class district_sync(Frozen):
        def freezes(self, term: Term) -> bool:
            return self.has_not_begun(term)


@mutant(
    "closes-classes-on-the-last-day",
    sees="a class is closed the day after its term, before its grades are given",
    mistake="archives a section that is in use when the term has ended since",
    cause="odd-value:end_date",
    breaks={"R6"},
    blocks={"R5", "R9"},
    plays=HERE,
)
class ClosesClassesOnTheLastDay(DemoAdapter):
    """What was over when the district came to us is history, and is shown as such."""

    class store(Store):
        schema = SCHEMA + "CREATE TABLE IF NOT EXISTS ran (section_id INTEGER UNIQUE);"

    class district_sync(ByTerm):
        of_these_terms = (
            "SELECT sections.id FROM sections JOIN terms ON terms.id = term_id"
            " WHERE sections.district_id = ? AND "
        )

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            if table != "sections":
                return absent
            runs = self.of_these_terms + "end_date >= ?"
            self.store.db.execute(f"INSERT OR IGNORE INTO ran {runs}", (district, self.today))
            ended = self.of_these_terms + "end_date < ? AND sections.id IN ran"
            rows = self.store.db.execute(ended, (district, self.today))
            return absent | {row["id"] for row in rows}


@mutant(
    "keeps-classes-of-past-terms",
    sees="a class that was removed after its last day is still there",
    mistake="archives no section whose term is over",
    cause="keeps-active",
    breaks={"R6"},
    plays=HERE,
)
class KeepsClassesOfPastTerms(DemoAdapter):
    """What is over needs no end."""

    class district_sync(ByTerm):
        over = (
            "SELECT sections.id FROM sections JOIN terms ON terms.id = term_id"
            " WHERE sections.district_id = ? AND end_date < ?"
        )

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            if table != "sections":
                return absent
            rows = self.store.db.execute(self.over, (district, self.today))
            return absent - {row["id"] for row in rows}


@mutant(
    "leaves-classes-in-a-term-that-is-over",
    sees="a class that goes on after the holidays stays in the term before them",
    mistake="gives a section no other term once the one it has is over",
    cause="never-updates",
    breaks={"R5"},
    plays=HERE,
)
class LeavesClassesInATermThatIsOver(DemoAdapter):
    """Where a class belongs is settled when its term ends."""

    class district_sync(ByTerm):
        over = (
            "SELECT term_id FROM sections JOIN terms ON terms.id = term_id"
            " WHERE sections.clever_id = ? AND NOT sections.archived AND end_date < ?"
        )

        def keep(self, table: str, district: int, rows: Iterable[Row]) -> Ids:
            return super().keep(
                table, district, map(self.settled, rows) if table == "sections" else rows
            )

        def settled(self, row: Row) -> Row:
            term = self.store.value(self.over, row["clever_id"], self.today)
            return row if term is None else {**row, "term_id": term}


@mutant(
    "closes-classes-that-lose-their-term",
    sees="a class is gone when the semester is struck from the calendar",
    mistake="archives the sections of a term that is archived, though they go on without one",
    cause="archives-what-is-shared",
    breaks={"R6"},
    blocks={"R5", "R9"},
)
class ClosesClassesThatLoseTheirTerm(DemoAdapter):
    """A term takes its classes along."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            missing = super().gone(table, district, ids, roster)
            return missing | self.ended if table == "sections" else missing

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            terms = {term.clever_id for term in roster.terms}
            rows = self.store.db.execute(
                "SELECT sections.id, sections.clever_id, terms.clever_id AS term FROM sections"
                " JOIN terms ON terms.id = term_id"
                " WHERE sections.district_id = ? AND NOT sections.archived",
                (district,),
            )
            without = {section.clever_id for section in roster.sections if not section.term}
            self.ended = {
                row["id"]
                for row in rows
                if row["term"] not in terms and row["clever_id"] in without
            }
            return super().save(district, roster)

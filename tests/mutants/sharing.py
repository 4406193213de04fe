"""Mistakes that show when a district shares a part of what belongs together."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import islice

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client
from harness.demo.mutants.keeping import DUPLICATES_ALLOWED
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync, Ids


@mutant(
    "closes-classes-without-a-teacher",
    sees="a class whose teacher is not shared cannot be opened",
    mistake="archives sections none of whose teachers is among the users",
    cause="archives-what-is-shared",
    breaks={"R6", "R7"},
    blocks={"R9"},
)
class ClosesClassesWithoutATeacher(DemoAdapter):
    """A class without a teacher is a mistake of the district's."""

    class district_sync(DistrictSync):
        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            if table != "sections":
                return absent
            known = {person.clever_id for person in roster.people}
            return absent | {
                ids[one.clever_id] for one in roster.sections if not known & set(one.teachers)
            }


@mutant(
    "takes-the-first-token",
    sees="every district has the people of the first one",
    mistake="reads every district with the first of the tokens that Clever lists",
    cause="token-of-another-district",
    breaks={"G6", "T6"},
    blocks={"R1", "R2", "R5", "R6", "R8", "R9", "G1", "G2", "T1", "T7"},
)
class TakesTheFirstToken(DemoAdapter):
    """In the sandbox there was one district, and its token was the first of the list."""

    class client(Client):
        def tokens(self) -> dict[str, str]:
            granted = super().tokens()
            first = next(iter(granted.values()), None)
            return {} if first is None else dict.fromkeys(granted, first)


@mutant(
    "limits-a-trial-district",
    sees="a district that tries the app out lacks its last people",
    mistake="creates sixty accounts at most for districts beyond the fourth",
    cause="district-in-part",
    breaks={"R2"},
    plays={"lists-fail"},
)
class LimitsATrialDistrict(DemoAdapter):
    """Four districts have a contract; whoever comes after them is on trial."""

    class district_sync(DistrictSync):
        def keep(self, table: str, district: int, rows: Iterable[Row]) -> Ids:
            on_trial = table == "users" and district > 4
            return super().keep(table, district, islice(rows, 60) if on_trial else rows)

        def link(self, roster: Roster, saved: Mapping[str, Ids]) -> None:
            people = (one for one in roster.people if one.clever_id in saved["users"])
            super().link(replace(roster, people=tuple(people)), saved)


@mutant(
    "new-class-on-return",
    sees="a class that comes back is an empty new one beside the old one",
    mistake="creates a second record for an archived section that is shared again",
    cause="new-record-for-known",
    breaks={"R1", "R6"},
)
class NewClassOnReturn(DemoAdapter):
    """A class that was closed is closed; if it is held again, it is another one."""

    class store(Store):
        schema = DUPLICATES_ALLOWED

        def find(self, table: str, row: Row) -> int | None:
            known = super().find(table, row)
            if table != "sections" or known is None:
                return known
            return self.value(
                "SELECT id FROM sections WHERE clever_id = ? AND NOT archived", row["clever_id"]
            )


@mutant(
    "deletes-contacts",
    sees="a guardian who comes back has to start again",
    mistake="deletes contacts that are no longer shared instead of archiving them",
    cause="deletes-instead-of-archiving",
    breaks={"R6"},
)
class DeletesContacts(DemoAdapter):
    """Archiving was built for the school; addresses of families are not kept."""

    class store(Store):
        def archive(self, table: str, rows: Collection[int]) -> None:
            if table == "users":
                query = (
                    "DELETE FROM users WHERE id = ? AND id IN"
                    " (SELECT user_id FROM roles WHERE role = 'contact')"
                )
                self.each(query, ((row,) for row in rows))
            super().archive(table, rows)

"""Mistakes of apps that save themselves work: what has changed is not looked at in every sync."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterable, Mapping

from variants.stamps import AsksForNews

from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record
from harness.demo.reader import Reader
from harness.demo.registry import mutant
from harness.demo.roster import Role, Roster
from harness.demo.schema import RECORDS
from harness.demo.store import Row, Store
from harness.demo.sync import DistrictSync


@mutant(
    "skips-lists-of-the-same-length",
    sees="a student who changes class on a quiet day does not see the new one",
    mistake="applies nothing when every list is as long as in the sync before",
    cause="never-updates",
    breaks={"R5", "R9"},
)
class SkipsListsOfTheSameLength(DemoAdapter):
    """Where nothing came and nothing went there is nothing to do."""

    class district_sync(DistrictSync):
        def apply(self, roster: Roster) -> None:
            district = self.store.district(roster.district)
            if district is None or self.held(district) != self.read_lengths(roster):
                super().apply(roster)

        def held(self, district: int) -> list[int]:
            return [len(self.store.active(table, district)) for table in RECORDS]

        def read_lengths(self, roster: Roster) -> list[int]:
            return [
                len(roster.people if table == "users" else getattr(roster, table))
                for table in RECORDS
            ]


SYNCED: dict[str, str | None] = {}
"""Clever ID of a district → its `last_sync` when we read it, in the memory of the one process."""


@mutant(
    "waits-for-last-sync",
    sees="a student whom the district shares no longer can still sign in",
    mistake="applies nothing while the `last_sync` of the district is that of the sync before",
    cause="waits-for-last-sync",
    breaks={"R5", "R6"},
    plays={"old-data"},
)
class WaitsForLastSync(DemoAdapter):
    """Where Clever has nothing new from the district there is nothing to do."""

    class district_sync(DistrictSync):
        def apply(self, roster: Roster) -> None:
            (district,) = self.reader.records("districts")
            if SYNCED.get(roster.district, "") != district.get("last_sync"):
                super().apply(roster)
                SYNCED[roster.district] = district.get("last_sync")


@mutant(
    "notes-the-news-before-it-reads",
    sees="what came on the night of a failed sync is missing until Clever has news again",
    mistake="stores `last_clever_sync` before it reads, and reads only if it has moved",
    cause="list-read-once",
    breaks={"T6"},
    plays={"lists-fail"},
)
class NotesTheNewsBeforeItReads(AsksForNews):
    """Clever says when it has anything new, and the moment is noted at once."""

    class district_sync(AsksForNews.district_sync):
        def read(self) -> Roster:
            self.applied.update([self.latest])
            return super().read()


TERMS: dict[str, list[Record]] = {}
"""Clever ID of a district → its terms, in the memory of the app's one process."""


@mutant(
    "reads-terms-once",
    sees="the terms of the new school year never come, and the old ones stay",
    mistake="reads the terms of a district in its first sync and keeps them in a cache",
    cause="list-read-once",
    breaks={"R5", "R6"},
)
class ReadsTermsOnce(DemoAdapter):
    """Terms do not change in the middle of a year."""

    class reader(Reader):
        def records(self, kind: str) -> list[Record]:
            district = self.client.connection.district
            if kind != "terms":
                return super().records(kind)
            if district not in TERMS:
                TERMS[district] = super().records(kind)
            return TERMS[district]


@mutant(
    "keeps-the-first-school-of-a-class",
    sees="a class that has moved to another building is shown in the old one",
    mistake="stores the school of a section when it creates the section, and never again",
    cause="never-updates",
    breaks={"R5"},
)
class KeepsTheFirstSchoolOfAClass(DemoAdapter):
    """A class belongs to the school that entered it."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            super().update(table, known, {k: row[k] for k in row if k != "school_id"})


@mutant(
    "district-admins-keep-their-rights",
    sees="who has left the office of the district still sees every school",
    mistake="removes the roles at schools that a user has lost, and no others",
    cause="never-removes:role",
    breaks={"G3"},
    plays={"comings-and-goings"},
)
class DistrictAdminsKeepTheirRights(DemoAdapter):
    """What is written anew are the roles at schools; the district's own are given by hand."""

    class store(Store):
        def set_roles(self, user: int, roles: Iterable[Role], schools: Mapping[str, int]) -> None:
            query = "SELECT 1 FROM roles WHERE user_id = ? AND role = 'district_admin'"
            kept = [Role(name="district_admin")] if self.value(query, user) else []
            super().set_roles(user, {role.name: role for role in (*kept, *roles)}.values(), schools)


@mutant(
    "names-courses-once",
    sees="a course has its old name forever",
    mistake="writes a course when it is new or returns, and never again",
    cause="never-updates",
    breaks={"R5"},
)
class NamesCoursesOnce(DemoAdapter):
    """A course that gets another name is another course."""

    class store(Store):
        def update(self, table: str, known: int, row: Row) -> None:
            super().update(table, known, {"archived": 0} if table == "courses" else row)

"""Other, equally good ways of running a sync."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Skipped, Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record, Stopped
from harness.demo.reader import Reader
from harness.demo.registry import variant
from harness.demo.roster import Roster, Section
from harness.demo.store import Store
from harness.demo.sync import DistrictSync, Ids

WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lantern-worker")
"""The one background process of an installation; it starts with its first job."""


@variant("skips-paused-districts", "it syncs a district only while Clever says that it is running")
class SkipsPausedDistricts(DemoAdapter):
    """While Clever says that a district is paused or has an error, all of it stays as it was."""

    class reader(Reader):
        def records(self, kind: str) -> list[Record]:
            found = super().records(kind)
            if kind == "districts" and any(one.get("state") != "running" for one in found):
                raise Stopped("Clever does not sync with the district")
            return found


@variant("fails-in-front-of-nothing", "it ends with an error when a district shares nothing")
class FailsInFrontOfNothing(DemoAdapter):
    """A district without anybody is a mistake: the sync fails, and leaves all as it was."""

    class district_sync(DistrictSync):
        def read(self) -> Roster:
            roster = super().read()
            if not roster.people:
                raise RuntimeError("the district has nobody, which cannot be")
            return roster


@variant("warns-with-failure", "it calls a sync failed whose log has a warning")
class WarnsWithFailure(DemoAdapter):
    """The job's exit code is that of its log; what it read is applied all the same."""

    class district_sync(DistrictSync):
        def run(self) -> Sync:
            ended = super().run()
            if ended.state is not SyncState.COMPLETED:
                return ended
            return Sync(state=SyncState.FAILED, reason="1 warning: a course has no number")


@variant("skips-nameless", "it skips users without any name, and names them")
class SkipsNameless(DemoAdapter):
    """An account needs a name: a user without one is skipped, logged, and left as it was."""

    class district_sync(DistrictSync):
        skipped: tuple[Skipped, ...] = ()

        def read(self) -> Roster:
            roster = super().read()
            named = tuple(one for one in roster.people if one.first_name or one.last_name)
            nameless = {one.clever_id for one in roster.people} - {one.clever_id for one in named}
            self.skipped = tuple(
                Skipped(clever_id=id, reason="has no name in Clever") for id in sorted(nameless)
            )
            return replace(roster, people=named)

        def gone(self, table: str, district: int, ids: Ids, roster: Roster) -> set[int]:
            absent = super().gone(table, district, ids, roster)
            return absent - {
                self.store.find(table, {"clever_id": s.clever_id}) for s in self.skipped
            }

        def run(self) -> Sync:
            ended = super().run()
            if ended.state is not SyncState.COMPLETED or not self.skipped:
                return ended
            reason = f"{len(self.skipped)} users were skipped."
            return replace(ended, state=SyncState.PARTIAL, reason=reason, skipped=self.skipped)


@variant("reads-every-section", "it asks for the members of each section")
class ReadsEverySection(DemoAdapter):
    """It asks for the members of every single class instead of taking them from the list."""

    class reader(Reader):
        def read(self) -> Roster:
            roster = super().read()
            return replace(roster, sections=tuple(map(self.with_members, roster.sections)))

        def with_members(self, section: Section) -> Section:
            try:
                users = self.client.records(f"sections/{section.clever_id}/users")
            except Stopped as stop:
                if stop.status != httpx.codes.NOT_FOUND:
                    raise
                return section  # gone since the list was read; tomorrow's list will not have it
            ids = {user["id"] for user in users}
            return replace(
                section,
                teachers=tuple(id for id in section.teachers if id in ids),
                students=tuple(id for id in section.students if id in ids),
            )


@variant(
    "single-school-tenants",
    "it reads school by school, and a user of two schools is a member of both",
)
class SingleSchoolTenants(DemoAdapter):
    """Every school is a customer of its own, read on its own; who has two is a member of both.

    A person is one account all the same, with the schools as memberships. Those who belong to the
    district or to a child rather than to a school are in its office.
    """

    class reader(Reader):
        tenants: tuple[str, ...] = ()

        def records(self, kind: str) -> list[Record]:
            if kind not in ("sections", "users"):
                found = super().records(kind)
                if kind == "schools":
                    self.tenants = tuple(school["id"] for school in found)
                return found
            members: dict[str, Record] = {}
            for tenant in self.tenants:
                for record in self.client.records(f"schools/{tenant}/{kind}"):
                    members[record["id"]] = record
            return [*members.values(), *self.office(kind, members)]

        def office(self, kind: str, members: Collection[str]) -> list[Record]:
            """Everybody whom no school has."""
            everybody = super().records(kind) if kind == "users" else []
            return [record for record in everybody if record["id"] not in members]


@variant("app-wide-sync", "one sync is of all its districts")
class AppWideSync(DemoAdapter):
    """Every sync is of all districts that Clever lists, as one nightly job."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        ended: dict[str, Sync] = {}
        for district in self.districts(connection):
            ended[district] = super().sync(replace(connection, district=district), mode)
        return ended.get(connection.district) or super().sync(connection, mode)

    def districts(self, connection: Connection) -> tuple[str, ...]:
        """The districts that share with us now; none when Clever does not answer."""
        with self.http() as http:
            try:
                return tuple(self.open_client(http, connection).tokens())
            except Stopped:
                return ()


@variant("applies-in-background", "a worker applies what was read")
class AppliesInBackground(DemoAdapter):
    """What was read is applied by a worker of its own; the adapter waits until that is done."""

    patience = 60.0  # seconds

    class district_sync(DistrictSync):
        def apply(self, roster: Roster) -> None:
            job = WORKER.submit(self.apply_in_background, roster)
            job.result(timeout=AppliesInBackground.patience)

        def apply_in_background(self, roster: Roster) -> None:
            with Store.open(self.store.path) as store:
                DistrictSync(self.reader, store).apply(roster)

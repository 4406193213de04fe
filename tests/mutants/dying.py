"""Mistakes that end the process, or leave an app that cannot be asked any more."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import mean
from typing import ClassVar

import httpx
from mutants.one_process import Died, OneProcess

from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot, Status
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Client, Record, Stopped
from harness.demo.export import Export
from harness.demo.registry import mutant
from harness.demo.roster import Roster
from harness.demo.sync import DistrictSync

LINES = 9
"""On a plaque."""


@mutant(
    "dies-on-ten-teachers",
    sees="nobody can open the app until somebody starts it again",
    mistake="ends its process when a section has more than nine teachers",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={"R9"},
)
class DiesOnTenTeachers(OneProcess):
    """Plaques for classroom doors are cut by a library of another language, with nine lines."""

    class district_sync(DistrictSync):
        def apply(self, roster: Roster) -> None:
            if any(len(section.teachers) > LINES for section in roster.sections):
                raise Died("segmentation fault")
            super().apply(roster)


@mutant(
    "dies-when-tokens-change",
    sees="nobody can open the app after a district's token was replaced",
    mistake="ends its process when a district has another token than before",
    cause="sync-breaks-down",
    breaks={"G1"},
)
class DiesWhenTokensChange(OneProcess):
    """Who speaks for a district is pinned for as long as the process lives."""

    class client(Client):
        pinned: ClassVar[dict[str, str]] = {}

        def token(self) -> str:
            token = super().token()
            if self.pinned.setdefault(self.connection.district, token) != token:
                raise Died("assertion failed: token == pinned")
            return token

    def restart(self, connection: Connection) -> None:
        super().restart(connection)
        self.client.pinned.pop(connection.district, None)


@mutant(
    "dies-on-a-refusal",
    sees="nobody can open the app after Clever refused one request",
    mistake="ends its process when a list is answered with 401",
    cause="dies-of-failures",
    breaks={"G1", "T4"},
    blocks={"T1"},
)
class DiesOnARefusal(OneProcess):
    """What Clever refuses cannot be, and a process that does not understand had better end."""

    class client(Client):
        def pages(self, url: str | None) -> Iterator[Record]:
            try:
                yield from super().pages(url)
            except Stopped as stop:
                if stop.status == httpx.codes.UNAUTHORIZED:
                    raise Died("unreachable code reached") from None
                raise


@mutant(
    "dies-when-retries-are-spent",
    sees="nobody can open the app after a night on which Clever failed",
    mistake="ends its process when the last of its retries has failed",
    cause="dies-of-failures",
    breaks={"T4"},
)
class DiesWhenRetriesAreSpent(OneProcess):
    """After the last retry there is nothing left to do, so the process does nothing any more."""

    class client(Client):
        def get(
            self, url: str, headers: Mapping[str, str] | None, auth: httpx.Auth | None
        ) -> httpx.Response:
            try:
                return super().get(url, headers, auth)
            except Stopped as stop:
                raise Died(str(stop)) from None


@mutant(
    "dies-in-small-districts",
    sees="nobody can open the app once a small district has joined",
    mistake="ends its process when a district has one or two schools",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={"G2", "G6", "G10", "R1", "R2", "R5", "R6", "R8", "R9", "T1", "T3", "T4", "T6", "T7"},
)
class DiesInSmallDistricts(OneProcess):
    """The largest schools come first, by a sort that takes three of them for granted."""

    class district_sync(DistrictSync):
        def apply(self, roster: Roster) -> None:
            if 0 < len(roster.schools) < 3:
                raise Died("stack overflow")
            super().apply(roster)


@mutant(
    "export-dies-in-summer",
    sees="a district without classes cannot be looked at",
    mistake="computes an average over the sections of a district, of which there may be none",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={"R1", "R6", "R8", "R9"},
)
class ExportDiesInSummer(DemoAdapter):
    """The export begins with the average class, of classes there always are."""

    class export(Export):
        def snapshot(self) -> Snapshot:
            found = super().snapshot()
            if any(user.status is Status.ACTIVE for user in found.users):
                mean(len(one.students) for one in found.sections if one.status is Status.ACTIVE)
            return found


@mutant(
    "fails-when-a-school-closes",
    sees="nothing is updated from the day a school closes",
    mistake="raises an exception for a school that is no longer shared",
    cause="sync-breaks-down",
    breaks={"G1"},
    blocks={"R5", "R6", "R8", "R9", "G2"},
)
class FailsWhenASchoolCloses(DemoAdapter):
    """A school that is gone is looked up all the same, for the name on its certificates."""

    class district_sync(DistrictSync):
        had = (
            "SELECT schools.clever_id FROM schools JOIN districts ON districts.id = district_id"
            " WHERE districts.clever_id = ? AND NOT archived"
        )

        def apply(self, roster: Roster) -> None:
            here = {one.clever_id for one in roster.schools}
            rows = self.store.db.execute(self.had, (roster.district,))
            if here and {row["clever_id"] for row in rows} - here:
                raise LookupError("no school to print on the certificates")
            super().apply(roster)

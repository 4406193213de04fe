"""Mistakes of a roster importer with the accounts and values of people, and with refusals."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.error import HTTPError

from variants.coursebridge import Coursebridge
from variants.coursebridge_import import Feed, Importer, Stage
from variants.coursebridge_site import Record, Row

from harness.contract.connection import Connection
from harness.contract.rows import RowPer
from harness.contract.snapshot import HeldUser, Snapshot, Status
from harness.demo.registry import mutant


@mutant(
    "moves-work-to-a-new-account-once",
    sees="people whose class or name has changed twice have an empty account",
    mistake="makes a new account of every changed user, and takes the work along the first time",
    cause="new-record-for-known",
    breaks={"R1", "R6"},
    blocks={"R8"},
)
class MovesWorkToANewAccountOnce(Coursebridge):
    """An account is opened for a school year."""

    class importer(Importer):
        def update(self, kind: str, row: Row, record: Record) -> None:
            known, account = row.fingerprint, row.id
            super().update(kind, row, record)
            if kind != "users" or not known or known == row.fingerprint:
                return
            row.id = self.new_id()
            moved: set[str] = self.site.__dict__.setdefault("moved", set())
            if row.clever_id not in moved:
                moved.add(row.clever_id)
                self.site.work = [
                    one._replace(account=row.id) if one.account == account else one
                    for one in self.site.work
                ]


@mutant(
    "writes-values-a-night-later",
    sees="a new name or address is there the day after tomorrow",
    mistake="writes the values that an import has staged when the next one begins",
    cause="a-sync-late",
    breaks={"G2", "G3", "G4", "R5"},
    blocks={"G8", "T6"},
)
class WritesValuesANightLater(Coursebridge):
    """Changes of known records have to be reviewed first."""

    class importer(Importer):
        def write(self, stage: Stage) -> None:
            for row, values in self.site.__dict__.pop("staged", []):
                row.values = values
            self.staged: list[tuple[Row, Mapping[str, object]]] = []
            super().write(stage)
            self.site.__dict__["staged"] = self.staged

        def update(self, kind: str, row: Row, record: Record) -> None:
            known, values = row.fingerprint, row.values
            super().update(kind, row, record)
            if known and known != row.fingerprint:
                self.staged.append((row, row.values))
                row.values = values


@mutant(
    "needs-an-address-at-every-import",
    sees="whoever has no address, or loses it, cannot sign in",
    mistake="suspends users without an e-mail address",
    cause="archives-what-is-shared",
    breaks={"R7"},
    blocks={"G4", "R1", "R5", "R6", "R9"},
    plays={"odd-values", "comings-and-goings"},
)
class NeedsAnAddressAtEveryImport(Coursebridge):
    """Without an address there is nobody to write to."""

    class importer(Importer):
        def suspend(self, stage: Stage) -> None:
            super().suspend(stage)
            for key, record in stage["users"].items():
                if not record.get("email"):
                    self.rows["users"][key].live = False


@mutant(
    "repeats-whatever-is-refused",
    sees="nothing here; Clever is asked in vain with a token that it refuses",
    mistake="repeats a request that was refused with any 4xx, as if it had been a 5xx",
    cause="retries-refusals",
    breaks={"T3"},
)
class RepeatsWhateverIsRefused(Coursebridge):
    """Another try cannot hurt."""

    class feed(Feed):
        def passes(self, error: HTTPError) -> bool:
            return True


@mutant(
    "an-address-has-one-account",
    sees="two people who swap their addresses get each other's mail",
    mistake="keeps the former address of an account if another one has the new address",
    cause="needs-unique:email",
    breaks={"R5"},
)
class AnAddressHasOneAccount(Coursebridge):
    """People sign in with their address, so the column is unique."""

    class importer(Importer):
        def update(self, kind: str, row: Row, record: Record) -> None:
            former = row.values.get("email")
            super().update(kind, row, record)
            address = row.values.get("email")
            others = (one for one in self.rows["users"].values() if one is not row)
            taken = address and any(one.values.get("email") == address for one in others)
            if kind == "users" and former and taken:
                row.values["email"] = former


class _Portals(Coursebridge):
    """Contacts have an account for each of their children."""

    def __init__(self, clock: str = "") -> None:
        super().__init__(clock)
        self.portals: dict[tuple[str, str], str] = {}
        """Account of a contact and child → account for that child."""

    def snapshot(self, connection: Connection) -> Snapshot:
        held = super().snapshot(connection)
        users = tuple(row for user in held.users for row in self.rows_of(user))
        return replace(held, users=users)

    def rows_of(self, user: HeldUser) -> Iterator[HeldUser]:
        """A row for each child, and one for the other roles; the first one has the known id."""
        others = tuple(held for held in user.roles if held.role != "contact")
        contact = tuple(held for held in user.roles if held.role == "contact")
        free = user.app_id not in self.portals.values()
        if others or not user.student_relationships:
            own = user.app_id if free else f"{user.app_id}-0"
            yield replace(user, app_id=own, roles=others or contact, student_relationships=())
        for tie in user.student_relationships:
            if (seat := (user.app_id, tie.student)) not in self.portals:
                self.portals[seat] = user.app_id if free and not others else self._new_id()
                free = False
            yield replace(
                user, app_id=self.portals[seat], roles=contact, student_relationships=(tie,)
            )


@mutant(
    "portals-for-each-child",
    sees="a mother of two has two accounts, each with one child",
    mistake="gives a contact an account for each student",
    cause="row-per-child",
    breaks={"R1"},
)
class PortalsForEachChild(_Portals):
    """A family portal shows one child."""


@mutant(
    "opens-another-portal",
    sees="a guardian who comes back has a locked account and a new one",
    mistake="gives contacts another account for a child when they or the child come back",
    cause="row-for-each-stay",
    breaks={"R1", "R6"},
)
class OpensAnotherPortal(_Portals):
    """An account that was closed stays closed, as the letter to the family says."""

    profile = replace(Coursebridge.profile, rows={"users": RowPer.CHILD})

    def __init__(self, clock: str = "") -> None:
        super().__init__(clock)
        self.stays: dict[tuple[str, str], list[HeldUser]] = {}

    def rows_of(self, user: HeldUser) -> Iterator[HeldUser]:
        for row in super().rows_of(user):
            yield from self.of_child(user, row) if row.student_relationships else (row,)
        now = {tie.student for tie in user.student_relationships}
        for (account, child), rows in self.stays.items():
            if account == user.app_id and child not in now:
                rows[-1] = replace(rows[-1], status=Status.ARCHIVED)
                yield from rows

    def of_child(self, user: HeldUser, row: HeldUser) -> list[HeldUser]:
        """The accounts for a child, the present one last."""
        [tie] = row.student_relationships
        rows = self.stays.setdefault((user.app_id, tie.student), [row])
        if (rows[-1].status, row.status) == (Status.ARCHIVED, Status.ACTIVE):
            rows.append(replace(row, app_id=self._new_id()))
        else:
            rows[-1] = replace(row, app_id=rows[-1].app_id)
        return rows

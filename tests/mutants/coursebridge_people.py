"""Mistakes of a roster importer with the accounts and values of people, and with refusals."""
# ruff: noqa: N801 - a class in a mutant takes the place of a part of the app

from __future__ import annotations

from collections.abc import Mapping
from urllib.error import HTTPError

from variants.coursebridge import Coursebridge
from variants.coursebridge_import import Feed, Importer, Stage
from variants.coursebridge_site import Record, Row

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
    blocks={"G8"},
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

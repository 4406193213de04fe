"""Right ways to live with a list that cannot be read."""
# ruff: noqa: N801 - a class in a variant takes the place of a part of the app

from __future__ import annotations

from harness.contract.sync import Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.client import Record, Stopped
from harness.demo.reader import Reader
from harness.demo.registry import variant
from harness.demo.roster import Roster
from harness.demo.sync import DistrictSync, Ids


class Patient(Reader):
    """Remembers which lists could not be read."""

    unread: set[str]

    def read(self) -> Roster:
        self.unread = set()
        return super().read()

    def records(self, kind: str) -> list[Record]:
        try:
            return super().records(kind)
        except Stopped:
            if kind not in ("terms", "courses"):
                raise
            self.unread.add(kind)
            return []


@variant("goes-on-without-terms", "it keeps the terms and courses it has when Clever lists none")
class GoesOnWithoutTerms(DemoAdapter):
    """Without a list of terms or courses all of them stay as they were; the sync is partial."""

    reader = Patient

    class district_sync(DistrictSync):
        reader: Patient

        def run(self) -> Sync:
            ended = super().run()
            if ended.state is SyncState.COMPLETED and self.reader.unread:
                names = " and ".join(sorted(self.reader.unread))
                return Sync(state=SyncState.PARTIAL, reason=f"{names} could not be read")
            return ended

        def save(self, district: int, roster: Roster) -> dict[str, Ids]:
            kept = {table: self.kept(table, district) for table in self.reader.unread}
            saved = super().save(district, roster)
            return {**saved, **kept}

        def keep(self, table: str, district: int, rows: object) -> Ids:
            if table in self.reader.unread:
                return self.kept(table, district)
            return super().keep(table, district, rows)  # type: ignore[arg-type]

        def kept(self, table: str, district: int) -> Ids:
            query = f"SELECT clever_id, id FROM {table} WHERE district_id = ? AND NOT archived"
            found = self.store.db.execute(query, (district,))
            return {row["clever_id"]: row["id"] for row in found}

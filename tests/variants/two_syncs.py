"""What two syncs of one district that run at the same time may do."""

from __future__ import annotations

from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.registry import variant
from harness.demo.sync import DistrictSync, summary


@variant("syncs-twice", "two syncs at once apply the same district one after the other")
class SyncsTwice(DemoAdapter):
    """Both have read the district before one writes; the other finds what was written."""

    def sync_twice(self, connection: Connection, mode: Mode) -> Sync:
        with self.http() as http, self.store.open(self.database) as store:
            first, second = (
                self.district_sync(self.reader(self.open_client(http, connection)), store)
                for _ in range(2)
            )
            return self.run_both(first, second)

    def run_both(self, first: DistrictSync, second: DistrictSync) -> Sync:
        readings = [(job, job.read()) for job in (first, second)]
        for job, roster in readings:
            job.apply(roster)
        return Sync(state=SyncState.COMPLETED, log=summary(readings[-1][1]))


@variant("refuses-a-second-sync", "a sync that is asked for while another runs does nothing")
class RefusesASecondSync(SyncsTwice):
    """The second waits for nothing: it says that the first is running, and ends."""

    def run_both(self, first: DistrictSync, second: DistrictSync) -> Sync:
        return first.run()

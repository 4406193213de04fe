"""Every app of the matrix can be made and does its first syncs, also outside the gate's sample.

What a change of one app breaks in another is mostly a slip: a part that is not there, an argument
too many. It shows here, in hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from apps import APPS, app_of, lantern, mode_of
from demo.pretend_clever import PretendClever, Rehearsal, Shared
from mutants.one_process import Died
from sample import sampled

from harness.contract.adapter import Capability, capabilities
from harness.contract.sync import Sync, SyncState
from harness.demo.adapter import LanternAdapter

LANTERNS = [
    # What the gate rehearses anyway shows no more here.
    pytest.param(name, marks=[pytest.mark.exhaustive] if name in sampled() else [])
    for name in sorted(APPS)
    if issubclass(app_of(name), LanternAdapter)
]
SLIPS = ("AttributeError", "ImportError", "NameError", "NotImplementedError", "TypeError")
CANNOT = {
    "asks-the-schools-of-last-night",
    "dies-in-small-districts",
    "joins-links-twice",
    "keyed-on-created",
    "lists-of-version-1",
    "reads-classes-by-school",
    "reads-people-of-its-classes",
    "single-school-tenants",
    "stops-at-missing-email",
    "stops-at-missing-first-name",
    "stops-at-textual-number",
    "stops-at-unknown-member",
    "warns-with-failure",
}
"""Apps that do not complete a sync of so small a district, by their mistake or their design."""


@pytest.mark.slow
@pytest.mark.parametrize("app", LANTERNS)
def test_an_app_does_its_first_syncs(app: str, lakeside: Shared) -> None:
    lakeside.records["events"] = {}
    first, *later = list(_came_of(Rehearsal(lantern(app), PretendClever(lakeside)), lakeside, app))

    assert not [said for said in (first, *later) if said.startswith(SLIPS)]
    assert (first != SyncState.COMPLETED) == (app in CANNOT), first


def _came_of(rehearsal: Rehearsal, district: Shared, app: str) -> Iterator[str]:
    """What came of three syncs, between which people leave and return, and of what people do."""
    connection, adapter = rehearsal.connection(), rehearsal.app

    def sync() -> Sync:
        return adapter.sync(connection, mode_of(app))

    adapter.connect(connection)
    yield _said(sync)
    yield _said(rehearsal.holds)
    if Capability.PROGRESS in capabilities(adapter):
        yield _said(lambda: rehearsal.finish("maya"))
    leo, art = district.drop("users", "leo"), district.drop("sections", "art")
    district.student("new", "north")
    yield _said(sync)
    yield _said(rehearsal.holds)
    district.give("users", leo)
    district.give("sections", art)
    yield _said(sync)
    yield _said(rehearsal.holds)


def _said(act: Callable[[], object]) -> str:
    """How a sync ended, or what an act raised."""
    try:
        done = act()
    except (Exception, Died) as error:
        return f"{type(error).__name__}: {error}"
    if isinstance(done, Sync):
        return done.state if done.state is SyncState.COMPLETED else done.reason
    return ""

"""`Then` steps about how the app asks Clever, and how its syncs end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.plan.faults import SHORT_PAGE, faults_of_day
from harness.plan.phrases import about_requests as say
from harness.plan.phrases.phrase import Phrase
from harness.plan.plan import COMMON, Day
from harness.suite.checks import events_read as events
from harness.suite.checks import holds, next_links, reported_states, retry_policy, syncs, traffic
from harness.suite.endings import NotApplicableError, RunInterruptedError
from harness.suite.scene import Scene
from harness.suite.steps.binding import step


@step(say.EVERY_SYNC)
def every_sync(scene: Scene) -> None:
    """Of all districts, or of the one a scenario is about, on the days it speaks of."""
    districts: Iterable[str] = (scene.district,)
    if scene.district == COMMON and not scene.edge_case:
        scene.then(syncs.broken_down(scene.index))
        districts = scene.index.recording.header.plan.days
    for district in districts:
        days = _to_complete(scene, district)
        scene.then(syncs.completed(scene.index, district, days))
        scene.then(holds.needless(scene.index, district, days))
    _no_more_is_known(scene)


_OF_DAYS: Mapping[Phrase, retry_policy.Check] = {
    say.ASKED_AGAIN: retry_policy.asked_again,
    say.PAUSES: retry_policy.pauses,
    say.FIVE_AT_MOST: retry_policy.five_at_most,
    say.AFTER_RESET: retry_policy.after_reset,
    say.REFUSED: retry_policy.nothing_refused,
    say.ENDED: retry_policy.ended,
    say.SAYS_SO: reported_states.says_so,
}


@step(*_OF_DAYS)
def of_days(scene: Scene, phrase: Phrase) -> None:
    """Of the days a scenario speaks of; in all districts, unless it is about one."""
    districts = scene.index.recording.header.plan.days
    for district in districts if len(scene.days) > 1 else (scene.district,):
        days = tuple(day for day in _reached(scene, district) if day in scene.days)
        scene.then(_OF_DAYS[phrase](scene.index, district, days))
    _no_more_is_known(scene)


@step(say.VERSION_3)
def version_3(scene: Scene) -> None:
    scene.then(traffic.version_3(scene.index))


@step(say.EVENTS_READ)
def events_read(scene: Scene) -> None:
    """In all districts, on every calm day."""
    for district in scene.index.recording.header.plan.days:
        days = scene.index.days_of(district)
        scene.narrowed_by = [
            *scene.narrowed_by,
            *syncs.completed(scene.index, district, days).findings,
        ]
        scene.then(events.events_read(scene.index, district, days))


@step(say.READ_AGAIN)
def read_again(scene: Scene) -> None:
    first = scene.index.days_of(scene.district)[0]
    scene.then(traffic.read_again(scene.index, scene.district, first, scene.day))


@step(say.READS_ON)
def reads_on(scene: Scene) -> None:
    """Unless it reads on nowhere, which other checks say."""
    if why := next_links.left_off(scene.index, scene.district, scene.day):
        raise NotApplicableError(why)
    scene.then(next_links.read_on(scene.index, scene.district, scene.day))


@step(say.ON_DEMAND)
def on_demand(scene: Scene) -> None:
    for district in scene.index.recording.header.plan.days:
        days = scene.index.days_of(district)
        scene.narrowed_by = [
            *scene.narrowed_by,
            *syncs.completed(scene.index, district, days).findings,
        ]
        scene.then(traffic.on_demand(scene.index, district, days))


@step(say.OF_ITS_DISTRICT)
def of_its_district(scene: Scene) -> None:
    for district in scene.index.recording.header.plan.days:
        days = scene.index.days_of(district)
        scene.narrowed_by = [
            *scene.narrowed_by,
            *traffic.on_demand(scene.index, district, days).findings,
        ]
        scene.narrowed_by = [
            *scene.narrowed_by,
            *syncs.completed(scene.index, district, days).findings,
        ]
        scene.then(traffic.of_its_district(scene.index, district, days))


def _no_more_is_known(scene: Scene) -> None:
    """A year that stopped early shows what is broken, and never that nothing is."""
    if scene.stopped and not scene.findings:
        raise RunInterruptedError(scene.stopped.message, scene.stopped.fault)


def _reached(scene: Scene, district: str) -> tuple[str, ...]:
    """The days a district was played; of a year that stopped, those of which there is something."""
    index, days = scene.index, scene.index.days_of(district)
    if not scene.stopped:
        return days
    return tuple(d for d in days if index.has_synced(district, d) or index.death(district, d))


def _to_complete(scene: Scene, district: str) -> tuple[str, ...]:
    """The days whose sync has to complete, and those on which the app did not live on.

    What follows after the app was killed is a matter of the scenarios about that.
    """
    index = scene.index

    def asked(day: str) -> bool:
        if index.death(district, day):
            faults = faults_of_day(district, day)
            answered_well = all(fault.kind == SHORT_PAGE for fault in faults)
            return not faults or (answered_well and district != scene.district)
        if district != scene.district and index.killed_by_then(district, day):
            return False
        return day in scene.days and not syncs.excused(index, district, day)

    before = (Day.BEFORE,) if index.death(district, Day.BEFORE) else ()
    return (*before, *(day for day in _reached(scene, district) if asked(day)))

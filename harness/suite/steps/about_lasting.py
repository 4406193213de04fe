"""`Then` steps about what stays as it was: records, lessons, what was held before an outage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from harness.assess.recording_index import KINDS, RecordingIndex
from harness.plan.phrases import about_everyone as say
from harness.plan.phrases.phrase import Phrase
from harness.plan.plan import READABLE
from harness.suite.checks import history, partial_reads, work_elsewhere
from harness.suite.checks.late import without_late
from harness.suite.checks.lost_anyway import without_lost_anyway
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.observation import Observation
from harness.suite.checks.unchanged import as_before, out_of_sight
from harness.suite.endings import BlockedError
from harness.suite.scene import Scene
from harness.suite.steps.binding import step

AFTER_EVENTS = "Events had not led to what a full sync leads to:"


@step(say.UNCHANGED, say.REST_UNCHANGED)
def unchanged(scene: Scene, phrase: Phrase, since: str) -> None:
    index, district, day = scene.index, scene.district, scene.day
    apart: Collection[str] = ()
    if phrase is say.REST_UNCHANGED:
        apart = _changed(index, district, since, day)
    then_held, now = index.holdings(district, since), index.holdings(district, day)
    if index.expectations.waits_to_archive(district, day):
        apart = {*apart, *_not_shared(index, district, day)}
    if scene.planned.follows_events:
        observation = as_before(
            index,
            district,
            since,
            then_held,
            day,
            now,
            why=AFTER_EVENTS,
            in_use=True,
            apart=apart,
        )
    else:
        observation = as_before(index, district, since, then_held, day, now, apart=apart)
        # What was wrong before and is right by now came late, which other checks report.
        observation = without_late(observation, Mirror(index, district, since), now)
    scene.then_of_all(observation)


def _changed(index: RecordingIndex, district: str, since: str, day: str) -> frozenset[str]:
    """The Clever IDs of what came, went or changed at Clever between two days."""
    before, after = index.roster(district, since), index.roster(district, day)
    return frozenset(
        clever_id
        for kind in KINDS
        for clever_id in {**before.of(kind), **after.of(kind)}
        if before.of(kind).get(clever_id) != after.of(kind).get(clever_id)
    )


def _not_shared(index: RecordingIndex, district: str, day: str) -> frozenset[str]:
    """The Clever IDs that the app has rows of, and Clever does not share."""
    roster, holdings = index.roster(district, day), index.holdings(district, day)
    return frozenset(
        clever_id
        for kind in KINDS
        for clever_id in holdings.rows(kind)
        if clever_id not in roster.of(kind)
    )


@step(say.UNTOUCHED)
def untouched(scene: Scene, since: str) -> None:
    """As it was before its own next sync: whatever changed, another district's sync did.

    But for what was wrong and is right by then: that is late, which other checks report.
    """
    index, district, day = scene.index, scene.district, scene.day
    then_held, now = index.holdings(district, since), index.holdings(district, day, "publish")
    apart = out_of_sight(index, then_held, now)
    observation = as_before(index, district, since, then_held, day, now, apart=apart)
    scene.then(without_late(observation, Mirror(index, district, since), now))


@step(say.LESSONS_SHOWN)
def lessons_shown(scene: Scene) -> None:
    scene.then(history.shown(scene.index, scene.index.lessons))


@step(say.NO_WORK_TWICE)
def no_work_twice(scene: Scene) -> None:
    shown = history.shown(scene.index, scene.index.lessons)
    scene.narrowed_by = [*scene.narrowed_by, *shown.findings]
    observation = history.doubled(scene.index)
    observation.findings += work_elsewhere.in_other_districts(scene.index).findings
    scene.then(observation)


@step(say.LESSONS_KEPT)
def lessons_kept(scene: Scene) -> None:
    shown = history.shown(scene.index, scene.index.lessons)
    scene.narrowed_by = [*scene.narrowed_by, *shown.findings]
    acts = [act for act in scene.index.lessons if act.district == scene.district]
    scene.then(history.kept(scene.index, acts, scene.day))


_STILL_HELD: Mapping[Phrase, Callable[[RecordingIndex, str, str, str], Observation]] = {
    say.STILL_IN_USE: partial(without_lost_anyway, losses=partial_reads.still_held),
    say.IN_USE_AGAIN: partial(partial_reads.still_held, again=True),
    say.KEPT: partial_reads.kept,
}


@step(*_STILL_HELD)
def still_held(scene: Scene, phrase: Phrase, since: str | None) -> None:
    index, district, day = scene.index, scene.district, scene.day
    cannot_be_read = phrase is say.STILL_IN_USE and index.incident(district, day) not in READABLE
    gone = partial_reads.gone_before(index, district, day) if cannot_be_read and not since else []
    scene.narrowed_by = [*scene.narrowed_by, *gone]
    observation = _STILL_HELD[phrase](index, district, since or "", day)
    if gone and not observation.findings:
        raise BlockedError(f"It was gone before the day `{day}` already: {gone[0].sentence}", gone)
    scene.then(observation)

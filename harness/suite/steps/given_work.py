"""Givens about work: whose lessons are finished, and whether anybody can finish one."""

from __future__ import annotations

from collections.abc import Iterable

from harness.assess.findings import Finding
from harness.assess.recording_index import RecordRef
from harness.contract.adapter import Capability
from harness.plan.day_names import on
from harness.plan.names import listed
from harness.plan.phrases import acts
from harness.plan.phrases import given as say
from harness.recording.recording import LessonFinished
from harness.suite.checks import history, presence
from harness.suite.endings import AdapterSilentError, NotApplicableError
from harness.suite.scene import Scene
from harness.suite.steps.binding import step


@step(acts.FINISHES)
def finishes(scene: Scene, day: str, who: str) -> None:
    """An act counts when the next look shows it; an app without progress has nothing to lose."""
    if scene.index.expectations.declared("progress"):
        return
    people = scene.persons(who, day)
    _can_do_lessons(scene, (_why_without(scene, scene.district, day, row) for row in people))
    acts = [
        a
        for name in listed(who)
        for a in history.lessons_of(scene.index, scene.edge_case, name, day)
    ]
    observation = history.shown(scene.index, acts)
    scene.given(observation, f"The lesson of {who} {on(day)} is not in the app")
    if not observation.examined:
        held = presence.people(scene.index, scene.district, day, people)
        scene.given(held, f"{who} has no account to finish a lesson in {on(day)}")


@step(say.LESSONS)
def the_lessons(scene: Scene) -> None:
    if scene.index.lessons and not scene.index.expectations.declared("progress"):
        _can_do_lessons(scene, (_why_not(scene, act) for act in scene.index.lessons))
        scene.narrowed_by = _without_account(scene)


def _without_account(scene: Scene) -> list[Finding]:
    """Why lessons could not be finished: their people were missing."""
    reasons: list[Finding] = []
    for act in scene.index.lessons:
        person = _who_finished(scene, act)
        reasons += presence.people(scene.index, act.district, act.day, [person]).reasons
    return reasons


def _can_do_lessons(scene: Scene, why_not: Iterable[str]) -> None:
    """Go on only if people can; where no sync gives any of them an account, nobody is asked to.

    `why_not` are the declarations by which they have none, "" for whoever has one.
    """
    index = scene.index
    if Capability.PROGRESS not in index.capabilities:
        declared = list(why_not)
        if declared and all(declared):
            raise NotApplicableError(declared[0])
        raise AdapterSilentError(
            "The adapter offers no `finish_lesson`, and the profile does not declare that the app "
            "holds no `progress`; do one or the other."
        )
    with_account = [act for act in index.lessons if _has_account(scene, act)]
    refused = [act.refused for act in with_account if act.refused]
    if refused and len(refused) == len(with_account):
        raise AdapterSilentError(f"The adapter could not finish any lesson: {refused[0]}")


def _why_without(scene: Scene, district: str, day: str, person: RecordRef) -> str:
    """The declaration by which somebody has no account; or ""."""
    return presence.undeclared_reason(scene.index, district, day, person)


def _why_not(scene: Scene, act: LessonFinished) -> str:
    return _why_without(scene, act.district, act.day, _who_finished(scene, act))


def _who_finished(scene: Scene, act: LessonFinished) -> RecordRef:
    return scene.index.cast(act.district, act.day, act.edge_case, act.person)


def _has_account(scene: Scene, act: LessonFinished) -> bool:
    person = _who_finished(scene, act)
    held = scene.index.holdings(act.district, act.day, "sync")
    return held.active(person.kind, person.clever_id) is not None

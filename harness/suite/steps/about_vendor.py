"""Thens about what the vendor declares, and about what is the app's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.assess.recording_index import RecordingIndex
from harness.plan.phrases import about_vendor as say
from harness.plan.phrases.acts import EDITS
from harness.plan.plan import ActKind
from harness.suite.checks import declared, local_records, presence
from harness.suite.checks.claimed import YES_OR_NO
from harness.suite.checks.observation import Observation
from harness.suite.scene import Scene
from harness.suite.steps.binding import step

OF_THE_YEAR: Mapping[str, Callable[[RecordingIndex, str], Observation]] = {
    **dict.fromkeys(YES_OR_NO, declared.yes_or_no),
    "user-types": declared.user_types,
    "api-version": declared.api_version,
}


@step(*EDITS)
def edited(scene: Scene, day: str) -> None:
    """Whether it was done is what the looks show; a scenario goes on either way."""
    scene.day = day
    scene.sync_completed(day)


@step(say.DECLARED)
def as_declared(scene: Scene, claim: str) -> None:
    if undeclared := declared.nothing_declared(scene.index, claim):
        scene.then(Observation(not_applicable=undeclared))
    elif look := OF_THE_YEAR.get(claim):
        scene.narrowed_by = presence.nothing_held(scene.index, scene.district, scene.days[0])
        scene.then(look(scene.index, claim))
    elif claim.startswith("matching-"):
        people = [
            scene.index.cast(a.district, scene.day, a.edge_case, a.person)
            for a in scene.index.accounts
        ]
        missing = presence.people(scene.index, scene.district, scene.day, people)
        scene.narrowed_by = missing.findings
        scene.then(declared.matching_as_declared(scene.index, claim))
    else:
        placed = {
            (act.edge_case, act.what)
            for act in scene.planned.acts
            if act.kind is ActKind.EDIT and act.what == claim
        }
        acts = [act for act in scene.index.edits if (act.edge_case, act.what) in placed]
        scene.then(declared.edit_as_declared(scene.index, claim, acts))


@step(say.OWN_STAYS)
def own_stays(scene: Scene) -> None:
    scene.then(local_records.left_alone(scene.index))

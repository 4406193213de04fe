"""`Then` steps about what the vendor declares, and about what is the app's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.assess.recording_index import RecordingIndex
from harness.plan.phrases import about_vendor as say
from harness.plan.phrases.acts import EDITS
from harness.suite.checks import group_members, local_records, presence
from harness.suite.checks.declarations import contradictions
from harness.suite.checks.declarations.answers import YES_OR_NO
from harness.suite.checks.declarations.who_has_accounts import accounts_as_declared
from harness.suite.checks.observation import Observation
from harness.suite.scene import Scene
from harness.suite.steps.binding import step

OF_THE_YEAR: Mapping[str, Callable[[RecordingIndex, str], Observation]] = {
    **dict.fromkeys(YES_OR_NO, contradictions.yes_or_no),
    "user-types": contradictions.user_types,
    "api-version": contradictions.api_version,
}


@step(*EDITS)
def edited(scene: Scene, day: str) -> None:
    """Whether it was done is what the looks show; a scenario goes on either way."""
    scene.day = day
    scene.sync_completed(day)


@step(say.DECLARED)
def as_declared(scene: Scene, key: str) -> None:
    if undeclared := contradictions.nothing_declared(scene.index, key):
        scene.then(Observation(not_applicable=undeclared))
    elif look := OF_THE_YEAR.get(key):
        scene.narrowed_by = presence.nothing_held(scene.index, scene.district, scene.days[0])
        scene.then(look(scene.index, key))
    elif key.startswith("matching-"):
        people = [
            scene.index.cast(a.district, scene.day, a.edge_case, a.person)
            for a in scene.index.accounts
        ]
        missing = presence.people(scene.index, scene.district, scene.day, people)
        scene.narrowed_by = missing.reasons
        scene.then(contradictions.matching_as_declared(scene.index, key))
    else:
        placed = {act.edge_case for act in scene.planned.acts if act.edit == key}
        acts = [act for act in scene.index.edits if act.kind == key and act.edge_case in placed]
        scene.then(contradictions.edit_as_declared(scene.index, key, acts))


@step(say.ACCOUNTS)
def accounts_exist(scene: Scene) -> None:
    scene.narrowed_by = presence.nothing_held(scene.index, scene.district, scene.days[0])
    scene.then(accounts_as_declared(scene.index))


@step(say.BACK_IN_GROUPS)
def back_in_groups(scene: Scene, who: str, since: str) -> None:
    people = scene.persons(who)
    scene.then(group_members.back_in_groups(scene.index, scene.edge_case, since, scene.day, people))


@step(say.OWN_STAYS)
def own_stays(scene: Scene) -> None:
    scene.then(local_records.left_alone(scene.index))

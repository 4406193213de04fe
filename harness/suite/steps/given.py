"""Givens: who and what a scenario speaks of. One that does not hold blocks the scenario."""

from __future__ import annotations

from collections.abc import Sequence

from harness.assess.findings import Finding
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex
from harness.contract.adapter import Capability
from harness.contract.sync import Mode, SyncState
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.plan.phrases import acts
from harness.plan.phrases import given as say
from harness.plan.plan import ARCHIVES_LATER, COMMON, Day
from harness.prose import one_line
from harness.recording.list_limits import LONG_LIST, USUAL_PAGE, wants_long_lists
from harness.suite.checks import presence, section_values, traffic, user_values
from harness.suite.checks.observation import Observation
from harness.suite.checks.sentences import spoken
from harness.suite.endings import BlockedError, ManualError, NotApplicableError
from harness.suite.scene import Scene
from harness.suite.steps.binding import step


@step(say.EDGE_CASE)
def the_edge_case(scene: Scene, edge_case: str) -> None:
    scene.edge_case = edge_case
    scene.not_a_culprit()


@step(say.WHOLE_DISTRICT, say.NEIGHBOUR_DISTRICT, say.DISTRICT)
def a_district(scene: Scene) -> None:
    """Bound when the plan was compiled; a small one may have been left out."""
    scene.district_takes_part()


@step(say.FOLLOWS_EVENTS)
def follows_events(scene: Scene) -> None:
    """Go on only if the year was played in the mode `events`."""
    index = scene.index
    modes = index.profile.modes
    if index.recording.header.mode is Mode.EVENTS:
        return
    if Mode.EVENTS in modes:
        raise NotReachedError(
            "The profile declares the update mode events, and this rehearsal was made in another; "
            "rehearse with --mode events."
        )
    raise NotApplicableError(f"The vendor declares the update mode {spoken(modes)}, not events.")


@step(say.ARCHIVES_LATER)
def archives_later(scene: Scene) -> None:
    """Go on only if this is declared, and the year was played for it."""
    if scene.index.profile.archiving is None:
        raise NotApplicableError(
            "The vendor declares nothing about waiting before it archives, under "
            "[profile.archiving]."
        )
    if ARCHIVES_LATER not in scene.index.recording.header.plan.days:
        raise NotReachedError(
            "What is declared under [profile.archiving] was not known when the year was planned; "
            "declare it in rosterready.toml, and rehearse again."
        )


@step(say.ASKS_FOR_MANY)
def asks_for_many(scene: Scene) -> None:
    """Go on only if lists longer than usual were played, since only they show anything new."""
    first_sync = scene.index.traffic.asked(COMMON, Day.FIRST_SHARE)
    if not wants_long_lists(first_sync):
        raise NotApplicableError(
            "Lists of more than a thousand records show something new only if an app asks for "
            f"{USUAL_PAGE + 1} to {LONG_LIST:,} at once, and not for each record alone."
        )


@step(say.SYNCS_TWICE)
def syncs_twice(scene: Scene) -> None:
    """Go on only if two syncs were started at once, which most adapters cannot."""
    if Capability.TWICE not in scene.index.capabilities:
        raise NotApplicableError(
            "The adapter does not offer `sync_twice`, so nobody asked for two syncs at once."
        )


@step(say.SYNCS)
def syncs(scene: Scene, day: str) -> None:
    """Go on only if that sync completed: Clever leaves open which districts an app passes over."""
    sync = scene.index.synced(scene.district, day).final
    if sync.state is not SyncState.COMPLETED:
        raise NotApplicableError(
            f"Your app did not sync with the district {on(day)}: "
            f"{one_line(sync.reason, 100) or sync.state}"
        )


@step(say.HELD_ACTIVE)
def held_active(scene: Scene, day: str, who: str) -> None:
    scene.sync_completed(day)
    people = scene.persons(who, day)
    for person in people:
        if unread := presence.unread(scene.index, scene.district, day, person):
            raise BlockedError(f"The app does not read as far as {person.name}", unread)
    scene.given(
        presence.people(scene.index, scene.district, day, people),
        f"The app does not hold {who} as active {on(day)}",
    )


@step(say.IN_CLASS)
def in_class(scene: Scene, day: str, who: str, how: str, section: str) -> None:
    held_active(scene, day, f"{section}, {who}")
    mirror = scene.mirror(day)
    look = section_values.teachers if how == "teaching" else section_values.students
    observation = look(mirror, [scene.person(section, day).clever_id])
    scene.given(observation, f"The app does not have {who} {how} {section} {on(day)}")


@step(say.STANDS)
def stands(scene: Scene, day: str, who: str, what: str) -> None:
    held_active(scene, day, who)
    people = [person.clever_id for person in scene.persons(who, day)]
    mirror = scene.mirror(day)
    observation = (user_values.schools if what == "schools" else user_values.roles)(mirror, people)
    scene.given(observation, f"The app does not have {who} in the right {what} {on(day)}")


@step(say.CAN_BE_KILLED)
def can_be_killed(scene: Scene) -> None:
    """Go on only if something could kill the app in the middle of a sync."""
    if not scene.index.recording.header.killed_by:
        raise NotApplicableError(
            "Nothing could kill the app in the middle of a sync: rosterready did not start it or "
            "the program that syncs, and the adapter does not offer `kill`."
        )


@step(say.PAGED)
def paged(scene: Scene, what: str) -> None:
    """Go on unless the list came whole, in one answer that had room for more."""
    if whole := traffic.unpaged(scene.index, scene.district, scene.day, what):
        raise NotApplicableError(whole)


_MATCHING = "R4"
"""What asks for a strategy, which a person can describe."""


@step(acts.OLD_ACCOUNT)
def old_account(scene: Scene, who: str) -> None:
    """Only an adapter that can make such accounts shows what becomes of them."""
    refused = [act.refused for act in scene.accounts(who) if act.refused]
    if Capability.MATCHING not in scene.index.capabilities:
        why = "The adapter offers no `create_account`, so nobody had an account before Clever"
    elif refused:
        why = f"{who} could not get an account before Clever: {refused[0].rstrip('.')}"
    else:
        return
    if _MATCHING in scene.planned.requirements:
        raise ManualError(f"{why}; describe your strategy in an attestation.")
    raise NotApplicableError(f"{why}. Your strategy is asked for under {_MATCHING}.")


@step(say.EVERYONE_HELD)
def everyone_held(scene: Scene, day: str) -> None:
    """Narrow to what was held as active on a day; block when that is nothing."""
    scene.sync_completed(day)
    place = scene.index, scene.district, day
    held, reasons = scene.index.cached(("held", scene.district, day), lambda: _held(*place))
    scene.narrowed_by, scene.since, scene.established = list(reasons), day, held
    if not any(held.values()):
        if declared := _none_expected(*place):
            raise NotApplicableError(declared[0])
        raise BlockedError(f"The app holds nobody {on(day)}", reasons)


def _held(
    index: RecordingIndex, district: str, day: str
) -> tuple[dict[Kind, frozenset[str]], Sequence[Finding]]:
    """Who and what is shared and held as active on a day, and what of it is missing."""
    roster, holdings = index.roster(district, day), index.holdings(district, day)
    missing = Observation()
    for kind in KINDS:
        sought = index.expectations.expected_ids(kind, roster)
        missing.add(presence.presence(index, district, day, kind, sought))
    held = {kind: holdings.active_ids[kind] & roster.of(kind).keys() for kind in KINDS}
    return {kind: frozenset(ids) for kind, ids in held.items()}, missing.reasons


def _none_expected(index: RecordingIndex, district: str, day: str) -> list[str]:
    """The declarations by which the app holds nothing of all that is shared on a day."""
    roster = index.roster(district, day)
    shared = ((kind, clever_id) for kind in KINDS for clever_id in roster.of(kind))
    return index.expectations.all_left_out(shared, roster)

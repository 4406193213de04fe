"""`Then` steps about everyone in the district, the control group included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.assess.check_result import EvidenceLevel
from harness.assess.expectations import ROLE_KEYS
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import KINDS, RecordRef
from harness.assess.scope import kinds_of
from harness.district.data_model.records import Kind
from harness.plan.phrases import about_everyone as say
from harness.suite.checks import (
    archive,
    distinct,
    merged_records,
    name_values,
    optional_values,
    pages,
    presence,
    relationship_values,
    replaced_records,
    section_values,
    takeovers,
    user_values,
)
from harness.suite.checks.every_day.topics import Topic
from harness.suite.checks.every_day.watch import watched
from harness.suite.checks.missing_values import beyond
from harness.suite.checks.observation import Observation
from harness.suite.checks.reading import gap_finding
from harness.suite.checks.rejected_records import rejected
from harness.suite.scene import Scene
from harness.suite.steps.binding import step

_RECORDS = (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.SECTIONS)


@step(say.ALL)
def everything(scene: Scene, what: str) -> None:
    for kind in (Kind.USERS,) if what == "user" else _RECORDS:
        _all(scene, kind)
    if what == "user":
        _asked_of_users(scene)


@step(say.SPARSE)
def sparse(scene: Scene, what: str) -> None:
    for kind in (Kind.USERS,) if what == "user" else _RECORDS:
        _sparse(scene, kind)
    if what == "user":
        _asked_of_users(scene)


@step(say.NOBODY_TWICE)
def nobody_twice(scene: Scene) -> None:
    """In all districts: in this one on the days that pass, in the others on calm days."""
    scene.narrowed_by = presence.nothing_held(scene.index, scene.district, scene.days[0])
    observation = distinct.once(scene.index, scene.district, scene.days, frozenset())
    observation.add(distinct.once_elsewhere(scene.index, scene.district))
    scene.then_of_all(observation)


@step(say.READ_TO_THE_END)
def read_to_the_end(scene: Scene) -> None:
    """In all districts. Whose lists never have a second page is asked how it turns pages."""
    if not scene.index.deliveries_known:
        reason = "This recording is of an earlier version, which did not note the pages of lists."
        scene.then(Observation(not_applicable=reason))
        return
    lists = pages.lists_on_calm_days(scene.index)
    observation = Observation(
        examined=len(lists),
        findings=[
            gap_finding(unread.gap, unread.district, unread.day)
            for unread in pages.pages_not_followed(scene.index)
        ],
        evidence_level=EvidenceLevel.INFERRED,
        manual=pages.never_turned(lists),
    )
    scene.narrowed_by = presence.nothing_held(scene.index, scene.district, scene.days[0])
    scene.then(observation)


@step(say.NONE_MERGED)
def none_merged(scene: Scene) -> None:
    """In all districts; what an edge case reports of its cast is not reported again."""
    scene.gives_way = True
    scene.narrowed_by = presence.nothing_held(scene.index, scene.district, scene.days[0])
    scene.then_of_all(merged_records.none_merged(scene.index))


@step(say.RECORDS_STAY)
def records_stay(scene: Scene) -> None:
    scene.narrowed_by = presence.nothing_held(scene.index, scene.district, scene.days[0])
    scene.then(takeovers.none_taken_over(scene.index))


@step(say.RECORDS_LAST)
def records_last(scene: Scene) -> None:
    """In all districts; what another check reports of a record is not reported again."""
    scene.gives_way = True
    scene.narrowed_by = presence.nothing_held(scene.index, scene.district, scene.days[0])
    scene.then_of_all(replaced_records.none_replaced(scene.index))


@step(say.EVERY_EMAIL)
def every_email(scene: Scene) -> None:
    mirror = scene.mirror(scene.day)
    scene.then(name_values.emails(mirror, _alone(scene, Kind.USERS)))
    _asked_of_users(scene)


@step(say.EVERY_NAME)
def every_name(scene: Scene) -> None:
    mirror = scene.mirror(scene.day)
    for kind in (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES):
        scene.then(name_values.titles(mirror, kind, _alone(scene, kind)))
    scene.then(name_values.names(mirror, _alone(scene, Kind.USERS)))
    scene.then(section_values.links(mirror, scene.narrowed(Kind.SECTIONS, mirror.roster.sections)))
    ids = {kind: _alone(scene, kind) for kind in (Kind.TERMS, Kind.USERS)}
    scene.then(optional_values.compared(mirror, ids))
    scene.then(optional_values.declared(scene.index))


@step(say.EVERY_TIE)
def every_tie(scene: Scene, what: str) -> None:
    mirror = scene.mirror(scene.day)
    look = {
        "schools": user_values.schools,
        "roles": user_values.roles,
        "students": relationship_values.student_relationships,
    }[what]
    ids = _alone(scene, Kind.USERS)
    # Who has a role that is null is a matter of their own: what the app makes of it is a SHOULD.
    whole = [i for i in ids if None not in mirror.roster.users[i]["roles"].values()]
    scene.then_of_all(look(mirror, whole), ROLE_KEYS.values() if what == "roles" else ())
    _asked_of_users(scene)


@step(say.EVERY_MEMBER)
def every_member(scene: Scene, what: str) -> None:
    mirror = scene.mirror(scene.day)
    scene.then(
        (section_values.teachers if what == "teachers" else section_values.students)(
            mirror, _sections(scene)
        )
    )


@step(say.NEW_HELD)
def new_held(scene: Scene, since: str | None) -> None:
    """Who is absent for a reason that kept others out before is a matter of that reason."""
    index = scene.index
    if since:
        scene.sync_completed(scene.day)
    earlier = (
        [*index.before(scene.district, since), since]
        if since
        else index.before(scene.district, scene.day)
    )
    known = {
        i for day in earlier for kind in KINDS for i in index.roster(scene.district, day).of(kind)
    }
    observation = Observation()
    roster = index.roster(scene.district, scene.day)
    for kind in KINDS:
        new = [index.record_of(kind, i) for i in roster.of(kind) if i not in known]
        for person in new:
            if declared := index.expectations.left_out(kind, person.clever_id, roster):
                observation.leave_out(declared)
                continue
            newcomers = presence.newcomers(index, scene.district, scene.day, [person])
            if alike := newcomers.findings and _left_out_without_faults(scene, person):
                newcomers = Observation(needs=alike)
                newcomers.lacks(kinds_of(index, scene.district, kind, person.clever_id), person)
            observation.add(newcomers)
    scene.then(observation)


def _left_out_without_faults(scene: Scene, person: RecordRef) -> list[Finding]:
    """Why it is no matter of a fault that somebody is absent: it was got over, or is over, and on
    calm days the app leaves out what it was sent as well."""
    index, district, day = scene.index, scene.district, scene.day
    if not (scene.since or index.published(district, day).faults):
        return []
    if person.clever_id not in index.deliveries.delivered_on(district, day):
        return []
    topics = (Topic.NEW, Topic.IN_USE, Topic.LEFT_OVER, Topic.EVENTS)
    return [finding for topic in topics for finding in watched(index, topic).findings][:1]


@step(say.GONE_INACTIVE)
def gone_inactive(scene: Scene) -> None:
    gone = _gone_records(scene)
    observation = archive.inactive(scene.index, scene.district, scene.day, gone)
    _none_was_held(scene, observation)
    scene.then(observation)


@step(say.GONE_ARCHIVED)
def gone_archived(scene: Scene) -> None:
    """Those that are still active are reported by the step before it."""
    gone = _gone_records(scene)
    holdings = scene.index.holdings(scene.district, scene.day)
    quiet = [p for p in gone if holdings.active(p.kind, p.clever_id) is None]
    observation = archive.archived(scene.index, scene.district, scene.day, quiet)
    _none_was_held(scene, observation)
    scene.then(observation)


def _gone_records(scene: Scene) -> list[RecordRef]:
    return archive.gone_records(scene.index, scene.district, scene.day, _since(scene))


def _since(scene: Scene) -> str:
    """Since when records have left: "" for the day before; of events and of who waits, since all
    was there."""
    skips_days = scene.planned.follows_events or scene.planned.archives_later
    return scene.since if skips_days else ""


def _none_was_held(scene: Scene, observation: Observation) -> None:
    """Where all that left is declared not to be held, nothing is asked of the app."""
    if not observation.examined:
        for declared in archive.declared_of_gone(
            scene.index, scene.district, scene.day, _since(scene)
        ):
            observation.leave_out(declared)


def _alone(scene: Scene, kind: Kind) -> list[str]:
    """The records that were established, but for those as which others are held."""
    as_others = merged_records.holders(scene.index, scene.district, scene.day, kind)
    ids = scene.narrowed(kind, scene.index.roster(scene.district, scene.day).of(kind))
    return [clever_id for clever_id in ids if clever_id not in as_others]


def _present(scene: Scene, kind: Kind, ids: Iterable[str]) -> None:
    scene.then(presence.presence(scene.index, scene.district, scene.day, kind, ids))


def _all(scene: Scene, kind: Kind) -> None:
    """Every record of a kind, but for those that are a matter of R7, or as merged ones of R1."""
    if kind is not Kind.USERS and (declared := scene.index.expectations.declared(kind)):
        scene.then(Observation(not_applicable=declared))
        return
    apart = {
        *rejected(scene.index, scene.district, scene.day, kind),
        *merged_records.merged(scene.index, scene.district, scene.day, kind),
    }
    sought = [clever_id for clever_id in _sought(scene, kind) if clever_id not in apart]
    observation = presence.presence(scene.index, scene.district, scene.day, kind, sought)
    gaps = [n for n in observation.needs if n.finding_kind is FindingKind.NOT_DELIVERED]
    observation.needs = [need for need in observation.needs if need not in gaps]
    if observation.needs:  # paths that version 3 does not have are a matter of R3
        observation.undecided = observation.needs[0].sentence
    observation.findings += gaps
    scene.then_of_all(observation, ROLE_KEYS.values() if kind is Kind.USERS else ())


def _sparse(scene: Scene, kind: Kind) -> None:
    """What the app holds, and what it does not hold for lack of a value."""
    declared = "" if kind is Kind.USERS else scene.index.expectations.declared(kind)
    if declared:
        scene.then(Observation(not_applicable=declared))
        return
    index, district, day = scene.index, scene.district, scene.day
    sought = _sought(scene, kind)
    held = index.holdings(district, day).active_ids[kind]
    apart = rejected(index, district, day, kind)
    lacking = {i for i, explanation in apart.items() if not beyond(explanation)}
    _present(scene, kind, [i for i in sought if i in held or i in lacking])
    scene.narrowed_by = [
        *scene.narrowed_by,
        *presence.presence(index, district, day, kind, sought).reasons,
    ]


def _asked_of_users(scene: Scene) -> None:
    """Where no sync sets up any account, a Then that saw no user decides nothing."""
    assertion, expectations = scene.assertions[-1], scene.index.expectations
    if not assertion.examined and not assertion.reasons and expectations.nobody():
        for key in ROLE_KEYS.values():
            assertion.leave_out(expectations.declared(key))
        assertion.decides_nothing = True


def _sought(scene: Scene, kind: Kind) -> Sequence[str]:
    return scene.index.expectations.expected_ids(
        kind, scene.index.roster(scene.district, scene.day)
    )


def _sections(scene: Scene) -> list[str]:
    """Sections held as active: a missing one is a matter of presence."""
    return list(scene.index.roster(scene.district, scene.day).sections)

"""Thens about everyone in the district, the control group included."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pytest_bdd import parsers, then

from harness.assess.findings import Finding
from harness.assess.recording_index import KINDS
from harness.district.data_model.records import Kind
from harness.plan import vocabulary as say
from harness.plan.plan import COMMON, UNSERVED, Day
from harness.plan.trouble import TROUBLE
from harness.suite.checks import archive, history, presence, traffic, unread
from harness.suite.checks import conduct as conduct_checks
from harness.suite.checks.examination import Examination
from harness.suite.checks.lacking import beyond, stumbled_over
from harness.suite.checks.unchanged import as_before
from harness.suite.scene import Scene, TroubleError

AFTER_EVENTS = "Events had not led to what a full sync leads to:"
_RECORDS = (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.SECTIONS)


@then(say.EVERY_SYNC)
def every_sync(scene: Scene) -> None:
    """Of all districts, or of the one a scenario is about, on the days it speaks of."""
    districts: Iterable[str] = (scene.district,)
    if scene.district == COMMON and not scene.edge_case:
        scene.then(traffic.broken_down(scene.index))
        districts = scene.index.recording.header.plan.days
    for district in districts:
        scene.then(traffic.completed(scene.index, district, _to_complete(scene, district)))
    _no_more_is_known(scene)


def _no_more_is_known(scene: Scene) -> None:
    """A year that stopped early shows what is broken, and never that nothing is."""
    if scene.stopped and not scene.findings:
        raise TroubleError(scene.stopped.message, scene.stopped.fault)


def _reached(scene: Scene, district: str) -> tuple[str, ...]:
    """The days a district was played; of a year that stopped, those of which there is something."""
    index, days = scene.index, scene.index.days_of(district)
    if not scene.stopped:
        return days
    return tuple(d for d in days if index.has_synced(district, d) or index.death(district, d))


def _to_complete(scene: Scene, district: str) -> tuple[str, ...]:
    """The days whose sync has to complete, and those on which the app did not live on."""
    index = scene.index

    def asked(day: str) -> bool:
        if index.death(district, day):
            return district != COMMON or day not in TROUBLE
        return day in scene.days and not traffic.excused(index, district, day)

    before = (Day.BEFORE,) if index.death(district, Day.BEFORE) else ()
    return (*before, *(day for day in _reached(scene, district) if asked(day)))


@then(parsers.re(say.ALL))
def everything(scene: Scene, what: str) -> None:
    for kind in (Kind.USERS,) if what == "user" else _RECORDS:
        _all(scene, kind)


@then(parsers.re(say.SPARSE))
def sparse(scene: Scene, what: str) -> None:
    for kind in (Kind.USERS,) if what == "user" else _RECORDS:
        _sparse(scene, kind)


@then(say.NOBODY_TWICE)
def nobody_twice(scene: Scene) -> None:
    scene.doubts = presence.nothing_held(scene.index, scene.district, scene.days[0])
    scene.then(presence.once(scene.index, scene.district, scene.days, frozenset()))


@then(say.RECORDS_STAY)
def records_stay(scene: Scene) -> None:
    scene.doubts = presence.nothing_held(scene.index, scene.district, scene.days[0])
    scene.then(history.passed_on(scene.index))


@then(parsers.re(say.EVERY_VALUE))
def every_value(scene: Scene, what: str) -> None:
    mirror = scene.mirror(scene.day)
    if what == "every e-mail address":
        scene.then(mirror.emails(scene.narrowed(Kind.USERS, mirror.roster.users)))
        return
    for kind in (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES):
        scene.then(mirror.titles(kind, scene.narrowed(kind, mirror.roster.of(kind))))
    scene.then(mirror.names(scene.narrowed(Kind.USERS, mirror.roster.users)))
    scene.then(mirror.links(scene.narrowed(Kind.SECTIONS, mirror.roster.sections)))


@then(parsers.re(say.EVERY_TIE))
def every_tie(scene: Scene, what: str) -> None:
    mirror = scene.mirror(scene.day)
    look = {
        "schools": mirror.schools,
        "roles": mirror.roles,
        "students": mirror.student_relationships,
    }[what]
    ids = scene.narrowed(Kind.USERS, mirror.roster.users)
    # Who has a role that is null is a matter of their own: what the app makes of it is a SHOULD.
    scene.then(look([i for i in ids if None not in mirror.roster.users[i]["roles"].values()]))


@then(parsers.re(say.EVERY_MEMBER))
def every_member(scene: Scene, what: str) -> None:
    mirror = scene.mirror(scene.day)
    scene.then((mirror.teachers if what == "teachers" else mirror.students)(_sections(scene)))


@then(parsers.re(say.NEW_HELD))
def new_held(scene: Scene, since: str | None) -> None:
    """Judged for kinds that were held completely before: the rest is a matter of reading."""
    index = scene.index
    earlier = [*index.before(scene.district, since), since] if since else _earlier(scene)
    known = {
        i for day in earlier for kind in KINDS for i in index.roster(scene.district, day).of(kind)
    }
    for kind in KINDS:
        if kind in scene.whole_kinds:
            sought = index.sought(kind, index.roster(scene.district, scene.day))
            _present(scene, kind, (i for i in sought if i not in known))


@then(say.GONE_INACTIVE)
def gone_inactive(scene: Scene) -> None:
    gone = archive.gone_records(scene.index, scene.district, scene.day)
    scene.then(archive.inactive(scene.index, scene.district, scene.day, gone))


@then(say.GONE_ARCHIVED)
def gone_archived(scene: Scene) -> None:
    """Those that are still active are accused by the Then before it."""
    gone = archive.gone_records(scene.index, scene.district, scene.day)
    holdings = scene.index.holdings(scene.district, scene.day)
    quiet = [p for p in gone if holdings.active(p.kind, p.clever_id) is None]
    scene.then(archive.archived(scene.index, scene.district, scene.day, quiet))


@then(parsers.re(say.UNCHANGED))
def unchanged(scene: Scene, since: str) -> None:
    index, district, day = scene.index, scene.district, scene.day
    then_held, now = index.holdings(district, since), index.holdings(district, day)
    if scene.planned.follows_events:
        seen = as_before(index, district, since, then_held, day, now, why=AFTER_EVENTS, in_use=True)
    else:
        seen = as_before(index, district, since, then_held, day, now)
    scene.then(seen)


@then(parsers.re(say.UNTOUCHED))
def untouched(scene: Scene, since: str) -> None:
    """As it was before its own next sync: whatever changed, another district's sync did."""
    index, district, day = scene.index, scene.district, scene.day
    then_held, now = index.holdings(district, since), index.holdings(district, day, "publish")
    scene.then(as_before(index, district, since, then_held, day, now))


@then(parsers.re(say.LESSONS_ARE))
def lessons(scene: Scene, how: str) -> None:
    shown = history.shown(scene.index, scene.index.acted)
    if how.startswith("is in the app"):
        scene.then(shown)
        return
    scene.doubts = [*scene.doubts, *shown.findings]
    acts = [act for act in scene.index.acted if act.district == scene.district]
    scene.then(history.kept(scene.index, acts, scene.day))


@then(parsers.re(say.STILL_HELD))
def still_held(scene: Scene, since: str | None, how: str) -> None:
    scene.doubts = [*scene.doubts, *_touched(scene)]
    look = unread.LOOKS[how]
    scene.then(look(scene.index, scene.district, since or "", scene.day))


@then(parsers.re(say.CONDUCT))
def conducted(scene: Scene, conduct: str) -> None:
    if conduct in OF_ALL_REQUESTS:
        OF_ALL_REQUESTS[conduct](scene)
        return
    districts = scene.index.recording.header.plan.days
    for district in districts if len(scene.days) > 1 else (scene.district,):
        days = tuple(day for day in _reached(scene, district) if day in scene.days)
        scene.then(conduct_checks.CHECKS[conduct](scene.index, district, days))
    _no_more_is_known(scene)


def _version_3(scene: Scene) -> None:
    scene.then(traffic.version_3(scene.index))


def _read_whole(scene: Scene) -> None:
    first = scene.index.days_of(scene.district)[0]
    scene.then(traffic.read_again(scene.index, scene.district, first, scene.day))


def _on_demand(scene: Scene) -> None:
    for district in scene.index.recording.header.plan.days:
        days = scene.index.days_of(district)
        scene.doubts = [*scene.doubts, *traffic.completed(scene.index, district, days).findings]
        scene.then(traffic.on_demand(scene.index, district, days))


def _of_its_district(scene: Scene) -> None:
    for district in scene.index.recording.header.plan.days:
        days = scene.index.days_of(district)
        scene.doubts = [*scene.doubts, *traffic.on_demand(scene.index, district, days).findings]
        scene.doubts = [*scene.doubts, *traffic.completed(scene.index, district, days).findings]
        scene.then(traffic.of_its_district(scene.index, district, days))


OF_ALL_REQUESTS: Mapping[str, Callable[[Scene], None]] = {
    "every request for roster data asks for version 3": _version_3,
    "the app read the whole district again": _read_whole,
    "every sync read from Clever when it was asked for": _on_demand,
    "every sync read the district it was for": _of_its_district,
}
"""What is said of more than the days a scenario names."""


def _touched(scene: Scene) -> list[Finding]:
    """What another district's sync changed before one that could not mend it."""
    index, district, day = scene.index, scene.district, scene.day
    if index.happening(district, day) not in UNSERVED:
        return []
    since = _earlier(scene)[-1]
    then_held, now = index.holdings(district, since), index.holdings(district, day, "publish")
    return as_before(index, district, since, then_held, day, now).findings


def _earlier(scene: Scene) -> tuple[str, ...]:
    return scene.index.before(scene.district, scene.day)


def _present(scene: Scene, kind: Kind, ids: Iterable[str]) -> None:
    scene.then(presence.presence(scene.index, scene.district, scene.day, kind, ids))


def _all(scene: Scene, kind: Kind) -> None:
    """Every record of a kind, but for those the app stumbles over: they are a matter of R7."""
    if kind is not Kind.USERS and (declared := scene.index.declared(kind)):
        scene.then(Examination(not_applicable=declared))
        return
    apart = stumbled_over(scene.index, scene.district, scene.day, kind)
    _present(
        scene, kind, [clever_id for clever_id in _sought(scene, kind) if clever_id not in apart]
    )


def _sparse(scene: Scene, kind: Kind) -> None:
    """What the app holds, and what it does not hold for lack of a value."""
    declared = "" if kind is Kind.USERS else scene.index.declared(kind)
    if declared:
        scene.then(Examination(not_applicable=declared))
        return
    index, district, day = scene.index, scene.district, scene.day
    sought = _sought(scene, kind)
    held = index.holdings(district, day).active_ids[kind]
    apart = stumbled_over(index, district, day, kind)
    lacking = {i for i, explanation in apart.items() if not beyond(explanation)}
    _present(scene, kind, [i for i in sought if i in held or i in lacking])
    scene.doubts = [
        *scene.doubts,
        *presence.presence(index, district, day, kind, sought).findings,
    ]


def _sought(scene: Scene, kind: Kind) -> Sequence[str]:
    return scene.index.sought(kind, scene.index.roster(scene.district, scene.day))


def _sections(scene: Scene) -> list[str]:
    """Sections held as active: a missing one is a matter of presence."""
    return list(scene.index.roster(scene.district, scene.day).sections)

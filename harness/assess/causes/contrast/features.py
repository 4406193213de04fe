"""Features: which of the features in the table a record has at a sync.

They are facts of what Clever shared, of what was delivered, and of the syncs; nothing of what the
app holds afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

from harness.assess.causes.arrivals import AHEAD, OVER
from harness.assess.causes.contrast.feature_table import PARTS
from harness.assess.causes.contrast.scene import SyncScene, identifying
from harness.assess.causes.members import named
from harness.assess.causes.ways import ways
from harness.assess.findings import FindingKind
from harness.district.data_model.records import (
    Kind,
    Record,
    Role,
    Section,
    User,
    roles_of,
    schools_of,
)


def features(scene: SyncScene, kind: Kind, clever_id: str) -> frozenset[str]:
    """The names of all that is so of a record at a sync."""
    key = "features", scene.district, scene.day, kind, clever_id
    return scene.index.cached(key, lambda: frozenset(_features(scene, kind, clever_id)))


def _features(scene: SyncScene, kind: Kind, clever_id: str) -> Iterator[str]:
    now, then = scene.record(kind, clever_id), scene.former(kind, clever_id)
    yield from _of_change(scene, kind, clever_id, then, now)
    yield from _of_delivery(scene, clever_id)
    if scene.other_terms:
        yield "other-terms"
    if kind is Kind.SECTIONS and _school(now or then) in scene.schools_of_same_size:
        yield "same-size-school"
    if last := now or then:
        yield from _OF_KIND.get(kind, _of_none)(scene, last)


def _of_change(
    scene: SyncScene, kind: Kind, clever_id: str, then: Record | None, now: Record | None
) -> Iterator[str]:
    if now is None:
        yield from _of_gone(scene, kind, clever_id)
    elif then is None:
        last = scene.last_shared(kind, clever_id)
        yield "new" if last is None else "back"
        if last == now:
            yield "back-unchanged"
    elif then is now:
        moved = kind is Kind.USERS and scene.classes.get(clever_id) != scene.classes_before.get(
            clever_id
        )
        if not moved:
            yield "unchanged"
    if scene.then is not None and then is not None:
        yield from ways(kind, clever_id, scene.then, scene.now)
    if kind is Kind.USERS and then and now:
        yield from _of_classes(scene, clever_id)
    if then and now and then is not now:
        yield from _of_lists(kind, then, now)


def _of_gone(scene: SyncScene, kind: Kind, clever_id: str) -> Iterator[str]:
    yield "gone"
    yield from (f"with-more-than:{p}" for p, part in PARTS.items() if scene.parts_gone[kind] > part)
    if scene.was_away(kind, clever_id):
        yield "away-before"
    if kind in (Kind.COURSES, Kind.TERMS) and clever_id in scene.of_past_classes:
        yield "of-a-past-class"
    if kind is Kind.USERS and clever_id in scene.classes:
        yield "still-listed"
    if kind is Kind.USERS and (clever_id in scene.classes or clever_id in scene.last_listed):
        yield "last-listed"


def _school(record: Record | None) -> str:
    return str(cast(Mapping[str, Any], record or {}).get("school"))


def _of_classes(scene: SyncScene, clever_id: str) -> Iterator[str]:
    then = scene.classes_before.get(clever_id, frozenset())
    now = scene.classes.get(clever_id, frozenset())
    # A class that is over takes nobody out of it.
    joined, left = now - then, {i for i in then - now if i in scene.now.sections}
    if joined:
        yield "class-joined" if then else "first-class"
    if left:
        yield "class-left" if now else "last-class-left"
    if joined and left:
        yield "classes-exchanged"


def _of_lists(kind: Kind, then: Record, now: Record) -> Iterator[str]:
    if kind is Kind.USERS:
        old, new = set(schools_of(cast(User, then))), set(schools_of(cast(User, now)))
        if added := new - old:
            yield "school-added"
        if lost := old - new:
            yield "school-lost"
        if added and lost:
            yield "schools-exchanged"
    if kind is Kind.SECTIONS:
        sizes = []
        for finding_kind in (FindingKind.STUDENT, FindingKind.TEACHER):
            before, after = set(named(finding_kind, then)), set(named(finding_kind, now))
            if after - before:
                yield f"{finding_kind}-added"
            if before - after:
                yield f"{finding_kind}-lost"
            sizes.append(len(before) == len(after))
        if all(sizes):
            yield "same-number"


def _of_delivery(scene: SyncScene, clever_id: str) -> Iterator[str]:
    if scene.then is None:
        yield "first-sync"
    if scene.was_approved:
        yield "approved"
    if scene.after_failure:
        yield "after-failure"
    if scene.was_hit:
        yield "hit"
    if clever_id in scene.pages:
        page, last = scene.pages[clever_id]
        yield "first-page" if page == 1 else "later-page"
        if page == last:
            yield "last-page"


def _of_none(scene: SyncScene, record: Record) -> Iterable[str]:
    return ()


def _of_user(scene: SyncScene, record: Record) -> Iterator[str]:
    user = cast(User, record)
    roles, classes = roles_of(user), scene.classes.get(user["id"], ())
    for role in roles:
        yield f"role:{role}"
        if len(roles) == 1:
            yield f"only:{role}"
    if len(roles) > 1:
        yield "roles"
    schools = schools_of(user)
    if len(schools) != 1:
        yield "schools" if schools else "no-school"
    if len(classes) > 1:
        yield "classes"
    yield from _of_classes_of(scene, user)
    values = set(identifying(user))
    if values & scene.values_of_archived:
        yield "value-of-archived"
    if any(scene.values[value] > 1 for value in values):
        yield "value-of-another"
    for value in values - set(
        identifying(cast("User | None", scene.former(Kind.USERS, user["id"])))
    ):
        if scene.former_owners.get(value, _NOBODY) - {user["id"]}:
            yield "email-had-by-another" if value[0] == "email" else "number-had-by-another"
    if scene.addresses_held.get((user.get("email") or "").casefold(), _NOBODY) - {user["id"]}:
        yield "email-taken"
    if values & scene.values_elsewhere:
        yield "value-elsewhere"
    if user["id"] in scene.with_work:
        yield "with-work"
    if not user.get("email"):
        yield "no-email"
    yield from (f"no-{part}-name" for part in ("first", "last") if not user["name"].get(part))
    if any("phone" in role and not role["phone"] for role in roles.values()):
        yield "no-phone"


def _of_classes_of(scene: SyncScene, user: User) -> Iterator[str]:
    roles, classes = roles_of(user), scene.classes.get(user["id"], _NOBODY)
    if not classes:
        yield "unlisted"
    if not classes and not {Role.STUDENT, Role.TEACHER}.isdisjoint(roles):
        yield "no-class"
        yield from (f"{role}-in-no-class" for role in (Role.STUDENT, Role.TEACHER) if role in roles)
    whose = set(named(FindingKind.STUDENT_RELATIONSHIP, cast(Record, user)))
    if whose and whose.isdisjoint(scene.classes):
        yield "students-in-no-class"
    if former := scene.former(Kind.USERS, user["id"]):
        whose |= set(named(FindingKind.STUDENT_RELATIONSHIP, former))
    if scene.then and (whose & scene.then.users.keys()) - scene.now.users.keys():
        yield "student-gone"
    when = {scene.when(scene.now.sections[i]) for i in classes if i in scene.now.sections}
    if len(when) == 1:
        yield from _WHEN.get(when.pop(), ())[:1]


_NOBODY: frozenset[str] = frozenset()
_WHEN = {AHEAD: ("classes-ahead", "term-ahead"), OVER: ("classes-over", "term-over")}
"""When a term is → of users all of whose classes are in such terms, and of a class in one."""


def _of_section(scene: SyncScene, record: Record) -> Iterator[str]:
    fields = cast(Mapping[str, Any], record)
    if len(fields["teachers"]) != 1:
        yield "teachers" if fields["teachers"] else "no-teacher"
    if not fields["students"]:
        yield "no-student"
    if not fields.get("course"):
        yield "no-course"
    if not fields.get("term_id"):
        yield "no-term"
    yield from _WHEN.get(scene.when(cast(Section, record)), ())[1:]
    members = {*fields["teachers"], *fields["students"]}
    if members - scene.now.users.keys():
        yield "unshared-member"
    if scene.then is not None and (members & scene.now.users.keys()) - scene.then.users.keys():
        yield "member-new"


_OF_KIND: Mapping[Kind, Callable[[SyncScene, Record], Iterable[str]]] = {
    Kind.USERS: _of_user,
    Kind.SECTIONS: _of_section,
}

"""Features: what can set some records of a sync apart, in words, and what to do about it.

They are facts of what Clever shared, of what was delivered, and of the syncs; nothing of what the
app holds afterwards. What changed or how it was delivered explains more than what a record is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, cast

from harness.assess.causes.arrivals import AHEAD, OVER
from harness.assess.causes.contrast.scene import SyncScene, identifying
from harness.assess.causes.members import named
from harness.assess.causes.ways import WAYS, ways
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


class Rank(IntEnum):
    """What explains most comes first among equals."""

    CHANGE = 0
    DELIVERY = 1
    RELATION = 2
    STATE = 3


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that is so of some records at a sync."""

    words: str
    """Of several records: `are new with that sync`."""
    rank: Rank
    remedy: str = ""


_ARRIVALS = "Apply what is new in the order in which it hangs together: people before their classes"
_LISTS = "Replace each stored list with the one Clever shares, in every sync."
_CHANGE_ONLY = (
    "Compare whole records to find what changed: a count, a date or one field is no proof."
)
_SHARED_VALUE = (
    "Look records up by Clever ID: other records can have the same e-mail address or number."
)
_SCHOOLS = "Treat what belongs to a school that comes or closes like any other record."
_WHOLE = "Apply a record whatever it lacks: what it has besides stands on its own."
_DATES = "Apply what Clever shares of a class whatever the dates of its term."
APPROVED = (
    "Apply all that a held sync has read once a person approves it: what is new, what changed and "
    "what went."
)
_PAGES = "Apply every page of what Clever answers in a sync, and each record on it."

FEATURES: Mapping[str, Feature] = {
    "new": Feature("are new with that sync", Rank.CHANGE, f"{_ARRIVALS}, in one sync."),
    "back": Feature(
        "come back with that sync",
        Rank.CHANGE,
        "Make a record that comes back active, with all that Clever shares of it then.",
    ),
    "gone": Feature("are no longer shared from that sync on", Rank.CHANGE),
    **{name: Feature(words, Rank.CHANGE) for name, words in WAYS.items()},
    "entry-new": Feature("are new in that list", Rank.CHANGE, _LISTS),
    "school-added": Feature("get another school", Rank.CHANGE, _LISTS),
    "school-lost": Feature("lose a school", Rank.CHANGE, _LISTS),
    "schools-exchanged": Feature("exchange one school for another", Rank.CHANGE, _LISTS),
    "student-added": Feature("get a student", Rank.CHANGE, _LISTS),
    "student-lost": Feature("lose a student", Rank.CHANGE, _LISTS),
    "teacher-added": Feature("get a teacher", Rank.CHANGE, _LISTS),
    "teacher-lost": Feature("lose a teacher", Rank.CHANGE, _LISTS),
    "same-number": Feature("have as many members as before", Rank.CHANGE, _CHANGE_ONLY),
    "same-size-school": Feature(
        "are of a school that has as many classes and members as before, though some are others",
        Rank.CHANGE,
        _CHANGE_ONLY,
    ),
    "class-joined": Feature("join a class", Rank.CHANGE, _LISTS),
    "class-left": Feature("leave a class", Rank.CHANGE, _LISTS),
    "classes-exchanged": Feature("leave one class and join another", Rank.CHANGE, _LISTS),
    "last-class-left": Feature(
        "leave their last class",
        Rank.CHANGE,
        "Take people out of a class and nothing else: who is in no class is still shared.",
    ),
    "first-class": Feature("join their first class", Rank.CHANGE, _LISTS),
    "member-new": Feature("list somebody who is new with that sync", Rank.CHANGE, _ARRIVALS + "."),
    "still-listed": Feature(
        "are still listed by a class",
        Rank.CHANGE,
        "Go by /users to decide who is in use: a class can list people who are no longer shared.",
    ),
    "other-terms": Feature(
        "are there when terms come or go",
        Rank.CHANGE,
        "Archive only what Clever no longer shares: terms end nothing else.",
    ),
    "later-page": Feature("are on a later page than the first", Rank.DELIVERY, _PAGES),
    "first-page": Feature("are on the first page", Rank.DELIVERY, _PAGES),
    "last-page": Feature("are on the last page", Rank.DELIVERY, _PAGES),
    "approved": Feature(
        "come, change or go with a sync that was held and approved",
        Rank.DELIVERY,
        APPROVED,
    ),
    "after-failure": Feature(
        "change with the sync after one that did not complete",
        Rank.DELIVERY,
        "Start each sync from what the last complete one left, and drop what a broken one kept.",
    ),
    "hit": Feature(
        "change with a sync in which Clever did not answer well",
        Rank.DELIVERY,
        "Finish reading before you apply anything, and ask again for what failed.",
    ),
    "first-sync": Feature(
        "come with the first sync of their district",
        Rank.DELIVERY,
        "Apply the first sync of a district like every other one.",
    ),
    "unchanged": Feature(
        "do not change with that sync",
        Rank.STATE,
        "Leave what did not change as it is, unless a complete read no longer contains it.",
    ),
    **{f"role:{role}": Feature(f"have the role `{role}`", Rank.STATE) for role in Role},
    **{f"only:{role}": Feature(f"have the role `{role}` alone", Rank.STATE) for role in Role},
    "roles": Feature("have more than one role", Rank.STATE, "Store every key of `roles`."),
    "schools": Feature("have more than one school", Rank.STATE, _LISTS),
    "no-school": Feature("have no school", Rank.STATE),
    "no-class": Feature(
        "are students or teachers in no class",
        Rank.RELATION,
        "Go by /users to decide who is in use, not by the classes.",
    ),
    **{
        f"{role}-in-no-class": Feature(
            f"are {role}s in no class",
            Rank.RELATION,
            "Go by /users to decide who is in use, not by the classes.",
        )
        for role in (Role.STUDENT, Role.TEACHER)
    },
    "students-in-no-class": Feature(
        "are contacts whose students are in no class",
        Rank.RELATION,
        "Go by /users to decide who is in use, not by the classes of somebody's students.",
    ),
    "unlisted": Feature(
        "are listed by no class",
        Rank.RELATION,
        "Go by /users to decide who is in use: contacts and staff are in no class, and others can "
        "be in none.",
    ),
    "classes-ahead": Feature(
        "are only in classes whose term has not begun on the day of the sync", Rank.RELATION, _DATES
    ),
    "classes-over": Feature(
        "are only in classes whose term is over on the day of the sync", Rank.RELATION, _DATES
    ),
    "classes": Feature("are in more than one class", Rank.STATE, _LISTS),
    "teachers": Feature("have more than one teacher", Rank.STATE, _LISTS),
    "no-teacher": Feature("have no teacher", Rank.RELATION, _WHOLE),
    "no-student": Feature("have no student", Rank.RELATION, _WHOLE),
    "no-course": Feature("have no course", Rank.RELATION, _WHOLE),
    "no-term": Feature("have no term", Rank.RELATION, _WHOLE),
    "term-ahead": Feature(
        "have a term that has not begun on the day of the sync", Rank.RELATION, _DATES
    ),
    "term-over": Feature("have a term that is over on the day of the sync", Rank.RELATION, _DATES),
    "unshared-member": Feature(
        "list somebody whom Clever does not share",
        Rank.STATE,
        "Leave out the member you do not know, and apply the rest of the class.",
    ),
    "value-of-archived": Feature(
        "share their e-mail address or number with an archived account",
        Rank.RELATION,
        _SHARED_VALUE,
    ),
    "value-of-another": Feature(
        "share their e-mail address or number with another user of the district",
        Rank.RELATION,
        _SHARED_VALUE,
    ),
    **{
        f"{value}-had-by-another": Feature(
            f"get {words} that another user of the district had until that sync, or has",
            Rank.CHANGE,
            "Give all users the addresses and numbers that Clever sends, whoever has or had them: "
            "update all of a sync at once, and make these values unique nowhere.",
        )
        for value, words in (("email", "an e-mail address"), ("number", "a number"))
    },
    "value-elsewhere": Feature(
        "share their e-mail address or number with a user of another district",
        Rank.RELATION,
        "Limit every lookup and every rule of uniqueness to one district.",
    ),
}
"""Name → what it says."""


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
        yield "gone"
        if kind is Kind.USERS and clever_id in scene.classes:
            yield "still-listed"
    elif then is None:
        yield "back" if scene.was_shared(kind, clever_id) else "new"
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
    if values & scene.values_elsewhere:
        yield "value-elsewhere"


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

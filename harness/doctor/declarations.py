"""Declarations: the profile against what the snapshot shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from harness.assess.optional_values import OPTIONAL_VALUES
from harness.contract.profile import HOLDABLE, Profile
from harness.contract.rows import ROWS
from harness.contract.snapshot import Snapshot
from harness.doctor.diagnosis import Diagnosis, State
from harness.doctor.holdings import held_of
from harness.doctor.tiny_district import ROLES
from harness.prose import counted, joined


def _any(rows: str, key: str) -> Callable[[Snapshot], bool]:
    return lambda snapshot: any(getattr(row, key) for row in getattr(snapshot, rows))


_SHOWN: Mapping[str, Callable[[Snapshot], bool]] = {
    **{f"{rows}.name": _any(rows, "name") for rows in ("schools", "terms", "courses", "sections")},
    **{
        f"sections.{key}": _any("sections", key)
        for key in ("school", "course", "term", "teachers", "students")
    },
    "users.name": lambda held: any(
        user.first_name or user.last_name or user.name for user in held.users
    ),
    "users.email": _any("users", "email"),
    "users.schools": lambda held: any(role.schools for user in held.users for role in user.roles),
    "users.student_relationships": _any("users", "student_relationships"),
}
"""Key of `[profile.not_held]` that is about a value → whether a snapshot shows any."""
_OPTIONAL: Mapping[str, Callable[[Snapshot], bool]] = {
    "users.grade": _any("users", "grade"),
    "users.primary_school": _any("users", "primary_school"),
    "terms.dates": lambda held: any(term.start_date or term.end_date for term in held.terms),
}
"""The same for values that an app need not show: they are compared if it shows any."""
_NEEDS = {"users.student_relationships": "contacts"}
"""Key → the kind of records that have such values, where that is not the list's name."""
_OF = {
    "sections.school": "schools",
    "sections.course": "courses",
    "sections.term": "terms",
    "sections.teachers": "teachers",
    "sections.students": "students",
    "users.schools": "schools",
    "users.student_relationships": "students",
}
"""Key → the kind of records that its values are: an app without them has no such values."""
_WHOSE = {"users.schools": ("students", "teachers", "staff")}
"""Key → the roles to which Clever gives such values; district administrators have no schools."""


def compared(snapshot: Snapshot, profile: Profile) -> Iterator[Diagnosis]:
    """Where declarations and snapshot contradict each other; a line if they never do."""
    wrong = [*_shown_though_declared(snapshot, profile), *_missing_values(snapshot, profile)]
    wrong += _several_rows(snapshot, profile)
    if snapshot.users and not wrong:
        left_out = joined([HOLDABLE[key] for key in profile.not_held]) or "nothing"
        yield Diagnosis(
            tried="profile", came=f"{left_out} declared as not kept, and all else has values"
        )
    yield from wrong
    yield from _optional_values(snapshot, profile)
    if profile.app == Profile().app:
        yield Diagnosis(
            tried="profile",
            came="the app has no name",
            do='Name it in rosterready.toml: [profile] app = "...".',
            state=State.NOTE,
        )


def _shown_though_declared(snapshot: Snapshot, profile: Profile) -> Iterator[Diagnosis]:
    held = held_of(snapshot)
    for key in profile.not_held:
        of_value = _SHOWN.get(key) or _OPTIONAL.get(key)
        shows = of_value(snapshot) if of_value else bool(held.get(key))
        if key == "progress":
            shows = bool(snapshot.progress)
        if shows:
            yield Diagnosis(
                tried="profile",
                came=f"[profile.not_held] {key} says that the app does not keep {HOLDABLE[key]}, "
                "and the snapshot has some",
                do=f"Remove {key} from [profile.not_held].",
                state=State.WRONG,
            )


def _missing_values(snapshot: Snapshot, profile: Profile) -> Iterator[Diagnosis]:
    held = {**held_of(snapshot), "users": snapshot.users}
    for key, shows in _SHOWN.items():
        rows = _NEEDS.get(key, key.partition(".")[0])
        of = _OF.get(key, rows)
        if not profile.holds(of) or of in profile.accounts:
            continue
        if not any(held[kind] for kind in _WHOSE.get(key, (rows,))):
            continue
        if held[rows] and profile.holds(key) and profile.holds(rows) and not shows(snapshot):
            yield Diagnosis(
                tried=key,
                came=f"no row shows {HOLDABLE[key]}",
                do=f"Return the value, or say why the app does not keep it: "
                f"[profile.not_held] {key}.",
                state=State.WRONG,
            )


def _optional_values(snapshot: Snapshot, profile: Profile) -> Iterator[Diagnosis]:
    """What no row shows, of records that the app has: staff have no grade that could be lacking."""
    held = held_of(snapshot)
    there = {value.key for value in OPTIONAL_VALUES if held[ROLES.get(value.role, value.kind)]}
    unshown = [
        key
        for key, shows in _OPTIONAL.items()
        if key in there and profile.holds(key) and not shows(snapshot)
    ]
    if snapshot.users and unshown:
        yield Diagnosis(
            tried="optional values",
            came=f"no row shows {joined([HOLDABLE[key] for key in unshown], 'or')}, so they are not"
            " compared",
            do="Return those that people see in your app: nobody else notices an old one.",
            state=State.NOTE,
        )


def _several_rows(snapshot: Snapshot, profile: Profile) -> Iterator[Diagnosis]:
    for name in ("schools", "terms", "courses", "sections", "users"):
        rows = Counter(row.clever_id for row in getattr(snapshot, name))
        several = [uid for uid, number in rows.items() if number > 1]
        if several and name not in profile.rows:
            can = f", or declare [profile.rows] {name}" if name in ROWS else ""
            yield Diagnosis(
                tried=name,
                came=f"{counted(len(several), 'Clever ID has', 'Clever IDs have')} more than one "
                f"row, such as {several[0]}",
                do=f"Return each record once{can}.",
                state=State.WRONG,
            )

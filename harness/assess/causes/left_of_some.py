"""Values that are left as they were of some records, or after some changes, and of no others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, cast

from harness.assess.causes.arrivals import AHEAD, OVER
from harness.assess.causes.arrived_values import FieldChange, in_words, taken_over
from harness.assess.causes.contrast.scene import scene
from harness.assess.causes.likely_cause import LikelyCause, kinds_of, shared
from harness.assess.expectations import ROLE_KEYS
from harness.assess.findings import Finding
from harness.assess.optional_values import OPTIONAL_VALUES
from harness.assess.recording_index import RecordingIndex
from harness.assess.written_values import LINKS
from harness.contract.profile import HOLDABLE
from harness.district.data_model.records import Kind, Record, Section, User, roles_of
from harness.prose import counted, joined

_LEAST = 2
"""Of a single value nobody knows what matters."""


class _SomeChanges(NamedTuple):
    """Some changes, and what an app does with them that takes over no such change."""

    holds: Callable[[RecordingIndex, FieldChange], bool]
    says: str
    remedy: str


def left_of_some(index: RecordingIndex, behind: Sequence[Finding]) -> Iterator[LikelyCause]:
    """All values that are as before are of one group, and the app has others, but none of it."""
    missed = [FieldChange.missed(finding) for finding in behind]
    fields = {(change.kind, change.field) for change in missed}
    days = {(district, day) for district in index.districts for day in index.days_of(district)}
    known = [c for c in taken_over(index, behind, days) if (c.kind, c.field) in fields]
    roles = {_only_role(_record(index, change, change.day)) for change in missed}
    role = roles.pop() if len(roles) == 1 else ""
    for of in dict.fromkeys(("", role)):
        of_role = [c for c in known if not of or _only_role(_record(index, c, c.day)) == of]
        for group in _groups(len(behind)):
            if all(group.holds(index, change) for change in missed) and not any(
                group.holds(index, change) for change in of_role
            ):
                yield from [_cause(group, behind, of, len(known))] if known else []
                return


def _groups(values: int) -> Sequence[_SomeChanges]:
    """Those of which as many values tell something."""
    several = (_NEWCOMERS, _CHANGED_BEFORE, _BACK) if values >= _LEAST else ()
    return (_TERM_OVER, _TERM_AHEAD, *several)


def _cause(group: _SomeChanges, behind: Sequence[Finding], role: str, others: int) -> LikelyCause:
    words = joined([in_words(field) for field in sorted({f.field for f in behind})])
    whose = HOLDABLE[ROLE_KEYS[role]] if role else kinds_of(behind)
    return LikelyCause(
        "never-updates",
        f"Your app {group.says.format(words=words, whose=whose)}: {counted(len(behind), 'value')} "
        f"{'is as Clever shared it' if len(behind) == 1 else 'are as Clever shared them'} before, "
        f"while {counted(others, 'other change')} reached it.",
        group.remedy.format(words=words),
        [*behind],
    )


def of_a_role(index: RecordingIndex, behind: Sequence[Finding], same: int) -> Iterator[LikelyCause]:
    """All whose values are left as they were have a role of which no such value is up to date."""
    fields = {(f.kind, f.field) for f in behind}
    if not (role := _role_behind(index, behind, fields)):
        return
    words = joined([in_words(field) for field in sorted({field for _, field in fields})])
    whose = HOLDABLE[ROLE_KEYS[role]]
    yield LikelyCause(
        "never-updates",
        f"Your app does not update the {words} of {whose}: {counted(len(behind), 'value')} "
        f"{'is as Clever shared it' if len(behind) == 1 else 'are as Clever shared them'} before; "
        "on the same days "
        f"{counted(same, 'change')} of other users reached it.",
        f"Write the {words} of all users in every sync, whatever their role.",
        [*behind],
    )


def _role_behind(
    index: RecordingIndex, behind: Sequence[Finding], fields: Collection[tuple[str, str]]
) -> str:
    """The role that all of these have alone, or among others, of which nothing is up to date."""
    days = {(f.district, f.day) for f in behind}
    known = [c for c in taken_over(index, behind, days) if (c.kind, c.field) in fields]
    for roles in (_alone, _roles):
        common = set.intersection(*({*roles(shared(index, f))} for f in behind))
        for role in sorted(common):
            if not any(role in roles(_record(index, change, change.day)) for change in known):
                return role
    return ""


def _came_later(index: RecordingIndex, change: FieldChange) -> bool:
    """Whether a record was not there on the first day of its district."""
    return _record(index, change, index.days_of(change.district)[0]) is None


def _had_changed(index: RecordingIndex, change: FieldChange) -> bool:
    """Whether a value had been another one on a day before the last one."""
    records = (_record(index, change, day) for day in index.before(change.district, change.day))
    values = [_value(change, record) for record in records if record is not None]
    return any(one != other for one, other in pairwise(values))


def _is_back(index: RecordingIndex, change: FieldChange) -> bool:
    """Whether a value is again what it was on a day before another one."""
    days = (*index.before(change.district, change.day), change.day)
    records = (_record(index, change, day) for day in days)
    *before, _, now = [None, *(_value(change, record) for record in records if record is not None)]
    return now in before


def _was_in_a_term(index: RecordingIndex, change: FieldChange, when: str) -> bool:
    """Whether a section was in a term that was over, or had not begun, the day before."""
    earlier = index.before(change.district, change.day)
    record = _record(index, change, earlier[-1]) if earlier else None
    if record is None or change.kind is not Kind.SECTIONS:
        return False
    return scene(index, change.district, earlier[-1]).when(cast(Section, record)) == when


def _record(index: RecordingIndex, change: FieldChange, day: str) -> Record | None:
    found: Record | None = index.roster(change.district, day).of(change.kind).get(change.clever_id)
    return found


def _value(change: FieldChange, record: Record) -> object:
    fields = cast(Mapping[str, Any], record)
    optional = [v for v in OPTIONAL_VALUES if (v.kind, v.field) == (change.kind, change.field)]
    if optional:
        return [value.shared(record) for value in optional]
    return fields.get(LINKS.get(change.field, change.field)) or ""


def _roles(record: Record | None) -> tuple[str, ...]:
    """The roles of a user; none of anything else."""
    fields = cast(Mapping[str, Any], record or {})
    return tuple(map(str, roles_of(cast(User, fields)))) if "roles" in fields else ()


def _alone(record: Record | None) -> tuple[str, ...]:
    """The role of a user who has no other."""
    roles = _roles(record)
    return roles if len(roles) == 1 else ()


def _only_role(record: Record | None) -> str:
    return next(iter(_alone(record)), "")


_TERM_OVER = _SomeChanges(
    lambda index, change: _was_in_a_term(index, change, OVER),
    "does not update the {words} of {whose} whose term is over",
    "Write the {words} in every sync: what is over by its dates changes, too.",
)
_TERM_AHEAD = _SomeChanges(
    lambda index, change: _was_in_a_term(index, change, AHEAD),
    "does not update the {words} of {whose} whose term has not begun",
    "Write the {words} in every sync, whether the term has begun or not.",
)
_NEWCOMERS = _SomeChanges(
    _came_later,
    "does not update the {words} of {whose} that came after the first sync",
    "Write the {words} in every sync, whenever a record came into your app.",
)
_CHANGED_BEFORE = _SomeChanges(
    _had_changed,
    "takes over the first change of the {words} of {whose}, and no later one",
    "Compare with what your app has now, not with what it had at first or has once applied.",
)
_BACK = _SomeChanges(
    _is_back,
    "takes over new values of the {words} of {whose}, but none that Clever had before",
    "Compare with what your app has now, not with a list of all that it has applied.",
)

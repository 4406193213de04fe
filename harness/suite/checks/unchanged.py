"""Unchanged: whether a day left everything as it was."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, fields, is_dataclass

from harness.assess.findings import Finding, FindingKind
from harness.assess.holdings import Holdings
from harness.assess.passing_ids import key_of
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.assess.scope import kinds_in
from harness.contract.snapshot import Held, HeldRole, StudentRelationship
from harness.district.data_model.records import Kind, Record
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.sentences import NOUNS, sentence, short
from harness.suite.checks.ties import only_exchanged

_LONGEST = 400


def as_before(
    index: RecordingIndex,
    district: str,
    since: str,
    then: Holdings,
    day: str,
    now: Holdings,
    *,
    why: str = "Nothing changed at Clever, yet",
    in_use: bool = False,
    apart: Collection[str] = (),
) -> Observation:
    """Every row, lesson, local user and group is as it was; `why` begins what is found.

    With `in_use` every row that was or is active: how one stands that is neither does not count.
    What has one of the Clever IDs `apart` does not count either.
    """
    observation = Observation()
    for kind in KINDS:
        if key_of(kind) in index.profile.not_held:
            observation.speaks_not_of(index.expectations.declared(key_of(kind)))
        before, after = then.rows(kind), now.rows(kind)
        shared, kinds = index.roster(district, day).of(kind), kinds_in(index, district, kind)
        active = then.active_ids[kind] | now.active_ids[kind]
        meant = [i for i in {**before, **after} if i not in apart and (i in active or not in_use)]
        observation.saw_all([kinds(clever_id) for clever_id in meant])
        for clever_id in meant:
            was, is_ = list(before.get(clever_id, ())), list(after.get(clever_id, ()))
            if differs := _differs(was, is_, shared.get(clever_id)):
                record = index.record_of(kind, clever_id)
                noun = f"{NOUNS[kind]} " if kind is not Kind.USERS else ""
                did = f"{_change(was, is_)} {noun}{short(record.name)}"
                words = f"{why} your app {did} between the days `{since}` and `{day}`."
                observation.findings.append(
                    about(
                        record,
                        district,
                        day,
                        FindingKind.CHANGED,
                        words,
                        expected="as it was",
                        found=differs,
                    )
                )
    return _own_gone(observation, district, since, then, day, now, why)


def out_of_sight(index: RecordingIndex, then: Holdings, now: Holdings) -> frozenset[str]:
    """The terms and sections that are in use at one of two moments only, where an app declares
    that it shows current ones: the date can be that of another district, whose sync came last."""
    if "terms.past-and-future" not in index.profile.not_held:
        return frozenset()
    kinds = (Kind.TERMS, Kind.SECTIONS)
    return frozenset().union(*(then.active_ids[kind] ^ now.active_ids[kind] for kind in kinds))


def _differs(was: list[Held], is_: list[Held], shared: Record | None) -> str:
    """What is other than it was in the rows of a record; "" if nothing is that counts.

    Roles, schools and people in another order do not, and what it lacked some of before is a
    matter of what it lacks.
    """
    if was == is_ or _sorted(was) == _sorted(is_):
        return ""
    explained = _explained(was, is_)
    if explained and shared is not None and only_exchanged(was, is_, shared):
        return ""
    return explained


def _own_gone(
    observation: Observation,
    district: str,
    since: str,
    then: Holdings,
    day: str,
    now: Holdings,
    why: str,
) -> Observation:
    """Adds lessons, local users and groups that are there no more."""
    for what, was_own, is_own in (
        ("lessons", then.snapshot.progress, now.snapshot.progress),
        ("users of its own", then.snapshot.local_users, now.snapshot.local_users),
        ("groups of its own", then.snapshot.local_groups, now.snapshot.local_groups),
    ):
        observation.examined += len(was_own)
        if lost := set(was_own) - set(is_own):
            observation.findings.append(
                Finding(
                    check="",
                    day=day,
                    district=district,
                    finding_kind=FindingKind.CHANGED,
                    kind="",
                    clever_id="",
                    name=what,
                    sentence=sentence(
                        f"{why} {len(lost)} of your app's {what} are gone "
                        f"between the days `{since}` and `{day}`."
                    ),
                    field=what,
                    expected=f"{len(was_own)}",
                    found=f"{len(is_own)}",
                )
            )
    return observation


def _sorted(rows: list[Held]) -> list[Held]:
    return sorted(rows, key=lambda row: row.app_id)


def _change(was: list[Held], is_: list[Held]) -> str:
    if not was:
        return "added"
    if not is_:
        return "lost"
    if len(is_) > len(was):
        return "doubled"
    return "changed"


def _explained(was: list[Held], is_: list[Held]) -> str:
    """What differs in the rows of a record, each beside itself; the order of lists does not count.

    Of rows that are not the same by the app's own ids it is only said how many there are.
    """
    then, now = _sorted(was), _sorted(is_)
    if len(then) == len(now) == 1:
        return _in_a_row(then[0], now[0])
    if [row.app_id for row in then] == [row.app_id for row in now]:
        pairs = zip(then, now, strict=True)
        return "; ".join(filter(None, (_in_a_row(*pair) for pair in pairs)))[:_LONGEST]
    new = {row.app_id for row in now} - {row.app_id for row in then}
    others = f", {len(new)} of them new" if new and len(then) == len(now) else ""
    return f"{len(then)} then, {len(now)} now{others}"


def _in_a_row(was: Held, is_: Held) -> str:
    """What differs in a row, field by field."""
    from deepdiff import DeepDiff  # a tenth of judging's time, and only findings need it

    then, now = asdict(was), asdict(is_)
    differing = [name for name in then if then[name] != now[name]]
    changed = DeepDiff(  # of fields that are the same it takes its time, too
        {name: then[name] for name in differing},
        {name: now[name] for name in differing},
        ignore_order=True,
    ).affected_root_keys
    return "; ".join(
        _difference(field.name, getattr(was, field.name), getattr(is_, field.name))
        for field in fields(was)
        if field.name in changed
    )[:_LONGEST]


def _difference(name: str, then: object, now: object) -> str:
    """How one field differs: what was lost and what was added, or both values."""
    if isinstance(then, tuple) and isinstance(now, tuple):
        lost = [item for item in then if _unordered(item) not in {*map(_unordered, now)}]
        added = [item for item in now if _unordered(item) not in {*map(_unordered, then)}]
        parts = [f"lost {_listed(lost)}"] if lost else []
        parts += [f"added {_listed(added)}"] if added else []
        return f"{name} {' and '.join(parts)}"
    return f"{name}: {_shown(then)} then, {_shown(now)} now"


def _unordered(value: object) -> object:
    """A value of which it only counts what is in its lists."""
    if isinstance(value, tuple):
        return frozenset(map(_unordered, value))
    if is_dataclass(value):
        return tuple(_unordered(getattr(value, field.name)) for field in fields(value))
    return value


def _shown(value: object) -> str:
    match value:
        case None | "":
            return "nothing"
        case HeldRole():
            return f"{value.role} at {_listed(value.schools) or 'no school'}"
        case StudentRelationship():
            return f"{value.relationship or 'contact'} of {value.student}"
        case _:
            return str(value)


def _listed(values: Iterable[object]) -> str:
    return ", ".join(map(_shown, values))

"""Why work is gone of people who are in use: what changed around them while it was there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from harness.assess.causes.likely_cause import LikelyCause, shaped, shared
from harness.assess.findings import Finding, FindingKind
from harness.assess.identifying_values import IDENTIFYING_VALUES, Value
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind, roles_of, schools_of
from harness.district.data_model.roster import Roster
from harness.prose import counted

Around = Callable[[Roster], Mapping[str, frozenset[str | None]]]
"""User → what surrounds them, by Clever ID."""

_PASSING = tuple(
    value
    for value in IDENTIFYING_VALUES
    if value.kind is Kind.USERS
    and value.name in ("email", "username", "number", "own-number", "state_id")
)
"""What people are known by that can be somebody else's later."""


def lost_with_a_change(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """All who lost their work changed in one way, and nobody did who kept it.

    What those who were away or changed classes have in common other rules name.
    """
    behind = shaped(findings, FindingKind.WORK_LOST)
    lost = [_Span(f.district, f.clever_id, f.field, f.day) for f in behind]
    kept = index.cached("work that was kept", lambda: list(_kept(index))) if lost else ()
    for words, around in _AROUND.items() if kept else ():
        if all(_differs(index, span, around) for span in lost) and not any(
            _differs(index, span, around) for span in kept
        ):
            if around not in (_there, _classes):
                yield _lost_when(f" when their {words} change", behind)
            return


def _lost_when(when: str, behind: list[Finding]) -> LikelyCause:
    return LikelyCause(
        "work-lost",
        f"Work of {counted(len({(f.district, f.clever_id) for f in behind}), 'user')} "
        f"disappears{when}, though the account is in use: {behind[0].sentence}",
        "Store progress with the account, and delete it with nothing else.",
        behind,
    )


def work_lost(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Work of people who changed classes was stored with a class; else with something else."""
    behind = shaped(findings, FindingKind.WORK_LOST)
    if not behind:
        return
    if any(_changed(index, finding, _classes) for finding in behind):
        yield LikelyCause(
            "work-tied-to-class",
            "Work disappears although its owner is still active: it is stored with a class or "
            "enrollment.",
            "Store progress with the account; keep the class as an attribute of it.",
            behind,
        )
        return
    contacts = [finding for finding in behind if _changed(index, finding, _contacts)]
    yield _lost_when(" when their contacts change" if len(contacts) == len(behind) else "", behind)


def work_moved(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Work that others have: of those who got what its owner was known by, if all of them did."""
    behind = shaped(findings, FindingKind.WORK_MOVED)
    if not behind:
        return
    for value in _PASSING:
        if all(_passed_on(index, finding, value.of) for finding in behind):
            yield LikelyCause(
                f"work-moves:{value.name}",
                f"Work goes to whoever gets the {value.words} of its owner: {behind[0].sentence}",
                "Store progress under your own ID of the account, and never under an address, a "
                "username or a number: these pass from one person to another.",
                behind,
            )
            return
    yield LikelyCause(
        "work-moves",
        f"One person's work ends up with another: {behind[0].sentence}",
        "Store progress with the account that did it, even when names and numbers change.",
        behind,
    )


def _passed_on(index: RecordingIndex, finding: Finding, value: Value) -> bool:
    """Whether somebody who has the work now has what its owner had when it was done."""
    owner = shared(index, finding, finding.field) if finding.field else None
    had = set(value(owner)) if owner else set()
    users = index.roster(finding.district, finding.day).users
    return any(
        not had.isdisjoint(value(users[clever_id]))
        for clever_id in _who_has_it(index, finding)
        if clever_id in users
    )


def _who_has_it(index: RecordingIndex, finding: Finding) -> frozenset[str]:
    """Everybody but its owner who has work that was done on the day a finding names."""
    owners = index.holdings(finding.district, finding.day).lessons
    done = [
        act.lesson
        for act in index.lessons
        if (act.district, act.day) == (finding.district, finding.field)
        and index.cast(act.district, act.day, act.edge_case, act.person).clever_id
        == finding.clever_id
    ]
    having = frozenset(who for lesson in done for who in owners.get(lesson, ()))
    return having - {finding.clever_id}


def _changed(index: RecordingIndex, finding: Finding, around: Around) -> bool:
    """Whether something else surrounds a user than on a day before."""
    district = finding.district

    days = (*index.before(district, finding.day), finding.day)
    there = [_surroundings(index, district, day, around) for day in days]
    return len({each.get(finding.clever_id) for each in there}) > 1


def _surroundings(
    index: RecordingIndex, district: str, day: str, around: Around
) -> Mapping[str, frozenset[str | None]]:
    return index.cached((around, district, day), lambda: around(index.roster(district, day)))


class _Span(NamedTuple):
    """Whose work it is, from the day on which it was done to one on which it was looked for."""

    district: str
    clever_id: str
    since: str
    until: str


def _kept(index: RecordingIndex) -> Iterator[_Span]:
    """Work that is its owner's on the last day of the district."""
    for act in index.lessons:
        until = index.days_of(act.district)[-1]
        try:
            owner = index.cast(act.district, act.day, act.edge_case, act.person).clever_id
            owners = index.holdings(act.district, until).lessons.get(act.lesson, ())
        except NotReachedError:
            continue
        if owner in owners:
            yield _Span(act.district, owner, act.day, until)


def _differs(index: RecordingIndex, span: _Span, around: Around) -> bool:
    """Whether something else surrounded a user on two of these days on which they were shared."""
    days = list(index.days_of(span.district))
    if not {span.since, span.until} <= {*days}:
        return False
    days = days[days.index(span.since) : days.index(span.until) + 1]
    if around is not _there:
        days = [day for day in days if span.clever_id in index.roster(span.district, day).users]
    there = [_surroundings(index, span.district, day, around) for day in days]
    return len({each.get(span.clever_id) for each in there}) > 1


def _there(roster: Roster) -> Mapping[str, frozenset[str | None]]:
    return {user: frozenset() for user in roster.users}


def _classes(roster: Roster) -> Mapping[str, frozenset[str | None]]:
    return _grouped(
        (user, section)
        for section, row in roster.sections.items()
        for user in (*row["students"], *row["teachers"])
    )


def _contacts(roster: Roster) -> Mapping[str, frozenset[str | None]]:
    return _grouped(
        (tie["student"], contact)
        for contact, user in roster.users.items()
        for role in roles_of(user).values()
        for tie in role.get("student_relationships") or ()
    )


def _names(roster: Roster) -> Mapping[str, frozenset[str | None]]:
    return {
        user: frozenset((f"first {name.get('first')}", f"last {name.get('last')}"))
        for user, record in roster.users.items()
        for name in [record.get("name") or {}]
    }


def _addresses(roster: Roster) -> Mapping[str, frozenset[str | None]]:
    return {user: frozenset([record.get("email")]) for user, record in roster.users.items()}


def _roles(roster: Roster) -> Mapping[str, frozenset[str | None]]:
    return {user: frozenset(map(str, roles_of(one))) for user, one in roster.users.items()}


def _schools(roster: Roster) -> Mapping[str, frozenset[str | None]]:
    return {user: frozenset(schools_of(one)) for user, one in roster.users.items()}


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str | None]]:
    around: dict[str, set[str]] = defaultdict(set)
    for user, other in pairs:
        around[user].add(other)
    return {user: frozenset(others) for user, others in around.items()}


_AROUND: Mapping[str, Around] = {
    "absences": _there,
    "classes": _classes,
    "contacts": _contacts,
    "names": _names,
    "e-mail addresses": _addresses,
    "roles": _roles,
    "schools": _schools,
}
"""What may change of people or around them, in the plural."""

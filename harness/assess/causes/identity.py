"""Why records double, change hands or come as new ones: what the app looks them up by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, shaped, user
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind, User, full_name, roles_of
from harness.plan.plan import COMMON

_MOST = 0.6
_REMEDY = "Look records up by Clever ID before adding them, and by nothing else."


def by_email(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Who doubled or merged has got a new address, or shares one: nearly all of them."""
    doubled = shaped(findings, FindingKind.DUPLICATE, FindingKind.NEW_ACCOUNT, kind=Kind.USERS)
    behind = [f for f in doubled if _changed_email(index, f) or _shares_email(index, f)]
    people, moved = _one_per_person(doubled), _one_per_person(behind)
    if moved and len(moved) >= _MOST * len(people):
        yield LikelyCause(
            "looked-up-by:email",
            "Accounts are lost or duplicated when an e-mail address changes: your app looks "
            "users up by e-mail.",
            "Look users up by Clever ID, and treat the address as an ordinary value.",
            doubled,
        )


def by_sis_id(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Accounts went over to somebody with the same number in another district."""
    passed = [
        f for f in shaped(findings, FindingKind.NEW_ACCOUNT) if f.found and f.found != f.expected
    ]
    behind = [f for f in passed if _number(user(index, f)) and _shared_number(index, f)]
    if behind:
        yield LikelyCause(
            "looked-up-by:number",
            "Accounts pass between people with the same `sis_id`: your app looks users up by it.",
            "Look users up by Clever ID; a `sis_id` is unique within one district at most.",
            [*passed, *_in_neighbour(findings)],
        )


def by_name(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """People of one name are one account."""
    behind = [
        f
        for f in shaped(findings, FindingKind.DUPLICATE)
        if f.expected == "two accounts" and (person := user(index, f)) and _namesakes(index, person)
    ]
    if behind:
        ids = {f.clever_id for f in behind}
        missing = [
            f
            for f in findings
            if f.finding_kind is FindingKind.MISSING
            and (f.clever_id in ids or ((p := user(index, f)) and _namesakes(index, p)))
        ]
        yield LikelyCause(
            "looked-up-by:name",
            "People with the same name share one account: your app merges users by name.",
            "Never match by name; two people can share a full name, even in one class.",
            [*behind, *missing],
        )


def doubled(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """The same records are added again and again."""
    changed = [f for f in shaped(findings, FindingKind.CHANGED) if "now" in f.found]
    twice = [f for f in shaped(findings, FindingKind.DUPLICATE) if f.expected == "one record"]
    if changed and twice:
        yield LikelyCause(
            "adds-again",
            f"Every sync adds {kinds_of(twice)} that your app already holds.",
            _REMEDY,
            [*changed, *twice],
        )
    elif twice:
        yield LikelyCause(
            "adds-again", f"Your app holds duplicate {kinds_of(twice)}.", _REMEDY, twice
        )


def rebuilt(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Records keep their Clever id and lose the app's own."""
    changed = [f for f in shaped(findings, FindingKind.CHANGED) if "app_id" in f.found]
    if changed:
        kinds = {f.kind for f in changed}
        new = [f for f in shaped(findings, FindingKind.NEW_ACCOUNT) if f.kind in kinds]
        yield LikelyCause(
            "recreates",
            f"Every sync recreates {kinds_of(changed)}, with new IDs in your app.",
            "Update records in place; whatever refers to the old ones is lost.",
            [*changed, *new],
        )


def replaced(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Who comes back gets another record than before."""
    if behind := shaped(findings, FindingKind.NEW_ACCOUNT):
        lost = shaped(findings, FindingKind.LOST)
        if not lost:
            yield LikelyCause(
                "new-record-for-known",
                f"Your app gives {kinds_of(behind)} with a known Clever ID a new record.",
                _REMEDY,
                behind,
            )


def _one_per_person(findings: Sequence[Finding]) -> set[str]:
    return {finding.clever_id for finding in findings}


def _changed_email(index: RecordingIndex, finding: Finding) -> bool:
    addresses = set()
    for day in index.days_of(finding.district):
        person = index.roster(finding.district, day).users.get(finding.clever_id)
        if person is not None:
            addresses.add(person.get("email"))
    return len(addresses) > 1


def _shares_email(index: RecordingIndex, finding: Finding) -> bool:
    person = user(index, finding)
    address = person.get("email") if person else ""
    if not address:
        return False
    roster = index.roster(finding.district, finding.day)
    return sum(1 for other in roster.users.values() if other.get("email") == address) > 1


def _number(person: User | None) -> str:
    if person is None:
        return ""
    roles: Mapping[Any, Mapping[str, Any]] = roles_of(person)
    keys = (("student", "sis_id"), ("teacher", "sis_id"), ("staff", "staff_id"))
    numbers = (str(roles.get(role, {}).get(key) or "") for role, key in keys)
    return next(filter(None, numbers), "")


def _shared_number(index: RecordingIndex, finding: Finding) -> bool:
    number = _number(user(index, finding))
    others = [
        other
        for district in index.recording.header.plan.days
        if district != finding.district and index.days_of(district)
        for other in index.roster(district, index.days_of(district)[0]).users.values()
    ]
    return any(_number(other) == number for other in others)


def _in_neighbour(findings: Sequence[Finding]) -> list[Finding]:
    return [f for f in shaped(findings, FindingKind.MISSING) if f.district != COMMON]


def _namesakes(index: RecordingIndex, person: User) -> bool:
    first = index.roster(COMMON, index.days_of(COMMON)[0])
    name = full_name(person)
    return sum(1 for other in first.users.values() if full_name(other) == name) > 1


IDENTITY: tuple[Rule, ...] = (by_email, by_sis_id, by_name, doubled, rebuilt, replaced)

"""Why records are missing: what those that are missing have in common, and no other has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from harness.assess.causes.contrast.in_common import apart
from harness.assess.causes.likely_cause import (
    LikelyCause,
    Rule,
    by_events,
    kinds_of,
    shaped,
    shared,
    user,
    was_away,
)
from harness.assess.causes.members import NOUNS, sides
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import Status
from harness.district.data_model.records import Kind, Record, User, roles_of
from harness.prose import counted, joined

_NEARLY = 0.8
_SOME = 0.2
_HALF = 0.5
_ABSENT = (FindingKind.MISSING, FindingKind.INACTIVE)


def _all_alike(
    id: str,
    kind: Kind,
    alike: Callable[[RecordingIndex, Finding, Record], bool],
    sentence: str,
    remedy: str,
    least: int = 2,
) -> Rule:
    """All records of a sort are missing, and the rest of the kind is not."""

    def rule(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
        missing = shaped(findings, *_ABSENT, kind=kind)
        if not missing:
            return
        days = Counter((f.district, f.day) for f in missing)
        first = max(missing, key=lambda f: days[f.district, f.day])
        records = index.roster(first.district, first.day).of(kind)
        sort = {i for i, r in records.items() if alike(index, first, r)}
        absent = {
            f.clever_id for f in missing if (f.district, f.day) == (first.district, first.day)
        }
        behind = [f for f in missing if _is(index, f, kind, alike)]
        rest = records.keys() - sort
        # Nearly all: one of the sort may be there for another reason, as a second role.
        if (
            any(f.finding_kind is FindingKind.MISSING for f in behind)
            and len(sort) >= least
            and len(sort & absent) >= _NEARLY * len(sort)
            and len(rest & absent) < _SOME * len(rest)
        ):
            yield LikelyCause(
                id, sentence.format(number=len(sort), absent=len(sort & absent)), remedy, behind
            )

    return rule


def _is(
    index: RecordingIndex,
    finding: Finding,
    kind: Kind,
    alike: Callable[[RecordingIndex, Finding, Record], bool],
) -> bool:
    record = index.roster(finding.district, finding.day).of(kind).get(finding.clever_id)
    return record is not None and alike(index, finding, record)


def _roles(record: Record) -> list[str]:
    user: User = record  # type: ignore[assignment]
    return [str(role) for role in roles_of(user)] if "roles" in record else []


def _without_class(index: RecordingIndex, finding: Finding, record: Record) -> bool:
    roster = index.roster(finding.district, finding.day)
    if not {"student", "teacher"} & set(_roles(record)):
        return False
    clever_id = str(record["id"])
    return not any(
        clever_id in section["students"] or clever_id in section["teachers"]
        for section in roster.sections.values()
    )


def archived(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Active at Clever, archived in the app."""
    changed = [
        f
        for f in shaped(findings, FindingKind.CHANGED)
        if "archived" in f.found and shared(index, f)
    ]
    behind = [*shaped(findings, FindingKind.INACTIVE), *changed]
    if behind:
        difference = apart(index, shaped(behind, FindingKind.INACTIVE))
        yield LikelyCause(
            "archives-what-is-shared",
            f"Your app has archived {kinds_of(behind)} that Clever still shares."
            + (f" {difference.sentence}" if difference else ""),
            f"{_keeping(index, behind)}" + (f" {difference.remedy}" if difference else ""),
            behind,
        )


def _keeping(index: RecordingIndex, archived: Sequence[Finding]) -> str:
    """How an app learns what to leave in use, by what it read when it did not."""
    if by_events(index, archived):
        return (
            "Archive only what a `deleted` event names, apply events in Clever's order, and "
            "restore what a later `created` or `updated` event names."
        )
    return "Archive only records missing from a complete read, and restore those it contains."


def kept_archived(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Archived before Clever shared it again, or the account of the same person before."""
    inactive = [f for f in shaped(findings, FindingKind.INACTIVE) if _stayed(index, f)]
    others = shaped(findings, FindingKind.NOT_RESTORED)
    if inactive and (others or any(_has_new_id(index, f) for f in inactive)):
        again = [*inactive, *others]
        number = len({(f.district, f.clever_id) for f in again})
        yield LikelyCause(
            "never-restores",
            f"Your app leaves {number} {kinds_of(again)} archived that Clever shares again.",
            "When a record you read is archived in your app, make it active, changed or not.",
            again,
        )


def _has_new_id(index: RecordingIndex, finding: Finding) -> bool:
    linked = index.linked_clever_ids(finding.district, finding.clever_id)
    return finding.kind == Kind.USERS and len(linked) > 1


def _stayed(index: RecordingIndex, finding: Finding) -> bool:
    """Whether a record, or the same person's, was archived when Clever began to share it again."""
    if not was_away(index, finding):
        return False
    kind = Kind(finding.kind)
    ids = {finding.clever_id}
    if kind is Kind.USERS:
        ids |= index.linked_clever_ids(finding.district, finding.clever_id)
    for day in reversed(index.before(finding.district, finding.day)):
        if shared(index, finding, day) is not None:
            continue
        held = index.holdings(finding.district, day)
        rows = [row for clever_id in ids for row in held.all_of(kind, clever_id)]
        return bool(rows) and all(row.status is Status.ARCHIVED for row in rows)
    return False


def roles_left_out(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all who have one role only are missing wherever one looks, and few of the others."""
    missing = shaped(findings, *_ABSENT, kind=Kind.USERS)
    if not missing:
        return
    district, day = Counter((f.district, f.day) for f in missing).most_common(1)[0][0]
    users = index.roster(district, day).users
    active = index.holdings(district, day).active_ids[Kind.USERS]
    gone: list[str] = []
    parts: list[str] = []
    for role, words in _ROLES.items():
        only = [i for i in users if _roles(users[i]) == [role]]
        absent = sum(i not in active for i in only)
        if not index.expectations.holds_role(role) or _held_elsewhere(index, role, district, day):
            continue
        if absent > 1 and absent >= _NEARLY * len(only):
            gone.append(role)
            parts.append(f"{absent} of {len(only)} {words}")
    rest = [i for i in users if not set(_roles(users[i])) & set(gone)]
    if gone and sum(i not in active for i in rest) < _SOME * len(rest):
        yield LikelyCause(
            "role-left-out",
            f"Your app lacks {joined(parts)}, and holds most others: "
            f"{'that role is' if len(gone) == 1 else 'those roles are'} left out after reading.",
            "Store users of every role. What is so on purpose, declare: roles without accounts in "
            "[profile.not_held], those whose accounts are made at their first login as "
            '`"at-login"` in [profile.accounts].',
            [f for f in missing if (u := user(index, f)) and set(_roles(u)) <= set(gone)],
        )


def _held_elsewhere(index: RecordingIndex, role: str, district: str, day: str) -> bool:
    """Whether the app holds most users of a role on a first day, or on the day before this one."""
    places = [(each, index.days_of(each)[0]) for each in index.districts]
    places += [(district, before) for before in index.before(district, day)[-1:]]
    for place in places:
        try:
            active = index.holdings(*place).active_ids[Kind.USERS]
        except NotReachedError:
            continue
        users = index.roster(*place).users
        only = [i for i in users if _roles(users[i]) == [role]]
        if sum(i in active for i in only) > _HALF * len(only):
            return True
    return False


_ROLES = {
    "student": "students",
    "teacher": "teachers",
    "staff": "staff",
    "district_admin": "district administrators",
    "contact": "contacts",
}


def renumbered(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all unknown IDs are Clever IDs with something cut off or put before."""
    extra = shaped(findings, FindingKind.EXTRA)
    origins = [(finding, _origin(index, finding)) for finding in extra]
    known = [(finding, origin) for finding, origin in origins if origin]
    if len(known) > 1 and len(known) >= _NEARLY * len(extra):
        theirs = {(finding.district, origin) for finding, origin in known}
        missing = [f for f in shaped(findings, *_ABSENT) if (f.district, f.clever_id) in theirs]
        first, origin = known[0]
        altered = {(finding.district, finding.clever_id) for finding, _ in known}
        listed = [
            listing.finding
            for listing in sides(index, shaped(findings, *NOUNS))
            if listing.left_over
            and {(listing.finding.district, each) for each in listing.left_over} <= altered
        ]
        yield LikelyCause(
            "ids-altered",
            f"Your app holds {kinds_of(extra)} under IDs that Clever never gave, such as "
            f"`{first.clever_id}` for `{origin}`.",
            "Store Clever IDs as they are, as text: cut nothing off, put nothing before or behind "
            "them, and leave their case.",
            [*(finding for finding, _ in known), *missing, *listed],
        )


def _origin(index: RecordingIndex, finding: Finding) -> str:
    """The Clever ID that an unknown one is nearly, and that the app does not have; or ""."""
    own = finding.clever_id.casefold()
    if len(own) < _TELLING:
        return ""
    kind = Kind(finding.kind)
    held = index.holdings(finding.district, finding.day).active_ids[kind]
    alike = (
        clever_id
        for clever_id in index.roster(finding.district, finding.day).of(kind)
        if (own in clever_id or clever_id in own) and clever_id not in held
    )
    return next(alike, "")


_TELLING = 12
"""So many characters of an ID are no coincidence."""


def invented(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Accounts of people whom Clever does not share, whom a section may name."""
    if not (behind := shaped(findings, FindingKind.EXTRA)):
        return
    accounts = counted(len(behind), "account")
    if any(_is_named(index, finding) for finding in behind):
        yield LikelyCause(
            "invents-accounts",
            f"Your app has {accounts} of people whom sections name and Clever does not share.",
            "Create accounts from /users alone; leave out members of a section that are not there.",
            behind,
        )
    else:
        yield LikelyCause(
            "invents-accounts",
            f"Your app has {counted(len(behind), 'record')} under IDs that Clever never shared, "
            f"such as `{behind[0].clever_id}`.",
            "Create records only from what Clever shares, under its Clever ID.",
            behind,
        )


def _is_named(index: RecordingIndex, finding: Finding) -> bool:
    sections = index.roster(finding.district, finding.day).sections.values()
    return any(
        finding.clever_id in section["students"] or finding.clever_id in section["teachers"]
        for section in sections
    )


PRESENCE: tuple[Rule, ...] = (
    # Before roles: on a day without classes, a whole role has none.
    _all_alike(
        "people-from-sections",
        Kind.USERS,
        _without_class,
        "{absent} of {number} students and teachers without a class are missing: your app keeps "
        "only people whom a section names.",
        "Store everyone in /users; a section lists only its own people. If such people should have "
        'no account, declare `"with-class"` for them in [profile.accounts].',
    ),
    roles_left_out,
    renumbered,
    invented,
)

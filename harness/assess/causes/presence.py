"""Why records are missing: what those that are missing have in common, and no other has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, shaped
from harness.assess.causes.names import NAMES
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind, Record, User, roles_of

_NEARLY = 0.8
_SOME = 0.2
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
            len(sort) >= least
            and len(sort & absent) >= _NEARLY * len(sort)
            and len(rest & absent) < _SOME * len(rest)
        ):
            yield LikelyCause(id, sentence.format(number=len(sort)), remedy, behind)

    return rule


def _is(
    index: RecordingIndex,
    finding: Finding,
    kind: Kind,
    alike: Callable[[RecordingIndex, Finding, Record], bool],
) -> bool:
    record = index.roster(finding.district, finding.day).of(kind).get(finding.clever_id)
    return record is not None and alike(index, finding, record)


def _only(role: str) -> Callable[[RecordingIndex, Finding, Record], bool]:
    return lambda index, finding, record: _roles(record) == [role]


def _roles(record: Record) -> list[str]:
    user: User = record  # type: ignore[assignment]
    return [str(role) for role in roles_of(user)] if "roles" in record else []


def _without_email(index: RecordingIndex, finding: Finding, record: Record) -> bool:
    return not record.get("email")


def _without_class(index: RecordingIndex, finding: Finding, record: Record) -> bool:
    roster = index.roster(finding.district, finding.day)
    if not {"student", "teacher"} & set(_roles(record)):
        return False
    clever_id = str(record["id"])
    return not any(
        clever_id in section["students"] or clever_id in section["teachers"]
        for section in roster.sections.values()
    )


def _without_first_name(index: RecordingIndex, finding: Finding, record: Record) -> bool:
    user: User = record  # type: ignore[assignment]
    return not user["name"].get("first")


def _without_link(index: RecordingIndex, finding: Finding, record: Record) -> bool:
    return not (record.get("term_id") and record.get("course"))


def left(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Active at Clever, archived in the app."""
    if behind := shaped(findings, FindingKind.INACTIVE):
        yield LikelyCause(
            "archives-what-is-shared",
            f"Your app has archived {kinds_of(behind)} that Clever still shares.",
            "Archive only records missing from a complete read, and restore those it contains.",
            behind,
        )


_ROLE_REMEDY = "Read /users without a `role` filter, or once per role."
PRESENCE: tuple[Rule, ...] = (
    # Before roles: on a day without classes, a whole role has none.
    _all_alike(
        "people-from-sections",
        Kind.USERS,
        _without_class,
        "All {number} students and teachers without a class are missing: your app reads people "
        "from sections.",
        "Read /users; a section lists only its own people.",
    ),
    *(
        _all_alike(
            f"role-left-out:{role}",
            Kind.USERS,
            _only(role),
            f"All {{number}} users who are only {words} are missing: that role is filtered out.",
            _ROLE_REMEDY,
        )
        for role, words in (
            ("student", "students"),
            ("teacher", "teachers"),
            ("staff", "staff"),
            ("district_admin", "district administrators"),
            ("contact", "contacts"),
        )
    ),
    _all_alike(
        "odd-value:email",
        Kind.USERS,
        _without_email,
        "All {number} users without an e-mail address are missing: your app requires one.",
        "Make the address optional, and key accounts on the Clever ID.",
    ),
    _all_alike(
        "odd-value:name.first",
        Kind.USERS,
        _without_first_name,
        "All {number} users without a first name are missing; at Clever, contacts have none.",
        "Make `name.first` optional.",
    ),
    _all_alike(
        "odd-value:term_id",
        Kind.SECTIONS,
        _without_link,
        "All {number} sections without a term or a course are missing: your app requires both.",
        "Make `term_id` and `course` of a section optional.",
    ),
    *NAMES,
    left,
)

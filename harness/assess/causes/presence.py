"""Why records are missing: what those that are missing have in common, and no other has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, kinds_of, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind, Record, User, roles_of
from harness.plan.plan import COMMON

_PAGE = 100
_NEARLY = 0.8
_SOME = 0.2
_ABSENT = (FindingKind.MISSING, FindingKind.INACTIVE)


def nothing_held(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """The snapshot is empty from the first day on."""
    for day in index.days_of(COMMON)[:1]:
        try:
            held = index.holdings(COMMON, day).active_ids
        except NotReachedError:
            return
        missing = shaped(findings, *_ABSENT)
        if missing and not any(held.values()):
            yield LikelyCause(
                "The snapshot is empty: either your app stored nothing, or the adapter reads "
                "the wrong "
                "place.",
                "Open your app after a sync; if the people are there, fix the adapter's "
                "`snapshot`.",
                missing,
            )


def first_page(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Of every longer list exactly the first page is there."""
    behind: list[Finding] = []
    told: list[str] = []
    for kind in KINDS:
        missing = shaped(findings, FindingKind.MISSING, kind=kind)
        if not missing:
            continue
        first = missing[0]
        ids = sorted(index.roster(first.district, first.day).of(kind))
        absent = {f.clever_id for f in missing if f.day == first.day}
        held = [clever_id for clever_id in ids if clever_id not in absent]
        if len(ids) > len(held) and held == ids[: len(held)] and 0 < len(held) <= _PAGE:
            behind += missing
            told.append(f"{len(held)} of {len(ids)} {kind}")
    if behind:
        yield LikelyCause(
            f"Your app holds only the first {', the first '.join(told)} in Clever's order: it "
            "reads "
            "the first page only.",
            "Follow the link whose `rel` is `next` until a page has none.",
            behind,
        )


def _all_alike(
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
            yield LikelyCause(sentence.format(number=len(sort)), remedy, behind)

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


def merged(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Of records of one name only one is there."""
    for kind in (Kind.TERMS, Kind.COURSES):
        missing = shaped(findings, FindingKind.MISSING, kind=kind)
        if not missing:
            continue
        first = missing[0]
        records = index.roster(first.district, first.day).of(kind)
        held = index.holdings(first.district, first.day).active_ids[kind]
        names = {str(records[i].get("name")) for i in held if i in records}
        if names and all(
            str(records[f.clever_id].get("name")) in names
            for f in missing
            if f.clever_id in records
        ):
            yield LikelyCause(
                f"Your app holds one of several {kind} with the same name: it looks them up by "
                "name.",
                "Look records up by Clever ID; names repeat from school to school.",
                missing,
            )


def name_taken(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """New sections are missing whose name an older one has; those with a new name are there."""
    missing = shaped(findings, FindingKind.MISSING, kind=Kind.SECTIONS)
    free, taken = 0, 0
    for district, day in sorted({(f.district, f.day) for f in missing}):
        earlier = index.before(district, day)
        if not earlier:
            continue
        old, now = index.roster(district, earlier[0]).sections, index.roster(district, day).sections
        names = {str(section.get("name")) for section in old.values()}
        absent = {f.clever_id for f in missing if (f.district, f.day) == (district, day)}
        new = now.keys() - old.keys()
        free += sum(str(now[i].get("name")) not in names for i in new - absent)
        taken += sum(str(now[i].get("name")) in names for i in new & absent)
    if free and taken > 1 and taken >= _NEARLY * len(missing):
        yield LikelyCause(
            f"{taken} new sections with the name of an older one are missing, while those with "
            "a new "
            "name are there: your app assumes that section names are unique.",
            "Make only the Clever ID unique; section names repeat every year.",
            missing,
        )


def left(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Active at Clever, archived in the app."""
    if behind := shaped(findings, FindingKind.INACTIVE):
        yield LikelyCause(
            f"Your app has archived {kinds_of(behind)} that Clever still shares.",
            "Archive only records missing from a complete read, and restore those it contains.",
            behind,
        )


_ROLE_REMEDY = "Read /users without a `role` filter, or once per role."
READING: tuple[Rule, ...] = (nothing_held, first_page)
PRESENCE: tuple[Rule, ...] = (
    # Before roles: on a day without classes, a whole role has none.
    _all_alike(
        Kind.USERS,
        _without_class,
        "All {number} students and teachers without a class are missing: your app reads people "
        "from sections.",
        "Read /users; a section lists only its own people.",
    ),
    *(
        _all_alike(
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
        Kind.USERS,
        _without_email,
        "All {number} users without an e-mail address are missing: your app requires one.",
        "Make the address optional, and key accounts on the Clever ID.",
    ),
    _all_alike(
        Kind.USERS,
        _without_first_name,
        "All {number} users without a first name are missing; at Clever, contacts have none.",
        "Make `name.first` optional.",
    ),
    _all_alike(
        Kind.SECTIONS,
        _without_link,
        "All {number} sections without a term or a course are missing: your app requires both.",
        "Make `term_id` and `course` of a section optional.",
    ),
    name_taken,
    merged,
    left,
)

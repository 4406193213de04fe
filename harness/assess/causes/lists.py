"""Why lists are wrong in themselves: none in any of them, so many at most, or one entry twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from harness.assess.causes.contrast.scene import scene
from harness.assess.causes.former_lists import stayed_listed
from harness.assess.causes.likely_cause import LikelyCause, part, shaped, shared
from harness.assess.causes.members import (
    NOUNS,
    Noun,
    Sides,
    entries,
    findings_of,
    nearly_all,
    records_of,
    sides,
)
from harness.assess.causes.traits import is_repetitive
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import Held, Status
from harness.district.data_model.records import Kind, roles_of, schools_of
from harness.prose import counted

_NEARLY = 0.8


def nobody_has_any(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Of a district that the app holds, no list of a sort has anything in it, or had at first."""
    for finding_kind, noun in NOUNS.items():
        empty = [
            listing for listing in sides(index, shaped(findings, finding_kind)) if listing.wanted
        ]
        empty = [listing for listing in empty if not listing.held]
        places = {(listing.finding.district, listing.finding.day) for listing in empty}
        places |= {(district, index.days_of(district)[0]) for district, _ in places}
        if len(empty) > 1 and not any(_any(index, *place, finding_kind) for place in places):
            yield LikelyCause(
                f"nobody-has-any:{noun.noun}",
                f"Your app holds no {noun.noun} of any of the {noun.whose}; {len(empty)} of them "
                "have one at Clever.",
                noun.read,
                findings_of(empty),
            )


def _any(index: RecordingIndex, district: str, day: str, finding_kind: FindingKind) -> bool:
    try:
        rows = _rows(index, district, day, finding_kind)
    except NotReachedError:
        return True
    return any(entries(finding_kind, row) for row in rows)


def _rows(
    index: RecordingIndex, district: str, day: str, finding_kind: FindingKind
) -> Sequence[Held]:
    held = index.holdings(district, day).snapshot
    in_classes = finding_kind in (FindingKind.TEACHER, FindingKind.STUDENT)
    return held.sections if in_classes else held.users


def fixed_number(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Where Clever names more, the app has the same number, and nowhere has it more."""
    for finding_kind, noun in NOUNS.items():
        of_kind = shaped(findings, finding_kind)
        shorter = [
            listing
            for listing in sides(index, of_kind)
            if len(listing.wanted) > len(listing.held) > 0
        ]
        if not shorter:
            continue
        [(most, times)] = Counter(len(listing.held) for listing in shorter).most_common(1)
        behind = [listing for listing in shorter if len(listing.held) == most]
        first = all(listing.held == frozenset(listing.wanted[:most]) for listing in behind)
        if times < _NEARLY * len(of_kind) or (times == 1 and not first):
            continue
        if _with_more(index, behind, most) > (1 - _NEARLY) * times:
            continue
        number = len({(finding.district, finding.clever_id) for finding in of_kind})
        only = "only one" if most == 1 else f"only {most}"
        whose = _whose(index, of_kind, noun)
        yield LikelyCause(
            f"fixed-number:{noun.noun}",
            f"{part(records_of(behind), number).capitalize()} {whose} with more {noun.noun}s "
            f"at Clever have {only} in your app"
            f"{f', the first {most} by the order of Clever' if first and most > 1 else ''}.",
            noun.read
            if most == 1
            else f"Keep every {noun.noun} that Clever names, however many "
            f"there are; yours stops at {most}.",
            findings_of(behind),
        )


def _whose(index: RecordingIndex, findings: Sequence[Finding], noun: Noun) -> str:
    """Whose lists these are; of users, in which role all of them have the list."""
    if noun.whose != Kind.USERS or noun.noun == "role":
        return noun.whose
    roles = [_roles(index, finding, finding.clever_id) for finding in findings]
    common = frozenset.intersection(*roles)
    return f"{min(common)}s" if common in ({"student"}, {"teacher"}) else noun.whose


def _with_more(index: RecordingIndex, behind: Sequence[Sides], most: int) -> int:
    """How many lists of that sort have more entries in the app, of records of the same roles."""
    number = 0
    first = behind[0].finding
    name = first.field.split(".")[1] if "." in first.field else ""
    alike = {_roles(index, listing.finding, listing.finding.clever_id) for listing in behind}
    for district, day in {(listing.finding.district, listing.finding.day) for listing in behind}:
        here = next(listing.finding for listing in behind if listing.finding.district == district)
        for row in _rows(index, district, day, first.finding_kind):
            several = len(set(entries(first.finding_kind, row, name))) > most
            if several and row.status is Status.ACTIVE:
                number += _roles(index, here, row.clever_id, day) in alike
    return number


def _roles(
    index: RecordingIndex, finding: Finding, clever_id: str, day: str = ""
) -> frozenset[str]:
    """The roles of a user at Clever; none for records of other kinds."""
    if finding.kind != Kind.USERS:
        return frozenset()
    user = index.roster(finding.district, day or finding.day).users.get(clever_id)
    return frozenset(map(str, roles_of(user))) if user else frozenset({"unknown"})


def repeated_at_clever(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Entries are missing from lists in which Clever has one of them twice, and from few others."""
    for finding_kind, noun in NOUNS.items():
        lists = [
            listing for listing in sides(index, shaped(findings, finding_kind)) if listing.missing
        ]
        behind = nearly_all(lists, lambda listing: is_repetitive(list(listing.wanted)))
        if behind:
            yield LikelyCause(
                f"repeated-at-clever:{noun.noun}",
                f"Clever lists somebody twice as {noun.noun} of {behind[0].finding.name}, and your "
                f"app lacks {noun.noun}s there.",
                f"Ignore a second entry for the same {noun.noun}, and keep the first and all "
                "others.",
                findings_of(behind),
            )


def alone_at_school(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """The schools that users lack in the app are those at which nobody else is."""
    lists = [
        listing for listing in sides(index, shaped(findings, FindingKind.SCHOOL)) if listing.missing
    ]
    behind = nearly_all(
        lists, lambda listing: listing.missing <= _with_one_user(index, listing.finding)
    )
    if behind:
        yield LikelyCause(
            "alone-at-school",
            f"Your app lacks a school of {counted(len(behind), 'user')}, such as "
            f"{behind[0].finding.name}: nobody else is at that school.",
            "Store every school of a role, however many people are there.",
            findings_of(behind),
        )


def _with_one_user(index: RecordingIndex, finding: Finding) -> set[str]:
    """The schools of a day that a single user belongs to."""
    users = index.roster(finding.district, finding.day).users.values()
    number = Counter(school for user in users for school in set(schools_of(user)))
    return {school for school, count in number.items() if count == 1}


def listed_twice(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """The right entries, some of them more than once."""
    for finding_kind, noun in NOUNS.items():
        lists = sides(index, shaped(findings, finding_kind))
        behind = [
            listing
            for listing in lists
            if listing.doubled
            and not listing.missing
            and not listing.left_over
            and not stayed_listed(index, listing)
        ]
        if not behind:
            continue
        first = behind[0]
        always_first = all(listing.doubled == {listing.wanted[0]} for listing in behind)
        which = "the primary one" if always_first and finding_kind is FindingKind.TEACHER else "one"
        growing = nearly_all(behind, lambda listing: _grows(index, listing))
        yield LikelyCause(
            f"listed-twice:{noun.noun}",
            f"Your app lists {noun.noun}s of {counted(len(behind), noun.owner)} more than once, "
            f"such as {which} of {first.finding.name}"
            f"{'; a later sync added them again' if growing else ''}.",
            f"Make a pair of {noun.owner} and {noun.noun} unique, and replace the whole list on "
            "every sync.",
            findings_of(behind),
        )
    yield from _work_twice(index, findings)


def _grows(index: RecordingIndex, listing: Sides) -> bool:
    """Whether the app listed all of it once on an earlier day."""
    finding = listing.finding
    for day in index.before(finding.district, finding.day):
        row = index.holdings(finding.district, day).active(Kind(finding.kind), finding.clever_id)
        rows = entries(finding.finding_kind, row) if row else []
        if rows and len(rows) == len(set(rows)):
            return True
    return False


def _work_twice(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    if not (behind := shaped(findings, FindingKind.WORK_DOUBLED)):
        return
    failed = [f for f in behind if _is_of_failure(index, f.district, f.day)]
    away = [f for f in behind if _was_away(index, f)]
    when, remedy = "in the end", _WORK_STAYS
    if len(failed) == len(behind):
        when, remedy = "since a sync that met a fault", _WORK_ONCE
    elif len(away) == len(behind):
        when = "once its owner has been away and is back"
    yield LikelyCause(
        "listed-twice:work",
        f"{counted(len(behind), 'piece')} of work {'is' if len(behind) == 1 else 'are'} in your "
        f"app more than once {when}, such as that of {behind[0].name}.",
        remedy,
        behind,
    )


_WORK_STAYS = "Leave progress where it is when you archive and restore its owner; copy it nowhere."
_WORK_ONCE = (
    "Write each piece of work once, under a key of its own: a sync that failed is run again, and "
    "what it has written is there already."
)


def _is_of_failure(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether this sync or the one before met a fault or did not complete."""
    of_day = scene(index, district, day)
    return of_day.was_hit or of_day.after_failure or not of_day.completed


def _was_away(index: RecordingIndex, finding: Finding) -> bool:
    return any(
        shared(index, finding, day) is None for day in index.before(finding.district, finding.day)
    )

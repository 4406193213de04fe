"""Rows: records of which the app keeps a row for each role, school, class, teacher or child."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from harness.assess.causes.likely_cause import LikelyCause, Rule, part, shaped
from harness.assess.causes.members import NOUNS
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.assess.rows_allowed import purposes, rows_allowed, taken_again
from harness.contract.rows import ROWS, RowPer
from harness.contract.snapshot import Held, Status
from harness.district.data_model.records import Kind, schools_of
from harness.district.data_model.roster import Roster
from harness.plan.day_names import on
from harness.prose import counted

Count = Callable[[Roster, str], int]
"""How many rows of a record an app would have."""
_NEARLY = 0.9
_FEW = 3
"""Fewer records in several rows show no rule."""
_FOLLOWING = (FindingKind.NEW_ACCOUNT, FindingKind.CHANGED)
"""What else shows of records when such a row comes or goes."""


def a_row_for_each(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """As many rows of every record as it has roles, schools, classes, teachers or children."""
    for kind in map(Kind, ROWS):
        twice = shaped(findings, FindingKind.DUPLICATE, kind=kind)
        twice = [finding for finding in twice if finding.expected == "one record"]
        days = Counter((finding.district, finding.day) for finding in twice)
        for (district, day), _ in days.most_common(1):
            for per in ROWS[kind]:
                fits = [
                    (noun, *_fitting(index, district, day, kind, number))
                    for noun, number in _counts(kind, per)
                ]
                noun, fitting, several = max(fits, key=lambda fit: fit[1])
                if not fitting:
                    continue
                yield LikelyCause(
                    f"row-{per}",
                    f"Your app holds {kind} once for each {noun}: {part(fitting, several)} with "
                    f"more than one {noun} have as many rows {on(day)}.",
                    "Keep one record for each Clever ID; or, if your app keeps several on purpose, "
                    f'declare `{kind} = "{per}"` under `[profile.rows]`.',
                    [*twice, *shaped(findings, *_FOLLOWING, kind=kind)],
                )
                break


def _fitting(
    index: RecordingIndex, district: str, day: str, kind: Kind, expected: Count
) -> tuple[int, int]:
    """How many records with several of these have as many rows, and how many have several.

    Nothing if these are not nearly all, or others have several rows as well.
    """
    try:
        roster, rows = index.roster(district, day), index.holdings(district, day).rows(kind)
    except NotReachedError:
        return 0, 0
    fitting = several = doubled = 0
    for clever_id in roster.of(kind):
        number = sum(row.status is Status.ACTIVE for row in rows.get(clever_id, ()))
        doubled += number > 1
        if number and (wanted := expected(roster, clever_id)) > 1:
            several += 1
            fitting += number == wanted
    fits = fitting >= max(_FEW, _NEARLY * doubled, _NEARLY * several)
    return (fitting, several) if fits else (0, 0)


def _counts(kind: Kind, per: RowPer) -> Iterator[tuple[str, Count]]:
    """What there is a row for, and how many rows of a record: two roles may share a school."""
    noun = per.removeprefix("per-")
    if kind is Kind.USERS and per is RowPer.SCHOOL:
        yield noun, lambda roster, clever_id: len(schools_of(roster.users[clever_id]))
        noun = "school of a role"
    yield noun, lambda roster, clever_id: rows_allowed(roster, kind, clever_id, per)


def a_row_for_each_stay(
    index: RecordingIndex, findings: Sequence[Finding]
) -> Iterator[LikelyCause]:
    """Of those for which several rows are declared, a further one whenever they come back."""
    for kind, per in ((Kind(kind), per) for kind, per in index.profile.rows.items()):
        twice = [
            finding
            for finding in shaped(findings, FindingKind.DUPLICATE, kind=kind)
            if taken_again(_rows(index, finding, kind), per)
        ]
        if twice:
            noun, number = per.removeprefix("per-"), len({(f.district, f.clever_id) for f in twice})
            yield LikelyCause(
                "row-for-each-stay",
                f"Your app holds {counted(number, kind[:-1])} with two rows for one {noun}: an "
                "archived one and a new one.",
                f"When {kind} come back to a {noun}, put the row there was into use again; a row "
                "changes its other values and stays the same row.",
                [*twice, *shaped(findings, *_FOLLOWING, kind=kind)],
            )


def a_row_that_stays(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Of those for which several rows are declared, one that was right and is for nothing now.

    What is wrong in the lists of a record explains its rows, too.
    """
    listed = {(f.district, f.clever_id) for f in findings if f.finding_kind in NOUNS}
    for kind, per in ((Kind(kind), per) for kind, per in index.profile.rows.items()):
        twice = [
            finding
            for finding in shaped(findings, FindingKind.DUPLICATE, kind=kind)
            if (finding.district, finding.clever_id) not in listed
            and _stays(index, finding, kind, per)
        ]
        if twice:
            noun, number = per.removeprefix("per-"), len({(f.district, f.clever_id) for f in twice})
            yield LikelyCause(
                "keeps-rows",
                f"Your app keeps a row of {counted(number, kind[:-1])} in use, such as "
                f"{twice[0].name}, for a {noun} that Clever no longer has for it.",
                f"With every sync archive the rows of {kind} for a {noun} that is none any more.",
                twice,
            )


def _stays(index: RecordingIndex, finding: Finding, kind: Kind, per: RowPer) -> bool:
    """Whether more rows were there the sync before, and were right, than are for the same now."""
    before = index.before(finding.district, finding.day)
    if per in (RowPer.ROLE, RowPer.CHILD) or not before:
        return False
    then, now = (index.roster(finding.district, day) for day in (before[-1], finding.day))
    if finding.clever_id not in then.of(kind):
        return False
    was, is_ = (purposes(roster, kind, finding.clever_id, per) for roster in (then, now))
    old = _in_use(_rows(index, replace(finding, day=before[-1]), kind))
    kept = old & _in_use(_rows(index, finding, kind))
    return len(old) <= rows_allowed(then, kind, finding.clever_id, per) and len(kept) > len(
        was & is_
    )


def _in_use(rows: Sequence[Held]) -> frozenset[str]:
    return frozenset(row.app_id for row in rows if row.status is Status.ACTIVE)


def _rows(index: RecordingIndex, finding: Finding, kind: Kind) -> Sequence[Held]:
    try:
        held = index.holdings(finding.district, finding.day).rows(kind)
    except NotReachedError:
        return ()
    return held.get(finding.clever_id, ())


ROWS_OF_ONE: tuple[Rule, ...] = (a_row_for_each, a_row_for_each_stay, a_row_that_stays)

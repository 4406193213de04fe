"""Causes: what findings have in common, and the remedy, in one sentence.

A rule looks at findings nobody has explained yet and at the recording; it is silent unless what it
names explains all the findings it claims. The more particular rules come first, so that two
causes at once are told apart. What no rule explains is said to fit no pattern.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.assess.causes.after_failures import kept_what_failed
from harness.assess.causes.arrivals import ARRIVALS
from harness.assess.causes.changed_lists import (
    emptied_on_change,
    last_kept,
    never_added,
    never_filled,
)
from harness.assess.causes.changes import CHANGES
from harness.assess.causes.classes import (
    classes_at_most,
    of_another_school,
    second_class,
    strangers,
    teachers_among_students,
)
from harness.assess.causes.consequences import LOOKED_UP, without_consequences
from harness.assess.causes.contrast.batches import BATCHES
from harness.assess.causes.contrast.contested import reconsidered
from harness.assess.causes.contrast.in_common import in_common, with_the_same
from harness.assess.causes.contrast.parts import PARTS
from harness.assess.causes.districts import DISTRICTS, IN_PART, at_once
from harness.assess.causes.event_filters import narrowed
from harness.assess.causes.events import EVENTS, ended
from harness.assess.causes.exchanges import exchanges_missed
from harness.assess.causes.failures import FAILURES
from harness.assess.causes.foreign_tokens import of_another_district
from harness.assess.causes.former_lists import (
    away_before,
    membership_ended,
    never_removed,
    never_updated,
    order_kept,
    primary_replaced,
)
from harness.assess.causes.full_syncs import in_part
from harness.assess.causes.handed_over import handed_over, ids_given_again
from harness.assess.causes.identity import IDENTITY
from harness.assess.causes.killed import killed_midway
from harness.assess.causes.late import LATE
from harness.assess.causes.likely_cause import LikelyCause, Rule, shared
from harness.assess.causes.list_lengths import full, of_one_length
from harness.assess.causes.listed_unshared import left_for_strangers
from harness.assess.causes.lists import (
    alone_at_school,
    fixed_number,
    listed_twice,
    nobody_has_any,
    repeated_at_clever,
)
from harness.assess.causes.lookups import LOOKUPS, explained_by_value
from harness.assess.causes.matching import MATCHING
from harness.assess.causes.member_lookups import members_looked_up
from harness.assess.causes.members import NOUNS, is_cut, sides
from harness.assess.causes.members import named as members_named
from harness.assess.causes.moves import MOVES
from harness.assess.causes.newcomers import NEWCOMERS, of_a_day
from harness.assess.causes.odd_values import ODD_VALUES
from harness.assess.causes.out_of_turn import OUT_OF_TURN
from harness.assess.causes.parents import PARENTS
from harness.assess.causes.presence import PRESENCE, archived, kept_archived
from harness.assess.causes.reading import READING, edges_lost
from harness.assess.causes.requests import EVIDENCE, HABITS
from harness.assess.causes.resolving import RESOLVING
from harness.assess.causes.roles import mistaken, null_roles, of_all_roles, one_role_dropped
from harness.assess.causes.row_values import rows_apart
from harness.assess.causes.rows import ROWS_OF_ONE
from harness.assess.causes.skipped_events import SKIPPED_EVENTS
from harness.assess.causes.time import TIME, unfinished
from harness.assess.causes.values import VALUES
from harness.assess.causes.vendor import VENDOR
from harness.assess.check_result import CheckResult
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.assess.results import Cause

LISTS: tuple[Rule, ...] = (
    repeated_at_clever,
    alone_at_school,
    listed_twice,
    teachers_among_students,
    order_kept,
    null_roles,
    nobody_has_any,
    of_all_roles,
    last_kept,
    never_filled,
    emptied_on_change,
    left_for_strangers,
    primary_replaced,
    never_removed,
    strangers,
    membership_ended,
    away_before,
    never_updated,
    never_added,
    mistaken,
    of_another_school,
    one_role_dropped,
    fixed_number,
    classes_at_most,
    second_class,
    members_looked_up,
    exchanges_missed,
    full,
    of_one_length,
)
RULES: tuple[Rule, ...] = (
    at_once,
    killed_midway,
    of_another_district,
    *MATCHING,
    rows_apart,
    *EVIDENCE,
    *PARTS,
    *DISTRICTS,
    ended,
    unfinished,
    in_part,
    narrowed,
    *SKIPPED_EVENTS,
    *OUT_OF_TURN,
    *PARENTS,
    *READING,
    *FAILURES,
    kept_what_failed,
    *EVENTS,
    edges_lost,
    *LATE,
    kept_archived,
    *CHANGES,
    *ARRIVALS,
    *NEWCOMERS,
    *RESOLVING,
    *MOVES,
    *IN_PART,
    *BATCHES,
    *PRESENCE,
    ids_given_again,
    *LOOKUPS,
    handed_over,
    *ODD_VALUES,
    of_a_day,
    *ROWS_OF_ONE,
    *IDENTITY,
    archived,
    *LISTS,
    *VALUES,
    *HABITS,
    *TIME,
    *VENDOR,
)


def causes(index: RecordingIndex, checks: Sequence[CheckResult]) -> tuple[Cause, ...]:
    """The likely causes, those behind most findings first; last what fits no pattern."""
    left = [finding for check in checks for finding in check.findings]
    named: list[LikelyCause] = []
    for rule in RULES:
        for cause in rule(index, left):
            claimed = {finding.id for finding in cause.behind}
            if not claimed:  # more particular rules explain all that it is about
                continue
            left = [finding for finding in left if finding.id not in claimed]
            named.append(cause)
    named, left = _with_symptoms(index, *reconsidered(index, named, left))
    named = [with_the_same(index, cause, left) for cause in named]
    claimed = {finding.id for cause in named for finding in cause.behind}
    left = [finding for finding in left if finding.id not in claimed]
    for cause in in_common(index, left):
        named.append(cause)
        claimed = {finding.id for finding in cause.behind}
        left = [finding for finding in left if finding.id not in claimed]
    named, left = _with_symptoms(index, named, left)
    named = without_consequences(index, named)
    counted = sorted(map(_cause, named), key=lambda cause: -cause.findings)
    follow = [cause for cause in counted if cause.id in _FOLLOW]
    lead = [cause for cause in counted if cause not in follow]
    return (*lead, *([_cause(_unknown(left))] if left else []), *follow)


_STAYS_ENDED = "membership-stays-ended:"
_FOLLOW = ("contradicts-declarations",)
"""What follows from other causes, and stands behind them."""


_SYMPTOMS = (
    FindingKind.CHANGED,
    FindingKind.DUPLICATE,
    FindingKind.NEW_ACCOUNT,
    FindingKind.FIELD,
    FindingKind.UNREAD,
    *NOUNS,
)
"""What shows again, in another way, that something is wrong with a record."""


def _with_symptoms(
    index: RecordingIndex, named: Sequence[LikelyCause], left: Sequence[Finding]
) -> tuple[list[LikelyCause], list[Finding]]:
    """The causes with what is left about their records, if only one of them is about the record."""
    about: dict[tuple[str, str], list[int]] = {}
    for number, cause in enumerate(named):
        for record in {(f.district, f.clever_id) for f in cause.behind if f.clever_id}:
            about.setdefault(record, []).append(number)
    more: dict[int, list[Finding]] = {}
    for finding in left:
        owners = about.get((finding.district, finding.clever_id), ())
        owners = owners or _merged_members(index, named, finding)
        owners = owners or _left_over_in_lists(index, named, finding)
        owners = owners or _lost_again(named, finding)
        owners = owners or _sharing_a_value(index, named, finding)
        if finding.finding_kind in _SYMPTOMS and len(owners) == 1:
            more.setdefault(owners[0], []).append(finding)
    taken = {finding.id for findings in more.values() for finding in findings}
    whole = [
        replace(cause, behind=[*cause.behind, *more.get(number, ())])
        for number, cause in enumerate(named)
    ]
    return whole, [finding for finding in left if finding.id not in taken]


def _merged_members(
    index: RecordingIndex, named: Sequence[LikelyCause], finding: Finding
) -> list[int]:
    """The causes by which a record in a list is another one in the app."""
    record = shared(index, finding) if finding.finding_kind in NOUNS else None
    if record is None:
        return []
    members = {(finding.district, member) for member in members_named(finding.finding_kind, record)}
    return [
        number
        for number, cause in enumerate(named)
        if cause.id.startswith(LOOKED_UP)
        and any((f.district, f.clever_id) in members for f in cause.behind)
    ]


def _left_over_in_lists(
    index: RecordingIndex, named: Sequence[LikelyCause], finding: Finding
) -> list[int]:
    """The causes by which somebody is left over in a list, and so has a row too many for it."""
    if finding.finding_kind is not FindingKind.DUPLICATE or finding.expected == "one record":
        return []
    return [
        number
        for number, cause in enumerate(named)
        if cause.id.startswith("never-removes:")
        and any(
            finding.clever_id in listing.left_over
            for listing in sides(index, [f for f in cause.behind if f.district == finding.district])
        )
    ]


def _sharing_a_value(
    index: RecordingIndex, named: Sequence[LikelyCause], finding: Finding
) -> list[int]:
    """The causes by which somebody is looked up who has the values of another of the same value."""
    if finding.finding_kind is not FindingKind.FIELD or not finding.found:
        return []
    return [
        number
        for number, cause in enumerate(named)
        if cause.id.startswith(LOOKED_UP)
        and explained_by_value(index, cause.id.removeprefix(LOOKED_UP), [finding])
    ]


def _lost_again(named: Sequence[LikelyCause], finding: Finding) -> list[int]:
    """The causes by which whoever comes back to a list is not in it, where a list has lost some."""
    return [
        number
        for number, cause in enumerate(named)
        if cause.id.startswith(_STAYS_ENDED)
        and (
            is_cut(finding)
            if finding.finding_kind is FindingKind.UNREAD
            else finding.found.startswith(f"{cause.id.removeprefix(_STAYS_ENDED)}s lost ")
        )
    ]


def _cause(cause: LikelyCause) -> Cause:
    names = {finding.requirement for finding in cause.behind if finding.requirement}
    return Cause(
        id=cause.id,
        sentence=cause.sentence,
        remedy=cause.remedy,
        findings=len(cause.behind),
        requirements=tuple(sorted(names)),
        checks=tuple(dict.fromkeys(finding.check for finding in cause.behind)),
    )


def _unknown(findings: list[Finding]) -> LikelyCause:
    single = len(findings) == 1
    return LikelyCause(
        "unknown",
        f"{'One finding fits' if single else f'{len(findings)} findings fit'} no known pattern: "
        f"{findings[0].sentence}",
        "Compare what Clever shares with what your app holds, one record at a time.",
        findings,
    )

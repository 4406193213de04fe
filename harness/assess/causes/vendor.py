"""What the vendor says and does not do, and what syncs take that is not Clever's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from harness.assess.causes.likely_cause import LikelyCause, Rule, shaped
from harness.assess.findings import ACCOUNT, Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind
from harness.prose import few, joined


def own_lost(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Syncs delete what people made in the app, and the vendor says that it stays."""
    shown = shaped(findings, FindingKind.LOCAL_RECORD_LOST)
    if members := [finding for finding in shown if finding.kind]:
        groups = ("create-group", "split-section")
        yield LikelyCause(
            "empties-local-groups",
            "Your syncs take people out of groups that exist only in your app.",
            "Change only the members of sections, which have a Clever ID, and leave groups alone.",
            [*members, *(f for f in shaped(findings, FindingKind.DECLARED) if f.field in groups)],
        )
    if lost := [finding for finding in shown if not finding.kind]:
        by_hand = ("create-user", "create-group", "split-section")
        contradicted = [f for f in shaped(findings, FindingKind.DECLARED) if f.field in by_hand]
        # Accounts from before Clever are such users, until somebody whom it shares has them.
        contradicted += [f for f in findings if _is_lost_account(f)]
        yield LikelyCause(
            "deletes-local-records",
            "Your syncs delete users or groups that exist only in your app.",
            "Change and archive only records that have a Clever ID.",
            [*lost, *contradicted],
        )


def _is_lost_account(finding: Finding) -> bool:
    return finding.finding_kind is FindingKind.LOST and finding.field.startswith(ACCOUNT)


def members_gone(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Whoever is archived leaves the groups that were made in the app, for good."""
    if lost := shaped(findings, FindingKind.GROUP_MEMBER_LOST):
        yield LikelyCause(
            "forgets-group-members",
            "Your app takes archived users out of the groups that were made in it, and does not "
            "put them back.",
            "Keep who is in a group when you archive a user, and hide archived members instead.",
            lost,
        )


_TABLES = ("accounts", "archiving")
"""What is declared in a table of its own."""


def declared(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What is declared is not what happens."""
    if behind := shaped(findings, FindingKind.DECLARED):
        claims = list(dict.fromkeys(finding.field for finding in behind))
        tables = dict.fromkeys(
            f"profile.{claim if claim in _TABLES else 'declares'}" for claim in claims
        )
        correct = f"Correct {joined([f'`[{table}]`' for table in tables], 'or')}, or the app."
        why = ""
        early = [finding for finding in behind if finding.field == "archiving"]
        if early and all(_left_again(index, finding) for finding in early):
            why = (
                f" What is archived too early had been away before and come back"
                f" ({few([finding.name for finding in early])}): your app goes on counting from"
                " an earlier absence."
            )
            correct = f"Start to count anew when Clever shares a record again. {correct}"
        yield LikelyCause(
            "contradicts-declarations",
            f"The rehearsal contradicts your declarations: {joined(claims)}.{why}",
            correct,
            behind,
        )


def _left_again(index: RecordingIndex, finding: Finding) -> bool:
    """Whether a record is away for the second time, or more, on the day of a finding."""
    days = (*index.before(finding.district, finding.day), finding.day)
    there = [
        finding.clever_id in index.roster(finding.district, day).of(Kind(finding.kind))
        for day in days
    ]
    return sum(was and not now for was, now in pairwise(there)) > 1


VENDOR: tuple[Rule, ...] = (own_lost, members_gone, declared)

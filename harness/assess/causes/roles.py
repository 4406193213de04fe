"""Why roles of users, and the schools of one role, are wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from harness.assess.causes.likely_cause import LikelyCause, part, shaped, shared
from harness.assess.causes.members import Sides, findings_of, nearly_all, sides
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex


def of_all_roles(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Each school too many of a role is a school of another role of the same person."""
    of_kind = [f for f in shaped(findings, FindingKind.SCHOOL) if f.field.startswith("roles.")]
    behind = nearly_all(
        sides(index, of_kind),
        lambda listing: not listing.missing and _of_another_role(index, listing),
    )
    if behind and len(behind) >= 0.8 * len(of_kind):
        yield LikelyCause(
            "schools-of-all-roles",
            f"In {part(len(behind), len(of_kind))} differences about the schools of one role, your "
            "app has the person's schools of other roles there.",
            "Store schools per role, not per user.",
            findings_of(behind),
        )


def _of_another_role(index: RecordingIndex, listing: Sides) -> bool:
    roles = [role for role in _roles(index, listing).values() if role]
    schools = {school for role in roles for school in role.get("schools") or ()}
    return bool(listing.left_over) and listing.left_over <= schools


def null_roles(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Roles too many are keys of `roles` that are null at Clever."""
    lists = [
        listing for listing in sides(index, shaped(findings, FindingKind.ROLE)) if listing.left_over
    ]
    if behind := nearly_all(lists, lambda listing: listing.left_over <= _null(index, listing)):
        yield LikelyCause(
            "takes-null-for-a-role",
            f"In {part(len(behind), len(lists))} users with too many roles, those roles are null "
            "at Clever: your app takes every key of `roles` for a role.",
            "Take a key of `roles` for a role only when its value is an object.",
            findings_of(behind),
        )


def _null(index: RecordingIndex, listing: Sides) -> set[str]:
    return {name for name, role in _roles(index, listing).items() if role is None}


def _roles(index: RecordingIndex, listing: Sides) -> Mapping[str, Any]:
    record = cast(Mapping[str, Any], shared(index, listing.finding) or {})
    roles: Mapping[str, Any] = record.get("roles", {})
    return roles


def one_role_dropped(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all who lack a role lack the same one, whether they have one other or several."""
    lists = [
        listing for listing in sides(index, shaped(findings, FindingKind.ROLE)) if listing.missing
    ]
    if not lists:
        return
    [(role, _)] = Counter(role for each in lists for role in each.missing).most_common(1)
    behind = nearly_all(lists, lambda listing: listing.missing == {role} and bool(listing.held))
    # An app with so many roles for everybody leaves all of them the same number.
    if len({len(listing.held) for listing in behind}) > 1:
        yield LikelyCause(
            f"drops-role:{role}",
            f"{part(len(behind), len(lists)).capitalize()} users who lack a role lack `{role}`, "
            "which they have at Clever beside others.",
            f"Store every key of `roles`, `{role}` too, whichever others there are.",
            findings_of(behind),
        )


def mistaken(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all who lack a role have one and the same other role in its place."""
    lists = [
        listing for listing in sides(index, shaped(findings, FindingKind.ROLE)) if listing.missing
    ]
    pairs = Counter(
        (*listing.missing, *listing.left_over)
        for listing in lists
        if len(listing.missing) == len(listing.left_over) == 1
    )
    if not pairs:
        return
    [((lacking, instead), _)] = pairs.most_common(1)
    behind = nearly_all(
        lists, lambda listing: listing.missing == {lacking} and instead in listing.held
    )
    if behind:
        yield LikelyCause(
            "takes-one-role-for-another",
            f"In {part(len(behind), len(lists))} users whose roles differ, your app has the role "
            f"`{instead}` where Clever has `{lacking}`.",
            f"Store each key of `roles` as a role of its own; `{lacking}` is not `{instead}`.",
            findings_of(behind),
        )

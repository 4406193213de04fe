"""Ownership: which one requirement a finding accuses of, whatever its scenario verifies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.findings import ACCOUNT, STILL_LISTED, UNHEARD_OF, Finding, FindingKind

Ownership = Mapping[str, Sequence[str]]
"""Difference → the requirements that can own it, the usual one first (`requirements.yaml`)."""

ROLE_SCHOOL = "school of a role"
FORMER_ACCOUNT = "account from before"
LACKS_VALUE = "not in use for lack of a value"
LISTED = "kept where listed"
"""Somebody not shared who is in use since a section lists them, unlike all others."""
WRITTEN_WRONGLY = "value written wrongly"
"""A field that is not as Clever shares it, nor as it was before (`written_values`)."""
DIFFERENCES = (
    *(str(kind) for kind in FindingKind),
    *(ROLE_SCHOOL, FORMER_ACCOUNT, LACKS_VALUE, LISTED, WRITTEN_WRONGLY),
)


def difference(finding: Finding) -> str:
    """The kind of difference as the table has it: finer than the finding's own kind."""
    if finding.field.startswith(ACCOUNT):
        return FORMER_ACCOUNT
    if finding.field == STILL_LISTED:
        return LISTED
    if finding.finding_kind in (FindingKind.MISSING, FindingKind.INACTIVE):
        lacks = finding.field and not finding.field.startswith(UNHEARD_OF)
        return LACKS_VALUE if lacks else str(finding.finding_kind)
    if finding.finding_kind is FindingKind.SCHOOL and finding.field.startswith("roles."):
        return ROLE_SCHOOL
    return str(finding.finding_kind)


def owner(
    finding: Finding, verified: Sequence[str], ownership: Ownership, *, written: bool = False
) -> str:
    """The requirement a finding accuses of: the first owner that its check verifies, or the usual.

    A difference without an owner belongs to what its check verifies. `written` is whether the app
    writes the value wrongly, instead of not updating it.
    """
    known = ownership.get(WRITTEN_WRONGLY, ()) if written else owners(finding, ownership)
    own = [requirement for requirement in known if requirement in verified]
    return next(iter((*own, *known, *verified)), "")


def owners(finding: Finding, ownership: Ownership) -> Sequence[str]:
    """The requirements that can own a difference, the usual one first."""
    return ownership.get(difference(finding), ())


def accused_by(check: CheckResult) -> frozenset[str]:
    """The requirements that a failed check accuses of: those of its findings, and no others."""
    if check.outcome not in (Outcome.FAIL, Outcome.WARN):
        return frozenset()
    owners = {finding.requirement for finding in check.findings if finding.requirement}
    return frozenset(owners or check.requirements)


def verified_by(check: CheckResult) -> frozenset[str]:
    """The requirements a check says something about: what it verifies and what it accuses of."""
    return accused_by(check).union(check.requirements)

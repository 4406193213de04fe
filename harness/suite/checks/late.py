"""Late: what an app had wrong after its own sync, and right before its next one."""

from __future__ import annotations

from harness.assess.findings import Finding
from harness.assess.holdings import Holdings
from harness.contract.snapshot import HeldSection
from harness.district.data_model.records import Kind
from harness.suite.checks import user_values
from harness.suite.checks.every_day.values import differences
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.observation import Observation


def without_late(observation: Observation, then: Mirror, now: Holdings) -> Observation:
    """What was found changed, less what differed from Clever then and agrees with it now.

    Nobody else's sync need have done that: the app shows late what its own sync has read. The
    differences of then are what it needs.
    """
    changed: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    for finding in observation.findings:
        kind = Kind(finding.kind) if finding.kind else None
        if kind and finding.clever_id in then.roster.of(kind):
            changed[kind].append(finding.clever_id)
    wrong = _wrong(then, changed)
    later = then.as_held(now)
    late = {
        clever_id
        for clever_id in wrong.keys() - _wrong(later, changed).keys()
        if _is_own(later, wrong[clever_id]) and _is_own(then, wrong[clever_id])
    }
    observation.findings = [f for f in observation.findings if f.clever_id not in late]
    observation.needs += [wrong[clever_id] for clever_id in sorted(late)]
    return observation


def _is_own(mirror: Mirror, finding: Finding) -> bool:
    """Whether a record is in use, and names nobody whom the district does not share."""
    rows = mirror.holdings.active_rows(Kind(finding.kind), finding.clever_id)
    named = {
        clever_id
        for row in rows
        if isinstance(row, HeldSection)
        for clever_id in (*row.teachers, *row.students)
    }
    return bool(rows) and named <= mirror.roster.users.keys()


def _wrong(mirror: Mirror, ids: dict[Kind, list[str]]) -> dict[str, Finding]:
    """Clever ID → how a record differs; roles of users with a role that is null, too."""
    findings = [finding for _, finding in differences(mirror, ids)]
    findings += user_values.roles(mirror, ids[Kind.USERS]).findings
    return {finding.clever_id: finding for finding in findings}

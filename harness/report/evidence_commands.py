"""Evidence commands: what to type to see for oneself what a finding says."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from harness.assess.check_result import CheckResult
from harness.assess.findings import Finding
from harness.assess.results import Results
from harness.plan.plan import COMMON
from harness.report.headline import app_options

_KINDS = frozenset(("users", "sections", "schools", "courses", "terms"))
"""Kinds of which one record can be asked for."""


def again(results: Results, check: CheckResult) -> str:
    """The command that plays the edge case of a check again; "" when it has none."""
    if not check.edge_case or check.edge_case not in {case.id for case in results.edge_cases}:
        return ""
    run = results.run
    mode = () if run.mode == "full" else ("--mode", run.mode)
    salt = ("--seed", str(run.seed), "--salt", run.salt)
    return shlex.join(("rosterready", "replay", check.edge_case, *app_options(run), *mode, *salt))


def at_clever(results: Results, check: CheckResult) -> Sequence[str]:
    """The commands that show the record of a finding as Clever shared it that day; or nothing."""
    finding = next((one for one in check.findings if _can_be_served(one)), None)
    if finding is None:
        return ()
    run = results.run
    serve = ("rosterready", "serve", "--seed", str(run.seed), "--salt", run.salt)
    address = f"$CLEVER_API_URL/v3.1/{finding.kind}/{finding.clever_id}"
    return (
        shlex.join((*serve, "--day", finding.day)),
        f'curl -H "Authorization: Bearer $CLEVER_DISTRICT_TOKEN" "{address}"',
    )


def _can_be_served(finding: Finding) -> bool:
    """Whether `rosterready serve` plays the district, with the same people as the rehearsal."""
    known = finding.district == COMMON and finding.kind in _KINDS
    return known and bool(finding.clever_id and finding.day)

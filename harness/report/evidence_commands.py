"""Evidence commands: what to type to see for oneself what a finding says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from harness.assess.check_result import CheckResult
from harness.assess.findings import Finding
from harness.assess.replay_command import replay_command
from harness.assess.results import Results
from harness.plan.plan import COMMON, Day

_KINDS = frozenset(("users", "sections", "schools", "courses", "terms"))
"""Kinds of which one record can be asked for."""
_VERSION = re.compile(r"/(v3\.[01])/")


def again(results: Results, check: CheckResult) -> str:
    """The command that plays the edge case of a check again; "" when it has none."""
    if not check.edge_case or check.edge_case not in {case.id for case in results.edge_cases}:
        return ""
    return replay_command(results.run, check.edge_case)


def at_clever(results: Results, check: CheckResult) -> Sequence[str]:
    """The commands that show the record of a finding as Clever shared it that day; or nothing."""
    finding = next((row for row in check.findings if _can_be_served(row)), None)
    run = results.run
    if finding is None or not run.district_salt:
        return ()
    serve = ("rosterready", "serve", "--seed", str(run.seed), "--salt", run.district_salt)
    asked = _VERSION.search(finding.request)
    version = asked[1] if asked else "v3.1"
    address = f"$CLEVER_API_URL/{version}/{finding.kind}/{finding.clever_id}"
    return (
        shlex.join((*serve, "--day", finding.day)),
        f'curl -H "Authorization: Bearer $CLEVER_DISTRICT_TOKEN" "{address}"',
    )


def _can_be_served(finding: Finding) -> bool:
    """Whether `rosterready serve` plays the district, with the same people as the rehearsal."""
    if finding.district != COMMON or finding.day == Day.FULL_SYNC:
        return False  # `serve` has the days of a year with full syncs
    return finding.kind in _KINDS and bool(finding.clever_id and finding.day)

"""findings.sarif: what fails or warns, for code scanning (SARIF 2.1.0, docs.oasis-open.org/sarif).

A rule is a requirement, a result a check. A rehearsal does not know the app's code, so that a
result points to the configuration of the rehearsal; what is wrong stands in its message.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import orjson

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.requirement_verdict import RequirementVerdict
from harness.assess.results import Results
from harness.report.templates import printable

NAME = "sarif"
FILE = "findings.sarif"
MOST_SENTENCES = 10
"""Sentences of one result."""
CONFIG = "rosterready.toml"

_LEVELS: Mapping[Outcome, str] = {Outcome.FAIL: "error", Outcome.WARN: "warning"}


def render(results: Results) -> bytes:
    """One run with the requirements as rules and the checks that fail or warn as results."""
    requirements = {row.id: row for row in results.requirements}
    checks = [check for check in results.checks if check.outcome in _LEVELS and not check.waived]
    # Addresses are relative to the repository; of a file elsewhere its name has to do.
    config = PurePath(results.run.config or CONFIG)
    place = config.name if config.is_absolute() else config.as_posix()
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "rosterready",
                        "version": results.run.rosterready,
                        "rules": [_rule(row) for row in requirements.values()],
                    }
                },
                "results": [_result(check, results, place) for check in checks],
            }
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _rule(row: RequirementVerdict) -> dict[str, Any]:
    return {
        "id": row.id,
        "shortDescription": {"text": printable(row.title)},
        "fullDescription": {"text": printable(row.text)},
    }


def _result(check: CheckResult, results: Results, place: str) -> dict[str, Any]:
    sentences = [finding.sentence for finding in check.findings[:MOST_SENTENCES]]
    remedies = [cause.to_do for cause in results.causes if check.id in cause.checks]
    lines = [check.name, *(sentences or [check.reason]), *remedies]
    accused = next((f.requirement for f in check.findings if f.requirement), check.requirements[0])
    return {
        "ruleId": accused,
        "level": _LEVELS[check.outcome],
        "message": {"text": printable("\n".join(filter(None, lines)))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(place)},
                    "region": {"startLine": 1},
                }
            }
        ],
        "partialFingerprints": {"rosterready/check": check.id},
    }

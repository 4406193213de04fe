"""findings.ndjson: one line of JSON for each finding, with the likely cause behind its check."""

from __future__ import annotations

import orjson

from harness.assess.results import Results

NAME = "findings"
FILE = "findings.ndjson"


def render(results: Results) -> bytes:
    """The findings of every check, those of failing checks as of those that warn.

    Beside its own fields, as in results.json, each line has the `id` of the finding, the `outcome`
    and the `requirements` of its check, and under `causes` the ids of the likely causes that
    explain the check.
    """
    lines = []
    for check in results.checks:
        causes = [cause.id for cause in results.causes if check.id in cause.checks]
        for finding in check.findings:
            known = {
                "id": finding.id,
                "outcome": check.outcome,
                "requirements": check.requirements,
                "causes": causes,
            }
            fields = orjson.loads(orjson.dumps(finding))
            lines.append(orjson.dumps(known | fields, option=orjson.OPT_APPEND_NEWLINE))
    return b"".join(lines)

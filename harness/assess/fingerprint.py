"""Fingerprint: of the evidence under an answer, so that a change under it is noticed.

It is made of nothing that hangs on the salt or the seed: the same app has the same ones each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from harness.assess.check_result import CheckResult
from harness.catalogue.questions import Question, selects

LENGTH = 12
"""Letters of a fingerprint."""


def fingerprint(question: Question, checks: Sequence[CheckResult]) -> str:
    """Of the IDs, outcomes and scopes of the checks a question rests on; "" if it rests on none."""
    selectors = question.selectors
    rows = sorted(
        f"{check.id} {check.outcome} {sorted(check.scope)} {sorted(check.not_held)}"
        for check in checks
        if any(selects(selector, check.id, check.requirements) for selector in selectors)
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:LENGTH] if rows else ""

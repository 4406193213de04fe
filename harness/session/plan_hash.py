"""Plan hash: a recording names the plan it was made for by it."""

from __future__ import annotations

import hashlib

import orjson

from harness.plan.plan import Plan


def plan_hash(plan: Plan) -> str:
    """A short hash over everything a plan demands."""
    return hashlib.sha256(orjson.dumps(plan, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]

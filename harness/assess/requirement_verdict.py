"""RequirementVerdict: whether the app meets one requirement, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    MUST = "MUST"
    SHOULD = "SHOULD"


class RequirementState(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_PROVEN = "not_proven"
    ATTESTED = "attested"
    MANUAL = "manual"  # waits for a person's attestation
    NOT_APPLICABLE = "not_applicable"
    NOT_OBSERVABLE = "not_observable"  # no scenario can observe it; the reason is given


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementVerdict:
    id: str
    level: Level
    title: str
    text: str
    source: str
    """Where the rule stands: a URL or document, with its date."""
    area: str
    state: RequirementState
    reason: str
    checks: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    """The kinds of records and roles that its passing checks examined."""
    leaves_out: tuple[str, ...] = ()
    """What its checks left out because the app does not hold it, as keys of `HOLDABLE`."""
    impact: str = ""
    remedy: str = ""
    """What is to be done, by the causes of what was found; "" unless it is not met."""

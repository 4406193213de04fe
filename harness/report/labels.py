"""Labels: the word, the symbol and the tone with which every format shows a status.

A status is never shown by colour alone. The order of each table is worst first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from harness.assess.answer import AnswerSource
from harness.assess.check_result import EvidenceLevel, Outcome, StepState
from harness.assess.requirement_verdict import Level, RequirementState, RequirementVerdict
from harness.assess.results import DayResult, DayState, Verdict
from harness.recording.recording import BisectOutcome


class Tone(StrEnum):
    """What a status asks of a reader; each has one colour."""

    BAD = "bad"
    HOLD = "hold"  # no verdict
    WARN = "warn"
    ASK = "ask"  # a person is awaited
    QUIET = "quiet"  # does not count
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Label:
    word: str
    symbol: str
    tone: Tone


OUTCOMES: Mapping[str, Label] = {
    Outcome.FAIL: Label("Fails", "✕", Tone.BAD),
    Outcome.ERROR: Label("Error", "⊗", Tone.HOLD),
    Outcome.BLOCKED: Label("Blocked", "⊘", Tone.HOLD),
    Outcome.NOT_RUN: Label("Not run", "○", Tone.HOLD),
    Outcome.WARN: Label("Warns", "△", Tone.WARN),
    Outcome.MANUAL: Label("Needs your decision", "?", Tone.ASK),
    Outcome.NOT_APPLICABLE: Label("Not applicable", "—", Tone.QUIET),
    Outcome.PASS: Label("Passes", "✓", Tone.GOOD),
}

STILL_OPEN = frozenset(
    (RequirementState.NOT_MET, RequirementState.NOT_PROVEN, RequirementState.MANUAL)
)
"""Verdicts of requirements after which something is left to do."""

STATES: Mapping[str, Label] = {
    RequirementState.NOT_MET: Label("Not met", "✕", Tone.BAD),
    RequirementState.NOT_PROVEN: Label("Not proven", "⊘", Tone.HOLD),
    RequirementState.MANUAL: Label("Needs your attestation", "?", Tone.ASK),
    RequirementState.ATTESTED: Label("Attested", "“", Tone.ASK),
    RequirementState.NOT_OBSERVABLE: Label("Cannot be observed", "◌", Tone.QUIET),
    RequirementState.NOT_APPLICABLE: Label("Not applicable", "—", Tone.QUIET),
    RequirementState.MET: Label("Met", "✓", Tone.GOOD),
}

SOURCES: Mapping[str, Label] = {
    AnswerSource.NEEDS_YOU: Label("Needs your answer", "?", Tone.ASK),
    AnswerSource.DECLARED: Label("From your declaration", "“", Tone.QUIET),
    AnswerSource.TRAFFIC: Label("Observed in the traffic", "⇄", Tone.GOOD),
    AnswerSource.BEHAVIOUR: Label("Observed in the app", "✓", Tone.GOOD),
}

CONTRADICTED = Label("Contradicted", "✕", Tone.BAD)

VERDICTS: Mapping[str, Label] = {
    Verdict.NOT_READY: Label("Not ready", "✕", Tone.BAD),
    Verdict.INCOMPLETE: Label("Incomplete", "⊘", Tone.HOLD),
    Verdict.PARTIAL: Label("Partial", "○", Tone.HOLD),
    Verdict.READY_WITH_CONDITIONS: Label("Ready, with conditions", "△", Tone.WARN),
    Verdict.READY: Label("Ready", "✓", Tone.GOOD),
}

STEPS: Mapping[str, Label] = {
    StepState.PASSED: Label("holds", "✓", Tone.GOOD),
    StepState.FAILED: Label("does not hold", "✕", Tone.BAD),
    StepState.BLOCKED: Label("blocked here", "⊘", Tone.HOLD),
    StepState.ERROR: Label("error", "⊗", Tone.HOLD),
    StepState.MANUAL: Label("needs your decision", "?", Tone.ASK),
    StepState.NOT_APPLICABLE: Label("not applicable", "—", Tone.QUIET),
    StepState.NOT_RUN: Label("not run", "○", Tone.QUIET),
}

SYNCS: Mapping[str, Label] = {
    DayState.FAILED: Label("Failed", "✕", Tone.BAD),
    DayState.TIMED_OUT: Label("Timed out", "✕", Tone.BAD),
    DayState.PARTIAL: Label("Partial", "△", Tone.WARN),
    DayState.REFUSED: Label("Refused", "△", Tone.WARN),
    DayState.HELD: Label("Held for approval", "△", Tone.WARN),
    DayState.NOT_REACHED: Label("Not reached", "○", Tone.HOLD),
    DayState.COMPLETED: Label("Completed", "✓", Tone.GOOD),
}

DAYS: Mapping[str, str] = {
    "before": "Nothing is shared yet; some people already have accounts",
    "first-share": "The district shares with the app for the first time",
    "slow": "Injected fault: one page of users is slow, and one record is not found",
    "too-many-requests": "Injected fault: requests are rate-limited while users are read",
    "token-replaced": "A new token replaces the old one while a list is read",
    "short-pages": "Pages have fewer records than were asked for, and a `next` link",
    "cut-off": "Injected fault: the last page of sections breaks off, and one list keeps failing",
    "html": "Injected fault: one page of students, or of all users, is HTML",
    "empty-body": "Injected fault: the last page of sections is an empty response",
    "no-list": "Injected fault: one page of students, or of all users, has no list",
    "server-errors": "Outage: after two requests, every request fails",
    "schools-fail": "Injected fault: one list of schools keeps failing",
    "terms-fail": "Injected fault: one list of terms keeps failing",
    "courses-fail": "Injected fault: one list of courses keeps failing",
    "sections-fail": "Injected fault: one page of sections keeps failing",
    "students-fail": "Injected fault: one page of students, or of all users, keeps failing",
    "teachers-fail": "Injected fault: one page of teachers or staff keeps failing",
    "contacts-fail": "Injected fault: one page of contacts keeps failing, or 429 of all users",
    "members-fail": "Injected fault: what one record has keeps failing, or 429 of students",
    "refused": "Injected fault: the token is refused",
    "refused-midway": "Injected fault: after two requests, the token is refused",
    "recovery": "Clever has recovered",
    "rollover": "A new school year begins",
    "quiet": "Nothing changes",
}
"""What happens on a day whatever the edge cases place on it."""

BEHIND: Mapping[str, str] = {
    BisectOutcome.CULPRIT: "It breaks on:",
    BisectOutcome.TOGETHER: "It breaks when these meet:",
    BisectOutcome.NOT_NARROWED: "It breaks on some of these:",
    BisectOutcome.BACKGROUND: "It breaks in any district, with ordinary records only.",
    BisectOutcome.DISTRICT: "It breaks in this small district, with nothing special in it.",
    BisectOutcome.DOES_NOT_REPEAT: "It breaks sometimes: the same data did not break it again.",
    BisectOutcome.SIZE: "It breaks in an ordinary district of that size.",
    BisectOutcome.REQUEST: "It breaks at one request before it has read everything.",
    BisectOutcome.NO_ANSWER: "From here on it gives no answer, nor for an ordinary district.",
    "restarted": "The app died and was started again.",
    "dead": "The app died and could not be started again.",
    "stopped": "The year could not go on from here.",
}
"""What a search for a culprit came to, or what became of an app that died."""

LEFT_OUT: Mapping[str, str] = {
    BisectOutcome.CULPRIT: "it",
    BisectOutcome.TOGETHER: "them",
    BisectOutcome.NOT_NARROWED: "them",
    BisectOutcome.DISTRICT: "this district",
    BisectOutcome.DOES_NOT_REPEAT: "a change, to see whether it breaks again",
}

EVIDENCE_LEVELS: Mapping[str, str] = {
    EvidenceLevel.OBSERVED: "observed: read back from the app",
    EvidenceLevel.INFERRED: "inferred from the traffic or a later snapshot",
    EvidenceLevel.SELF_REPORTED: "self-reported by the app or its adapter",
    EvidenceLevel.ATTESTED: "attested by a person",
    EvidenceLevel.NONE: "none",
}

PROVENANCES: Mapping[str, str] = {
    "certification-isd": "From Clever's Certification ISD",
    "documented": "Documented by Clever",
    "synthetic": "Synthetic",
}

KINDS: Mapping[str, str] = {
    "schools": "School",
    "users": "User",
    "sections": "Section",
    "courses": "Course",
    "terms": "Term",
    "districts": "District",
}


def label(table: Mapping[str, Label], state: str) -> Label:
    """The label of a state; a state this version does not know is shown in its own word."""
    return table.get(state) or Label(state.replace("_", " "), "·", Tone.QUIET)


def of_requirement(row: RequirementVerdict) -> Label:
    """The label of a requirement's verdict; a SHOULD that is not met is a warning."""
    label = STATES[row.state]
    if row.state is RequirementState.NOT_MET and row.level is Level.SHOULD:
        return replace(label, symbol="△", tone=Tone.WARN)
    return label


def of_sync(day: DayResult) -> Label:
    """The label of how a day's sync ended, with how it stood before a person approved it."""
    final = SYNCS[day.state]
    if day.before_approval is None:
        return final
    return replace(final, word=f"{SYNCS[day.before_approval].word}, then {final.word.lower()}")


def rank(table: Mapping[str, Label], state: str) -> int:
    """How bad a state is: 0 is the worst."""
    order = list(table)
    return order.index(state) if state in table else len(order)

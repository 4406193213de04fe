"""Why grades, primary schools and dates of terms are wrong in an app that shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from harness.assess.causes.likely_cause import LikelyCause, kinds_of, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.optional_values import WORDS
from harness.assess.recording_index import RecordingIndex
from harness.assess.written_values import was_right
from harness.prose import counted


def kept_from_before(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nothing but one optional value is as Clever had it before."""
    behind = [f for f in shaped(findings, FindingKind.FIELD) if was_right(index, f)]
    for field, words in WORDS.items():
        if behind and all(finding.field == field for finding in behind):
            yield LikelyCause(
                f"never-updates:{field}",
                f"Your app keeps the {words} that {counted(len(behind), kinds_of(behind)[:-1])} had"
                " at Clever before; other values it updates.",
                f"Write the {words} in every sync, with what Clever sends.",
                behind,
            )


def shifted(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Every date is as many days away from Clever's."""
    behind = [f for f in shaped(findings, FindingKind.FIELD) if f.field.endswith("_date")]
    days = {_days_between(f.expected, f.found) for f in behind}
    if len(behind) > 1 and len(days) == 1 and (away := days.pop()):
        off = f"{counted(abs(away), 'day')} {'before' if away < 0 else 'after'}"
        yield LikelyCause(
            "shifted-dates",
            f"Dates of {len(behind)} terms are {off} Clever's in your app.",
            "Store a date as a date: as an instant it is another day in another time zone.",
            behind,
        )


def _days_between(expected: str, found: str) -> int:
    try:
        return (date.fromisoformat(found) - date.fromisoformat(expected)).days
    except ValueError:
        return 0


def other_values(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """An optional value is another one than Clever's, for no reason that shows."""
    for field, words in WORDS.items():
        if behind := [f for f in shaped(findings, FindingKind.FIELD) if f.field == field]:
            first = behind[0]
            yield LikelyCause(
                f"other-value:{field}",
                f"Your app shows another {words} than Clever for "
                f"{counted(len(behind), kinds_of(behind)[:-1])}: {first.found or 'none'} instead "
                f"of {first.expected or 'none'}.",
                f"Show the {words} as Clever sends it, or a word of your own for each.",
                behind,
            )

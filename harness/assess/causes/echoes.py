"""Echoes: causes that say again of other values and lists what the largest of them says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from harness.assess.causes.likely_cause import LikelyCause, was_away
from harness.assess.causes.members import NOUNS
from harness.assess.findings import Finding
from harness.assess.recording_index import RecordingIndex
from harness.prose import joined

_OF_RETURN = re.compile(r"(restores-without|never-(updates|removes|adds)|drops-field)(:.*)?")


def one_of_returned(index: RecordingIndex, named: Sequence[LikelyCause]) -> Sequence[LikelyCause]:
    """One cause instead of several about values and lists of records that have come back."""
    several = [
        cause
        for cause in named
        if _OF_RETURN.fullmatch(cause.id) and all(was_away(index, f) for f in cause.behind)
    ]
    if len(several) < 2:
        return named
    first = max(several, key=lambda cause: len(cause.behind))
    more = [finding for cause in several if cause is not first for finding in cause.behind]
    whole = replace(
        first,
        sentence="Records that come back are not as Clever shares them now: "
        f"{_words([*first.behind, *more])} are as they were before the records left, or are not "
        "there.",
        remedy="When you restore a record, store everything that Clever shares of it now, with all "
        "its values, links and members.",
        behind=[*first.behind, *more],
    )
    return [
        whole if cause is first else cause
        for cause in named
        if cause is first or cause not in several
    ]


def _words(findings: Sequence[Finding]) -> str:
    """What these are about: `schools (3) and teachers (1)`."""
    nouns = Counter(
        f"{NOUNS[f.finding_kind].noun}s" if f.finding_kind in NOUNS else "values" for f in findings
    )
    return joined([f"{noun} ({number:,})" for noun, number in nouns.most_common()])

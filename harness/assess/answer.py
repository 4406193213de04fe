"""Answer: the draft for one question of the certification form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AnswerSource(StrEnum):
    BEHAVIOUR = "behaviour"
    TRAFFIC = "traffic"
    DECLARED = "declared"
    NEEDS_YOU = "needs_you"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question of the certification guide with a draft answer and where it comes from."""

    question: str
    """Question id."""
    group: str
    text: str
    source: AnswerSource
    answer: str = ""
    """Draft in the first person; "" when only the vendor can answer."""
    reason: str = ""
    """Why the vendor must answer, or on what the draft rests."""
    evidence: tuple[str, ...] = ()
    """Ids of checks and requirements behind the draft."""
    contradiction: str = ""
    """What was observed that the vendor's own answer denies."""
    own: str = ""
    """The vendor's own words, from `[profile.answers]`."""
    fingerprint: str = ""
    """Of the checks it rests on: the same while their outcomes and scopes are; "" if of none."""
    stale: str = ""
    """Why the vendor's own words may be out of date; "" if they are not."""

    @property
    def waits(self) -> bool:
        """Whether a person has to answer, or to read their answer again."""
        return self.source is AnswerSource.NEEDS_YOU or bool(self.stale)

"""Drafts: an answer for every question of the guide, with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.assess.answer import Answer, AnswerSource
from harness.assess.check_result import CheckResult, Outcome
from harness.assess.findings import FindingKind
from harness.assess.requirement_verdict import Level, RequirementState, RequirementVerdict
from harness.catalogue.questions import Question
from harness.contract.declarations import said_of
from harness.contract.profile import Profile

_OPEN = (Outcome.BLOCKED, Outcome.ERROR, Outcome.NOT_RUN)


class Drafts:
    """Writes answers from checks, requirements, facts and declarations."""

    def __init__(
        self,
        checks: Sequence[CheckResult],
        requirements: Sequence[RequirementVerdict],
        facts: Mapping[str, str],
        profile: Profile,
    ) -> None:
        self._checks = {check.id: check for check in checks}
        self._requirements = {row.id: row for row in requirements}
        self._facts, self._profile = facts, profile

    def answer(self, question: Question) -> Answer:
        """The draft for one question."""
        evidence = (*question.requirements, *question.checks)
        state, finding, breach = self._evidence(question)
        draft = self._draft(question, state, finding)
        declared = "" if draft else self._declared(question)
        own = " ".join(filter(None, (declared, self._profile.answers.get(question.id, ""))))
        return Answer(
            question=question.id,
            group=question.group,
            text=question.text,
            source=self._source(question, draft, own),
            answer=" ".join(part for part in (draft, own) if part),
            reason=self._reason(question, state, draft, own, finding),
            evidence=evidence,
            contradiction=self._contradiction(question, own, finding if breach else ""),
        )

    def _contradiction(self, question: Question, own: str, breach: str) -> str:
        """What was observed that the vendor's own words or declarations deny."""
        denied = [
            finding.sentence
            for check in self._checks.values()
            for finding in check.findings
            if finding.finding_kind is FindingKind.DECLARED and finding.field in question.claims
        ]
        if denied:
            return " ".join(dict.fromkeys(denied))
        return f"Your own answer conflicts with a finding: {breach}" if own and breach else ""

    def _declared(self, question: Question) -> str:
        """What the vendor declares about a question, in sentences."""
        said = [
            said_of(claim, self._profile.declares[claim])
            for claim in question.claims
            if claim in self._profile.declares
        ]
        return " ".join(f"{one[0].upper()}{one[1:]}." for one in said)

    def _evidence(self, question: Question) -> tuple[str, str, bool]:
        """The state of what answers a question, the first finding against it, whether of a MUST."""
        checks = [self._checks[name] for name in question.checks if name in self._checks]
        rows = [self._requirements[n] for n in question.requirements if n in self._requirements]
        for check in checks:
            if check.outcome in (Outcome.FAIL, Outcome.WARN):
                return "not_met", check.reason, check.outcome is Outcome.FAIL
        for row in rows:
            if row.state is RequirementState.NOT_MET:
                return "not_met", row.reason, row.level is Level.MUST
        if any(check.outcome in _OPEN for check in checks) or any(
            row.state is RequirementState.NOT_PROVEN for row in rows
        ):
            return "not_proven", "", False
        if any(check.outcome is Outcome.PASS for check in checks) or any(
            row.state is RequirementState.MET for row in rows
        ):
            return "met", "", False
        return ("not_applicable" if checks or rows else "known"), "", False

    def _draft(self, question: Question, state: str, finding: str) -> str:
        words = question.say.get(state) or question.say.get("known", "")
        try:
            return words.format_map({**self._facts, "first_finding": finding}) if words else ""
        except KeyError:
            return ""  # a fact the recording does not have

    def _source(self, question: Question, draft: str, own: str) -> AnswerSource:
        if draft:
            traffic = question.comes_from == "traffic"
            return AnswerSource.TRAFFIC if traffic else AnswerSource.BEHAVIOUR
        if own or self._does_not_arise(question):
            return AnswerSource.DECLARED
        return AnswerSource.NEEDS_YOU

    def _does_not_arise(self, question: Question) -> bool:
        return bool(question.when) and question.when not in self._profile.modes

    def _reason(self, question: Question, state: str, draft: str, own: str, finding: str) -> str:
        if draft:
            traffic = question.comes_from == "traffic"
            seen = "the requests your app made" if traffic else "what your app held"
            return f"Drafted from {seen}{' and your own words' if own else ''}."
        if own:
            return "Your own words, from the profile."
        if self._does_not_arise(question):
            return f"The profile does not declare the update mode `{question.when}`."
        if state == "not_proven":
            return "The rehearsal could not prove the answer."
        return question.needs or "The recording does not show it."

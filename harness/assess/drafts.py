"""Drafts: an answer for every question of the guide, with where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from harness.assess.answer import Answer, AnswerSource
from harness.assess.check_result import CheckResult, Outcome
from harness.assess.clause_parts import FAILING
from harness.assess.clauses import Composed, Composer
from harness.assess.counterexamples import Counterexamples
from harness.assess.expectations import ROLE_KEYS
from harness.assess.facts import Facts
from harness.assess.findings import Finding, FindingKind
from harness.assess.fingerprint import fingerprint
from harness.assess.kinds import Kinds
from harness.catalogue.questions import Question
from harness.contract.declarations import answer_of
from harness.contract.edit import EditPersistence
from harness.contract.profile import Profile
from harness.contract.sync import Mode
from harness.contract.waivers import Attestation
from harness.prose import joined

NOT_POSSIBLE = (EditPersistence.NOT_POSSIBLE,)
"""What is declared of edits that nobody can make."""


class Drafts:
    """Writes answers from checks, facts, what the app holds, and declarations."""

    def __init__(
        self,
        checks: Sequence[CheckResult],
        facts: Facts,
        kinds: Kinds,
        profile: Profile,
        counterexamples: Counterexamples,
        attestations: Sequence[Attestation] = (),
        *,
        whole: bool = True,
    ) -> None:
        """Of a rehearsal that is not `whole` no answer has a fingerprint: too little was judged."""
        self._whole = whole
        self._checks, self._profile, self._attestations = checks, profile, attestations
        self._composer = Composer(checks, facts, kinds, profile, counterexamples)

    def answer(self, question: Question) -> Answer:
        """The draft for one question."""
        composed = self._composer.compose(question)
        draft = composed.text
        declared = "" if draft else self._declared(question)
        mark = fingerprint(question, self._checks) if self._whole else ""
        own_first = question.comes_from == "vendor"
        own = " ".join(filter(None, (declared, self._profile.answers.get(question.id, ""))))
        own = own or ("" if draft else self._attested(question))
        if self._does_not_arise(question) and self._all_come_with_syncs and not draft:
            own = own or question.otherwise
        return Answer(
            question=question.id,
            group=question.group,
            text=question.text,
            source=self._source(question, draft, own),
            answer=" ".join(filter(None, (own, draft) if own_first else (draft, own))),
            reason=self._reason(question, composed, own),
            evidence=self._evidence(question, composed),
            contradiction=self._contradiction(question, composed, own),
            own=self._profile.answers.get(question.id, ""),
            fingerprint=mark,
            stale=self._stale(question, mark),
        )

    def _stale(self, question: Question, mark: str) -> str:
        """Why the vendor's own answer is to be read again."""
        given = self._profile.fingerprints.get(question.id, "")
        if not self._whole or not given or given == mark:
            return ""
        now = f"the fingerprint is now {mark}" if mark else "it rests on no check any more"
        return f"What this answer rests on has changed since it was given: {now}, it was {given}."

    def _contradiction(self, question: Question, composed: Composed, own: str) -> str:
        """What was observed that the vendor's own words or declarations deny."""
        denied = [row.sentence for row in self._denied() if row.field in question.claims]
        if denied:
            return " ".join(dict.fromkeys(denied))
        breaches = [c for c in composed.failing if c.outcome is Outcome.FAIL and not c.waived]
        if own and breaches:
            return f"Your own answer conflicts with a finding: {breaches[0].reason}"
        return ""

    def _denied(self) -> list[Finding]:
        """The declarations that the rehearsal contradicts."""
        findings = (finding for check in self._checks for finding in check.findings)
        return [row for row in findings if row.finding_kind is FindingKind.DECLARED]

    def _declared(self, question: Question) -> str:
        """What the vendor declares about a question and nothing observed denies, in sentences."""
        claims, declares = self._claims(question), self._profile.declares
        if len(claims) > 1 and all(declares[claim] == NOT_POSSIBLE for claim in claims):
            return "Our application allows no such change."
        return " ".join(answer_of(claim, declares[claim]) for claim in claims)

    def _claims(self, question: Question) -> list[str]:
        """The declarations about a question that nothing observed denies."""
        denied = {finding.field for finding in self._denied()}
        return [
            claim
            for claim in question.claims
            if claim in self._profile.declares and claim not in denied
        ]

    def _attested(self, question: Question) -> str:
        """What a person's word for a requirement says of a question that it concerns."""
        statements = [
            a.statement for a in self._attestations if a.requirement in question.selectors
        ]
        return " ".join(f"{statement.rstrip('.')}." for statement in statements)

    def _source(self, question: Question, draft: str, own: str) -> AnswerSource:
        if draft and question.comes_from != "vendor":
            traffic = question.comes_from == "traffic"
            return AnswerSource.TRAFFIC if traffic else AnswerSource.BEHAVIOUR
        if own or self._does_not_arise(question):
            return AnswerSource.DECLARED
        return AnswerSource.NEEDS_YOU

    def _does_not_arise(self, question: Question) -> bool:
        """Whether the profile declares nothing by which a question arises."""
        if question.when == Mode.LOGIN and any(map(self._profile.at_login, ROLE_KEYS.values())):
            return False
        return bool(question.when) and question.when not in self._profile.modes

    @property
    def _all_come_with_syncs(self) -> bool:
        """Whether nobody is declared to get an account otherwise: at the first login, perhaps."""
        return all(self._profile.holds(holder) for holder in ROLE_KEYS.values())

    def _reason(self, question: Question, composed: Composed, own: str) -> str:
        if composed.text and question.comes_from != "vendor":
            traffic = question.comes_from == "traffic"
            observed = "the requests your app made" if traffic else "what your app held"
            reason = f"Drafted from {observed}{' and your own words' if own else ''}."
            unseen = ", ".join(filter(None, composed.unseen))
            return f"{reason} Not proven and left out: {unseen}." if unseen else reason
        if own and own != question.otherwise:
            return self._whose_words(question)
        if self._does_not_arise(question):
            return (
                "It arises if people get accounts, or are updated, when they log in. Your profile "
                "says so of nobody; if some do, answer it."
            )
        if composed.unseen:
            return "The rehearsal could not prove the answer."
        if composed.at_login and not question.needs:
            return f"{composed.at_login} The rehearsal does not log anybody in."
        return question.needs or "The recording does not show it."

    def _whose_words(self, question: Question) -> str:
        """Whose words an answer has that was not observed."""
        claims = self._claims(question)
        if self._profile.answers.get(question.id) or not claims:
            return "Your own words, from rosterready.toml."
        return f"Drafted from what you declare of {joined([f'`{claim}`' for claim in claims])}."

    def _evidence(self, question: Question, composed: Composed) -> tuple[str, ...]:
        """Ids of the requirements and checks behind a draft; of patterns, the checks that fail.

        Without checks that fail over nothing the question is about.
        """
        concern = {check.id for check in composed.failing}
        others = {check.id for check in self._checks if check.outcome in FAILING} - concern
        named = [name for name in question.selectors if "*" not in name and name not in others]
        requirements = [name for name in named if "/" not in name]
        checks = [name for name in named if "/" in name]
        return tuple(dict.fromkeys((*requirements, *checks, *(c.id for c in composed.failing))))

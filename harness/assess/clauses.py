"""The answer to a question, composed of the sentences of its clauses.

Which of them apply is decided in `clause_parts.py`: a clause says yes only of what was proved, and
a failing check is always said, in one clause of its question or another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from harness.assess.check_result import CheckResult
from harness.assess.clause_parts import FAILING, JudgedPart, PartJudge, PartState
from harness.assess.counterexamples import Counterexamples
from harness.assess.expectations import ROLE_KEYS
from harness.assess.facts import Facts, known_of
from harness.assess.findings import FindingKind
from harness.assess.kinds import NOUNS, Kinds
from harness.assess.scope import limited_accounts
from harness.catalogue.questions import ALL, Clause, Part, Question
from harness.contract.account_rules import AccountRule
from harness.contract.profile import Profile
from harness.prose import capitalized, joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """An answer as far as the rehearsal gives one."""

    text: str
    failing: tuple[CheckResult, ...]
    """The failing checks that concern the question, worst first."""
    unseen: tuple[str, ...]
    """What is left out since it was not proven, by the nouns of the parts."""
    at_login: str = ""
    """Whose accounts are made at login, if that leaves the question open, in a sentence."""


class Composer:
    """Composes answers from checks, facts and what the app holds."""

    def __init__(
        self,
        checks: Sequence[CheckResult],
        facts: Facts,
        kinds: Kinds,
        profile: Profile,
        counterexamples: Counterexamples,
    ) -> None:
        self._checks, self._facts, self._kinds, self._profile = checks, facts, kinds, profile
        self._counterexamples = counterexamples
        self._judge = PartJudge(checks, kinds, profile, counterexamples)

    def compose(self, question: Question) -> Composed:
        """The answer to one question; its text is "" when nothing can be said."""
        judged = self._judge.judged(question)
        failing = {check.id: check for row in judged for check in row.failing}
        states = {row.state for row in judged}
        sentences = self._sentences(question, judged)
        sentences += self._lacking([row.part for row in judged if row.state is PartState.LACKING])
        sentences = [text for text in sentences if text]
        if sentences:
            opening = "" if self._denied(question) else _opening(question, judged)
            sentences.insert(0, self._filled((opening,), ()))
            sentences += [self._filled((text,), ()) for text in question.limits]
        elif question.comes_from != "vendor" and states <= {PartState.DECLARED_AWAY, PartState.OUT}:
            sentences += self._otherwise(question, judged)
        unseen = (
            _noun(row.part)
            for row in judged
            if row.state is PartState.UNSEEN and row.clause.yes and not row.clause.unseen
        )
        return Composed(
            text=" ".join(dict.fromkeys(filter(None, sentences))),
            failing=tuple(sorted(failing.values(), key=lambda c: FAILING.index(c.outcome))),
            unseen=tuple(dict.fromkeys(unseen)),
            at_login=self._made_at_login({kind for row in judged for kind in row.part.kinds}),
        )

    def _denied(self, question: Question) -> bool:
        """Whether a declaration about the question is contradicted."""
        return any(
            finding.finding_kind is FindingKind.DECLARED and finding.field in question.claims
            for check in self._checks
            for finding in check.findings
        )

    def _sentences(self, question: Question, judged: Sequence[JudgedPart]) -> list[str]:
        """The sentences of all clauses; clauses with the same words share a sentence."""
        parts_of: dict[tuple[str, ...], list[Part]] = {}
        for clause in question.clauses:
            for words, meant in self._words(clause, judged):
                parts_of.setdefault(tuple(words), []).extend(meant)
        order = [_noun(row.part) for row in judged]
        return [
            self._filled(words, sorted(parts, key=lambda part: order.index(_noun(part))))
            for words, parts in parts_of.items()
        ]

    def _words(
        self, clause: Clause, judged: Sequence[JudgedPart]
    ) -> Iterator[tuple[Sequence[str], list[Part]]]:
        """The texts that apply to a clause, with the parts that each is true of."""
        if not clause.parts:
            yield clause.yes, []
        rows = [row for row in judged if row.clause is clause]
        plain = [row for row in rows if not self._judge.is_specific(row)]
        texts = {
            PartState.YES: clause.yes,
            PartState.NO: clause.no,
            PartState.UNSEEN: clause.unseen,
        }
        for state, words in texts.items():
            if meant := [row.part for row in plain if row.state is state]:
                yield words, meant
        admitting = [row for row in rows if row.state is PartState.NO]
        if not (clause.yes or clause.no):  # it only adds to what is admitted of the same records
            admitted = {_noun(row.part) for row in _before(clause, judged) if row.admits}
            admitting = [row for row in admitting if _noun(row.part) not in admitted]
        for kind, text in clause.found.items():
            if meant := [row.part for row in admitting if kind in self._judge.kinds_found(row)]:
                yield (text,), meant

    def _filled(self, texts: Sequence[str], parts: Sequence[Part]) -> str:
        """The first text whose facts are known, with them in it; or ""."""
        nouns = list(dict.fromkeys(map(_noun, parts)))
        all_of_them, any_of_them = joined(nouns), joined(nouns, "or")
        known = {
            **known_of(self._facts, [kind for part in parts for kind in part.kinds]),
            "these": all_of_them,
            "These": capitalized(all_of_them),
            "or_these": any_of_them,
        }
        for text in texts:
            try:
                return text.format_map(known)
            except KeyError:
                continue
        return ""

    def _lacking(self, parts: Sequence[Part]) -> list[str]:
        """What is said of kinds the app holds nothing of, although it does not declare that."""
        kinds = dict.fromkeys(kind for part in parts for kind in part.kinds if kind != ALL)
        lacking = [kind for kind in kinds if kind not in self._kinds.held]
        people = [NOUNS[kind] for kind in lacking if kind in ROLE_KEYS.values()]
        others = [NOUNS[kind] for kind in lacking if kind not in ROLE_KEYS.values()]
        sentences = []
        if people:
            sentences.append(f"Our sync does not set up {joined(people)} as such yet.")
        if others:
            sentences.append(f"We do not store {joined(others)} yet.")
        return sentences

    def _otherwise(self, question: Question, judged: Sequence[JudgedPart]) -> Sequence[str]:
        """What is said when the app declares to hold none of it; nothing when it declares nothing.

        An answer that gives the reasons for what a question is about does so of nothing else. No
        sync brings progress.
        """
        kinds = dict.fromkeys(kind for row in judged for kind in row.part.kinds if kind != ALL)
        not_held = self._profile.not_held
        parts = [frozenset(row.part.kinds) for row in judged]
        subject = frozenset.intersection(*parts) if parts else frozenset[str]()
        if question.otherwise or not subject.isdisjoint(not_held):
            kinds = {kind: None for kind in kinds if kind in subject}
        keys = [key for kind in kinds for key in (kind, kind.partition(".")[0]) if key in not_held]
        away = list(dict.fromkeys(keys))
        away = away if question.otherwise else [key for key in away if key != "progress"] or away
        reasons = " ".join(dict.fromkeys(_sentence(not_held[key]) for key in away))
        later = self._until_login(kinds)
        if question.otherwise:
            return [question.otherwise.format_map({"reasons": reasons})] if away else later
        # "staff and the schools of users", since "the schools of users and staff" are others
        nouns = joined([NOUNS[key] for key in sorted(away, key=lambda key: "." in key)])
        words = f"Our sync does not bring {nouns} into the application. {reasons}"
        return [words, *later] if away else later

    def _until_login(self, kinds: Iterable[str]) -> Sequence[str]:
        """What is said of those among these whose accounts are made at login, or nothing."""
        kinds = list(kinds)
        if not (made := self._made_at_login(kinds)):
            return []
        sentences = [f"{made} Before that, they have none."]
        listed = [
            kind
            for kind in kinds
            if self._profile.at_login(kind)
            and f"sections.{kind}" in kinds
            and self._counterexamples.lists_all(kind)
        ]
        if listed:
            nouns = joined([NOUNS[kind] for kind in listed])
            sentences.append(f"Every section lists the {nouns} Clever names, with or without one.")
        return sentences

    def _made_at_login(self, kinds: Iterable[str]) -> str:
        """Whose accounts are made at login, in a sentence, if anybody's among these kinds are."""
        later = any(map(self._profile.at_login, kinds))
        return limited_accounts(self._profile, AccountRule.AT_LOGIN)[0] if later else ""


def _opening(question: Question, judged: Sequence[JudgedPart]) -> str:
    """How an answer begins; not with yes as long as something is not proven."""
    states = {row.state for row in judged}
    admits = not states.isdisjoint((PartState.NO, PartState.LACKING))
    yes = any(row.state is PartState.YES and row.clause.yes for row in judged)
    if not (PartState.NO in states or yes) or (not admits and PartState.UNSEEN in states):
        return ""
    if admits:
        return question.opens.get("some" if yes else "no", "")
    away = PartState.DECLARED_AWAY in states and "away" in question.opens
    return question.opens.get("away" if away else "yes", "")


def _before(clause: Clause, judged: Sequence[JudgedPart]) -> Iterator[JudgedPart]:
    """The parts of the clauses before this one."""
    return takewhile(lambda row: row.clause is not clause, judged)


def _noun(part: Part) -> str:
    return part.says or NOUNS.get(part.kinds[0], "")


def _sentence(words: str) -> str:
    """A vendor's reason as a sentence."""
    return f"{capitalized(words).rstrip('.')}."

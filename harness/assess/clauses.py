"""Clauses: which sentences of an answer the rehearsal proved, and the answer composed of them.

A part of a clause says yes only if every check that concerns it passed over kinds that the app
holds. A failing check is always said, in one clause of its question or another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.expectations import ROLE_KEYS
from harness.assess.facts import Facts, known_of
from harness.assess.findings import IN_USE, Finding, FindingKind
from harness.assess.kinds import NOUNS, Kinds
from harness.assess.ownership import accused_by, verified_by
from harness.assess.scope import limited_accounts
from harness.catalogue.named_checks import named_checks
from harness.catalogue.questions import ALL, Clause, Part, Question, selects
from harness.contract.account_rules import AccountRule
from harness.contract.profile import Profile
from harness.prose import capitalized, joined

FAILING = (Outcome.FAIL, Outcome.WARN)
_OPEN = (Outcome.BLOCKED, Outcome.ERROR, Outcome.NOT_RUN, Outcome.MANUAL)


class PartState(StrEnum):
    """What the rehearsal allows a part of a clause to say."""

    YES = "yes"
    NO = "no"
    LACKING = "lacking"  # the app holds nothing of the kind, and does not declare that
    UNSEEN = "unseen"
    DECLARED_AWAY = "declared_away"
    OUT = "out"  # nothing was asked of it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """A part with its state and the failing checks that its sentence admits."""

    part: Part
    clause: Clause
    state: PartState
    failing: tuple[CheckResult, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """An answer as far as the rehearsal gives one."""

    text: str
    failing: tuple[CheckResult, ...]
    """The failing checks that concern the question, worst first."""
    unseen: tuple[str, ...]
    """What is left out since it was not proven, by the nouns of the parts."""


class Composer:
    """Composes answers from checks, facts and what the app holds."""

    def __init__(
        self,
        checks: Sequence[CheckResult],
        facts: Facts,
        kinds: Kinds,
        profile: Profile,
    ) -> None:
        self._checks, self._facts, self._kinds, self._profile = checks, facts, kinds, profile
        self._named = named_checks(
            tuple((check.id, tuple(sorted(verified_by(check)))) for check in checks)
        )

    def compose(self, question: Question) -> Composed:
        """The answer to one question; its text is "" when nothing can be said."""
        judged = self._judged(question)
        failing = {check.id: check for row in judged for check in row.failing}
        states = {row.state for row in judged}
        sentences = [
            text for clause in question.clauses for text in self._sentences_of(clause, judged)
        ]
        sentences += self._lacking([row.part for row in judged if row.state is PartState.LACKING])
        sentences = [text for text in sentences if text]
        if sentences:
            opening = "" if self._denied(question) else _opening(question, states)
            sentences.insert(0, self._filled((opening,), ()))
        elif question.comes_from != "vendor" and states <= {PartState.DECLARED_AWAY, PartState.OUT}:
            sentences.append(self._otherwise(question, judged))
        unseen = (
            _noun(row.part)
            for row in judged
            if row.state is PartState.UNSEEN and row.clause.yes and not row.clause.unseen
        )
        return Composed(
            text=" ".join(dict.fromkeys(filter(None, sentences))),
            failing=tuple(sorted(failing.values(), key=lambda c: FAILING.index(c.outcome))),
            unseen=tuple(dict.fromkeys(unseen)),
        )

    def _denied(self, question: Question) -> bool:
        """Whether a declaration about the question is contradicted."""
        return any(
            finding.finding_kind is FindingKind.DECLARED and finding.field in question.claims
            for check in self._checks
            for finding in check.findings
        )

    def _judged(self, question: Question) -> list[_Judged]:
        rows = [self._judge(clause, part) for clause in question.clauses for part in clause.parts]
        shown = {check.id for row in rows if _admits(row) for check in row.failing}
        for place, row in enumerate(rows):
            hidden = tuple(check for check in row.failing if check.id not in shown)
            if hidden and row.clause.no:  # it is about what is declared not to be held
                rows[place] = replace(row, state=PartState.NO, failing=hidden)
                shown.update(check.id for check in hidden)
        return rows

    def _judge(self, clause: Clause, part: Part) -> _Judged:
        own = [c for c in self._selected(part.checks) if not self._others(c, clause, part)]
        known = {check.id for check in self._selected(part.checks)}
        shared = [check for check in self._selected(clause.checks) if check.id not in known]
        concerned = [*own, *(check for check in shared if self._concerns(check, part))]
        accusing = [c for c in concerned if c.outcome in FAILING and _accuses(c, clause, part)]
        failing = tuple(
            check
            for check in (*accusing, *self._denying(clause, part, accusing))
            if clause.no or not clause.found or self._found(check, clause, part)
        )
        open_checks = any(
            check.outcome in _OPEN or (check.outcome in FAILING and check not in accusing)
            for check in concerned
        )
        examined = own or [check for check in shared if _examined(check, part)]
        passed = any(
            check.outcome is Outcome.PASS or (check.outcome in FAILING and check not in concerned)
            for check in examined
        )
        state = self._state(clause, part, failing=bool(failing), open=open_checks, passed=passed)
        return _Judged(part=part, clause=clause, state=state, failing=failing)

    def _denying(
        self, clause: Clause, part: Part, known: Sequence[CheckResult]
    ) -> Iterator[CheckResult]:
        """Other failing checks with findings about the part that make its sentence untrue."""
        for check in self._checks if clause.denied_by else ():
            if check.outcome not in FAILING or check in known:
                continue
            if any(self._denies(finding, clause, part) for finding in check.findings):
                yield check

    def _denies(self, finding: Finding, clause: Clause, part: Part) -> bool:
        """What is only wrong while Clever fails is no matter of an ordinary answer."""
        kind = _kind(finding)
        ordinary = kind == FindingKind.UNREAD or not finding.requirement.startswith("T")
        about = self._kinds.of_finding(finding)
        return kind in clause.denied_by and ordinary and part.kinds[0] in about

    def _state(
        self, clause: Clause, part: Part, *, failing: bool, open: bool, passed: bool
    ) -> PartState:
        if not all(kind == ALL or self._profile.holds(kind) for kind in part.kinds):
            return PartState.DECLARED_AWAY
        held = all(kind == ALL or kind in self._kinds.held for kind in part.kinds)
        if failing:
            return PartState.NO if held else PartState.LACKING
        if not held:
            return PartState.OUT
        if open:
            return PartState.UNSEEN
        if not passed:
            return PartState.OUT
        limited = clause.among and part.kinds[0] not in getattr(self._kinds, clause.among)
        return PartState.UNSEEN if limited else PartState.YES

    def _concerns(self, check: CheckResult, part: Part) -> bool:
        """Whether what a check of a whole clause found is about the kinds of a part."""
        if part.kinds[0] == ALL or check.outcome not in (*FAILING, *_OPEN):
            return True
        concerned = self._kinds.concerned(check)
        return not concerned or part.kinds[0] in concerned

    def _others(self, check: CheckResult, clause: Clause, part: Part) -> bool:
        """Whether a check of a part is open or fails over the kinds of other parts alone."""
        if check.outcome not in (*FAILING, *_OPEN):
            return False
        concerned = self._kinds.concerned(check)
        others = {
            kind
            for other in clause.parts
            if other is not part and self._named.names((*other.checks, *clause.checks), check.id)
            for kind in other.kinds
        }
        return bool(concerned & others) and concerned.isdisjoint((ALL, *part.kinds))

    def _selected(self, selectors: tuple[str, ...]) -> list[CheckResult]:
        return [self._checks[place] for place in self._named.places(selectors)]

    def _sentences_of(self, clause: Clause, judged: Sequence[_Judged]) -> list[str]:
        """The sentences of one clause."""
        if not clause.parts:
            return [self._filled(clause.yes, ())]
        rows = [row for row in judged if row.clause is clause]
        texts = {
            PartState.YES: clause.yes,
            PartState.NO: clause.no,
            PartState.UNSEEN: clause.unseen,
        }
        sentences = [
            self._filled(words, meant)
            for state, words in texts.items()
            if (
                meant := [
                    row.part for row in rows if row.state is state and not self._specific(row)
                ]
            )
        ]
        admitting = [row for row in rows if row.state is PartState.NO]
        return sentences + [
            self._filled((words,), meant)
            for kind, words in clause.found.items()
            if (meant := [row.part for row in admitting if kind in self._kinds_found(row)])
        ]

    def _specific(self, row: _Judged) -> bool:
        """Whether the words for what was found say all that fails about a part."""
        return bool(row.failing) and all(
            self._found(check, row.clause, row.part) for check in row.failing
        )

    def _kinds_found(self, row: _Judged) -> set[str]:
        """The kinds of findings about a part that its clause has words for."""
        return {kind for check in row.failing for kind in self._found(check, row.clause, row.part)}

    def _found(self, check: CheckResult, clause: Clause, part: Part) -> set[str]:
        """The kinds of what a check found about a part, as far as the clause has words for them."""
        return {
            str(finding.finding_kind)
            for finding in check.findings
            if _kind(finding) in clause.found
            and not self._kinds.of_finding(finding).isdisjoint((*part.kinds,))
        }

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

    def _otherwise(self, question: Question, judged: Sequence[_Judged]) -> str:
        """What is said when the app declares to hold none of it; "" when it declares nothing."""
        away: dict[str, str] = {}
        later: dict[str, str] = {}
        for row in judged:
            for kind in row.part.kinds:
                for key in (kind, kind.partition(".")[0]):
                    if kind != ALL and key in self._profile.not_held:
                        away.setdefault(key, self._profile.not_held[key])
                    elif self._profile.at_login(key):
                        later[key] = limited_accounts(self._profile, AccountRule.AT_LOGIN)[0]
        if later and not away:
            before = "Before that, our sync does not bring them into the application."
            return f"{next(iter(later.values()))} {before}"
        if not away:
            return ""
        reasons = " ".join(dict.fromkeys(map(_sentence, away.values())))
        if question.otherwise:
            return question.otherwise.format_map({"reasons": reasons})
        nouns = joined([NOUNS[key] for key in away])
        return f"Our sync does not bring {nouns} into the application. {reasons}"


def _accuses(check: CheckResult, clause: Clause, part: Part) -> bool:
    """Whether a failing check makes a part untrue, and does not only leave it open.

    A check that is named by a requirement has to accuse of that one.
    """
    names = {name for name in (*part.checks, *clause.checks) if selects(name, check.id, ())}
    finds = part.finds or clause.finds
    if not check.findings:
        return True
    if finds and not any(_kind(row) in finds for row in check.findings):
        return False
    return bool(names) or not accused_by(check).isdisjoint((*part.checks, *clause.checks))


def _kind(finding: Finding) -> str:
    """The kind of a finding as clauses name it: `unread` only if a record is out of use for it."""
    unread = finding.finding_kind is FindingKind.UNREAD
    return "" if unread and finding.expected != IN_USE else str(finding.finding_kind)


def _examined(check: CheckResult, part: Part) -> bool:
    """Whether a check of a whole clause looked at anything of the kinds of a part."""
    kinds = {key for kind in part.kinds for key in (kind, kind.partition(".")[0])}
    return ALL in kinds or not kinds.isdisjoint(check.scope)


_ADMITTING = (PartState.NO, PartState.LACKING)


def _admits(row: _Judged) -> bool:
    """Whether a sentence of the answer says that the part is not as it has to be."""
    speaks = bool(row.clause.no or row.clause.found)
    return row.state is PartState.LACKING or (row.state is PartState.NO and speaks)


def _opening(question: Question, states: set[PartState]) -> str:
    """How an answer begins; not with yes as long as something is not proven."""
    admits, yes = not states.isdisjoint(_ADMITTING), PartState.YES in states
    if not (PartState.NO in states or yes) or (not admits and PartState.UNSEEN in states):
        return ""
    return question.opens.get("some" if admits and yes else "no" if admits else "yes", "")


def _noun(part: Part) -> str:
    return part.says or NOUNS.get(part.kinds[0], "")


def _sentence(words: str) -> str:
    """A vendor's reason as a sentence."""
    return f"{capitalized(words).rstrip('.')}."

"""Which parts of a clause a rehearsal proved, which it disproved, and which stay open.

A part is proved only if every check that concerns it passed over kinds that the app holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.counterexamples import Counterexamples
from harness.assess.expectations import ROLE_KEYS
from harness.assess.finding_sorts import ROLE_ON_RETURN, may_be_of, sort_of, sorts_of
from harness.assess.findings import Finding, FindingKind
from harness.assess.kinds import Kinds
from harness.assess.ownership import accused_by, verified_by
from harness.catalogue.named_checks import named_checks
from harness.catalogue.questions import ALL, Clause, Part, Question, selects
from harness.contract.profile import Profile
from harness.contract.rows import RowPer

FAILING = (Outcome.FAIL, Outcome.WARN)
_ONE_ACCOUNT = (None, RowPer.ROLE, RowPer.CHILD)
"""The rows of a user with which an account stays where it is when a student moves."""
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
class JudgedPart:
    """A part of a clause with its state and the failing checks that its sentence admits."""

    part: Part
    clause: Clause
    state: PartState
    failing: tuple[CheckResult, ...] = ()

    @property
    def admits(self) -> bool:
        """Whether a sentence of the answer says that the part is not as it has to be."""
        speaks = bool(self.clause.no or self.clause.found)
        lacking = self.state is PartState.LACKING
        return lacking or (self.state is PartState.NO and speaks)


class PartJudge:
    """Judges the parts of clauses by the checks and by what the app holds."""

    def __init__(
        self,
        checks: Sequence[CheckResult],
        kinds: Kinds,
        profile: Profile,
        counterexamples: Counterexamples,
    ) -> None:
        self._checks, self._kinds, self._profile = checks, kinds, profile
        self._counterexamples = counterexamples
        self._named = named_checks(
            tuple((check.id, tuple(sorted(verified_by(check)))) for check in checks)
        )

    def judged(self, question: Question) -> list[JudgedPart]:
        """Every part of a question. A failing check is admitted in one part at least."""
        rows = [self._judge(clause, part) for clause in question.clauses for part in clause.parts]
        shown = {check.id for row in rows if row.admits for check in row.failing}
        for place, row in enumerate(rows):
            hidden = tuple(check for check in row.failing if check.id not in shown)
            if hidden and row.clause.no:  # it is about what is declared not to be held
                rows[place] = replace(row, state=PartState.NO, failing=hidden)
                shown.update(check.id for check in hidden)
        return rows

    def is_specific(self, row: JudgedPart) -> bool:
        """Whether the words for what was found say all that fails about a part."""
        return bool(row.failing) and all(
            self._found(check, row.clause, row.part)
            and not self._is_more(check, row.clause, row.part)
            for check in row.failing
        )

    def kinds_found(self, row: JudgedPart) -> set[str]:
        """The kinds of findings about a part that its clause has words for."""
        return {kind for check in row.failing for kind in self._found(check, row.clause, row.part)}

    def _judge(self, clause: Clause, part: Part) -> JudgedPart:
        if part.one_account and self._profile.rows.get("users") not in _ONE_ACCOUNT:
            return JudgedPart(part=part, clause=clause, state=PartState.OUT)
        own = [c for c in self._selected(part.checks) if not self._others(c, clause, part)]
        known = {check.id for check in self._selected(part.checks)}
        shared = [check for check in self._selected(clause.checks) if check.id not in known]
        concerned = [*own, *(check for check in shared if self._concerns(check, part))]
        accusing = [c for c in concerned if c.outcome in FAILING and _accuses(c, clause, part)]
        failing = tuple(
            check
            for check in (*accusing, *self._others_with(clause.denied_by, part, accusing))
            if clause.no or not clause.found or self._found(check, clause, part)
        )
        beside = [check for check in concerned if _fails_beside(check, clause, part)]
        open_checks = any(
            check.outcome in (*_OPEN, *FAILING) and check not in (*accusing, *beside)
            for check in concerned
        ) or any(self._others_with(part.doubted_by, part, accusing))
        examined = own or [check for check in shared if _examined(check, part)]
        passed = any(
            check.outcome is Outcome.PASS
            or (check.outcome in FAILING and (check not in concerned or check in beside))
            for check in examined
        )
        state = self._state(clause, part, failing=bool(failing), open=open_checks, passed=passed)
        words = clause.no or clause.found  # without any there is nothing to admit with
        row = JudgedPart(part=part, clause=clause, state=state, failing=failing if words else ())
        return self._looked_up(row) if state is PartState.YES else row

    def _looked_up(self, row: JudgedPart) -> JudgedPart:
        """A part that may say yes, unless a record refutes what it claims of everybody."""
        claim = row.part.looked_up or row.clause.looked_up
        record = self._counterexamples.against(claim, row.part.kinds[0]) if claim else ""
        if not record:
            return row
        if not row.clause.no:
            return replace(row, state=PartState.UNSEEN)
        failing = tuple(check for check in self._checks if _fails_over(check, record))
        # What was found of it while Clever failed is no matter of an ordinary answer.
        worded = tuple(c for c in failing if self._found(c, row.clause, row.part))
        return replace(row, state=PartState.NO, failing=worded or failing)

    def _others_with(
        self, sorts: Sequence[str], part: Part, known: Sequence[CheckResult]
    ) -> Iterator[CheckResult]:
        """Other failing checks with findings of these sorts about the part."""
        for check in self._checks if sorts else ():
            if check.outcome not in FAILING or check in known:
                continue
            if any(self._is_against(finding, sorts, part) for finding in check.findings):
                yield check

    def _is_against(self, finding: Finding, sorts: Sequence[str], part: Part) -> bool:
        """What is only wrong while Clever fails is no matter of an ordinary answer."""
        kinds = frozenset(self._sorts_of(finding))
        ordinary = FindingKind.UNREAD in kinds or not finding.requirement.startswith("T")
        about = self._kinds.of_finding(finding)
        against = not kinds.isdisjoint(sorts)
        if not against or not ordinary or not about.union({ALL}).issuperset(_whose(part)):
            return False
        associated = any(kind.startswith("sections.") for kind in part.kinds)
        absent = (
            associated and finding.kind == "users"
        )  # which leaves gaps where a section lists them
        return not absent or self._kinds.in_a_section(finding)

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
        if not passed and clause.unseen and self._profile.archiving:
            return PartState.UNSEEN  # nothing comes back that soon
        if not passed or (clause.everybody and self._profile.accounts.get(part.kinds[0])):
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

    def _found(self, check: CheckResult, clause: Clause, part: Part) -> set[str]:
        """The kinds of what a check found about a part, as far as the clause has words for them."""
        return {
            kind
            for finding in self._about(check, part)
            if (kind := next((k for k in self._sorts_of(finding) if k in clause.found), ""))
        }

    def _is_more(self, check: CheckResult, clause: Clause, part: Part) -> bool:
        """Whether a check found something else as well that makes the sentence untrue."""
        untrue = frozenset((*(part.finds or clause.finds), *clause.denied_by))
        return any(
            not untrue.isdisjoint(kinds) and clause.found.keys().isdisjoint(kinds)
            for kinds in map(self._sorts_of, self._about(check, part))
        )

    def _about(self, check: CheckResult, part: Part) -> Iterator[Finding]:
        for finding in check.findings:
            about = self._kinds.of_finding(finding)
            if ALL in part.kinds or not about.isdisjoint(part.kinds):
                yield finding

    def _sorts_of(self, finding: Finding) -> tuple[str, ...]:
        """Its sort, after a finer one if there is any."""
        back = finding.finding_kind is FindingKind.ROLE and self._kinds.came_back(finding)
        return (ROLE_ON_RETURN, *sorts_of(finding)) if back else sorts_of(finding)


def _whose(part: Part) -> set[str]:
    """Whom or what a finding must be about: the first kind, and all roles of somebody."""
    return {part.kinds[0], *(kind for kind in part.kinds if kind in ROLE_KEYS.values())}


def _accuses(check: CheckResult, clause: Clause, part: Part) -> bool:
    """Whether a failing check makes a part untrue, and does not only leave it open.

    A check that is named by a requirement has to accuse of that one.
    """
    names = {name for name in (*part.checks, *clause.checks) if selects(name, check.id, ())}
    finds = part.finds or clause.finds
    if not check.findings:
        return True
    if finds and not any(sort_of(row) in finds and may_be_of(row, part) for row in check.findings):
        return False
    return bool(names) or not accused_by(check).isdisjoint((*part.checks, *clause.checks))


def _fails_beside(check: CheckResult, clause: Clause, part: Part) -> bool:
    """Whether all that a check found is about other records, or about values alone."""
    finds = part.finds or clause.finds
    if check.outcome not in FAILING or not check.findings or not finds:
        return False
    own = [row for row in check.findings if may_be_of(row, part)]
    untrue = (*finds, *clause.denied_by)
    # A record of which a value is wrong is there, and in use.
    values = all(row.finding_kind is FindingKind.FIELD for row in own)
    return not own or (values and not any(sort_of(row) in untrue for row in own))


def _fails_over(check: CheckResult, record: str) -> bool:
    """Whether a failing check has found something about a record."""
    return check.outcome in FAILING and any(row.clever_id == record for row in check.findings)


def _examined(check: CheckResult, part: Part) -> bool:
    """Whether a check of a whole clause looked at anything of the kinds of a part."""
    kinds = {key for kind in part.kinds for key in (kind, kind.partition(".")[0])}
    return ALL in kinds or not kinds.isdisjoint(check.scope)

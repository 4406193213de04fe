"""Causes: what findings of one shape have in common, and the remedy, in one sentence.

Each rule looks at the findings and the world and is silent unless what it names explains all of
the findings it claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from harness.assess.findings import Finding, Shape
from harness.assess.results import Cause, CheckResult
from harness.assess.world import KINDS, NotReachedError, World
from harness.district.records import Kind, roles_of

_PAGE = 100


def causes(world: World, checks: Sequence[CheckResult]) -> tuple[Cause, ...]:
    """The likely causes, those behind most findings first."""
    findings = [finding for check in checks for finding in check.findings]
    verified = {check.id: check.requirements for check in checks}
    named: list[Cause] = []
    for rule in _RULES:  # the more particular first: what one explains, the next does not see
        for sentence, remedy, behind in list(rule(world, findings)):
            claimed = {finding.id for finding in behind}
            findings = [finding for finding in findings if finding.id not in claimed]
            names = {name for f in behind for name in verified.get(f.check, ())}
            named.append(
                Cause(
                    sentence=sentence,
                    remedy=remedy,
                    findings=len(behind),
                    requirements=tuple(sorted(names)),
                )
            )
    return tuple(sorted(named, key=lambda cause: -cause.findings))


_Named = Iterator[tuple[str, str, list[Finding]]]


def _first_page_only(world: World, findings: Sequence[Finding]) -> _Named:
    for kind in KINDS:
        missing = [f for f in findings if f.shape is Shape.MISSING and f.kind == kind]
        if not missing:
            continue
        first = missing[0]
        try:
            shared = sorted(world.roster(first.district, first.day).of(kind))
        except NotReachedError:
            continue
        absent = {f.clever_id for f in missing if f.day == first.day}
        held = [i for i in shared if i not in absent]
        if len(shared) > _PAGE and held and len(held) <= _PAGE and held == shared[: len(held)]:
            yield (
                f"Your app has the first {len(held)} {kind} of {len(shared)} in Clever's order and "
                "none after: it reads the first page only.",
                "Follow the link with rel `next` until a page has none.",
                missing,
            )


def _role_filter(world: World, findings: Sequence[Finding]) -> _Named:
    missing = [f for f in findings if f.shape is Shape.MISSING and f.kind == Kind.USERS]
    by_role: dict[str, list[Finding]] = {}
    for finding in missing:
        try:
            user = world.roster(finding.district, finding.day).users.get(finding.clever_id)
        except NotReachedError:
            continue
        if user is not None:
            by_role.setdefault("+".join(sorted(roles_of(user))), []).append(finding)
    for role, behind in by_role.items():
        first = behind[0]
        roster = world.roster(first.district, first.day)
        alike = [u for u in roster.users.values() if "+".join(sorted(roles_of(u))) == role]
        if len(alike) > 1 and len({f.clever_id for f in behind}) == len(alike):
            yield (
                f"All {len(alike)} users whose only role is {role.replace('_', ' ')} are missing: "
                "that role is filtered out."
                if "+" not in role
                else f"All {len(alike)} users with the roles {role} are missing.",
                "Read /users without a `role` filter, or once for every role.",
                behind,
            )


def _of_shape(
    shape: Shape, sentence: str, remedy: str, *, accepts: Callable[[Finding], bool] | None = None
) -> Callable[[World, Sequence[Finding]], _Named]:
    def rule(world: World, findings: Sequence[Finding]) -> _Named:
        behind = [f for f in findings if f.shape is shape and (accepts is None or accepts(f))]
        if behind:
            kinds = Counter(f.kind for f in behind if f.kind)
            names = list(kinds)
            said = " and ".join(filter(None, (", ".join(names[:-1]), names[-1] if names else "")))
            said = said or "records"
            yield sentence.format(kinds=said, number=len(behind)), remedy, behind

    return rule


def _primary_only(shape: Shape, what: str) -> Callable[[Finding], bool]:
    """The app holds exactly one where Clever names several."""

    def accepts(finding: Finding) -> bool:
        several = " and " in finding.expected or "," in finding.expected
        single = " and " not in finding.found and finding.found != "nobody"
        return several and single and bool(what) and finding.shape is shape

    return accepts


_RULES: tuple[Callable[[World, Sequence[Finding]], _Named], ...] = (
    _first_page_only,
    _role_filter,
    _of_shape(
        Shape.SCHOOL,
        "Of {number} users with several schools your app has one school: it reads `school`.",
        "Read `schools` of each role; `school` is the primary one only.",
        accepts=_primary_only(Shape.SCHOOL, "school"),
    ),
    _of_shape(
        Shape.TEACHER,
        "Of {number} sections with several teachers your app has one: it reads `teacher`.",
        "Read `teachers`; `teacher` is the primary one only.",
        accepts=_primary_only(Shape.TEACHER, "teacher"),
    ),
    _of_shape(
        Shape.LOST,
        "Your app deletes {kinds} that Clever no longer shares.",
        "Mark them archived, and keep them.",
    ),
    _of_shape(
        Shape.NOT_ARCHIVED,
        "Your app keeps {kinds} active that Clever no longer shares.",
        "After a complete read, archive what was not in it.",
    ),
    _of_shape(
        Shape.NOT_RESTORED,
        "Your app does not bring archived {kinds} back when Clever shares them again.",
        "When a record is read whose Clever ID is archived, make it active.",
    ),
    _of_shape(
        Shape.NEW_ACCOUNT,
        "Your app gives {kinds} with a known Clever ID a new record, or one to somebody else.",
        "Look records up by Clever ID before adding them, and by nothing else.",
    ),
    _of_shape(
        Shape.WORK_LOST,
        "Work disappears although its owner is still there: it hangs on something that went.",
        "Let progress belong to the account, not to the section or the enrolment.",
    ),
    _of_shape(
        Shape.SYNC,
        "{number} syncs did not complete.",
        "Read the reason of the first one that failed; the others may follow from it.",
    ),
)

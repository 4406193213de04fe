"""Relationship values: whether contacts belong to the students Clever names, and as what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from harness.assess.findings import OTHER_RELATIONSHIP, Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import HeldUser
from harness.district.data_model.records import ContactRelationship, Kind, User
from harness.plan.day_names import on
from harness.suite.checks.mirror import Difference, Mirror, NothingLeft
from harness.suite.checks.observation import Observation
from harness.suite.checks.sentences import short, spoken


def student_relationships(mirror: Mirror, ids: Iterable[str]) -> Observation:
    contacts = [i for i in ids if "contact" in mirror.roles_of(i)]
    key = "users.student_relationships"
    observation = mirror.compare_users(contacts, key, _student_relationships, "students")
    observation.leave_out(mirror.index.expectations.declared("contacts"))
    if not mirror.index.expectations.holds("students"):
        del observation.scope["students"]  # they are names on the cards of their contacts
    return observation


def relationships_left_out(index: RecordingIndex) -> str:
    """The declaration by which an app has no relationships to compare; or "".

    One that has no students but shows their ids with its contacts keeps whom they belong to.
    """
    keys = ("users.student_relationships", "contacts")
    return index.expectations.declared(*keys, *(() if _shows_any(index) else ("students",)))


def _shows_any(index: RecordingIndex) -> bool:
    return index.cached(
        "shows relationships",
        lambda: any(
            user.student_relationships
            for taken in index.snapshots_taken
            for user in taken.snapshot.users
        ),
    )


def _students(mirror: Mirror) -> Collection[str]:
    """Those whom the app has; all whom Clever shares, if it keeps none but whose contacts are."""
    if mirror.index.expectations.holds("students"):
        return mirror.holdings.active_ids[Kind.USERS]
    return mirror.roster.users.keys() if _shows_any(mirror.index) else ()


def _student_relationships(mirror: Mirror, user: User, row: HeldUser) -> Difference:
    students = _students(mirror)
    contact = user["roles"].get("contact")
    ties = contact["student_relationships"] if contact else []
    wanted = {(tie["student"], tie["relationship"]) for tie in ties if tie["student"] in students}
    absent = {tie["student"] for tie in ties}.difference(students)  # a matter of presence
    waited_for = mirror.waited_for(tie.student for tie in row.student_relationships)
    held = {
        (tie.student, tie.relationship or "")
        for tie in row.student_relationships
        if tie.student not in absent | waited_for
    }
    with_relationship = {
        tie.student for tie in row.student_relationships if tie.relationship is not None
    }
    wanted = {(student, tie if student in with_relationship else "") for student, tie in wanted}
    if (known := sorted(absent & mirror.roster.users.keys())) and not (wanted or held):
        return NothingLeft(Kind.USERS, known)
    if wanted == held:
        return _linked_twice(mirror, user, ties, row)
    unheld = {(tie["student"], tie["relationship"]) for tie in ties if tie["student"] in known}
    shared = wanted | unheld
    alike = not unheld and {student for student, _ in wanted} == {student for student, _ in held}
    theirs = {student for student, _ in shared}
    names = {mirror.index.name(student) for student in theirs}
    others = {s for s, _ in held if s not in theirs and mirror.index.name(s) in names}
    return mirror.finding(
        FindingKind.STUDENT_RELATIONSHIP,
        Kind.USERS,
        user["id"],
        f"Clever makes {short(mirror.index.name(user['id']))} {_ties(mirror, shared)}, "
        f"your app {_ties(mirror, held, others)}.",
        field=OTHER_RELATIONSHIP if alike else "student_relationships",
        expected=_ties(mirror, shared),
        found=_ties(mirror, held),
    )


def _linked_twice(
    mirror: Mirror, user: User, shared: Sequence[ContactRelationship], row: HeldUser
) -> Finding | None:
    """A student to whom the app links a contact more often than Clever."""
    if len(row.student_relationships) == len(set(row.student_relationships)):
        return None
    times, at_clever = Counter(row.student_relationships), Counter(t["student"] for t in shared)
    double = [link for link in times if times[link] > max(1, at_clever[link.student])]
    if not double:
        return None
    student = short(mirror.index.name(double[0].student))
    return mirror.finding(
        FindingKind.STUDENT_RELATIONSHIP,
        Kind.USERS,
        user["id"],
        f"Your app links {short(mirror.index.name(user['id']))} to {student} "
        f"{times[double[0]]} times {on(mirror.day)}, Clever once.",
        field="student_relationships",
        expected="each once",
        found=_ties(mirror, [(link.student, link.relationship or "") for link in times.elements()]),
    )


def _ties(mirror: Mirror, ties: Iterable[tuple[str, str]], others: Collection[str] = ()) -> str:
    """In words; `others` are students whose names are those of others that are meant."""
    words = [
        f"{(tie or 'contact').lower()} of {'another ' if student in others else ''}"
        f"{short(mirror.index.name(student), 20)}"
        for student, tie in sorted(ties)
    ]
    return spoken(words, 3) if words else "nobody's contact"

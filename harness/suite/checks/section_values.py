"""Sections: whether their members and links are those Clever shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from harness.assess.findings import PRIMARY_TEACHER, Finding, FindingKind
from harness.contract.snapshot import HeldSection
from harness.district.data_model.records import Kind, Section
from harness.plan.day_names import on
from harness.prose import counted
from harness.suite.checks.mirror import Difference, Mirror, NothingLeft
from harness.suite.checks.observation import Observation
from harness.suite.checks.primary_teacher import shows_primary
from harness.suite.checks.sentences import short, spoken

_LINKS = (
    ("school", Kind.SCHOOLS, "school"),
    ("course", Kind.COURSES, "course"),
    ("term", Kind.TERMS, "term_id"),
)


def teachers(mirror: Mirror, ids: Iterable[str]) -> Observation:
    return mirror.compare_sections(ids, "sections.teachers", _teachers, "teachers")


def missing_teachers(mirror: Mirror, ids: Iterable[str]) -> Observation:
    """The sections that lack a teacher; whoever is left over in one is no matter of it."""
    return mirror.compare_sections(ids, "sections.teachers", _missing_teachers, "teachers")


def students(mirror: Mirror, ids: Iterable[str]) -> Observation:
    return mirror.compare_sections(ids, "sections.students", _students, "students")


def missing_students(mirror: Mirror, ids: Iterable[str]) -> Observation:
    """The sections that lack a student; whoever is left over in one is no matter of it."""
    return mirror.compare_sections(ids, "sections.students", _missing_students, "students")


def links(mirror: Mirror, ids: Iterable[str]) -> Observation:
    """School, course and term of each section, as far as the app holds them."""
    ids = tuple(ids)
    observation = Observation()
    for attribute, kind, key in _LINKS:
        compare = _link(attribute, kind, key)
        observation.add(mirror.compare_sections(ids, f"sections.{attribute}", compare, kind.value))
    return observation


def _teachers(mirror: Mirror, section: Section, row: HeldSection) -> Difference:
    return _members(
        mirror, section, section["teachers"], row.teachers, FindingKind.TEACHER, "teacher"
    ) or _primary(mirror, section, row)


def _missing_teachers(mirror: Mirror, section: Section, row: HeldSection) -> Difference:
    active = mirror.holdings.active_ids[Kind.USERS]
    complete = active.intersection(section["teachers"]) <= set(row.teachers)
    return None if complete else _teachers(mirror, section, row)


def _students(mirror: Mirror, section: Section, row: HeldSection) -> Difference:
    return _members(
        mirror, section, section["students"], row.students, FindingKind.STUDENT, "student"
    )


def _missing_students(mirror: Mirror, section: Section, row: HeldSection) -> Difference:
    active = mirror.holdings.active_ids[Kind.USERS]
    complete = active.intersection(section["students"]) <= set(row.students)
    return None if complete else _students(mirror, section, row)


def _members(
    mirror: Mirror,
    section: Section,
    shared: Iterable[str],
    rows: Iterable[str],
    finding_kind: FindingKind,
    noun: str,
) -> Difference:
    active = mirror.holdings.active_ids[Kind.USERS]
    shared, rows = list(shared), list(rows)
    known = [user_id for user_id in dict.fromkeys(shared) if user_id in mirror.roster.users]
    wanted = [user_id for user_id in known if user_id in active]
    # Neither an account that is not there is judged here, nor whom a class names unshared.
    held = set(rows) - (set(shared) - set(wanted)) - mirror.waited_for(rows)
    if known and not (wanted or held):
        return NothingLeft(Kind.USERS, known)
    title, in_app = short(mirror.index.name(section["id"])), sorted(set(rows))
    if set(wanted) == held:
        return _listed_twice(mirror, section, shared, rows, finding_kind, noun)
    return mirror.finding(
        finding_kind,
        Kind.SECTIONS,
        section["id"],
        f"Clever has {counted(len(known), noun)} in {title} {on(mirror.day)}, "
        f"your app {len(in_app) or 'none'}{mirror.apart(wanted, held)}.",
        field=f"{noun}s",
        expected=mirror.spoken(known),
        found=mirror.spoken(in_app),
    )


def _listed_twice(
    mirror: Mirror,
    section: Section,
    shared: list[str],
    rows: list[str],
    finding_kind: FindingKind,
    noun: str,
) -> Finding | None:
    """Somebody whom the app has in a class more often than Clever."""
    if len(rows) == len(set(rows)):
        return None
    times = Counter(rows)
    rows_of = mirror.holdings.active_rows  # somebody of several accounts, each in the class
    double = [
        member
        for member in times
        if times[member] > max(1, shared.count(member), len(rows_of(Kind.USERS, member)))
    ]
    if not double:
        return None
    title, names = short(mirror.index.name(section["id"])), map(mirror.index.name, double)
    return mirror.finding(
        finding_kind,
        Kind.SECTIONS,
        section["id"],
        f"Your app lists {short(spoken(names, 1), 44)} {times[double[0]]} times as {noun} of "
        f"{title} {on(mirror.day)}, Clever once.",
        field=f"{noun}s",
        expected="each once",
        found=mirror.spoken(rows),
    )


def _primary(mirror: Mirror, section: Section, row: HeldSection) -> Finding | None:
    """Another teacher is listed first than the primary one, by an app that knows who that is."""
    primary, first = section.get("teacher"), row.teachers[0] if row.teachers else ""
    if not shows_primary(mirror.index) or first == primary or primary not in row.teachers:
        return None
    title = short(mirror.index.name(section["id"]))
    return mirror.finding(
        FindingKind.TEACHER,
        Kind.SECTIONS,
        section["id"],
        f"Clever's primary teacher of {title} is {short(mirror.title(str(primary)))} "
        f"{on(mirror.day)}, your app lists {short(mirror.title(first))} first.",
        field=PRIMARY_TEACHER,
        expected=mirror.title(str(primary)),
        found=mirror.title(first),
    )


def _link(
    attribute: str, kind: Kind, key: str
) -> Callable[[Mirror, Section, HeldSection], Difference]:
    def compare(mirror: Mirror, section: Section, row: HeldSection) -> Difference:
        wanted, held = str(section.get(key) or ""), str(getattr(row, attribute) or "")
        if wanted and wanted not in mirror.holdings.active_ids[kind]:
            return NothingLeft(kind, [wanted])
        if wanted == held:
            return None
        title, called = short(mirror.index.name(section["id"])), short(mirror.title(held))
        if held and called == short(mirror.title(wanted)):
            called = "one that had its name before"
        return mirror.finding(
            FindingKind.FIELD,
            Kind.SECTIONS,
            section["id"],
            f"At Clever the {attribute} of {title} is {short(mirror.title(wanted))}; "
            f"in your app it is {called}.",
            field=attribute,
            expected=mirror.title(wanted),
            found=mirror.title(held),
        )

    return compare

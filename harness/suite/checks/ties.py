"""Ties: the classes, schools and students a record of the app is tied to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from harness.contract.snapshot import Held, HeldSection, HeldUser, Status
from harness.district.data_model.records import Record, Section, User, roles_of

Tie = tuple[str, str]
"""What ties a record to another, and the other's Clever id."""
_SCHOOL = "school as "
"""What ties users to a school begins with this, and ends with the role."""


def lost_ties(
    was: Sequence[Held], is_: Sequence[Held], earlier: Record, record: Record
) -> set[Tie]:
    """The ties that Clever shares, which rows of the app had and have no more.

    An app that has fewer of a sort than Clever, and others each day, was wrong before and lost
    none. What Clever has shared since does not count for one that is lost.
    """
    shared = set(_shared(record))
    had, has = shared.intersection(_ties(was)), shared.intersection(_ties(is_))
    before, after = (_shared_with(rows, shared) for rows in (was, is_))
    gone = Counter(how for how, _ in before - after)
    new = Counter(how for how, _ in (after - before).intersection(_of_person(_shared(earlier))))
    lost = [*(had - has)]
    return {
        tie
        for tie, (how, other) in zip(lost, _of_person(lost), strict=True)
        if (how, other) in after or new[how] < gone[how]
    }


def _shared_with(rows: Sequence[Held], shared: Iterable[Tie]) -> set[Tie]:
    """The ties of rows that Clever shares, in whichever role."""
    return set(_of_person(_ties(rows))).intersection(_of_person(shared))


def only_exchanged(was: Sequence[Held], is_: Sequence[Held], record: Record) -> bool:
    """Whether rows differ in nothing but ties, and had as many others of Clever's before."""
    if [_untied(row) for row in was] != [_untied(row) for row in is_]:
        return False
    shared, had, has = (set(_of_person(ties)) for ties in (_shared(record), _ties(was), _ties(is_)))
    exchanged = had ^ has
    return (
        bool(exchanged)
        and exchanged <= shared
        and Counter(how for how, _ in had) == Counter(how for how, _ in has)
    )


def _of_person(ties: Iterable[Tie]) -> Iterator[Tie]:
    """The same, with the schools of all roles as schools of the person."""
    return ((_SCHOOL if how.startswith(_SCHOOL) else how, other) for how, other in ties)


def _untied(row: Held) -> Held:
    """A row without its ties, but with the names of its roles."""
    if isinstance(row, HeldSection):
        return replace(row, teachers=(), students=())
    if isinstance(row, HeldUser):
        roles = tuple(replace(role, schools=()) for role in row.roles)
        return replace(row, roles=roles, student_relationships=())
    return row


def _ties(rows: Sequence[Held]) -> Iterator[Tie]:
    for row in rows:
        if row.status is not Status.ACTIVE:
            continue
        if isinstance(row, HeldSection):
            yield from _tied("teacher", row.teachers)
            yield from _tied("student", row.students)
        elif isinstance(row, HeldUser):
            for role in row.roles:
                yield from _tied(_SCHOOL + role.role, role.schools)
            yield from _tied(
                "student relationship",
                (relationship.student for relationship in row.student_relationships or ()),
            )


def _shared(record: Record) -> Iterator[Tie]:
    if "roles" not in record and "students" in record:
        section = cast(Section, record)
        yield from _tied("teacher", section["teachers"])
        yield from _tied("student", section["students"])
    if "roles" in record:
        for name, role in roles_of(cast(User, record)).items():
            yield from _tied(_SCHOOL + name, role.get("schools"))
            related = role.get("student_relationships") or ()
            yield from _tied(
                "student relationship", (relationship["student"] for relationship in related)
            )


def _tied(how: str, others: Iterable[str] | None) -> Iterator[Tie]:
    return ((how, other) for other in others or ())

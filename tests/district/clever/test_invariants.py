from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from district.story import FIRST

from harness.district.clever.invariants import broken_invariants
from harness.district.clever.rules import share
from harness.district.data_model.roster import Roster
from harness.district.sis.sis import Sis

Planted = Callable[[Any], None]


@pytest.fixture(scope="module")
def sound(ordinary: Sis) -> Roster:
    return share(ordinary, at=FIRST, previous=None)


def first(records: Any, having: str = "") -> Any:
    return next(
        record for record in records.values() if not having or having in record.get("roles", {})
    )


def role(roster: Any, name: str) -> Any:
    return first(roster.users, name)["roles"][name]


def some(records: Any, key: str) -> Any:
    return next(record for record in records.values() if key in record)


def double_email(roster: Any) -> None:
    one, two = [user for user in roster.users.values() if user["email"]][:2]
    two["email"] = two["roles"]["student"]["email"] = one["email"]


def drop_sections_of_a_course(roster: Any) -> None:
    del some(roster.sections, "course")["course"]
    for section in roster.sections.values():
        section.pop("term_id", None)


PLANTED: dict[str, tuple[Planted, str]] = {
    "empty section": (lambda r: first(r.sections)["students"].clear(), "it has no student"),
    "student twice": (
        lambda r: first(r.sections)["students"].append(first(r.sections)["students"][0]),
        "a student is in it twice",
    ),
    "unknown student": (
        lambda r: first(r.sections)["students"].append("f" * 24),
        f"student {'f' * 24} is not shared as one",
    ),
    "a student gone, whom a class and a contact name": (
        lambda r: r.users.pop(role(r, "contact")["student_relationships"][0]["student"]),
        "is not shared as one",
    ),
    "contact teaches": (
        lambda r: first(r.sections)["teachers"].append(first(r.users, "contact")["id"]),
        "is not shared as one",
    ),
    "primary not first": (
        lambda r: first(r.sections).update(teacher="f" * 24),
        "the primary teacher is not the first of teachers",
    ),
    "unknown school of a section": (
        lambda r: first(r.sections).update(school="f" * 24),
        "school is not shared",
    ),
    "unknown course": (
        lambda r: first(r.sections).update(course="f" * 24),
        "course is not shared",
    ),
    "unknown term": (lambda r: first(r.sections).update(term_id="f" * 24), "term_id is not shared"),
    "unknown subject": (lambda r: first(r.sections).update(subject="magic"), "no such subject"),
    "left-over course and term": (drop_sections_of_a_course, "no section is in it"),
    "primary school elsewhere": (
        lambda r: role(r, "teacher").update(school="f" * 24),
        "the primary school is not one of schools",
    ),
    "school of nobody": (
        lambda r: role(r, "staff").update(schools=["f" * 24]),
        "a school is not shared",
    ),
    "schools not of sections": (
        lambda r: role(r, "student").update(schools=sorted(r.schools), school=min(r.schools)),
        "schools are not those of their sections",
    ),
    "no sis_id": (lambda r: role(r, "student").update(sis_id=""), "a student without a sis_id"),
    "no sis_id of a teacher": (
        lambda r: role(r, "teacher").update(sis_id=""),
        "a teacher without a sis_id",
    ),
    "another address in the role": (
        lambda r: role(r, "student").update(email="x@example.org"),
        "roles.student.email is not the user's",
    ),
    "unknown grade": (lambda r: role(r, "student").update(grade="K"), "Clever knows no grade 'K'"),
    "unknown staff role": (lambda r: role(r, "staff").update(roles=["Boss"]), "no such staff role"),
    "contact of nobody": (
        lambda r: role(r, "contact")["student_relationships"].clear(),
        "a contact of nobody",
    ),
    "contact of a stranger": (
        lambda r: role(r, "contact")["student_relationships"][0].update(student="f" * 24),
        f"student {'f' * 24} is not shared",
    ),
    "unknown relationship": (
        lambda r: role(r, "contact")["student_relationships"][0].update(relationship="Boss"),
        "no such relationship",
    ),
    "unknown phone type": (
        lambda r: role(r, "contact").update(phone_type="Fax"),
        "no such phone_type",
    ),
    "legacy id is the id": (
        lambda r: role(r, "staff").update(legacy_id=first(r.users, "staff")["id"]),
        "the legacy_id of staff is missing",
    ),
    "student and teacher": (
        lambda r: first(r.users, "student")["roles"].update(teacher=role(r, "teacher")),
        "roles student, teacher never combine",
    ),
    "no last name": (
        lambda r: first(r.users, "teacher")["name"].update(last=""),
        "a guaranteed name is missing",
    ),
    "no name": (lambda r: first(r.schools).pop("name"), "name is guaranteed and missing"),
    "strange time": (
        lambda r: first(r.schools).update(created="2026-01-01"),
        "created is not a time as Clever writes it",
    ),
    "another district": (
        lambda r: first(r.terms).update(district="f" * 24),
        "of another district",
    ),
    "strange id": (lambda r: first(r.courses).update(id="17"), "the id is not 24 hex digits"),
    "out of order": (
        lambda r: r.courses.update({key: r.courses.pop(key) for key in [min(r.courses)]}),
        "courses are not in ascending order",
    ),
    "shared address": (double_email, "2 users share the address"),
}


def test_what_a_district_shares_breaks_nothing(sound: Roster) -> None:
    assert broken_invariants(sound) == ()


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_break_is_named(sound: Roster, name: str) -> None:
    plant, sentence = PLANTED[name]
    roster = copy.deepcopy(sound)

    plant(roster)

    assert any(sentence in problem for problem in broken_invariants(roster)), broken_invariants(
        roster
    )


@pytest.mark.parametrize("name", PLANTED)
def test_a_break_is_named_the_same_after_a_day_that_was_sound(sound: Roster, name: str) -> None:
    roster = copy.deepcopy(sound)
    PLANTED[name][0](roster)

    assert broken_invariants(_with_objects_of(sound, roster), before=sound) == broken_invariants(
        roster
    )


def _with_objects_of(before: Roster, roster: Roster) -> Roster:
    """The same roster, in which a record that is as it was is the object it was."""
    kinds = ("schools", "terms", "courses", "sections", "users")
    records: dict[str, Any] = {
        kind: {
            key: known if (known := getattr(before, kind).get(key)) == record else record
            for key, record in getattr(roster, kind).items()
        }
        for kind in kinds
    }
    return replace(roster, **records)


def test_an_address_that_is_shared_on_purpose_breaks_nothing(sound: Roster) -> None:
    roster = copy.deepcopy(sound)
    double_email(roster)
    email = next(user["email"] for user in roster.users.values() if user["email"])

    assert broken_invariants(roster, shared_emails={email}) == ()


def test_a_district_without_a_name_is_broken(sound: Roster) -> None:
    assert broken_invariants(replace(sound, district={**sound.district, "name": ""}))

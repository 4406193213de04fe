"""Changed since: which records of a roster have to be looked at again after one that was sound."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from harness.district.data_model.records import Section, User, roles_of
from harness.district.data_model.roster import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Clever ids of the records that are new, or that name some that are."""

    sections: Collection[str]
    users: Collection[str]

    @classmethod
    def since(cls, before: Roster | None, now: Roster, hidden: Collection[str] = ()) -> Changed:
        """Everything, unless the schools, courses and terms are as they were.

        Whoever names one of the `hidden` counts as changed.
        """
        if before is None or any(
            before_.keys() != now_.keys()
            for before_, now_ in (
                (before.schools, now.schools),
                (before.courses, now.courses),
                (before.terms, now.terms),
            )
        ):
            return cls(sections=now.sections.keys(), users=now.users.keys())
        people = {*_new(before.users, now.users), *hidden}
        sections = _new(before.sections, now.sections)
        members = {
            member
            for roster in (before, now)
            for key in sections
            if key in roster.sections
            for member in roster.sections[key]["students"]
        }
        naming = {
            key
            for key, section in now.sections.items()
            if not (
                people.isdisjoint(section["students"]) and people.isdisjoint(section["teachers"])
            )
        }
        contacts = {key for key, user in now.users.items() if _belongs_to(user, people)}
        return cls(sections=sections | naming, users=people | members | contacts)


def _new(
    before: Mapping[str, User] | Mapping[str, Section], now: Mapping[str, User | Section]
) -> set[str]:
    """Ids whose record is another object than before, or is there on one side only."""
    changed = {key for key, record in now.items() if before.get(key) is not record}
    return changed | (before.keys() - now.keys())


def _belongs_to(user: User, people: set[str]) -> bool:
    contact = roles_of(user).get("contact", {})
    return any(row["student"] in people for row in contact.get("student_relationships", ()))

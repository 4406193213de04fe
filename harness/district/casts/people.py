"""Cast people: the members of a cast who are people, as entries of the SIS."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harness.district.casts.cast import Cast, Member, RolePart
from harness.district.casts.placement import Placement, uid_of
from harness.district.data_model.ids import Block, End
from harness.district.data_model.records import Name, Role, Roles
from harness.district.population.person_maker import PersonMaker
from harness.district.sis.addresses import address_tag
from harness.district.sis.entries import PersonEntry, Relation
from harness.district.sis.roles import with_role_fields
from harness.district.sis.sis import Sis

_TITLE = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Mx|Dr|Coach|Principal)\.? (?P<last>.+)$")
_POSSESSIVE = re.compile(r"^.+'s? .+$")


@dataclass(frozen=True, slots=True)
class CastPeople:
    """Makes the people of one cast."""

    placement: Placement

    def person(self, member: Member) -> PersonEntry:
        uid, name = self.placement.uid(member.name), self._name(member)
        roles: Roles = {}
        block = next(Block(role) for role in member.roles)
        position = self.placement.position(block, member.name, member.end)
        for role, part in member.roles.items():
            self.placement.require_schools(member, part.schools)
            fields = role_fields(
                self.placement.maker, role, part, uid=uid, name=name, position=position
            )
            roles = with_role_fields(roles, role, fields)
        address = self.placement.maker.address(name, tag=address_tag(position))
        return PersonEntry(
            uid=uid,
            id=self.placement.sis.ids.clever_id(block, position, member.end is End.NEWEST),
            present=not member.away,
            shared=not member.unshared,
            raw=member.raw_at_first,
            position=position,
            name=name,
            email=address
            if member.email is None
            else chosen_address(member.email, self.placement.sis.domain),
            created=self.placement.maker.created(position, block),
            roles=roles,
            relations=tuple(self._relations(member)),
            unplaced=not any(part.sections for part in member.roles.values()),
            still_listed=member.still_listed,
        )

    def _relations(self, member: Member) -> Iterator[Relation]:
        for part in member.roles.values():
            for child, relationship in part.children.items():
                yield Relation.usual(self.placement.uid(child), relationship)

    def _name(self, member: Member) -> Name:
        """The name of a member, from the name the edge case uses and from the seed."""
        random = self.placement.maker.random(self.placement.uid(member.name))
        drawn = self.placement.maker.name(random)
        if Role.CONTACT in member.roles:
            return Name(last=member.last or self._contact_name(member, drawn))
        if title := _TITLE.match(member.name):
            name = Name(first=drawn["first"], middle=drawn["middle"], last=title["last"])
        else:
            first, _, last = member.name.partition(" ")
            name = Name(first=first, middle=drawn["middle"], last=last or drawn["last"])
        if member.first is not None:
            name["first"] = member.first
        if member.middle is not None:
            name["middle"] = member.middle
        if member.last is not None:
            name["last"] = member.last
        return name

    def _contact_name(self, member: Member, drawn: Name) -> str:
        child = next(iter(member.roles[Role.CONTACT].children))
        family = self._name(self.placement.cast.members[child]).get("last", "")
        if title := _TITLE.match(member.name):
            return f"{drawn['first']} {title['last']}"
        if _POSSESSIVE.match(member.name):
            return f"{drawn['first']} {family}"
        return member.name if " " in member.name else f"{member.name} {family}"


def role_fields(
    maker: PersonMaker, role: str, part: RolePart, *, uid: str, name: Name, position: int
) -> Mapping[str, object]:
    """The fields of a role: what an edge case says about it, and all else from the seed."""
    random = maker.random(f"{uid} {role}")
    made: Mapping[str, Any]
    match Role(role):
        case Role.STUDENT:
            made = maker.student(random, name, position, school=part.schools[0], grade=part.grade)
        case Role.TEACHER:
            made = maker.teacher(random, name, position, schools=part.schools, subject="Homeroom")
        case Role.STAFF:
            made = maker.staff(random, name, position, schools=part.schools)
        case Role.DISTRICT_ADMIN:
            made = maker.district_admin(random, position)
        case Role.CONTACT:
            made = maker.contact(random, position)
    return {**made, **part.fields}


def chosen_address(text: str, domain: str) -> str:
    """An address as an edge case writes it: whole, with `{domain}`, or its local part alone."""
    if not text or "@" in text or "{domain}" in text:
        return text.replace("{domain}", domain)
    return f"{text}@{domain}"


def chosen_addresses(sis: Sis, cast: Cast) -> set[str]:
    """The present addresses of those whose address the edge case itself chooses."""
    chosen = {member.name for member in cast.members.values() if member.email}
    for steps in cast.changes.values():
        for step in steps:
            if step.verb == "new-email" and {"to", "same-as"} & set(step.values):
                chosen.add(str(step.values["who"]))
    return {sis.people[uid_of(cast.edge_case, name)].email for name in chosen} - {""}

"""Placing a cast: its people and classes become part of a district.

Where a member stands follows from edge case and name alone, so casts are spread over all pages
and none depends on which others are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harness.district.casts.cast import Cast, CoursePart, Member, SchoolPart, SectionPart, TermPart
from harness.district.casts.classes import CastClasses
from harness.district.casts.people import CastPeople
from harness.district.casts.placement import Placement, uid_in
from harness.district.sis.entries import Entry
from harness.district.sis.sis import Sis


def place(sis: Sis, cast: Cast) -> Sis:
    """The district with a cast in it; raises DocumentError for a school the district has not."""
    at = Placement.of(sis, cast)
    entries = tuple(entry for member in cast.members.values() for entry in _entries(at, member))
    names = {name: uid_in(cast, name) for name in cast.members}
    return sis.put(*entries).with_cast(cast.edge_case, names)


def _entries(at: Placement, member: Member) -> Iterator[Entry]:
    match member.thing:
        case None:
            yield CastPeople(at).person(member)
        case SectionPart() as part:
            yield from CastClasses(at).section(member, part)
        case CoursePart() as part:
            yield CastClasses(at).course(member, member.name, part)
        case TermPart() as part:
            yield CastClasses(at).term(member, part)
        case SchoolPart() as part:
            at.require_schools(member, (part.key,))
            school = at.sis.schools[part.key]  # which casts share, unlike anything else
            school = replace(school, present=school.present and not member.away)
            yield replace(school, raw=member.raw) if member.raw else school

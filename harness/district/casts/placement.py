"""Placement: where the members of a cast stand in a district, and under which uids."""

from __future__ import annotations

from dataclasses import dataclass

from harness.district.casts.cast import NEXT_YEAR, Cast, Member, SchoolPart
from harness.district.data_model.ids import Block, End
from harness.district.population.person_maker import PersonMaker
from harness.district.sis.sis import Sis
from harness.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Placement:
    """A cast and the district it is placed in."""

    sis: Sis
    cast: Cast
    maker: PersonMaker

    @classmethod
    def of(cls, sis: Sis, cast: Cast) -> Placement:
        """Cast members have every optional value, unless the edge case says otherwise."""
        return cls(sis, cast, PersonMaker.of_district(sis, complete=True))

    def uid(self, name: str) -> str:
        return uid_of(self.cast.edge_case, name)

    def position(self, block: Block, name: str, end: End) -> int:
        """Where the id of a member stands in its block."""
        return self.sis.ids.cast_position(block, self.uid(name), self.sis.slots[block], end)

    def require_schools(self, member: Member, schools: tuple[str, ...]) -> None:
        """Raises DocumentError for a school the district has not."""
        for school in schools:
            if school not in self.sis.schools:
                raise DocumentError(
                    f'this district has no school "{school}", only {", ".join(self.sis.schools)}',
                    file=self.cast.file,
                    key=f"cast.{member.name}",
                )


def uid_of(edge_case: str, name: str) -> str:
    """What a cast member is called within the district."""
    return f"{edge_case}/{name}"


def uid_in(cast: Cast, name: str) -> str:
    """What a name of a cast means within the district: an entry of its own, or a school."""
    thing = cast.members[name.removesuffix(NEXT_YEAR)].thing
    return thing.key if isinstance(thing, SchoolPart) else uid_of(cast.edge_case, name)

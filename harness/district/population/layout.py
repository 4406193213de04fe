"""Layout: what a district is built from, and where its ordinary records stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from harness.district.data_model.ids import Block, Ids, hashed
from harness.district.population.names import name_pool
from harness.district.population.person_maker import PersonMaker
from harness.district.population.sizes import Size

_TOWNS = {"common": "Marlow", "neighbour": "Fernhill"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One district before anything is in it."""

    ids: Ids
    seed: int
    run_date: date
    schools: tuple[str, ...]
    """School keys; ordinary records are dealt to them in turn."""
    empty_schools: tuple[str, ...]
    """Keys of schools that have no ordinary records."""
    slots: Mapping[Block, int]
    """How many ordinary records each block of ids has."""
    town: str
    domain: str
    maker: PersonMaker

    def per_school(self, block: Block) -> int:
        """How many ordinary records of a block each school has."""
        return self.slots[block] // len(self.schools)

    def numbered(self, block: Block) -> Iterator[tuple[int, str, str, int]]:
        """Number, uid, school and position of every ordinary record of a block."""
        for number in range(self.slots[block]):
            school = self.schools[number % len(self.schools)]
            yield number, f"{block} {number}", school, self.ids.ordinary_position(block, number)


def layout_of(ids: Ids, *, seed: int, run_date: date, size: Size) -> Layout:
    """The layout of a district; the salt decides its e-mail domain."""
    town = _TOWNS.get(ids.district, "Marlow")
    mark = hashed(ids.salt, ids.district, "domain") & 0xFFFFFF
    domain = f"{town.lower()}-{mark:06x}.example.{('com', 'org', 'net')[mark % 3]}"
    names = name_pool(seed)
    return Layout(
        ids=ids,
        seed=seed,
        run_date=run_date,
        schools=size.schools,
        empty_schools=size.empty_schools,
        slots=size.slots(),
        town=town,
        domain=domain,
        maker=PersonMaker(
            ids=ids,
            seed=seed,
            run_date=run_date,
            domain=domain,
            names=names,
            complete=size.complete,
        ),
    )

"""Names: a pool taken once from Faker's lists, drawn from with a seed.

Drawing from lists costs a few microseconds a person; a live Faker costs 400. The lists are kept in
`name_lists`, since importing Faker takes as long as building a district.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from harness.district.population.name_lists import FIRST_NAMES, LAST_NAMES

_RARE_FIRST = ("José", "Zoë", "André", "Renée", "Łucja", "Sofía", "Jean-Luc", "D'Andre", "Ngọc")
_RARE_LAST = (
    "O'Connell",
    "Nuñez",
    "Peña",
    "D'Angelo",
    "García Márquez",
    "Nguyễn",
    "Müller",
    "Østergaard",
    "St. John",
    "Smith-Jones",
    "McDonald",
)
_RARE = 0.06
"""How many names have letters or signs an app might not expect."""
_FIRST_NAMES_IN_A_POOL = 240
_LAST_NAMES_IN_A_POOL = 420


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePool:
    """First and last names to draw from."""

    first: Sequence[str]
    last: Sequence[str]

    def draw_first(self, random: Random) -> str:
        return random.choice(_RARE_FIRST if random.random() < _RARE else self.first)

    def draw_last(self, random: Random) -> str:
        return random.choice(_RARE_LAST if random.random() < _RARE else self.last)

    def draw_middle(self, random: Random) -> str:
        """An initial, a name, or nothing."""
        chance = random.random()
        if chance < 0.7:
            return random.choice("ABCDEFGHJKLMNOPRSTVW")
        return random.choice(self.first) if chance < 0.8 else ""


@lru_cache(maxsize=4)
def name_pool(seed: int) -> NamePool:
    """The pool of a seed; the same in every process."""
    random = Random(f"names {seed}")
    return NamePool(
        first=random.sample(FIRST_NAMES, _FIRST_NAMES_IN_A_POOL),
        last=random.sample(LAST_NAMES, _LAST_NAMES_IN_A_POOL),
    )

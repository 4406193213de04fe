"""Ids: Clever's 24 hex digits and the SIS's numbers, from a salt and a place in the district.

As at Clever, ids ascend within blocks: the users' blocks are students, teachers, contacts, staff
and district admins, and schools, sections, courses and terms have their own. A block is 8 digits
of time, 8 that only the salt and the district decide, and 8 of position.

Ordinary records stand at even positions, one to a *slot*; casts at odd ones, anywhere in the
block, by a hash of edge case and name alone. So a cast never moves another, nor the ordinary.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_SLOT_BITS = 20
_LOW = (1 << _SLOT_BITS) - 1
_EPOCH = 0x57A00000  # seconds; all blocks of all years lie in the past of any run
_BLOCK_SECONDS = 0x00180000
_YEAR_SECONDS = 0x01E00000


class Block(StrEnum):
    """What has ids of its own, in the order their blocks lie in."""

    DISTRICT = "district"
    SCHOOL = "school"
    STUDENT = "student"
    SECTION = "section"
    COURSE = "course"
    TERM = "term"
    TEACHER = "teacher"
    CONTACT = "contact"
    STAFF = "staff"
    DISTRICT_ADMIN = "district_admin"


class End(StrEnum):
    """Where in Clever's order a record stands among those of its block, or of all."""

    NONE = ""
    FIRST = "first"
    LAST = "last"
    NEWEST = "newest"
    """After everybody who was there before: Clever's ids ascend with the moment of creation."""


_ORDER = {block: place for place, block in enumerate(Block)}
_SIS_NUMBERS = {
    Block.STUDENT: (100_000_000, 900_000_000),
    Block.TEACHER: (10_000_000, 90_000_000),
    Block.STAFF: (10_000_000, 90_000_000),
    Block.SECTION: (100_000_000, 900_000_000),
    Block.CONTACT: (1_000_000_000, 9_000_000_000),
}
"""First number and how many there are; a position is smaller than the latter."""


def hashed(*parts: object) -> int:
    """64 bits from any parts, the same in every process."""
    text = "\x1f".join(map(str, parts)).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """Where the ids of one district come from."""

    salt: str
    district: str
    """Two districts of one salt differ in their Clever ids, not in their SIS numbers."""

    def ordinary_position(self, block: Block, number: int) -> int:
        """The position of the number-th ordinary record of a block, counted from 0."""
        low = hashed(self.salt, block, number) & (_LOW - 1)
        return number << _SLOT_BITS | low

    def cast_position(self, block: Block, uid: str, slots: int, end: End = End.NONE) -> int:
        """The position of a cast's record among so many ordinary ones, or at an end of them."""
        value = hashed("cast", block, uid)
        if end is End.FIRST:
            return value & 0xFF | 1
        if end is End.LAST:
            return slots << _SLOT_BITS | (value & _LOW) | 1
        return (value >> 32) % slots << _SLOT_BITS | (value & (_LOW)) | 1

    def clever_id(self, block: Block, position: int, year: int = 0) -> str:
        """The Clever id at a position; records that are new each school year say which year."""
        return f"{_prefix(self.salt, self.district, block, year)}{position:08x}"

    def keyed_id(self, block: Block, key: str, *, legacy: bool = False) -> str:
        """The Clever id of a record that its key in the SIS alone tells from the others.

        For districts of any size, whose records have no places; `legacy` is the id before v3.
        """
        prefix = hashed(self.salt, self.district, block, "keyed", legacy)
        digits = hashed(self.salt, self.district, block, key, legacy)
        place = -1 if legacy else _ORDER[block]
        return f"{_EPOCH + place * _BLOCK_SECONDS + (prefix >> 44):08x}{digits:016x}"

    def legacy_id(self, role: str, position: int) -> str:
        """The id a role's record had before v3 of the API: never that of the user."""
        prefix = hashed(self.salt, self.district, "legacy", role)
        seconds = _EPOCH - _BLOCK_SECONDS + (prefix >> 44)
        return f"{seconds:08x}{prefix & 0xFFFFFFFF:08x}{position:08x}"

    def sis_id(self, block: Block, position: int, edition: int = 0) -> str:
        """The number the SIS gives a record, unique within the district and the block."""
        first, count = _SIS_NUMBERS[block]
        offset = hashed(self.salt, "sis", block, edition)
        return str(first + (offset + position) % count)


@lru_cache(maxsize=256)
def _prefix(salt: str, district: str, block: Block, year: int) -> str:
    """What the Clever ids of a block have in common, 16 hex digits."""
    digits = hashed(salt, district, block, year)
    seconds = _EPOCH + _ORDER[block] * _BLOCK_SECONDS + year * _YEAR_SECONDS
    return f"{seconds + (digits >> 44):08x}{digits & 0xFFFFFFFF:08x}"

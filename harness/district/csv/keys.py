"""Keys: what the SIS calls a record, and what follows from that alone.

Clever ids follow from the district's salt and the SIS's own numbers, so that tomorrow's files give
the same records the same ids. What has no number is known by what it says: a course or a term of a
school, a contact without one (https://dev.clever.com/docs/contacts-guardians).
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.district.data_model.ids import Block, Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Names and ids of the records of one loaded district."""

    ids: Ids
    created: str
    """When Clever first saw everything that is in the files."""

    def id(self, block: Block, *key: str) -> str:
        """The Clever id."""
        return self.ids.keyed_id(block, "\x1f".join(key))

    def legacy_id(self, block: Block, *key: str) -> str:
        """The id a role's record had before v3 of the API."""
        return self.ids.keyed_id(block, "\x1f".join(key), legacy=True)


def uid(block: Block, *key: str) -> str:
    """What a record is called within the district; a slash is kept for casts."""
    return " ".join((block, *key)).replace("/", "%2F")


def position(clever_id: str) -> int:
    """A number that follows from an id, where ordinary districts have a place."""
    return int(clever_id[16:], 16)

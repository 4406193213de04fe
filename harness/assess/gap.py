"""Gap: records that never reached the app, and the reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from harness.district.data_model.records import Kind


class GapReason(StrEnum):
    """Why records never reached the app."""

    NOT_FOLLOWED = "not followed"  # the `next` link of a page
    FAILED = "failed"  # the answer to a page, and nothing answered it later
    NO_SUCH_PATH = "no such path"  # version 3 does not have it
    NARROWED = "narrowed"  # by a filter, or to the members of other records
    NEVER_ASKED = "never asked"  # for any list that has them
    ASTRAY = "astray"  # the sync asked for lists with another district's token


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Records of one kind that one reason kept from the app."""

    reason: GapReason
    kind: Kind
    place: str
    """The list, without version and ids; of a path that version 3 does not have, the path."""
    clever_ids: frozenset[str]
    sentence: str
    expected: str
    found: str
    request: str = ""
    """The request after which the app stopped, if there was one."""

    @property
    def key(self) -> tuple[GapReason, Kind, str]:
        """The same gap on another day, or in another district, has the same."""
        return self.reason, self.kind, self.place

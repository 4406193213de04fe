"""Roster change: how much of what Clever shares came, went or changed between two syncs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.assess.recording_index import KINDS
from harness.district.data_model.records import roles_of
from harness.district.data_model.roster import Roster

ORDINARY = 0.05
"""How much of a kind an ordinary day changes at most.

Clever itself puts a sync on hold that deletes over a tenth of a kind, as its support pages on the
sync status say.
"""


@dataclass(frozen=True, slots=True)
class RosterChange:
    """The largest share of any kind of record, from 0 to 1."""

    gone: float
    come: float
    changed: float = 0.0

    @property
    def most(self) -> float:
        return max(self.gone, self.come, self.changed)


def roster_change(before: Roster, now: Roster, *, by_role: bool = False) -> RosterChange:
    """What came, went and changed; `by_role` counts the users of each role as a kind, too."""
    then, later = _groups(before, by_role), _groups(now, by_role)
    shares = [_shares(then.get(name, {}), later.get(name, {})) for name in then.keys() | later]
    return RosterChange(
        gone=max(share.gone for share in shares),
        come=max(share.come for share in shares),
        changed=max(share.changed for share in shares),
    )


def _shares(before: Mapping[str, Any], now: Mapping[str, Any]) -> RosterChange:
    stay = before.keys() & now.keys()
    changed = sum(before[clever_id] != now[clever_id] for clever_id in stay)
    return RosterChange(
        gone=(len(before) - len(stay)) / (len(before) or 1),
        come=(len(now) - len(stay)) / (len(now) or 1),
        changed=changed / (len(stay) or 1),
    )


def _groups(roster: Roster, by_role: bool) -> Mapping[str, Mapping[str, Any]]:
    groups: dict[str, dict[str, Any]] = {kind: dict(roster.of(kind)) for kind in KINDS}
    for clever_id, user in roster.users.items() if by_role else ():
        for role, data in roles_of(user).items():
            groups.setdefault(role, {})[clever_id] = data
    return groups

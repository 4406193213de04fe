"""Publication: one district's roster at one moment, as the API shows it."""

from __future__ import annotations

from datetime import datetime

from harness.district.records import Kind, Record, Records
from harness.district.roster import Roster
from harness.simulator.relations import Relations
from harness.simulator.versions import in_version
from harness.simulator.view import Changes, Project, View


class Publication:
    """A roster that is current from `at` (district time) until the next one."""

    def __init__(self, roster: Roster, at: datetime, before: Publication | None = None) -> None:
        self.roster = roster
        self.at = at
        self.relations = Relations(roster)
        self._views: dict[tuple[str, tuple[str, ...]], View] = {}
        if before is not None:
            changes = changes_between(before.roster, roster)
            for key, view in before._views.items():
                self._views[key] = view.after(roster, changes)

    def view(self, version: str, scopes: tuple[str, ...]) -> View:
        """What a token with these scopes sees in a version of the API."""
        key = (version, scopes)
        view = self._views.get(key)
        if view is None:
            view = self._views[key] = View(self.roster, version, _projection(version))
        return view


def _projection(version: str) -> Project:
    def project(kind: Kind, record: Record) -> Record | None:
        return in_version(version, kind, record)

    return project


def changes_between(before: Roster, after: Roster) -> Changes:
    """The records that are new, replaced or gone (None), by kind."""
    found: Changes = {}
    for kind in Kind:
        changed = _changed(before.of(kind), after.of(kind))
        if changed:
            found[kind] = changed
    return found


def _changed(before: Records, after: Records) -> dict[str, Record | None]:
    # Unchanged records are the same objects from day to day, so identity is enough.
    if before is after:
        return {}
    changed: dict[str, Record | None] = {
        identity: record for identity, record in after.items() if before.get(identity) is not record
    }
    changed.update((identity, None) for identity in before if identity not in after)
    return changed

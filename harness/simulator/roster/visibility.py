"""VisibleRoster: a roster as one set of scopes shows it, with its relations and its ready bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harness.district.data_model.records import Kind, Record
from harness.district.data_model.roster import Roster
from harness.simulator.access.scopes import shows_all, visible
from harness.simulator.roster.relations import Relations
from harness.simulator.roster.rendering import Changes, RenderedRoster


class VisibleRoster:
    """What the holders of certain scopes see. Relations are among what is seen, nothing else."""

    def __init__(self, roster: Roster, scopes: tuple[str, ...]) -> None:
        self.roster = roster
        self.relations = Relations(roster)
        self._scopes = scopes
        self._rendered: dict[str, RenderedRoster] = {}

    @classmethod
    def of(cls, roster: Roster, scopes: tuple[str, ...]) -> VisibleRoster:
        """What the scopes show of a roster as it is published."""
        if shows_all(frozenset(scopes)):
            return cls(roster, scopes)
        everything: Changes = {kind: dict(roster.of(kind)) for kind in Kind}
        shown = _shown(frozenset(scopes), everything)
        return cls(_with(roster, {kind: {} for kind in Kind}, shown), scopes)

    def rendered(self, version: str) -> RenderedRoster:
        """The ready bytes of a version of the API."""
        rendered = self._rendered.get(version)
        if rendered is None:
            rendered = self._rendered[version] = RenderedRoster(self.roster, version)
        return rendered

    def after(self, roster: Roster, changes: Changes) -> VisibleRoster:
        """The next roster as these scopes show it; unchanged records stay the same objects."""
        granted = frozenset(self._scopes)
        if shows_all(granted):
            later = VisibleRoster(roster, self._scopes)
        else:
            changes = _shown(granted, changes)
            mine = {kind: self.roster.of(kind) for kind in Kind}
            later = VisibleRoster(_with(roster, mine, changes), self._scopes)
        for version, rendered in self._rendered.items():
            later._rendered[version] = rendered.after(later.roster, changes)
        return later


def _shown(granted: frozenset[str], changes: Changes) -> Changes:
    return {
        kind: {
            identity: None if record is None else visible(granted, kind, record)
            for identity, record in changed.items()
        }
        for kind, changed in changes.items()
    }


def _with(roster: Roster, kept: Mapping[Kind, Mapping[str, Record]], changes: Changes) -> Roster:
    """A roster of the kept records with the changes made; its district is the roster's own."""
    fields: dict[str, Any] = {}
    for kind in Kind:
        if kind is not Kind.DISTRICTS:
            merged = {**kept[kind], **changes.get(kind, {})}
            fields[kind] = {
                identity: merged[identity]
                for identity in sorted(merged)
                if merged[identity] is not None
            }
    return replace(roster, **fields)

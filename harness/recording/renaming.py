"""Renaming: a recording in the words of today, so that today's scenarios can judge it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from harness.plan.formerly import Formerly, Names
from harness.plan.plan import PlacedAct, PlacedChange, PlacedIncident, Plan, PlannedScenario
from harness.recording.recording import (
    Act,
    BisectResult,
    EditMade,
    Entry,
    Header,
    LoggedRequest,
    Published,
    Recording,
)

_SEPARATOR = re.compile(r"(, | and )")


def in_todays_words(recording: Recording, formerly: Formerly) -> Recording:
    """The same recording, every former name in it replaced by the one of today."""
    if not formerly:
        return recording
    names = _Renaming(formerly)
    header, entries = names.header(recording.header), map(names.entry, recording.entries)
    return replace(recording, header=header, entries=tuple(entries))


@dataclass(frozen=True, slots=True)
class _Renaming:
    formerly: Formerly

    def header(self, header: Header) -> Header:
        waivers = (replace(row, check=self.formerly.check(row.check)) for row in header.waivers)
        return replace(header, plan=self.plan(header.plan), waivers=tuple(waivers))

    def plan(self, plan: Plan) -> Plan:
        return replace(
            plan,
            scenarios=tuple(map(self.scenario, plan.scenarios)),
            days={self._district(name): self._days(days) for name, days in plan.days.items()},
            changes=tuple(map(self.change, plan.changes)),
            acts=tuple(map(self.act, plan.acts)),
            incidents=tuple(map(self.incident, plan.incidents)),
            edge_cases=tuple(sorted(map(self.formerly.edge_case, plan.edge_cases))),
            selected=tuple(map(self.formerly.selected, plan.selected)),
        )

    def scenario(self, row: PlannedScenario) -> PlannedScenario:
        stem = row.feature.removesuffix(".feature")
        cast = self._cast(row.edge_case)
        return replace(
            row,
            id=self.formerly.check(row.id),
            feature=f"{self.formerly.features.get(stem, stem)}.feature",
            edge_case=self.formerly.edge_case(row.edge_case),
            district=self._district(row.district),
            incidents=tuple(map(self.incident, row.incidents)),
            people=tuple(cast.get(name, name) for name in row.people),
            days=self._days(row.days),
            changes=tuple(map(self.change, row.changes)),
            acts=tuple(map(self.act, row.acts)),
        )

    def change(self, placed: PlacedChange) -> PlacedChange:
        edge_case = self.formerly.edge_case(placed.edge_case)
        words = self.formerly.changes.get(edge_case, {}).get(placed.change, placed.change)
        return PlacedChange(edge_case=edge_case, change=words, day=self._day(placed.day))

    def act(self, placed: PlacedAct) -> PlacedAct:
        cast = self._cast(placed.edge_case)
        return replace(
            placed,
            edge_case=self.formerly.edge_case(placed.edge_case),
            person=_renamed(placed.person, cast),
            section=cast.get(placed.section, placed.section),
            day=self._day(placed.day),
        )

    def incident(self, placed: PlacedIncident) -> PlacedIncident:
        return PlacedIncident(
            district=self._district(placed.district),
            what=self._incident(placed.what),
            day=self._day(placed.day),
        )

    def entry(self, entry: Entry) -> Entry:
        """What happened, on the day and in the district that have these names today."""
        day, district = self._day(entry.day), self._district(entry.district)
        if (day, district) != (entry.day, entry.district):
            entry = replace(entry, day=day, district=district)
        match entry:
            case Published():
                faults = tuple(map(self._fault, entry.faults))
                return replace(entry, cast=self._casts(entry.cast), faults=faults)
            case LoggedRequest() if entry.fault in self.formerly.faults:
                return replace(entry, fault=self._fault(entry.fault))
            case Act():
                cast = self._cast(entry.edge_case)
                edge_case = self.formerly.edge_case(entry.edge_case)
                entry = replace(entry, edge_case=edge_case, person=_renamed(entry.person, cast))
                if isinstance(entry, EditMade):
                    return replace(entry, section=cast.get(entry.section, entry.section))
                return entry
            case BisectResult():
                return replace(
                    entry,
                    edge_cases=tuple(map(self.formerly.edge_case, entry.edge_cases)),
                    incidents=tuple(map(self._incident, entry.incidents)),
                )
        return entry

    def _casts(self, casts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
        return {
            self.formerly.edge_case(edge_case): {
                self._cast(edge_case).get(name, name): who for name, who in cast.items()
            }
            for edge_case, cast in casts.items()
        }

    def _cast(self, edge_case: str) -> Names:
        return self.formerly.cast.get(self.formerly.edge_case(edge_case), {})

    def _days(self, days: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self._day, days))

    def _day(self, name: str) -> str:
        return self.formerly.days.get(name, name)

    def _district(self, name: str) -> str:
        return self.formerly.districts.get(name, name)

    def _incident(self, words: str) -> str:
        return self.formerly.incidents.get(words, words)

    def _fault(self, kind: str) -> str:
        return self.formerly.faults.get(kind, kind)


def _renamed(people: str, cast: Names) -> str:
    """`Maya and Leo`, each under the name of today."""
    return "".join(cast.get(part, part) for part in _SEPARATOR.split(people))

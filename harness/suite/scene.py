"""Scene: one scenario while it is judged — who it speaks of, which day it is, what was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.assess.expectations import ROLE_KEYS
from harness.assess.findings import Finding
from harness.assess.recording_index import RecordingIndex, RecordRef
from harness.contract.sync import APPLIED
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.plan.faults import faults_of_day
from harness.plan.names import listed
from harness.plan.plan import COMMON, NEIGHBOUR, PlannedScenario
from harness.prose import one_line
from harness.recording.recording import AccountCreated, BisectOutcome, BisectResult, RunInterrupted
from harness.suite.checks.events_read import events_read
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.observation import Observation
from harness.suite.checks.syncs import broken_down, completed
from harness.suite.checks.traffic import of_its_district, on_demand
from harness.suite.endings import BlockedError, NotApplicableError

EVERYTHING = (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES, Kind.SECTIONS, *ROLE_KEYS.values())
"""All kinds and roles, as keys of `HOLDABLE`."""


class Scene:
    """The memory of one scenario. Only its assertions have findings."""

    def __init__(self, index: RecordingIndex, planned: PlannedScenario) -> None:
        self.index, self.planned = index, planned
        self.district = planned.district or (NEIGHBOUR if planned.neighbour else COMMON)
        self.edge_case = planned.edge_case
        self.day = planned.days[-1]
        self.days: tuple[str, ...] = planned.days
        self.since = ""
        """The day on which a Given established everyone."""
        self.established: dict[Kind, frozenset[str]] | None = None
        self.narrowed_by: list[Finding] = []
        """Differences that narrowed what can be examined; asked for when nothing was left."""
        self.assertions: list[Observation] = []
        """What each `Then` came to, so far."""
        self.stopped: RunInterrupted | None = None
        """What ended the year early, while the days before can still show a breach."""
        self.gives_way = False
        """Whether what another check accuses of a record is not accused again."""

    @property
    def findings(self) -> list[Finding]:
        return [finding for assertion in self.assertions for finding in assertion.findings]

    def person(self, name: str, day: str = "") -> RecordRef:
        return self.index.cast(self.district, day or self.day, self.edge_case, name)

    def persons(self, names: str, day: str = "") -> list[RecordRef]:
        """The cast members a step lists, or for whom a name in it stands."""
        several = (self.planned.groups.get(name, (name,)) for name in listed(names))
        return [self.person(name, day) for group in several for name in group]

    def accounts(self, name: str) -> list[AccountCreated]:
        """The accounts a cast member, or somebody like them, had before Clever."""
        known = self.index.accounts
        return [act for act in known if (act.edge_case, act.person) == (self.edge_case, name)]

    def given(self, observation: Observation, what: str) -> None:
        """Go on only if an examination found nothing; raises BlockedError otherwise."""
        if needs := observation.reasons:
            raise BlockedError(f"{what}: {needs[0].sentence}", needs)
        if observation.not_applicable and not observation.examined:
            raise NotApplicableError(observation.not_applicable)
        if observation.undecided:
            raise BlockedError(observation.undecided)

    def not_a_culprit(self) -> None:
        """Go on only if this edge case broke no sync; else the year was played without it."""
        if result := self.index.breakdowns.culprit(self.edge_case):
            self._left_out(f"{self._part_in(result)}: {result.what}", result)

    def _part_in(self, result: BisectResult) -> str:
        """What this edge case has to do with a breakdown, as far as the search came."""
        parts = len(result.edge_cases) + len(result.incidents)
        if self.edge_case not in result.edge_cases:
            return f"What happens to this edge case breaks the sync {on(result.day)}"
        if result.result == BisectOutcome.NOT_NARROWED:
            return (
                f"The year was played without this edge case, one of {parts} of which some break "
                f"the sync {on(result.day)}"
            )
        if parts > 1:
            return f"This edge case breaks the sync {on(result.day)}, with {parts - 1} more"
        return f"This edge case breaks the sync {on(result.day)}"

    def district_takes_part(self) -> None:
        """Go on only if the whole year was played with this district."""
        if result := self.index.breakdowns.left_out(self.district):
            self._left_out(self.index.why_not(self.district, result.day), result)

    def it_happens(self, what: str) -> None:
        """Go on only if this incident broke no sync; else the year was played without it."""
        if result := self.index.breakdowns.left_out(self.district, what):
            self._left_out(f"The sync breaks down when {what}: {one_line(result.what)}", result)

    def _left_out(self, reason: str, result: BisectResult) -> None:
        place = result.district, result.day
        findings = broken_down(self.index).findings
        raise BlockedError(reason, [row for row in findings if (row.district, row.day) == place])

    def sync_completed(self, day: str) -> None:
        """Go on only if the sync of a day did its work, and read from Clever to do so."""
        if self.index.of_an_export:
            return
        key = "sync completed", self.district, day
        why, needs = self.index.cached(key, lambda: _incomplete(self.index, self.district, day))
        if needs:
            raise BlockedError(why, needs)

    def was_asked(self, day: str) -> None:
        """Go on only if the app asked Clever for anything in the sync of a day."""
        if self.index.traffic.asked(self.district, day):
            return
        if unread := on_demand(self.index, self.district, (day,)).findings:
            raise BlockedError(unread[0].sentence, unread)
        calm = tuple(
            day
            for day in self.index.days_of(self.district)
            if not faults_of_day(self.district, day)
        )
        if stopped := completed(self.index, self.district, calm).findings:
            raise BlockedError(f"On the day `{day}` your app asked Clever for nothing.", stopped)

    def then(self, observation: Observation) -> None:
        """Take up what the current Then observed."""
        self.assertions[-1].add(observation)

    def then_of_all(self, observation: Observation, kinds: Iterable[str] = EVERYTHING) -> None:
        """Take up what the current Then observed of all there is of these kinds and roles."""
        observation.speaks_not_of(self.index.expectations.declared(*kinds))
        self.then(observation)

    def mirror(self, day: str) -> Mirror:
        """One day's shared records beside the app's rows."""
        return Mirror(self.index, self.district, day)

    def narrowed(self, kind: Kind, ids: Iterable[str]) -> list[str]:
        """The ids among these that a Given established, or all when there was none."""
        if self.established is None:
            return list(ids)
        return [clever_id for clever_id in ids if clever_id in self.established[kind]]


def _incomplete(index: RecordingIndex, district: str, day: str) -> tuple[str, Sequence[Finding]]:
    """Why a sync did not do its work, or read nothing to do so, with the findings about that."""
    if needs := completed(index, district, (day,)).findings:
        ended = index.synced(district, day).final
        why = needs[0].sentence if ended.state in APPLIED else one_line(ended.reason)
        return f"The sync {on(day)} did not complete: {why}", needs
    for check in (on_demand, of_its_district, events_read):
        if unread := check(index, district, (day,)).findings:
            return unread[0].sentence, unread
    return "", ()

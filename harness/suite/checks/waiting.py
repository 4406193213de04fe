"""Waiting: whether an app that is declared to archive later waits for as long as that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex, RecordRef
from harness.assess.scope import kinds_of
from harness.contract.archiving import Archiving
from harness.plan.day_names import on
from harness.prose import counted
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.presence import undeclared_reason
from harness.suite.checks.sentences import short


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A day on which Clever does not share a record, and how long it has been missing by then."""

    day: str
    last_shared: str
    """The last day with it."""
    syncs: int
    """How many syncs in a row lacked it, this one included."""
    days: int | None
    """Days since the last sync that had it; None where the recording has no dates."""

    def is_early(self, declared: Archiving) -> bool:
        """Whether nobody who keeps to the declaration archives the record by this day.

        A sync that failed is no absence to an app, so there may be fewer of them, never more.
        """
        if declared.after_absences:
            return self.syncs < declared.after_absences
        return self.days is not None and self.days < declared.after_days

    def __str__(self) -> str:
        """How long, as the end of a sentence."""
        if self.days is None:
            return counted(self.syncs, "sync")
        return f"{counted(self.syncs, 'sync')} and {counted(self.days, 'day')}"


def waited_for(
    index: RecordingIndex, district: str, until: str, who: Iterable[RecordRef]
) -> Observation:
    """None of these went out of use, up to a day, before it was missing for as long as declared."""
    observation = Observation()
    declared = index.profile.archiving or Archiving()
    for person in who:
        if left_out := undeclared_reason(index, district, until, person):
            observation.leave_out(left_out)
            continue
        early = [
            absence
            for absence in _absences(index, district, until, person)
            if absence.is_early(declared) and _in_use(index, district, absence.last_shared, person)
        ]
        if early:
            observation.saw(kinds_of(index, district, person.kind, person.clever_id))
        else:
            observation.leave_out(f"Nobody is away for less than you declare ({declared}).")
        for absence in early:
            if not _in_use(index, district, absence.day, person):
                observation.findings.append(_too_early(district, person, absence, declared))
                break
    return observation


def _absences(
    index: RecordingIndex, district: str, until: str, person: RecordRef
) -> Iterator[Absence]:
    last_shared, syncs = "", 0
    for day in (*index.before(district, until), until):
        if person.clever_id in index.roster(district, day).of(person.kind):
            last_shared, syncs = day, 0
        elif last_shared:
            syncs += 1
            days = _days_between(index, district, last_shared, day)
            yield Absence(day=day, last_shared=last_shared, syncs=syncs, days=days)


def _days_between(index: RecordingIndex, district: str, earlier: str, later: str) -> int | None:
    since, until = (index.published(district, day).date for day in (earlier, later))
    return (until - since).days if since and until else None


def _in_use(index: RecordingIndex, district: str, day: str, person: RecordRef) -> bool:
    return index.holdings(district, day).active(person.kind, person.clever_id) is not None


def _too_early(district: str, person: RecordRef, absence: Absence, declared: Archiving) -> Finding:
    return about(
        person,
        district,
        absence.day,
        FindingKind.DECLARED,
        f"You declare that you archive {declared}; {short(person.name)} is not in use "
        f"{on(absence.day)}, after {absence} without.",
        field="archiving",
        expected="active",
        found="out of use",
    )

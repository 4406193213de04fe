"""Restore: whether what Clever shares again is in use again, as the same record as before.

Only what was seen out of use can come back: what the app never archived is a matter of that.
"""

from __future__ import annotations

from collections.abc import Iterable

from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex, RecordRef
from harness.assess.scope import kinds_of
from harness.plan.day_names import on
from harness.plan.plan import NOT_SYNCED, Incident
from harness.suite.checks import archive
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.presence import undeclared_reason
from harness.suite.checks.reading import gap_of
from harness.suite.checks.same_account import hidden_work, replaced, same
from harness.suite.checks.sentences import short

PRUDENT = (Incident.NOTHING_SHARED, Incident.PAUSED, *NOT_SYNCED)
"""When an app may rightly go on as if nothing had happened."""
KEPT_IN_USE = "Your app kept all of it in use, so there was nothing to restore."


def restored(
    index: RecordingIndex, district: str, day: str, who: Iterable[RecordRef]
) -> Observation:
    """Each of these is active again, and as far as that can be told, the same record as before."""
    observation = Observation()
    holdings = index.holdings(district, day)
    for person in who:
        if declared := undeclared_reason(index, district, day, person):
            observation.leave_out(declared)
            continue
        row = holdings.active(person.kind, person.clever_id)
        kinds = kinds_of(index, district, person.kind, person.clever_id)
        away = _away(index, district, day, person)
        if row is not None and away and not was_out_of_use(index, district, away, person):
            if never := _never_archived(index, district, away, person):
                observation.lacks(kinds, person)
                observation.needs += never
            else:
                waits = index.expectations.waits_to_archive(district, away[-1])
                observation.leave_out(waits or KEPT_IN_USE)
            continue
        gap = gap_of(index, district, day, person.kind, person.clever_id)
        if row is None and gap is not None:
            observation.block(kinds, person, gap)
            continue
        observation.saw(kinds)
        if row is None:
            observation.findings.append(_not_restored(index, district, day, person))
        elif hidden_work(index, district, day, person):
            continue
        elif same(index, district, day, day, person) is False:
            observation.findings.append(replaced(index, district, day, person))
    return observation


def was_out_of_use(
    index: RecordingIndex, district: str, days: Iterable[str], person: RecordRef
) -> bool:
    """Whether some snapshot of these days shows a record archived, or not at all."""
    return any(
        index.holdings(district, day).active(person.kind, person.clever_id) is None for day in days
    )


def _away(index: RecordingIndex, district: str, day: str, person: RecordRef) -> list[str]:
    """The days before this one on which Clever did not share a record that it had shared."""
    days = index.before(district, day)
    shared = [person.clever_id in index.roster(district, d).of(person.kind) for d in days]
    return [d for n, d in enumerate(days) if not shared[n] and any(shared[:n])]


def _never_archived(
    index: RecordingIndex, district: str, days: Iterable[str], person: RecordRef
) -> list[Finding]:
    """That a record stayed in use when it was to be archived; nothing where an app may wait."""
    return [
        finding
        for day in days
        if index.incident(district, day) not in PRUDENT
        for finding in archive.inactive(index, district, day, [person]).findings
    ]


def _not_restored(index: RecordingIndex, district: str, day: str, person: RecordRef) -> Finding:
    rows = index.holdings(district, day).all_of(person.kind, person.clever_id)
    does = "keeps it archived" if rows else "does not hold it"
    return about(
        person,
        district,
        day,
        FindingKind.NOT_RESTORED,
        f"Clever shares {short(person.name)} again {on(day)}, your app {does}.",
        expected="active",
        found="archived" if rows else "absent",
    )

"""Takeovers: records of the app that belong to one Clever ID first and to another one later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.assess.scope import kinds_in
from harness.district.data_model.records import Kind
from harness.recording.recording import SnapshotTaken
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.sentences import NOUNS, short


@dataclass(frozen=True, slots=True)
class Takeover:
    """A record of the app that went from one Clever ID to another."""

    kind: Kind
    district: str
    """The one in which its first owner is, and it was seen."""
    first: str
    now: str
    finding: Finding


def none_taken_over(index: RecordingIndex) -> Observation:
    """No record of the app belongs to one Clever id first and to another one later.

    Unless both are of one person, whom Clever took for a new user and the app knew again.

    Within a district it is enough that a record changes its Clever id. Across districts the first
    owner must have lost it as well, between two looks without a sync of its own district; and in
    no district may there ever be a record of the same id as in another one at the same time, as
    there is where every district is numbered for itself.
    """
    return _looked_at(index)[0]


def of_other_districts(index: RecordingIndex, district: str, kind: Kind) -> Mapping[str, Finding]:
    """Record of a district → that the app gave it the account of somebody in another district."""
    return {
        each.now: each.finding
        for each in _looked_at(index)[1]
        if each.kind is kind and each.district != district
    }


def _looked_at(index: RecordingIndex) -> tuple[Observation, Sequence[Takeover]]:
    return index.cached("takeovers", lambda: _look(index))


def _look(index: RecordingIndex) -> tuple[Observation, Sequence[Takeover]]:
    observation, takeovers = Observation(), list[Takeover]()
    for kind in KINDS:
        before: dict[str, dict[str, str]] = {}
        reported: set[str] = set()
        for look in index.snapshots_taken:
            rows = index.indexed(look).rows(kind)
            own = {row.app_id: clever_id for clever_id, held in rows.items() for row in held}
            known = before.get(look.district, {})
            kinds = kinds_in(index, look.district, kind)
            observation.saw_all([kinds(first) for first in known.values()])
            changed = [(r, first) for r, first in known.items() if own.get(r) != first]
            foreign = _elsewhere(before, look) if changed and look.after == "publish" else {}
            if foreign.keys() & {record for record, _ in changed} and _numbered_apart(index, kind):
                foreign = {}
            for record, first in changed:
                now = own.get(record, "")
                if not now and first not in rows:
                    now = foreign.get(record, "")
                if not now or now == first or first in reported:
                    continue
                if kind is not Kind.USERS or now not in index.linked_clever_ids(
                    look.district, first
                ):
                    reported.add(first)
                    finding = _finding(index, look, kind, first, now)
                    takeovers.append(Takeover(kind, look.district, first, now, finding))
            before[look.district] = {**known, **own}
    observation.findings += [each.finding for each in takeovers]
    return observation, takeovers


def _elsewhere(before: Mapping[str, Mapping[str, str]], look: SnapshotTaken) -> Mapping[str, str]:
    """Record of the app → the Clever ID it had in another district."""
    others = (records for district, records in before.items() if district != look.district)
    return {record: clever_id for records in others for record, clever_id in records.items()}


def _numbered_apart(index: RecordingIndex, kind: Kind) -> bool:
    """Whether records of two districts had the same id of the app's at the same time.

    One kept its Clever ID from a look at the one district to a later one, and in between the other
    district had a record of that id.
    """
    return index.cached(("numbered apart", kind), lambda: _have_equal_numbers(index, kind))


def _have_equal_numbers(index: RecordingIndex, kind: Kind) -> bool:
    latest: dict[str, dict[str, str]] = {}
    met: dict[str, set[tuple[str, str]]] = {}
    for look in index.snapshots_taken:
        rows = index.indexed(look).rows(kind)
        own = {row.app_id: clever_id for clever_id, held in rows.items() for row in held}
        if met.get(look.district, set()) & own.items():
            return True
        for district, records in latest.items():
            both = own.keys() & records.keys() if district != look.district else ()
            met.setdefault(district, set()).update((each, records[each]) for each in both)
        latest[look.district] = own
        met[look.district] = set()
    return False


def _finding(
    index: RecordingIndex, look: SnapshotTaken, kind: Kind, first: str, now: str
) -> Finding:
    what = "account" if kind is Kind.USERS else f"{NOUNS[kind]} record"
    return about(
        index.record_of(kind, first),
        look.district,
        look.day,
        FindingKind.NEW_ACCOUNT,
        f"Your app gave the {what} of {short(index.name(first))} to {short(index.name(now))}, "
        "which has another Clever ID.",
        expected=index.name(first),
        found=index.name(now),
    )

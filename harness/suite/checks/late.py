"""Late: what an app had wrong after its own sync, and right before its next one."""

from __future__ import annotations

from harness.assess.findings import Finding
from harness.assess.holdings import Holdings
from harness.assess.recording_index import KINDS
from harness.contract.snapshot import HeldSection
from harness.district.data_model.records import Kind
from harness.suite.checks import archive, user_values
from harness.suite.checks.every_day.values import differences, linked
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.observation import Observation
from harness.suite.checks.presence import presence


def without_late(observation: Observation, then: Mirror, now: Holdings) -> Observation:
    """What was found changed, less what differed from Clever then and agrees with it now.

    Nobody else's sync need have done that: the app shows late what its own sync has read. The
    differences of then are what it needs.
    """
    observation = _without_late_archiving(observation, then, now)
    observation = _without_late_arrivals(observation, then, now)
    changed: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    for finding in observation.findings:
        kind = Kind(finding.kind) if finding.kind else None
        if kind and finding.clever_id in then.roster.of(kind):
            changed[kind].append(finding.clever_id)
    wrong = _wrong(then, changed)
    later = then.as_held(now)
    still = _wrong(later, changed).keys()
    late = {
        clever_id
        for clever_id in wrong.keys() - still
        if _is_own(later, wrong[clever_id]) and _is_own(then, wrong[clever_id])
    }
    with_others = _late_with_others(observation, then, later) - still
    observation.findings = [
        f for f in observation.findings if f.clever_id not in late | with_others
    ]
    observation.needs += [wrong[clever_id] for clever_id in sorted(late)]
    return observation


def _late_with_others(observation: Observation, then: Mirror, later: Mirror) -> set[str]:
    """What was found changed and names a record that came or went late."""
    late = frozenset[str]()
    for kind in KINDS:
        shared = frozenset(then.roster.of(kind))
        wrong = shared ^ then.holdings.active_ids[kind]
        late |= wrong - (shared ^ later.holdings.active_ids[kind])
    return {
        finding.clever_id
        for finding in observation.findings
        if late and finding.kind and _is_own(later, finding)
        for record in [then.roster.of(Kind(finding.kind)).get(finding.clever_id)]
        if record is not None
        if not late.isdisjoint(
            linked(record, then.holdings.all_of(Kind(finding.kind), finding.clever_id))
        )
    }


def _without_late_archiving(observation: Observation, then: Mirror, now: Holdings) -> Observation:
    """The same, less what Clever no longer shared then and has been archived only since.

    Where an app declares a number of absences, it counts those of its own syncs.
    """
    archiving = then.index.profile.archiving
    if archiving and archiving.after_absences:
        return observation
    late = [f for f in observation.findings if _is_archived_late(f, then, now)]
    records = [then.index.record_of(Kind(f.kind), f.clever_id) for f in late]
    observation.findings = [f for f in observation.findings if f not in late]
    if not archiving:
        observation.needs += archive.inactive(then.index, then.district, then.day, records).findings
    return observation


def _without_late_arrivals(observation: Observation, then: Mirror, now: Holdings) -> Observation:
    """The same, less what Clever shared then already and is in use only since."""
    late = [f for f in observation.findings if _is_in_use_late(f, then, now)]
    observation.findings = [f for f in observation.findings if f not in late]
    for finding in late:
        kind = Kind(finding.kind)
        missing = presence(then.index, then.district, then.day, kind, [finding.clever_id])
        observation.needs += missing.reasons
    return observation


def _is_in_use_late(finding: Finding, then: Mirror, now: Holdings) -> bool:
    """Whether a record that was shared then was not in use, and is now, once."""
    if not finding.kind or not finding.clever_id:
        return False
    kind = Kind(finding.kind)
    return (
        finding.clever_id in then.index.expectations.expected_ids(kind, then.roster)
        and finding.clever_id not in then.holdings.active_ids[kind]
        and len(now.active_rows(kind, finding.clever_id)) == 1
        and _is_own(then.as_held(now), finding)
    )


def _is_archived_late(finding: Finding, then: Mirror, now: Holdings) -> bool:
    """Whether a record that was not shared then was in use, and is there and out of use now."""
    if not finding.kind or not finding.clever_id:
        return False
    kind = Kind(finding.kind)
    if finding.clever_id in then.roster.of(kind) or now.active_rows(kind, finding.clever_id):
        return False
    was = then.holdings.all_of(kind, finding.clever_id)
    remains = len(now.all_of(kind, finding.clever_id)) == len(was)
    in_use = bool(then.holdings.active_rows(kind, finding.clever_id))
    return in_use and (remains or not now.snapshot.includes_archived)


def _is_own(mirror: Mirror, finding: Finding) -> bool:
    """Whether a record is in use, and names nobody whom the district does not share."""
    rows = mirror.holdings.active_rows(Kind(finding.kind), finding.clever_id)
    named = {
        clever_id
        for row in rows
        if isinstance(row, HeldSection)
        for clever_id in (*row.teachers, *row.students)
    }
    return bool(rows) and named <= mirror.roster.users.keys()


def _wrong(mirror: Mirror, ids: dict[Kind, list[str]]) -> dict[str, Finding]:
    """Clever ID → how a record differs; roles of users with a role that is null, too."""
    findings = [finding for _, finding in differences(mirror, ids)]
    findings += user_values.roles(mirror, ids[Kind.USERS]).findings
    return {finding.clever_id: finding for finding in findings}

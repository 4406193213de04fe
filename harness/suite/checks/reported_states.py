"""Reported states: whether a sync that could not read everything says that it completed."""

from __future__ import annotations

from harness.assess.check_result import EvidenceLevel
from harness.assess.findings import FindingKind
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.contract.sync import SyncState
from harness.plan.plan import Incident
from harness.suite.checks.observation import Observation, about_sync
from harness.suite.checks.retry_policy import target
from harness.suite.checks.sentences import short


def says_so(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """A sync that could not read everything is not said to have completed."""
    observation = Observation(
        evidence_level=EvidenceLevel.INFERRED, not_applicable="Nothing was left unread."
    )
    for day in days:
        gone = index.incident(district, day) == Incident.DISCONNECTS
        unread = "the district" if gone else _unread(index, district, day)
        if not unread:
            continue
        observation.examined += 1
        if index.synced(district, day).final.state is SyncState.COMPLETED:
            words = (
                f"On the day `{day}` {short(unread, 50)} could not be read, your app says it "
                "completed."
            )
            observation.findings.append(
                about_sync(
                    district,
                    day,
                    FindingKind.TRAFFIC,
                    words,
                    expected="refused, failed or partial",
                    found="completed",
                )
            )
    return observation


def _unread(index: RecordingIndex, district: str, day: str) -> str:
    """Something that failed and was never answered that day; "" when there is nothing."""
    answered = [r for r in index.traffic.asked(district, day) if not r.fault]
    targets, paths = {target(r) for r in answered}, {r.path for r in answered}
    for failed in index.traffic.requests_hit(district, day):
        read_otherwise = failed.path in paths and _is_read(index, district, day, failed.path)
        if target(failed) not in targets and not read_otherwise:
            return target(failed)
    return ""


def _is_read(index: RecordingIndex, district: str, day: str, path: str) -> bool:
    """Whether a list that failed was read whole that day, asked for in another way."""
    kind = _LISTS.get(path.rpartition("/")[2])
    return (
        path.count("/") == _OF_A_LIST
        and kind is not None
        and index.deliveries_known
        and not index.unread(district, day, kind)
    )


_LISTS = {str(kind): kind for kind in KINDS}
_OF_A_LIST = 2
"""Slashes in `/v3.0/users`: what is nested under a record is no list of everything."""

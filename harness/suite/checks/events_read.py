"""Events: whether a sync that follows them reads as far as the newest one."""

from __future__ import annotations

import re

from harness.assess.check_result import EvidenceLevel
from harness.assess.findings import Finding, FindingKind
from harness.assess.lists_read import ListRead
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.sync import Mode
from harness.plan.faults import faults_of_day
from harness.prose import counted
from harness.suite.checks.observation import Observation
from harness.suite.checks.sentences import sentence

_EVENTS = re.compile(r"/v3\.[01]/events")


def events_read(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """Each list of events that was read on a calm day was read to its end, page by page.

    Who goes on from the newest event instead has read all lists, as in a full sync.
    """
    observation = Observation(evidence_level=EvidenceLevel.INFERRED)
    for day in days:
        for read in _lists(index, district, day):
            observation.examined += 1
            if behind := _behind(index, district, day, read):
                observation.findings.append(_unread(index, district, day, read, behind))
    return observation


def _lists(index: RecordingIndex, district: str, day: str) -> list[ListRead]:
    """The lists of events of a day on which nothing kept the app from reading them."""
    follows = index.recording.header.mode is Mode.EVENTS and index.deliveries_known
    try:
        troubled = index.published(district, day).faults or index.incident(district, day)
    except NotReachedError:
        return []
    if not follows or troubled or faults_of_day(district, day):
        return []
    lists = index.deliveries.lists(district, day)
    return [read for read in lists if _EVENTS.fullmatch(read.path) and read.pages]


def _behind(index: RecordingIndex, district: str, day: str, read: ListRead) -> int:
    """How many events the app passed over, or did not come to."""
    last = read.pages[-1]
    after = read.listed - last.first - last.records
    between = read.listed - read.pages[0].first - read.read - after
    in_full = any(each.name.kind for each in index.deliveries.lists(district, day))
    return after if in_full else after + between


def _unread(index: RecordingIndex, district: str, day: str, read: ListRead, behind: int) -> Finding:
    last = read.pages[-1]
    return Finding(
        check="",
        day=day,
        district=district,
        finding_kind=FindingKind.NOT_DELIVERED,
        kind="",
        clever_id="",
        name="",
        sentence=sentence(
            f"On the day `{day}` your app left {counted(behind, 'event')} unread: it did not "
            "follow the link to the next page of /events."
        ),
        field="/events",
        expected="every page",
        found=f"{counted(behind, 'event')} behind",
        request=index.deliveries.request_words(district, last),
    )

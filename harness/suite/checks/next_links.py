"""Next links: whether the app reads on where a page has few records and a `next` link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.assess.api_paths import joined_twice, pattern_of
from harness.assess.check_result import EvidenceLevel
from harness.assess.findings import FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.plan.faults import SHORT_PAGE
from harness.recording.list_limits import limit_of
from harness.recording.recording import LoggedRequest
from harness.suite.checks.observation import Observation, about_sync
from harness.suite.checks.sentences import short

_CURSORS = ("starting_after", "ending_before")
List = tuple[str, tuple[str, ...]]
"""A list as the app asks for it: its path, and the query but for the place in it."""


def read_on(index: RecordingIndex, district: str, day: str) -> Observation:
    """After each page that was cut short the app asked for what comes after it.

    Lists that it did not read to their end on the day before are no matter of short pages.
    """
    observation = Observation(evidence_level=EvidenceLevel.INFERRED)
    asked = index.traffic.asked(district, day)
    went_on = {_list(request) for request in asked if _goes_on(request)}
    left_off = _left_off(index, district, day)
    reported: set[str] = set()
    for request in index.traffic.requests_hit(district, day, SHORT_PAGE):
        if _list(request) in left_off:
            continue
        observation.examined += 1
        pattern = pattern_of(request.path)
        if _list(request) in went_on or pattern in reported:
            continue
        reported.add(pattern)
        observation.findings.append(
            about_sync(
                district,
                day,
                FindingKind.TRAFFIC,
                f"Your app asked for {limit_of(request)} of {short(pattern, 40)}, got "
                f"{request.records} and a `next` link, and did not follow it.",
                field=pattern,
                expected="the next page",
                found="none",
            )
        )
    return observation


def left_off(index: RecordingIndex, district: str, day: str) -> str:
    """Why short pages show nothing: it finds no next page of whatever length; or ""."""
    if any(joined_twice(request.path) for request in index.traffic.asked(district, day)):
        return "Your app follows links to paths that Clever does not have, see R3."
    unread = _left_off(index, district, day)
    cut = {_list(request) for request in index.traffic.requests_hit(district, day, SHORT_PAGE)}
    reads_on = any(map(_goes_on, _asked_before(index, district, day)))
    if not unread or (reads_on and not cut <= unread):
        return ""
    return "Your app does not read on after full pages either, see R2: so short ones show nothing."


def _left_off(index: RecordingIndex, district: str, day: str) -> frozenset[List]:
    """The lists of which the app left some pages unread on the day before."""
    requests = _asked_before(index, district, day)
    read: dict[List, int] = {}
    for request in requests:
        if request.listed is not None and request.status == 200:
            end = request.first + request.records
            read[_list(request)] = max(read.get(_list(request), 0), end)
    return frozenset(
        _list(request)
        for request in requests
        if read.get(_list(request), 0) < (request.listed or 0)
    )


def _asked_before(index: RecordingIndex, district: str, day: str) -> Sequence[LoggedRequest]:
    """What the app asked for on the day before."""
    days = index.before(district, day)[-1:]
    return [request for each in days for request in index.traffic.asked(district, each)]


def _goes_on(request: LoggedRequest) -> bool:
    return any(part.partition("=")[0] in _CURSORS for part in request.query.split("&"))


def _list(request: LoggedRequest) -> List:
    return request.path.rstrip("/"), tuple(sorted(_without_cursor(request.query.split("&"))))


def _without_cursor(parts: Iterable[str]) -> Iterable[str]:
    return (part for part in parts if part.partition("=")[0] not in _CURSORS)

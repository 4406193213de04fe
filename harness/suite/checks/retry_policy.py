"""Conduct: how the app retries on fault days, from the requests alone.

Clever's advice: after a 5xx wait 1, 2, 4 … seconds, after five failed retries stop until later;
after a 429 wait for the reset; do not repeat what was refused
(https://dev.clever.com/docs/error-messages).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from statistics import median

from harness.assess.check_result import EvidenceLevel
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.assess.traffic_index import ACCOUNTS
from harness.contract.sync import SyncState
from harness.plan.day_names import on
from harness.plan.faults import (
    CLOSED,
    MAX_FAILURES,
    MAX_REQUESTS,
    STILL_ASKING,
    faults_of_day,
)
from harness.recording.recording import LoggedRequest
from harness.suite.checks.observation import Observation, about_sync
from harness.suite.checks.sentences import short
from harness.suite.checks.syncs import day_to_blame

RETRIES = 5
EARLY = 2
"""Retries before the reset that count as bad luck with rounding."""
SHORTEST_PAUSE = 0.03
"""Seconds. Apps may shorten their pauses for a rehearsal; less than this is none."""
ONCE_MORE = 2
"""How often a refused request may be sent: a second time with a token asked for anew."""

Check = Callable[[RecordingIndex, str, tuple[str, ...]], Observation]
"""What a district's requests of some days came to."""


def asked_again(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """Something that failed was asked for a second time, the request alone or the sync anew."""
    observation = Observation(evidence_level=EvidenceLevel.INFERRED)
    for day in days:
        asked: set[str] = set()
        again = False
        for request in index.traffic.asked(district, day):
            again |= bool(request.fault) and target(request) in asked
            asked.add(target(request))
        if not (hit := index.traffic.requests_hit(district, day)):
            continue
        observation.examined += 1
        if not again:
            path = short(hit[0].path, 50)
            words = (
                f"On the day `{day}` Clever failed to answer {path}, and your app did not ask "
                "again."
            )
            observation.findings.append(
                _finding(district, day, words, expected="up to five retries", found="none")
            )
    return observation


def pauses(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """Between a failed request and its retry lies a pause."""
    observation = Observation(
        evidence_level=EvidenceLevel.INFERRED,
        not_applicable="Your app asked for nothing again that failed.",
    )
    for day in days:
        for target, hits in _bytarget(index.traffic.requests_hit(district, day)).items():
            between = [
                later.started - earlier.started - earlier.seconds
                for earlier, later in pairwise(hits)
            ]
            if not between:
                continue
            observation.examined += 1
            if median(between) < SHORTEST_PAUSE:
                words = (
                    f"On the day `{day}` your app repeated {short(target, 50)} {len(between)} "
                    "times without a pause."
                )
                found = f"{median(between) * 1000:.0f} ms between attempts"
                observation.findings.append(
                    _finding(district, day, words, expected="pauses that grow", found=found)
                )
    return observation


def five_at_most(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """No request that failed was repeated more than five times."""
    return _repeated(index, district, days, RETRIES, "at most 5 retries", "that failed")


def after_reset(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """No request was repeated time and again before the reset that the 429 named."""
    return _repeated(index, district, days, EARLY, "one after the reset", "before the reset")


def nothing_refused(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """No request that Clever refused with a 4xx was sent again unchanged."""
    observation = Observation(
        evidence_level=EvidenceLevel.INFERRED,
        not_applicable="Clever refused no request of your app.",
    )
    for day in days:
        refused = filter(_is_refused, index.traffic.asked(district, day))
        for target, times in _bytarget(refused).items():
            observation.examined += 1
            if len(times) > ONCE_MORE:
                words = (
                    f"On the day `{day}` Clever refused {short(target, 50)} with "
                    f"{times[0].status}, your app sent it {len(times)} times."
                )
                found = f"{len(times)} times"
                observation.findings.append(
                    _finding(district, day, words, expected="once", found=found)
                )
    return observation


def ended(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """Each sync stopped asking by itself, and in time."""
    observation = Observation(evidence_level=EvidenceLevel.INFERRED)
    for day in dict.fromkeys(day_to_blame(index, district, day) for day in days):
        observation.examined += 1
        if words := _endless(index, district, day):
            observation.findings.append(
                _finding(district, day, words, expected="an end", found="none of its own")
            )
    return observation


def _endless(index: RecordingIndex, district: str, day: str) -> str:
    hits = _bytarget(index.traffic.requests_hit(district, day))
    if STILL_ASKING in {request.fault for request in index.traffic.requests_hit(district, day)}:
        return f"Your app went on asking long after its sync {on(day)} had timed out."
    if CLOSED in {request.fault for request in index.traffic.requests_hit(district, day)}:
        return f"The sync {on(day)} made {MAX_REQUESTS} requests, then Clever was closed to it."
    for target, times in hits.items():
        if len(times) >= MAX_FAILURES:
            asked = f"asked {len(times)} times for {short(target, 50)}"
            return f"On the day `{day}` your app {asked}, and there was no end in sight."
    for refused in _runs_of_refusals(index.traffic.asked(district, day)):
        if len(refused) >= MAX_FAILURES:
            asked = f"asked {len(refused)} times in a row for {short(refused[0].path, 40)}"
            return (
                f"On the day `{day}` your app {asked}, each time refused with {refused[-1].status}."
            )
    if index.death(district, day) and faults_of_day(district, day):
        return f"The app's process died on the fault day `{day}`, and was started again."
    if index.synced(district, day).final.state is SyncState.TIMED_OUT:
        return f"The sync {on(day)} had not ended when the rehearsal stopped waiting for it."
    return ""


def _runs_of_refusals(requests: Iterable[LoggedRequest]) -> Iterator[list[LoggedRequest]]:
    """Requests refused with a 4xx, those for one thing in a row; asking for a token is none."""
    asked = (request for request in requests if not ACCOUNTS.match(request.path))
    for (_, refused), run in groupby(
        asked, key=lambda request: (target(request), _is_refused(request))
    ):
        if refused:
            yield list(run)


def _is_refused(request: LoggedRequest) -> bool:
    return 400 <= request.status < 500 and request.status != 429


def _repeated(
    index: RecordingIndex, district: str, days: tuple[str, ...], most: int, expected: str, when: str
) -> Observation:
    observation = Observation(evidence_level=EvidenceLevel.INFERRED)
    for day in days:
        for target, times in _bytarget(index.traffic.requests_hit(district, day)).items():
            observation.examined += 1
            if len(times) > most + 1:
                words = (
                    f"On the day `{day}` your app repeated {short(target, 50)} "
                    f"{len(times) - 1} times {when}."
                )
                found = f"{len(times) - 1} retries"
                observation.findings.append(
                    _finding(district, day, words, expected=expected, found=found)
                )
    return observation


def _bytarget(requests: Iterable[LoggedRequest]) -> Mapping[str, list[LoggedRequest]]:
    by_target: dict[str, list[LoggedRequest]] = defaultdict(list)
    for request in requests:
        by_target[target(request)].append(request)
    return by_target


def target(request: LoggedRequest) -> str:
    """What a request asks for: path and query."""
    return f"{request.path}?{request.query}" if request.query else request.path


def _finding(district: str, day: str, words: str, *, expected: str, found: str) -> Finding:
    return about_sync(district, day, FindingKind.TRAFFIC, words, expected=expected, found=found)

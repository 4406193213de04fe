"""Traffic: what the app asked Clever for, as the simulator logged it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus

from harness.assess.api_paths import instead_of, is_known, pattern_of
from harness.assess.check_result import EvidenceLevel
from harness.assess.findings import FindingKind
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.assess.traffic_index import ACCOUNTS
from harness.contract.sync import APPLIED
from harness.plan.day_names import on
from harness.plan.plan import Incident
from harness.recording.list_limits import limit_of
from harness.suite.checks.observation import Observation, about_sync
from harness.suite.checks.sentences import short
from harness.suite.checks.syncs import did_its_work

_VERSION_3 = re.compile(r"/v3\.[01](/|$)")


def version_3(index: RecordingIndex) -> Observation:
    """Every request for roster data names version 3.0 or 3.1."""
    observation = Observation(evidence_level=EvidenceLevel.INFERRED)
    reported: set[str] = set()
    for request in index.traffic.requests:
        if ACCOUNTS.match(request.path):
            continue
        observation.examined += 1
        pattern = pattern_of(request.path)
        if pattern in reported:
            continue
        if not _VERSION_3.match(request.path):
            words, expected = "is not API version 3", "/v3.0/… or /v3.1/…"
        elif request.status == HTTPStatus.NOT_FOUND and not is_known(request.path):
            words, expected = "API version 3 does not have", _instead(request.path)
        else:
            continue
        reported.add(pattern)
        observation.findings.append(
            about_sync(
                request.district,
                request.day,
                FindingKind.TRAFFIC,
                f"Your app asked for {short(pattern, 60)}, which {words}"
                f"{f': ask for {expected}' if expected and '…' not in expected else ''}.",
                field=pattern,
                expected=expected,
                found=request.path,
            )
        )
    return observation


def _instead(path: str) -> str:
    """The path of version 3 that serves what a path asks for; "" when none is known."""
    path_of_today = instead_of(path)
    return f"{_VERSION_3.match(path)[0].rstrip('/')}{path_of_today}" if path_of_today else ""  # type: ignore[index]


def on_demand(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """Each sync asked Clever for roster data while it ran, of whatever district."""
    observation = Observation(evidence_level=EvidenceLevel.INFERRED)
    for day in _done(index, district, days):
        observation.examined += 1
        if not _districts_read(index, district, day):
            observation.findings.append(
                about_sync(
                    district,
                    day,
                    FindingKind.TRAFFIC,
                    f"Asked to sync {on(day)}, your app reported success without asking Clever.",
                    expected="requests to Clever",
                    found="none",
                )
            )
    return observation


def of_its_district(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """Each sync that was answered about roster data was answered about the district it was for.

    A sync of all districts that is refused one of them, or is not given a token for it, may go on
    with the others.
    """
    observation = Observation(evidence_level=EvidenceLevel.INFERRED)
    done = frozenset(_done(index, district, days))
    for day in days:
        alone = index.traffic.read_alone(district, day)
        disconnected = index.incident(district, day) == Incident.DISCONNECTS
        if day not in done and (disconnected or not alone):
            continue
        others = ", ".join(sorted(index.traffic.read_instead(district, day)))
        observation.examined += bool(others or _districts_read(index, district, day))
        if others:
            observation.findings.append(
                about_sync(
                    district,
                    day,
                    FindingKind.TRAFFIC,
                    f"Asked to sync the {district} district {on(day)}, your app read the {others} "
                    "district: it used that district's token.",
                    field="token",
                    expected=f"the token of the {district} district",
                    found=f"that of the {others} district",
                )
            )
    return observation


def _done(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Iterator[str]:
    """The days whose sync ended well, with something there to read."""
    for day in days:
        ended_well = index.synced(district, day).final.state in APPLIED
        if not ended_well and not did_its_work(index, district, day):
            continue  # a sync that did not complete is reported as such
        if index.incident(district, day) != Incident.DISCONNECTS:
            yield day


def _districts_read(index: RecordingIndex, district: str, day: str) -> frozenset[str]:
    """The districts whose roster data the app asked for while it synced this one."""
    asked = index.traffic.in_sync.get((district, day), ())
    return frozenset(request.district for request in asked if not ACCOUNTS.match(request.path))


def read_again(index: RecordingIndex, district: str, first: str, day: str) -> Observation:
    """Every kind of record that the app read from the Data API on one day it read on another."""
    observation = Observation(evidence_level=EvidenceLevel.INFERRED)
    again = _kinds_read(index, district, day)
    for kind in sorted(_kinds_read(index, district, first)):
        observation.examined += 1
        if kind not in again:
            observation.findings.append(
                about_sync(
                    district,
                    day,
                    FindingKind.TRAFFIC,
                    f"Asked for a full sync {on(day)}, your app did not read the {kind} again.",
                    field=kind,
                    expected=f"a request for {kind}, as {on(first)}",
                    found="none",
                )
            )
    return observation


def unpaged(index: RecordingIndex, district: str, day: str, kind: str) -> str:
    """That the app read a whole list in one answer with room for more, in a sentence; or ""."""
    path = re.compile(rf"/v[\d.]+/{kind}/?")
    asked = [
        r for r in index.traffic.asked(district, day) if path.fullmatch(r.path) and r.status == 200
    ]
    if len(asked) != 1:
        return ""
    limit = limit_of(asked[0])
    if asked[0].records >= limit:
        return ""
    return (
        f"Your app asks for up to {limit} {kind} at once, and {asked[0].records:,} are all there "
        "are: how it reads further pages did not show."
    )


def _kinds_read(index: RecordingIndex, district: str, day: str) -> set[str]:
    """What lists and records of the Data API the app asked for during its sync of a day."""
    asked = (
        request.path.split("/")
        for request in index.traffic.requests
        if (request.district, request.day) == (district, day)
        and request.during in ("sync", "approve")
        and request.status == 200
    )
    return {name for path in asked for name in path if name in KINDS}

"""Traffic: what the app asked Clever for, as the simulator logged it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs

from harness.assess.breakdowns import Death
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import ACCOUNTS, KINDS, RecordingIndex
from harness.assess.results import EvidenceLevel
from harness.contract.sync import SyncState
from harness.plan.plan import COMMON, OUTAGES, Day, Incident
from harness.recording.recording import BisectOutcome, BisectResult
from harness.suite.checks.observation import Observation
from harness.suite.checks.sentences import sentence, short, spoken

_PAGE = "100"
"""Records that Clever puts on a page unless asked for another number."""
_VERSION_3 = re.compile(r"/v3\.[01](/|$)")

DONE = (SyncState.COMPLETED, SyncState.PARTIAL)
"""How a sync may end that Clever served without fault (a partial one names what it skipped)."""


def completed(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """The sync of each day completed, and the app lived on."""
    observation = Observation(evidence_level=EvidenceLevel.SELF_REPORTED)
    for day in days:
        observation.examined += 1
        if death := index.death(district, day):
            observation.findings.append(_died(district, day, death))
            continue
        ended = index.synced(district, day).final
        if ended.state not in DONE:
            words = f"{_the_sync(district, day)} {_ended(ended.state)}"
            observation.findings.append(
                _finding(
                    district,
                    day,
                    FindingKind.SYNC,
                    f"{words}: {short(ended.reason, 138 - len(words))}",
                    expected="completed",
                    found=f"{ended.state}: {ended.reason}",
                )
            )
    return observation


def _died(district: str, day: str, death: Death) -> Finding:
    again = "could not be started" if death.for_good else "was started"
    sync = _the_sync(district, day).replace("The", "the", 1)
    moment = f"{death.moment} {sync}" if day != Day.BEFORE else "before Clever was connected"
    words = f"The app's process died {moment} and {again} again"
    return _finding(
        district,
        day,
        FindingKind.SYNC,
        f"{words}: {short(death.words, max(20, 138 - len(words)))}",
        expected="completed",
        found=f"died: {death.words}",
    )


def _the_sync(district: str, day: str) -> str:
    """The sync of a day, with the district if it is a small one."""
    of = "" if district == COMMON else f" of the {district} district"
    return f"The sync{of} on {day}"


def excused(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether a sync rightly does not complete: there is nothing to read, or a person must look."""
    incident = index.incident(district, day)
    if incident in (Incident.NOTHING_SHARED, Incident.PAUSED):
        return index.synced(district, day).final.state in (SyncState.HELD, SyncState.REFUSED)
    return incident in OUTAGES


def broken_down(index: RecordingIndex) -> Observation:
    """Every breakdown of an earlier trip, with the edge cases that are behind it."""
    observation = Observation(evidence_level=EvidenceLevel.OBSERVED)
    for found in index.isolated:
        if not found.again:
            continue
        observation.examined += 1
        words = f"{_the_sync(found.district, found.day)} breaks down {_behind(found)}"
        observation.findings.append(
            _finding(
                found.district,
                found.day,
                FindingKind.SYNC,
                f"{words}: {short(found.what, max(20, 138 - len(words)))}",
                field=",".join((*found.edge_cases, *found.incidents)) or found.result,
                expected="completed",
                found=found.what,
            )
        )
    return observation


def _behind(found: BisectResult) -> str:
    incidents = [f"when {short(what, 50)}" for what in found.incidents]
    match found.result:
        case BisectOutcome.CULPRIT:
            return incidents[0] if incidents else f"on {short(found.edge_cases[0], 40)}"
        case BisectOutcome.TOGETHER:
            return f"when {short(spoken((*found.edge_cases, *found.incidents)), 50)} meet"
        case BisectOutcome.NOT_NARROWED:
            parts = len(found.edge_cases) + len(found.incidents)
            return f"on one of {parts} edge cases{' and incidents' if incidents else ''}"
        case BisectOutcome.DISTRICT:
            return "with nothing special in it"
        case _:
            return "sometimes, not every time"


def version_3(index: RecordingIndex) -> Observation:
    """Every request for roster data names version 3.0 or 3.1."""
    observation = Observation(evidence_level=EvidenceLevel.INFERRED)
    told: set[str] = set()
    for request in index.requests:
        if ACCOUNTS.match(request.path):
            continue
        observation.examined += 1
        pattern = re.sub(r"[0-9a-f]{24}", "{id}", request.path)
        if not _VERSION_3.match(request.path) and pattern not in told:
            told.add(pattern)
            observation.findings.append(
                _finding(
                    request.district,
                    request.day,
                    FindingKind.TRAFFIC,
                    f"Your app asked for {short(request.path, 60)}, which is not API version 3.",
                    field=pattern,
                    expected="/v3.0/… or /v3.1/…",
                    found=request.path,
                )
            )
    return observation


def on_demand(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """Each sync asked Clever for roster data while it ran, of whatever district."""
    observation = Observation(evidence_level=EvidenceLevel.INFERRED)
    for day in _done(index, district, days):
        observation.examined += 1
        if not _districts_read(index, district, day):
            observation.findings.append(
                _finding(
                    district,
                    day,
                    FindingKind.TRAFFIC,
                    f"Asked to sync on {day}, your app reported success without asking Clever.",
                    expected="requests to Clever",
                    found="none",
                )
            )
    return observation


def of_its_district(index: RecordingIndex, district: str, days: tuple[str, ...]) -> Observation:
    """Each sync that asked for roster data asked for some of the district it was for."""
    observation = Observation(evidence_level=EvidenceLevel.INFERRED)
    for day in _done(index, district, days):
        read = _districts_read(index, district, day)
        observation.examined += bool(read)
        if read and district not in read:
            others = ", ".join(sorted(read))
            observation.findings.append(
                _finding(
                    district,
                    day,
                    FindingKind.TRAFFIC,
                    f"Asked to sync the {district} district on {day}, your app read the {others} "
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
        if index.synced(district, day).final.state not in DONE:
            continue  # completion accuses
        if index.incident(district, day) != Incident.FAREWELL:
            yield day


def _districts_read(index: RecordingIndex, district: str, day: str) -> frozenset[str]:
    """The districts whose roster data the app asked for while it synced this one."""
    asked = index.in_sync.get((district, day), ())
    return frozenset(one.district for one in asked if not ACCOUNTS.match(one.path))


def read_again(index: RecordingIndex, district: str, first: str, day: str) -> Observation:
    """Every kind of record that the app read from the Data API on one day it read on another."""
    observation = Observation(evidence_level=EvidenceLevel.INFERRED)
    again = _kinds_read(index, district, day)
    for kind in sorted(_kinds_read(index, district, first)):
        observation.examined += 1
        if kind not in again:
            observation.findings.append(
                _finding(
                    district,
                    day,
                    FindingKind.TRAFFIC,
                    f"Asked for a full sync on {day}, your app did not read the {kind} again.",
                    field=kind,
                    expected=f"a request for {kind}, as on {first}",
                    found="none",
                )
            )
    return observation


def unpaged(index: RecordingIndex, district: str, day: str, kind: str) -> str:
    """That the app read a whole list in one answer with room for more, in a sentence; or ""."""
    path = re.compile(rf"/v[\d.]+/{kind}/?")
    asked = [r for r in index.asked(district, day) if path.fullmatch(r.path) and r.status == 200]
    if len(asked) != 1:
        return ""
    (limit, *_) = parse_qs(asked[0].query).get("limit", [_PAGE])
    if not limit.isdecimal() or asked[0].records >= int(limit):
        return ""
    return (
        f"Your app asks for up to {limit} {kind} at once, and {asked[0].records:,} are all there "
        "are: how it reads further pages did not show."
    )


def _kinds_read(index: RecordingIndex, district: str, day: str) -> set[str]:
    """What lists and records of the Data API the app asked for during its sync of a day."""
    asked = (
        request.path.split("/")
        for request in index.requests
        if (request.district, request.day) == (district, day)
        and request.during in ("sync", "approve")
        and request.status == 200
    )
    return {name for path in asked for name in path if name in KINDS}


def _ended(state: SyncState) -> str:
    match state:
        case SyncState.HELD:
            return "was held back and nobody could approve it"
        case SyncState.TIMED_OUT:
            return "did not end in time"
        case SyncState.REFUSED:
            return "was refused"
        case _:
            return "failed"


def _finding(
    district: str,
    day: str,
    finding_kind: FindingKind,
    words: str,
    *,
    expected: str,
    found: str,
    field: str = "",
) -> Finding:
    return Finding(
        check="",
        day=day,
        district=district,
        finding_kind=finding_kind,
        kind="",
        clever_id="",
        name="",
        sentence=sentence(words),
        field=field,
        expected=expected,
        found=found,
    )

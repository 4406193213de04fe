"""What requests tell: paths Clever does not have, links joined wrongly, tokens that are dead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.assess.traffic_index import ACCOUNTS
from harness.contract.sync import SyncState
from harness.plan.plan import OUTAGES
from harness.prose import counted, joined
from harness.recording.recording import LoggedRequest

_ABSENT = (FindingKind.MISSING, FindingKind.INACTIVE, FindingKind.SYNC, FindingKind.UNREAD)
_ROLES = {
    "students": "student",
    "teachers": "teacher",
    "staff": "staff",
    "school_admins": "staff",
    "district_admins": "district_admin",
    "contacts": "contact",
    "guardians": "contact",
}
_TWICE = re.compile(r"(/v\d+\.\d+)/.*?v\d+\.\d+(/|$)|https?:/|//")
_VERSION = re.compile(r"/v\d+\.\d+")


def links_joined(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Requests whose path holds the version twice, a whole address, or no version any more."""
    asked = [r for r in _refused(index, 404) if _TWICE.search(r.path)]
    if not asked:
        return
    behind = _of_requests(index, findings, asked, _ABSENT)
    if not behind:
        return
    behind += [f for f in shaped(findings, FindingKind.TRAFFIC) if _TWICE.search(f.found)]
    again = joined([f"`{path}`" for path in _most(r.path for r in asked)])
    yield LikelyCause(
        "links-joined-wrongly",
        f"Your app joins links to its own address or version: {counted(len(asked), 'request')} "
        f"went to paths like {again}, which Clever answers with 404.",
        "A link's `uri` is a path from the root of the host: put it after `https://api.clever.com`.",
        behind,
    )


def unknown_paths(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Lists were asked for that version 3 does not have, and every answer was 404."""
    asked = [r for r in _refused(index, 404) if not _TWICE.search(r.path) and _is_no_list(r.path)]
    if not asked:
        return
    behind = _of_requests(index, findings, asked, (*_ABSENT, FindingKind.TRAFFIC))
    if not behind:
        return
    patterns = _most(_pattern(r.path) for r in asked)
    instead = [f"`{path}` is `{_equivalent(path)}` in version 3" for path in patterns]
    yield LikelyCause(
        "unknown-path",
        f"Your app asks for paths that Clever does not have: {counted(len(asked), 'request')} "
        f"answered with 404. {joined(instead)}.",
        "Ask for the path of version 3, and stop when Clever answers a list with 404.",
        behind,
    )


def old_version(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Paths of another version of the API."""
    behind = [f for f in shaped(findings, FindingKind.TRAFFIC) if f.expected.startswith("/v3.0")]
    if behind:
        paths = joined([f"`{path}`" for path in _most(f.field for f in behind)])
        yield LikelyCause(
            "old-version",
            f"Your app asks for {paths}, which is not version 3 of Clever's API.",
            "Prefix every path with /v3.0 or /v3.1; users of all roles are in `/v3.0/users`.",
            behind,
        )


def dead_token(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """On some days every request was answered with 401, though the district is connected."""
    days: set[tuple[str, str]] = set()
    number = 0
    for (district, day), asked in index.traffic.in_sync.items():
        data = [r for r in asked if not ACCOUNTS.match(r.path) and not r.fault]
        connected = index.incident(district, day) not in OUTAGES
        if data and connected and all(r.status == 401 for r in data):
            days.add((district, day))
            number += len(data)
    behind = [f for f in shaped(findings, *_ABSENT) if (f.district, f.day) in days]
    if behind:
        yield LikelyCause(
            "dead-token",
            f"Your app keeps a token that Clever has replaced: all {counted(number, 'request')} "
            f"in {counted(len(days), 'sync', 'syncs')} were answered with 401.",
            "Ask `/oauth/tokens` for the district's token before each sync, and change nothing "
            "when it answers 401.",
            behind,
        )


def nothing_asked(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Syncs that say they completed, and asked Clever for nothing."""
    silent = [
        f
        for f in shaped(findings, FindingKind.TRAFFIC)
        if f.found == "none" and f.expected.startswith("requests to")
    ]
    if silent:
        days = {(f.district, f.day) for f in silent}
        others = [f for f in findings if f not in silent and (f.district, f.day) in days]
        yield LikelyCause(
            "nothing-asked",
            f"Your app says of {counted(len(silent), 'sync', 'syncs')} that it completed, and "
            "asked Clever for nothing.",
            "Read from Clever whenever a sync is asked for.",
            [*silent, *others],
        )


_SAYS = tuple[str, Callable[[Finding], bool], str, str]
_TRAFFIC: Sequence[_SAYS] = (
    (
        "gives-up-at-once",
        lambda f: f.expected == "up to five retries",
        "Your app gives up when a request fails once.",
        "Retry what can pass (5xx, 429, dropped connections) after 1, 2, 4, 8 and 16 seconds.",
    ),
    (
        "retries-without-pause",
        lambda f: f.expected == "pauses that grow",
        "Your app repeats failed requests without a pause.",
        "Wait 1, 2, 4, 8 and 16 seconds before the retries of a request.",
    ),
    (
        "ignores-the-reset",
        lambda f: f.expected == "one after the reset",
        "Your app repeats a request before the rate limit is reset.",
        "After a 429, wait until the time that `X-RateLimit-Reset` names.",
    ),
    (
        "dies-of-failures",
        lambda f: "process died" in f.sentence,
        "Your app's process dies when Clever fails or refuses.",
        "End the sync with an error, and keep the process running.",
    ),
    (
        "never-stops",
        lambda f: (
            f.expected in ("an end", "at most 5 retries") and "process died" not in f.sentence
        ),
        "Your app repeats failed requests without an end.",
        "Give up after five retries and leave it to the next sync; give every sync a maximum "
        "duration.",
    ),
    (
        "retries-refusals",
        lambda f: f.expected == "once",
        "Your app repeats requests that Clever refuses.",
        "Do not repeat a request that was answered with 4xx, apart from 429.",
    ),
    (
        "says-completed",
        lambda f: f.found == "completed",
        "Your app reports syncs as completed that could not read everything.",
        "Report such a sync as refused, failed or partial, with what could not be read.",
    ),
    (
        "stops-at-short-pages",
        lambda f: f.expected == "the next page",
        "Your app takes a page that is not full for the last of its list.",
        "Follow the `next` link until an answer has none, and count no records.",
    ),
    (
        "no-full-sync",
        lambda f: f.expected.startswith("a request for"),
        "Your app does not read everything again when a full sync is asked for.",
        "Keep the full sync as an operation of its own, and start from a new cursor after it.",
    ),
)


def habits(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What the app does with requests that fail, by what was expected instead."""
    for identifier, accepts, sentence, remedy in _TRAFFIC:
        if behind := [f for f in shaped(findings, FindingKind.TRAFFIC) if accepts(f)]:
            follow = _FOLLOW.get(identifier, _nothing)
            yield LikelyCause(identifier, sentence, remedy, [*behind, *follow(index, findings)])


def _nothing(index: RecordingIndex, findings: Sequence[Finding]) -> list[Finding]:
    return []


def _given_up(index: RecordingIndex, findings: Sequence[Finding]) -> list[Finding]:
    """What is missing since a sync did not complete, in which another try would have helped."""
    missing = [f for f in shaped(findings, FindingKind.MISSING) if f.requirement == "T2"]
    return [
        f for f in missing if index.synced(f.district, f.day).final.state is not SyncState.COMPLETED
    ]


def _died(index: RecordingIndex, findings: Sequence[Finding]) -> list[Finding]:
    """The breakdowns by which the process died where Clever refused the token."""
    places = {
        (bisected.district, bisected.day)
        for bisected in index.bisect_results
        if bisected.incidents and set(bisected.incidents) <= set(OUTAGES)
    }
    syncs = shaped(findings, FindingKind.SYNC)
    return [f for f in syncs if (f.district, f.day) in places and "process died" in f.sentence]


_FOLLOW: Mapping[str, Callable[[RecordingIndex, Sequence[Finding]], list[Finding]]] = {
    "gives-up-at-once": _given_up,
    "dies-of-failures": _died,
}
"""Cause → what else follows from it."""


def _refused(index: RecordingIndex, status: int) -> list[LoggedRequest]:
    """Requests for roster data that were answered so, by no fault of the day."""
    return [
        r
        for r in index.traffic.requests
        if r.status == status and not r.fault and not ACCOUNTS.match(r.path)
    ]


def _is_no_list(path: str) -> bool:
    """Whether it is no path of version 3: neither a list nor a record of one."""
    parts = [part for part in path.split("/") if part]
    known = {*(str(kind) for kind in KINDS), "districts", "events", "me"}
    return len(parts) < 2 or not _VERSION.fullmatch(f"/{parts[0]}") or parts[1] not in known


def _pattern(path: str) -> str:
    return re.sub(r"[0-9a-f]{24}", "{id}", path)


def _equivalent(path: str) -> str:
    """The path of version 3 that serves what another one asks for."""
    parts = [part for part in path.split("/") if part and not _VERSION.fullmatch(f"/{part}")]
    if not parts:
        return "/v3.0/users"
    first, *below = parts
    if first in _ROLES:
        list_of = f"/users?role={_ROLES[first]}" if not below else "/users"
        return f"/v3.0{list_of}" + "".join(f"/{part}" for part in below)
    return "/v3.0/" + "/".join(["users" if p in _ROLES else p for p in parts])


def _most(words: Iterable[str]) -> list[str]:
    return [word for word, _ in Counter(words).most_common(3)]


def _of_requests(
    index: RecordingIndex,
    findings: Sequence[Finding],
    asked: Sequence[LoggedRequest],
    kinds: Sequence[FindingKind],
) -> list[Finding]:
    """Findings of the districts and days of such requests, about what they asked for."""
    days = {(r.district, r.day) for r in asked}
    paths = " ".join({r.path for r in asked})
    about = {str(kind) for kind in KINDS if str(kind) in paths}
    if any(role in paths for role in _ROLES):
        about.add("users")
    accused = [f for f in shaped(findings, *kinds) if (f.district, f.day) in days or not f.district]
    return [f for f in accused if not f.kind or not about or f.kind in about]


EVIDENCE: tuple[Rule, ...] = (links_joined, unknown_paths, dead_token, nothing_asked)
HABITS: tuple[Rule, ...] = (old_version, habits)

"""Facts about requests: what an app asked Clever for, as it can stand in an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl

from harness.assess.api_paths import pattern_of
from harness.assess.expectations import ROLE_KEYS
from harness.assess.facts.full_reads import full_reads, synced_places
from harness.assess.kinds import NOUNS, Kinds
from harness.assess.recording_index import RecordingIndex
from harness.assess.traffic_report import traffic_words
from harness.contract.adapter import Capability
from harness.contract.sync import Mode
from harness.plan.faults import FAULT_DAYS
from harness.plan.plan import COMMON
from harness.prose import capitalized, joined
from harness.recording.recording import LoggedRequest

_VERSIONED = re.compile(r"/v(\d+\.\d+)/", re.IGNORECASE)
_LIST = re.compile(r"/v3\.\d+/([a-z]+)(?:/[0-9a-f]{24}/([a-z]+))?/?$", re.IGNORECASE)
_EVENTS = re.compile(r"/v3\.\d+/events(/|$)", re.IGNORECASE)
_LISTS = ("districts", "schools", "terms", "courses", "sections", "users")
_PEOPLE = (*ROLE_KEYS.values(), "users")


def api_versions(index: RecordingIndex) -> str:
    """The versions of the Data API that were asked for: `versions 3.0 and 3.1`."""
    versions = {match[1] for r in index.traffic.requests if (match := _VERSIONED.match(r.path))}
    return (
        f"version{'s' if len(versions) > 1 else ''} {joined(sorted(versions))}" if versions else ""
    )


def token_reading(index: RecordingIndex) -> str:
    """Where the tokens came from with which roster data was read."""
    if not any(_lists_of(index.traffic.requests)):
        return ""
    read = {
        request.during
        for request in index.traffic.requests
        if request.path == "/oauth/tokens"
        and "owner_type=district" in request.query
        and request.status == 200
    }
    if Capability.NEW_TOKEN in index.capabilities and not any("sync" in when for when in read):
        return "with a token for each district that an operator enters"
    return "reading each district's token from Clever" if read else "with one token per district"


def records_read(index: RecordingIndex) -> str:
    """The record types that were read and are kept: `Schools, sections, students and teachers`.

    People who get their accounts at login are kept, too, whether or not anybody has one.
    """
    kept, read = Kinds(index).held, set(_lists_of(index.traffic.requests))
    if "users" in read or any(map(_reads_a_user, index.traffic.requests)):
        read.update(ROLE_KEYS.values())
    return capitalized(
        joined(
            [
                NOUNS[kind]
                for kind in NOUNS
                if kind in read and (kind in kept or index.profile.at_login(kind))
            ]
        )
    )


def _reads_a_user(request: LoggedRequest) -> bool:
    """Whether it is for a single user, of whatever role."""
    return request.status == 200 and pattern_of(request.path).endswith("/users/{id}")


def events_unused(index: RecordingIndex) -> str:
    """That no events were asked for, if anything was."""
    asked = index.traffic.requests
    unused = asked and not any(_EVENTS.match(request.path) for request in asked)
    return "we do not use events" if unused else ""


def events_read(index: RecordingIndex) -> str:
    """Which events were read, by the filters of the requests; "" when none were."""
    asked = [r for r in index.traffic.requests if _EVENTS.match(r.path) and r.status == 200]
    if not asked:
        return ""
    narrowed = [_narrowed(request) for request in asked]
    if all(narrowed):
        named = joined([f"`{name}`" for name in sorted(set().union(*narrowed))])
        return f"events with the filter {named} only"
    filters = [
        {kind for name, kind in parse_qsl(request.query) if name in _RECORD_TYPE}
        for request in asked
    ]
    if all(filters):
        return f"the events of {joined(sorted(set().union(*filters)))}"
    return "all events"


def update_style(index: RecordingIndex) -> str:
    """How updates come, if every sync on a calm day shows it."""
    days = [day for day in index.days_of(COMMON) if day not in FAULT_DAYS]
    syncs = [requests for day in days if (requests := index.traffic.in_sync.get((COMMON, day)))]
    if not syncs:
        return ""
    match index.recording.header.mode:
        case Mode.FULL:
            again = full_reads(index, synced_places(index)).every_time
            return "With a batched sync" + (
                " that reads from Clever again every time." if again else "."
            )
        case Mode.EVENTS:
            return "With a batched sync that processes events." if events_read(index) else ""
        case Mode.LOGIN:
            return "Upon login."


def update_method(index: RecordingIndex) -> str:
    """What the Data API is used for, without figures."""
    if not any(_lists_of(index.traffic.requests)):
        return ""
    match index.recording.header.mode:
        case Mode.FULL:
            return "Full data syncs"
        case Mode.EVENTS:
            events = "A full sync at first share, events from then on"
            return events if events_read(index) else ""
        case Mode.LOGIN:
            return "When users log in"


def unfinished_lists(index: RecordingIndex) -> str:
    """The lists of which some sync on a calm day left the last pages unread."""
    unfinished: dict[str, None] = {}
    for day in index.days_of(COMMON):
        ends: dict[tuple[str, str], int] = {}
        sizes: dict[tuple[str, str], int] = {}
        for request in () if day in FAULT_DAYS else index.traffic.in_sync.get((COMMON, day), ()):
            if request.status == 200 and request.listed is not None and _list_of(request):
                place = _list_of(request), f"{request.path}?{_filters(request)}"
                ends[place] = max(ends.get(place, 0), request.first + request.records)
                sizes[place] = max(sizes.get(place, 0), request.listed)
        unread = [place for place in ends if ends[place] < sizes[place]]
        unfinished.update(dict.fromkeys(_within(*place) for place in unread))
    return joined(sorted(unfinished))


def _within(name: str, place: str) -> str:
    """A list with the record it is in, if it is in any: `users of a section`."""
    match = _LIST.match(place.partition("?")[0])
    return f"{name} of a {match[1].lower()[:-1]}" if match and match[2] else name


def asks_how(index: RecordingIndex) -> str:
    """How many requests a sync takes, for how much, and how many of them at a time."""
    return traffic_words(index)


_RECORD_TYPE = ("record_type", "record_type[]")


_WHICH_PAGE = ("limit", "starting_after", "ending_before", "count")


def _narrowed(request: LoggedRequest) -> set[str]:
    """By what else than the type of record a request chooses events."""
    return {key for key, _ in parse_qsl(request.query)} - {*_RECORD_TYPE, *_WHICH_PAGE}


def _list_of(request: LoggedRequest) -> str:
    """The list a request asks for, by its v3 path; or ""."""
    match = _LIST.match(request.path)
    name = (match[2] or match[1]).lower() if match else ""
    return name if name in (*_LISTS, *_PEOPLE) else ""


def _filters(request: LoggedRequest) -> str:
    """What of its query chooses records rather than a page of them."""
    filters = [pair for pair in sorted(parse_qsl(request.query)) if pair[0] not in _WHICH_PAGE]
    return "&".join(f"{key}={value}" for key, value in filters)


def _lists_of(requests: Iterable[LoggedRequest]) -> Iterator[str]:
    """The lists with records in answers, each by what it was asked for: `sections`, `students`."""
    for request in requests:
        name = _list_of(request)
        if request.status != 200 or not request.records or not name:
            continue
        roles = [ROLE_KEYS.get(v, "") for key, v in parse_qsl(request.query) if key == "role"]
        yield from filter(None, roles) if name == "users" and roles else (name,)

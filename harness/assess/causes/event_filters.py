"""Which events never reached an app, since it asked Clever for a part of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qsl

from harness.assess.causes.likely_cause import LikelyCause
from harness.assess.findings import Finding
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.contract.sync import Mode
from harness.district.data_model.records import Kind
from harness.prose import counted, few, joined

_LEFT_OUT: Mapping[str, Sequence[Kind]] = {"school": (Kind.TERMS, Kind.COURSES, Kind.USERS)}
"""A filter of /events → the kinds of which it leaves out some or all, whatever its value.

A course and a term belong to the district, and so do contacts and whoever has no school
(Clever's description of the Events API, `school`).
"""
_WORDS = {Kind.USERS: "users without a school"}
_PAGING = frozenset({"limit", "starting_after", "ending_before", "count"})


def narrowed(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Records differ of kinds whose events a filter of /events left out in every request."""
    if index.recording.header.mode is not Mode.EVENTS:
        return
    filters = index.cached("filters of events", lambda: _filters(index))
    left_out = {kind for name in filters for kind in _without(name, filters[name])}
    behind = [f for f in findings if f.clever_id and f.kind in left_out and _by_events(index, f)]
    if not behind:
        return
    named = joined([f"`{name}`" for name in filters])
    kinds = joined([_WORDS.get(k, str(k)) for k in KINDS if k in {f.kind for f in behind}])
    linked = [f for f in findings if f not in behind and _links(index, f, behind)]
    yield LikelyCause(
        "ignores-events",
        f"Your app asks for /events with {named} in every request, which leaves out events of "
        f"{kinds}: {counted(len({f.clever_id for f in behind}), 'record')} of these differ from "
        f"Clever{_such_as(behind)}.",
        f"Ask for /events without {named}, and leave out afterwards what your app does not need.",
        [*behind, *linked],
    )


def _such_as(behind: Sequence[Finding]) -> str:
    return f", such as {few(list(dict.fromkeys(f.name for f in behind if f.name)), 2)}"


def _filters(index: RecordingIndex) -> Mapping[str, set[str]]:
    """Each parameter that every request for events had, and its values."""
    asked = [
        dict(parse_qsl(request.query))
        for request in index.traffic.requests
        if request.path.endswith("/events") and request.during == "sync"
    ]
    # The last event is looked up once for the cursor, without any filter.
    reading = [query for query in asked if not {"ending_before"} & query.keys()]
    filters: dict[str, set[str]] = defaultdict(set)
    for query in reading:
        for name in query.keys() - _PAGING:
            filters[name].add(query[name])
    return {name: values for name, values in filters.items() if all(name in q for q in reading)}


def _without(name: str, values: set[str]) -> Sequence[Kind]:
    """The kinds a filter leaves out."""
    if name == "record_type":
        asked = {part for value in values for part in value.split(",")}
        return [kind for kind in KINDS if str(kind) not in asked]
    return _LEFT_OUT.get(name, ())


def _by_events(index: RecordingIndex, finding: Finding) -> bool:
    """Whether a record of a kind that has a school belongs to none: contacts, administrators."""
    if finding.kind != Kind.USERS:
        return True
    days = (*index.before(finding.district, finding.day), finding.day)
    for day in reversed(days if finding.day in index.days_of(finding.district) else ()):
        user = index.roster(finding.district, day).users.get(finding.clever_id)
        if user is not None:
            roles = dict(user["roles"])
            return not any((role or {}).get("schools") for role in roles.values())  # type: ignore[attr-defined]
    return False


def _links(index: RecordingIndex, finding: Finding, behind: Sequence[Finding]) -> bool:
    """Whether a section lacks a course or term whose event never reached the app."""
    if finding.kind != Kind.SECTIONS or finding.day not in index.days_of(finding.district):
        return False
    section = index.roster(finding.district, finding.day).sections.get(finding.clever_id)
    gone = {f.clever_id for f in behind}
    return section is not None and bool({section.get("course"), section.get("term_id")} & gone)

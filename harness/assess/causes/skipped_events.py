"""Which events an app leaves out: all of one type, or those that Clever no longer keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from harness.assess.causes.likely_cause import LikelyCause, Rule, part
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.contract.sync import Mode, SyncState
from harness.district.data_model.records import Kind, Record
from harness.plan.day_names import on
from harness.plan.plan import Incident
from harness.prose import counted, joined

_LONG_AFTER = (Incident.LATE, Incident.YEAR_LATER)
"""More than 30 days after the last sync: Clever keeps events no longer."""
_SOME = 0.4
"""Part of the changes of a type that are wrong when the app leaves it out: many change back."""
_NEARLY = 0.8
_Place = tuple[str, str]
"""District, and day or Clever ID."""


def after_gap(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Clever did not know the cursor any more, and the app read no list in that sync."""
    if index.recording.header.mode is not Mode.EVENTS:
        return
    places = {
        (district, day)
        for district in {finding.district for finding in findings}
        for day in (index.days_of(district) if district else ())
        if _lost_its_place(index, district, day)
    }
    behind = [f for f in findings if (f.district, f.day) in places and f.clever_id]
    if behind:
        yield LikelyCause(
            "skips-events-after-gap",
            f"In {counted(len(places), 'sync')} Clever no longer kept the event of your "
            "app's cursor; your app read a later event than the next one, and no list, and lost "
            "what happened in between.",
            "When the last sync is over 30 days ago, or Clever does not know your cursor, read all "
            "lists as in a full sync, and take the newest event for the cursor.",
            behind,
        )


def _lost_its_place(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether Clever no longer kept the event of the cursor, and the app read events alone."""
    asked = index.traffic.asked(district, day)
    refused = [n for n, r in enumerate(asked) if r.path.endswith("/events") and r.status == 400]
    if not refused and index.incident(district, day) not in _LONG_AFTER:
        return False
    later = asked[refused[-1] + 1 :] if refused else asked
    lists = any(r.path.endswith(f"/{kind}") for r in later for kind in KINDS)
    return not lists and any(r.path.endswith("/events") and r.status == 200 for r in later)


def left_unread(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Events were left unread behind the page on which the app stopped, and what they brought."""
    unread = [
        finding
        for finding in findings
        if finding.finding_kind is FindingKind.NOT_DELIVERED
        and finding.field == "/events"
        and not _broke_down(index, finding)
    ]
    if unread:
        passed_over = _passed_over(index, unread)
        about = [f for f in findings if (f.district, f.clever_id) in passed_over]
        yield LikelyCause(
            "events-left-unread",
            f"Your app stops before the last page of /events: {unread[0].found} "
            f"{on(unread[0].day)}.",
            "Follow the `next` link of /events until there is none, in every sync, and store the "
            "cursor of the last event that was applied.",
            [*unread, *(finding for finding in about if finding not in unread)],
        )


def _broke_down(index: RecordingIndex, finding: Finding) -> bool:
    """Whether the sync failed: then it stopped for another reason."""
    return index.synced(finding.district, finding.day).final.state is SyncState.FAILED


def _passed_over(index: RecordingIndex, unread: Sequence[Finding]) -> set[_Place]:
    """District and Clever ID of what changed at Clever with syncs that left events unread."""
    places: set[_Place] = set()
    for district, day in {(finding.district, finding.day) for finding in unread}:
        for earlier in index.before(district, day)[-1:]:
            for kind in KINDS:
                then, now = (index.roster(district, each).of(kind) for each in (earlier, day))
                places |= {(district, i) for i in then.keys() ^ now.keys()}
                places |= {(district, i) for i in then.keys() & now.keys() if then[i] != now[i]}
    return places


def of_a_type(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all that is wrong changed by events of few types, of which hardly any was applied."""
    if index.recording.header.mode is not Mode.EVENTS:
        return
    # What has another record than before was not left as it was.
    about = [
        f
        for f in findings
        if f.clever_id and f.kind and f.finding_kind is not FindingKind.NEW_ACCOUNT
    ]
    changes = index.cached("changes by type", lambda: _changes(index))
    by_type: dict[str, list[Finding]] = defaultdict(list)
    for finding in about:
        name = _type(index, finding)
        if (finding.district, finding.clever_id) in changes.get(name, ()):
            by_type[name].append(finding)
    ignored = {
        name: behind
        for name, behind in by_type.items()
        if len({(f.district, f.clever_id) for f in behind}) >= _SOME * len(changes[name])
    }
    if not ignored or {name.partition(".")[2] for name in ignored} == {"deleted"}:
        return  # what is only left in use is a matter of archiving
    behind = [finding for several in ignored.values() for finding in several]
    linked = [f for f in about if f not in behind and _is_linked(index, f, behind)]
    if len(behind) + len(linked) >= _NEARLY * len(about):
        numbers = [
            f"{part(len({(f.district, f.clever_id) for f in ignored[name]}), len(changes[name]))} "
            f"records of `{name}`"
            for name in sorted(ignored, key=lambda name: -len(ignored[name]))[:3]
        ]
        yield LikelyCause(
            "ignores-events",
            f"Your app does not apply events of {counted(len(ignored), 'type')}: it differs from "
            f"Clever in {joined(numbers)}.",
            f"Apply {joined([f'`{name}`' for name in sorted(ignored)])} too; Clever sends the "
            "whole record with each event.",
            [*behind, *linked],
        )


def unnamed_additions(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What is missing came in events that name only what changed beside it."""
    if index.recording.header.mode is not Mode.EVENTS:
        return
    about = [f for f in findings if f.finding_kind is FindingKind.FIELD and f.clever_id]
    behind = [f for f in about if f.found in ("", "none") and _came_with_changes(index, f)]
    if behind and len(behind) >= _NEARLY * len(about):
        yield LikelyCause(
            "changes-by-previous-attributes",
            f"Your app lacks values of {counted(len({f.clever_id for f in behind}), 'record')} "
            "that were new to it and came with other changes: `previous_attributes` has old "
            "values, and these had none.",
            "Take the whole record from `object`; `previous_attributes` says what was, and need "
            "not name all that is new.",
            behind,
        )


def _came_with_changes(index: RecordingIndex, finding: Finding) -> bool:
    """Whether an earlier change of a record added a field to it and changed another."""
    kind, clever_id = Kind(finding.kind), finding.clever_id
    days = (*index.before(finding.district, finding.day), finding.day)
    records = [index.roster(finding.district, day).of(kind).get(clever_id) for day in days]
    for then, now in pairwise(record for record in records if record):
        was, new = _values(then), _values(now)
        if new.keys() - was.keys() and any(new.get(key) != old for key, old in was.items()):
            return True
    return False


def _verbs(index: RecordingIndex, district: str, day: str) -> tuple[str, str]:
    """What events say of what is new on a day, and of what has changed."""
    if index.recording.header.plan.incident(district, day) == Incident.UNHEARD:
        return "updated", "created"
    return "created", "updated"


def _type(index: RecordingIndex, finding: Finding) -> str:
    """Which type of event brought about what is wrong, most likely."""
    created, updated = _verbs(index, finding.district, finding.day)
    match finding.finding_kind:
        case FindingKind.MISSING:
            verb = created
        case FindingKind.NOT_ARCHIVED:
            verb = "deleted"
        case FindingKind.CHANGED if finding.found.startswith("0 then"):
            verb = created
        case FindingKind.CHANGED if "archived" in finding.found:
            verb = "deleted"
        case _:
            verb = updated
    return f"{finding.kind}.{verb}"


def _changes(index: RecordingIndex) -> Mapping[str, set[_Place]]:
    """Type of event → the records it was about, as the rosters of the days differ."""
    by_change: dict[str, set[_Place]] = defaultdict(set)
    for district in index.districts:
        days = index.days_of(district)
        for earlier, day in pairwise(days):
            for kind in KINDS:
                then, now = (index.roster(district, d).of(kind) for d in (earlier, day))
                created, updated = _verbs(index, district, day)
                by_change[f"{kind}.{created}"] |= {(district, i) for i in now.keys() - then.keys()}
                by_change[f"{kind}.deleted"] |= {(district, i) for i in then.keys() - now.keys()}
                by_change[f"{kind}.{updated}"] |= {
                    (district, i)
                    for i in now.keys() & then.keys()
                    if now[i] is not then[i] and _has_changed(kind, then[i], now[i])
                }
    return by_change


def _has_changed(kind: Kind, then: Record, now: Record) -> bool:
    """Whether an app shows that a record has changed.

    It may keep a name or date that Clever no longer has, and shows no number of a course.
    """
    was, has = _values(then), _values(now)
    if kind in (Kind.TERMS, Kind.COURSES):
        return any(has[k] and has[k] != was.get(k) for k in has.keys() - {"number"})
    return has != was


def _values(record: Record) -> dict[str, object]:
    return {key: value for key, value in {**record}.items() if key != "last_modified"}


def _is_linked(index: RecordingIndex, finding: Finding, behind: Sequence[Finding]) -> bool:
    """Whether a section lacks a course, term or school that never reached the app by an event."""
    missing = {f.clever_id for f in behind}
    if finding.kind != Kind.SECTIONS or not index.days_of(finding.district):
        return False
    section = index.roster(finding.district, finding.day).sections.get(finding.clever_id)
    links = (section.get(key) for key in ("course", "term_id", "school")) if section else ()
    return any(link in missing for link in links)


SKIPPED_EVENTS: tuple[Rule, ...] = (after_gap, left_unread, unnamed_additions, of_a_type)

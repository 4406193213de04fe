"""Why all of a sort is late: what Clever adds, changes or takes out shows after the next sync."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from harness.assess.causes.arrivals import members_late
from harness.assess.causes.contrast.aspects import Sort, is_right, units
from harness.assess.causes.contrast.feature_table import APPROVED
from harness.assess.causes.contrast.scene import scenes
from harness.assess.causes.former_lists import returned
from harness.assess.causes.likely_cause import LikelyCause, Rule, part, shaped, shared
from harness.assess.causes.members import NOUNS, Sides, entries, named, sides
from harness.assess.causes.removals import archived_in_time
from harness.assess.causes.syncs_apart import which_syncs
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.assess.written_values import shows_now, was_right
from harness.contract.snapshot import Held, HeldUser
from harness.district.data_model.records import Kind, Record
from harness.plan.plan import Day
from harness.prose import joined

_NEARLY = 0.8
_SEEN = 0.5
"""Of so many of the late ones it must be seen that they are right after the next sync."""
_ALL_BUT = 0.98
"""Where so many are late, the same lateness is behind the few whose look tells it less well."""
_SEVERAL = 3
"""So many records at least: fewer may be late by chance."""
_COMING = (FindingKind.MISSING, FindingKind.INACTIVE, FindingKind.NOT_RESTORED)
_SORTS: Mapping[str, tuple[FindingKind, ...]] = {
    "arrivals": _COMING,
    "departures": (FindingKind.NOT_ARCHIVED,),
    "values": (FindingKind.FIELD,),
    **{f"{noun.noun}s of {noun.whose}": (kind,) for kind, noun in NOUNS.items()},
}


def a_sync_late(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all of a sort is as Clever shared it a sync before, and right after the next one."""
    of_sorts = {
        words: {f: _is_right_later(index, f) for f in shaped(findings, *kinds) if f.clever_id}
        for words, kinds in _SORTS.items()
    }
    together = {f: right for known in of_sorts.values() for f, right in known.items()}
    if not _are_late(together):
        of_sorts = {words: known for words, known in of_sorts.items() if _are_late(known)}
        together = {f: right for known in of_sorts.values() for f, right in known.items()}
    late = [f for f, right in together.items() if right is not False]
    behind = list(together) if len(late) >= _ALL_BUT * len(together) else late
    if not _are_late_by_rule(index, late):
        return
    when, removals = which_syncs(index, late), _removals(index, late)
    in_time = _removed_in_time(index, removals) if removals and when is None else 0
    if in_time > (1 - _NEARLY) * len(late):
        return
    what = "shows a sync late what Clever shares" if removals is None else _REMOVALS
    sorts = joined([words for words, known in of_sorts.items() if known])
    seen = len([f for f in late if together[f]])
    yield LikelyCause(
        "a-sync-late",
        f"Your app {what}: {part(len(late), len(together))} differences in "
        f"{sorts} {_as(index, late)}, and {seen:,} of them are right after "
        f"the next sync.{f' {when.sentence}' if when else ''}",
        when.remedy if when else _IN_TIME,
        [*behind, *_caught_up(index, findings)],
    )


def _as(index: RecordingIndex, late: Sequence[Finding]) -> str:
    """What these are like: as Clever shared them before, unless it shared nothing then."""
    if all(_is_of_back(index, finding) for finding in late):
        return "are of what came back with the sync of that day, or of what belongs to it"
    return "are as Clever shared them a sync before"


def _is_of_back(index: RecordingIndex, finding: Finding) -> bool:
    """Whether Clever shares a record again that it did not share a sync before, or its links."""
    record = cast("Mapping[str, Any]", shared(index, finding) or {})
    links = {Kind.SCHOOLS: "school", Kind.COURSES: "course", Kind.TERMS: "term_id"}
    linked = [(kind, str(record[name])) for kind, name in links.items() if record.get(name)]
    if finding.finding_kind is FindingKind.SCHOOL:
        linked += [(Kind.SCHOOLS, i) for both in sides(index, [finding]) for i in both.missing]
    return any(
        _is_back(index, finding, kind, clever_id)
        for kind, clever_id in ((Kind(finding.kind), finding.clever_id), *linked)
    )


def _is_back(index: RecordingIndex, finding: Finding, kind: Kind, clever_id: str) -> bool:
    days = (finding.day, *reversed(index.before(finding.district, finding.day)))
    now, *before = [clever_id in index.roster(finding.district, day).of(kind) for day in days]
    return now and any(before) and not before[0]


_REMOVALS = "takes out a sync late what Clever takes out, and adds in time what it adds"
_IN_TIME = (
    "Apply in each sync what that sync has read, and show it from that day on: let nothing begin "
    "or end a day later, and look up no other record that the same sync has yet to store."
)


def _are_late_by_rule(index: RecordingIndex, behind: Sequence[Finding]) -> bool:
    """Whether lateness is what these have in common, not that they went or came back."""
    going = shaped(behind, FindingKind.NOT_ARCHIVED)
    if len(going) == len(behind) and archived_in_time(index, going) > _SEVERAL:
        return False  # others went in time: something sets these apart
    back = [listing.finding for listing in sides(index, behind) if returned(index, listing)]
    back += shaped(behind, FindingKind.INACTIVE, FindingKind.NOT_RESTORED)
    if 2 * len(back) > len(behind):
        return False  # it is late with what comes back alone
    return len({(finding.district, finding.clever_id) for finding in behind}) >= _SEVERAL


def _removals(index: RecordingIndex, behind: Sequence[Finding]) -> Sequence[Sort] | None:
    """The sorts of lists that have somebody left over, if nothing else is late."""
    lists = sides(index, shaped(behind, *NOUNS))
    removed = [listing for listing in lists if listing.left_over and not listing.missing]
    if len(removed) + len(shaped(behind, FindingKind.NOT_ARCHIVED)) < len(behind):
        return None
    found = {(listing.finding.finding_kind, listing.finding.kind) for listing in removed}
    return [Sort("keeps", finding_kind, Kind(kind)) for finding_kind, kind in sorted(found)]


def _removed_in_time(index: RecordingIndex, sorts: Sequence[Sort]) -> int:
    """How many entries of such lists the app took out with the sync in which they were gone."""
    return sum(
        is_right(of_day, sort, unit) is True
        for sort in sorts
        for of_day in scenes(index)
        if of_day.then is not None
        for unit in units(of_day, sort, changed_only=True)
    )


def _are_late(known: Mapping[Finding, bool | None]) -> bool:
    late = [right for right in known.values() if right is not False]
    return sum(map(bool, late)) > _SEEN * len(late) and len(late) >= _NEARLY * len(known)


def _caught_up(index: RecordingIndex, findings: Sequence[Finding]) -> list[Finding]:
    """Changes on a quiet day in records that Clever had changed on the day before."""
    caught_up = []
    for finding in shaped(findings, FindingKind.CHANGED):
        days = index.before(finding.district, finding.day)[-2:] if finding.kind else ()
        if len(days) > 1 and shared(index, finding, days[0]) != shared(index, finding, days[1]):
            caught_up.append(finding)
    return caught_up


def _is_right_later(index: RecordingIndex, finding: Finding) -> bool | None:
    """Whether a record is as Clever shared it a sync before, and right after the next sync.

    None if nothing shows the latter.
    """
    try:
        rows = _rows(index, finding, finding.day)
        if not any(_is_former(index, finding, former, rows) for former in _former(index, finding)):
            return False
        return _is_seen_right(index, finding, rows)
    except NotReachedError:
        return None


def _former(index: RecordingIndex, finding: Finding) -> Iterator[Record | None]:
    """What Clever shared of a record a sync before; of what is in it also what it shared last."""
    days = index.before(finding.district, finding.day)
    records = [shared(index, finding, day) for day in reversed(days)]
    yield records[0] if records else None
    if finding.finding_kind in (FindingKind.FIELD, *NOUNS):
        yield next((record for record in records if record), None)


def _is_seen_right(index: RecordingIndex, finding: Finding, rows: Sequence[Held]) -> bool | None:
    """Whether the app has it right after the next sync, or the next of another date."""
    date = index.published(finding.district, finding.day).date
    for day in index.after(finding.district, finding.day):
        if day == Day.FULL_SYNC:
            return None  # which is another kind of sync
        right = _is_right(index, finding, day, rows)
        if right is not False:
            return right
        if index.published(finding.district, day).date != date:
            return False
    return None


def _rows(index: RecordingIndex, finding: Finding, day: str) -> Sequence[Held]:
    holdings = index.holdings(finding.district, day)
    return holdings.active_rows(Kind(finding.kind), finding.clever_id)


def _is_former(
    index: RecordingIndex, finding: Finding, former: Record | None, rows: Sequence[Held]
) -> bool:
    """Whether the app has what Clever shared of a record on the day before, or nothing if none."""
    match finding.finding_kind:
        case kind if kind in _COMING:
            return former is None
        case FindingKind.NOT_ARCHIVED:
            return former is not None
        case FindingKind.FIELD:
            return finding.found in ("", "none") if former is None else was_right(index, finding)
    return any(_has_former_list(index, listing, former) for listing in sides(index, [finding]))


def _has_former_list(index: RecordingIndex, listing: Sides, former: Record | None) -> bool:
    """Whether all that is missing or left over in a list was so before as well."""
    finding = listing.finding
    names = set(_of_list(finding, former)) if former else set()
    if finding.finding_kind is not FindingKind.ROLE:
        kind = Kind.SCHOOLS if finding.finding_kind is FindingKind.SCHOOL else Kind.USERS
        active = index.holdings(finding.district, finding.day).active_ids[kind]
        names &= listing.held | (active or names)
    if listing.missing or listing.left_over:
        return listing.left_over <= names and listing.missing.isdisjoint(names)
    return listing.held == names


def _of_list(finding: Finding, record: Record) -> Iterable[str]:
    """What Clever names in the list a finding is about: the schools of all roles, or of one."""
    role = finding.field.split(".")[1] if "." in finding.field else ""
    if not role:
        return named(finding.finding_kind, record)
    fields = cast(Mapping[str, Any], record)
    return (fields["roles"].get(role) or {}).get("schools") or ()


def _is_right(
    index: RecordingIndex, finding: Finding, day: str, rows: Sequence[Held]
) -> bool | None:
    """Whether the app has on a later day what it did not have, as far as Clever still shares it."""
    record, later = shared(index, finding, day), _rows(index, finding, day)
    if finding.finding_kind is FindingKind.NOT_ARCHIVED:
        return None if record else not later
    if record is None:
        return None
    if finding.finding_kind in _COMING:
        return bool(later)
    if not later:
        return None
    if finding.finding_kind is FindingKind.FIELD:
        return shows_now(index, Kind(finding.kind), record, later[0], finding.field)
    now, held = set(_of_list(finding, record)), set(entries(finding.finding_kind, later[0]))
    for listing in sides(index, [finding]):
        still = listing.missing & now
        gone = listing.left_over - now
        if still or gone:
            return still <= held and gone.isdisjoint(held)
        if not listing.missing and not listing.left_over:
            return _is_otherwise_right(finding.finding_kind, record, later, rows)
    return None


def _is_otherwise_right(
    finding_kind: FindingKind, record: Record, later: Sequence[Held], rows: Sequence[Held]
) -> bool:
    """Whether a list is right now that was of the right records and wrong all the same.

    That is in another order, or another relationship to the same student.
    """
    if finding_kind is FindingKind.STUDENT_RELATIONSHIP:
        return _ties(record) == _ties_held(later) != _ties_held(rows)
    wanted = list(named(finding_kind, record))
    return wanted == entries(finding_kind, later[0]) != entries(finding_kind, rows[0])


def _ties(record: Record) -> list[tuple[str, str]]:
    fields = cast(Mapping[str, Any], record)
    roles = filter(None, fields["roles"].values())
    ties = [tie for role in roles for tie in role.get("student_relationships") or ()]
    return sorted((tie["student"], tie.get("relationship") or "") for tie in ties)


def _ties_held(rows: Sequence[Held]) -> list[tuple[str, str]]:
    people = [row for row in rows if isinstance(row, HeldUser)]
    ties = [tie for row in people for tie in row.student_relationships or ()]
    return sorted((tie.student, tie.relationship or "") for tie in ties)


def approved_in_vain(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all that is wrong is so after syncs that a person approved, and after no others."""
    kinds = [kind for of_sort in _SORTS.values() for kind in of_sort]
    wrong = [finding for finding in shaped(findings, *kinds) if finding.clever_id]
    when = which_syncs(index, wrong) if len(wrong) >= _SEVERAL else None
    if when and when.remedy == APPROVED:
        yield LikelyCause(
            "approved-in-vain",
            f"What approved syncs have read is not in your app: {len(wrong):,} differences. "
            f"{when.sentence}",
            APPROVED,
            wrong,
        )


LATE: tuple[Rule, ...] = (members_late, a_sync_late, approved_in_vain)

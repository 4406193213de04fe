"""Distinct: whether the app holds each record once, and no two as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import KINDS, RecordingIndex, RecordRef
from harness.assess.rows_allowed import rows_allowed, share_a_place, taken_again
from harness.assess.scope import kinds_in, kinds_of
from harness.contract.edit import EditKind
from harness.contract.rows import ROWS, RowPer, row_for
from harness.contract.snapshot import Held, Status
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.prose import counted
from harness.suite.checks.every_day.days import calm_days
from harness.suite.checks.merged_records import merged
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.presence import presence
from harness.suite.checks.reading import gap_of, taken_up
from harness.suite.checks.rejected_records import among_many
from harness.suite.checks.sentences import NOUNS, short
from harness.suite.checks.sorts import of_missing_sorts


def once(
    index: RecordingIndex, district: str, days: Iterable[str], only: frozenset[str]
) -> Observation:
    """No Clever id has two accounts in any look; `only` narrows to these ids, empty means all."""
    observation = Observation()
    reported: set[str] = set()
    for day in days:
        holdings = index.holdings(district, day)
        for kind in KINDS:
            held, kinds = holdings.rows(kind), kinds_in(index, district, kind)
            meant = held.keys() & only if only else held
            observation.saw_all([kinds(clever_id) for clever_id in meant])
            for clever_id, rows in held.items():
                if len(rows) < 2 or clever_id not in meant or clever_id in reported:
                    continue
                if doubled := _doubled(index, district, day, kind, clever_id, rows):
                    reported.add(clever_id)
                    observation.findings.append(doubled)
    return observation


def once_elsewhere(index: RecordingIndex, district: str) -> Observation:
    """The same in all other districts, on their calm days.

    What repeated events lead to in the districts about them is a matter of E1.
    """
    planned = index.recording.header.plan.scenarios
    about_events = {row.district for row in planned if row.follows_events}
    observation = Observation()
    for other in index.districts:
        if other != district and other not in about_events:
            days = [calm.day for calm in calm_days(index, other)]
            observation.add(once(index, other, days, frozenset()))
    return observation


def _doubled(
    index: RecordingIndex,
    district: str,
    day: str,
    kind: Kind,
    clever_id: str,
    rows: Sequence[Held],
) -> Finding | None:
    """Several rows of one record, or more of them than are declared."""
    record, expected, hint = index.record_of(kind, clever_id), "one record", ""
    holds = len(rows)
    if per := index.profile.rows.get(kind):
        every = rows
        rows = [row for row in rows if row.status is Status.ACTIVE]
        roster = index.roster(district, day)
        if clever_id not in roster.of(kind):
            return None  # whether it is archived is another matter
        allowed = rows_allowed(roster, kind, clever_id, per)
        if per in (RowPer.TEACHER, RowPer.CLASS):
            allowed += _classes_by_hand(index, district, day, clever_id)
        if again := taken_again(every, per):
            rows, allowed = again, 1
            hint = f", {len(again)} for the same {row_for(kind, per).partition(' of ')[0]}"
        elif len(rows) <= allowed or not share_a_place(rows, per):
            return None
        expected = f"{counted(allowed, 'record')}, one for each {row_for(kind, per)}"
    elif kind in ROWS:
        hint = f"; declare `{kind}` in [profile.rows] if it should"
    accounts = sorted({row.app_id for row in rows})
    words = f"Clever knows one {short(record.name, 30)}, your app holds {holds} of them"
    return about(
        record,
        district,
        day,
        FindingKind.DUPLICATE,
        f"{words} {on(day)}{hint}.",
        expected=expected,
        found=f"{len(rows)} records ({', '.join(accounts[:4])})",
    )


def _classes_by_hand(index: RecordingIndex, district: str, day: str, clever_id: str) -> int:
    """To how many classes somebody has been added in the app itself, up to a day."""
    days = (*index.before(district, day), day)
    return sum(
        index.cast(district, edit.day, edit.edge_case, edit.person).clever_id == clever_id
        for edit in index.edits
        if edit.kind is EditKind.ADD_STUDENT and edit.district == district and edit.day in days
    )


def apart(index: RecordingIndex, district: str, day: str, who: list[RecordRef]) -> Observation:
    """Each of these is an account or a record of its own.

    One that is absent counts as merged only if it was delivered, and the app holds others of the
    same answer: what it never read, or made nothing of, is reported as that.
    """
    holdings = index.holdings(district, day)
    observation = Observation()
    held = {p.clever_id: holdings.active(p.kind, p.clever_id) for p in who}
    accounts: dict[str, RecordRef] = {}
    for person in who:
        row = held[person.clever_id]
        if row is None:
            if declared := _not_expected(index, district, day, person):
                observation.leave_out(declared)
                continue
            others = [p for p in who if held[p.clever_id] is not None]
            linked = _linked_instead(index, district, day, person, others)
            if gap := gap_of(index, district, day, person.kind, person.clever_id):
                kinds = kinds_of(index, district, person.kind, person.clever_id)
                observation.block(kinds, person, gap)
                continue
            if not linked and (needs := _missing_with_many(index, district, day, person)):
                observation.needs += needs
                observation.undecided = needs[0].sentence
                continue
            read = others and taken_up(index, district, day, person.kind, person.clever_id)
            if linked or (read and person.clever_id not in of_missing_sorts(index, district, day)):
                observation.saw(kinds_of(index, district, person.kind, person.clever_id))
                observation.findings.append(_merged(index, day, district, person, others[0]))
            continue
        observation.saw(kinds_of(index, district, person.kind, person.clever_id))
        if other := accounts.get(row.app_id):
            observation.findings.append(_merged(index, day, district, person, other))
        accounts[row.app_id] = person
    return observation


def _not_expected(index: RecordingIndex, district: str, day: str, person: RecordRef) -> str:
    """The declaration by which the app need not hold somebody on a day; or ""."""
    roster = index.roster(district, day)
    if person.clever_id not in roster.of(person.kind):
        return ""
    return index.expectations.left_out(person.kind, person.clever_id, roster)


def _missing_with_many(
    index: RecordingIndex, district: str, day: str, person: RecordRef
) -> list[Finding]:
    """That a record is missing with many others, which says nothing about these two."""
    place = index, district, day, person.kind
    if person.clever_id in merged(*place) or not among_many(*place, person.clever_id):
        return []
    return presence(*place, [person.clever_id]).reasons


def _linked_instead(
    index: RecordingIndex, district: str, day: str, person: RecordRef, others: list[RecordRef]
) -> bool:
    """Whether a section of this school, course or term is linked to one of the others."""
    key = {Kind.SCHOOLS: "school", Kind.COURSES: "course", Kind.TERMS: "term"}.get(person.kind)
    if key is None:
        return False
    holdings, named = index.holdings(district, day), "term_id" if key == "term" else key
    wrong = {other.clever_id for other in others}
    return any(
        getattr(holdings.active(Kind.SECTIONS, section_id), key, None) in wrong
        for section_id, section in index.roster(district, day).sections.items()
        if section.get(named) == person.clever_id
    )


def _merged(
    index: RecordingIndex, day: str, district: str, person: RecordRef, other: RecordRef
) -> Finding:
    what = "account" if person.kind is Kind.USERS else "record"
    return about(
        person,
        district,
        day,
        FindingKind.DUPLICATE,
        f"Clever knows {short(other.name)} and {short(person.name)} as two "
        f"{NOUNS[person.kind]}s, your app holds one {what}.",
        expected=f"two {what}s",
        found=f"one {what}",
    )

"""Record histories in the HTML report: Clever's side and the app's, what differs marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from harness.assess.record_views import STATUS
from harness.assess.results import CastMember, EdgeCaseResult, HistoryEntry, RecordHistory, Results
from harness.contract.snapshot import Status
from harness.report.awaited import Awaited
from harness.report.cast_pictures import Picture, scenes

View = Mapping[str, tuple[str, ...]]

MOST_VALUES = 12
"""Values of one field that are shown, those that differ first: a class may have a hundred."""
MOST_ALIKE = 12
"""Members of one cast that are shown although nothing differs about them."""

_LABELS = {"email": "e-mail"}
_MARK = re.compile("</?mark>")
_NO_SYNC = Markup("\n<em>no sync completed</em>")
"""What the app holds otherwise is not marked then, since nothing else could be expected of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One run of days of a record."""

    days: str
    request: str
    """Where the app holds something else: the request that delivered the record, or ""."""
    clever: Markup
    app: Markup
    differs: bool


class Histories:
    """The history of every record of a report, by district and Clever ID."""

    def __init__(self, results: Results) -> None:
        self._of = {(row.district, row.clever_id): row for row in results.histories}
        findings = [finding for check in results.checks for finding in check.findings]
        self._awaited = Awaited(results.days, findings)
        self._lines = {key: tuple(_lines(row, self._awaited)) for key, row in self._of.items()}
        self._accused = {(finding.district, finding.clever_id) for finding in findings}
        self._days = {
            district: [day.day for day in results.days if day.district == district]
            for district in dict.fromkeys(day.district for day in results.days)
        }
        self._casts = {
            (member.district, member.clever_id)
            for case in results.edge_cases
            for member in case.members
        }

    def of(self, district: str, clever_id: str) -> RecordHistory | None:
        return self._of.get((district, clever_id))

    def cast(self, case: EdgeCaseResult) -> Sequence[CastMember]:
        """The members of a cast with whom something is amiss, then some others."""
        amiss = [member for member in case.members if self._is_amiss(member)]
        alike = [member for member in case.members if not self._is_amiss(member)]
        return [*amiss, *alike[:MOST_ALIKE]]

    def scenes(self, members: Sequence[CastMember]) -> Sequence[Picture]:
        """The picture of a cast, if there is anything to draw."""
        records = [row for member in members if (row := self.of(member.district, member.clever_id))]
        if not records:
            return ()
        return scenes(records, self._days.get(records[0].district, ()), self._awaited)

    def is_accused(self, record: CastMember | RecordHistory) -> bool:
        """Whether a finding is about it."""
        return (record.district, record.clever_id) in self._accused

    def _is_amiss(self, member: CastMember) -> bool:
        return self.is_accused(member) or any(line.differs for line in self.lines(member))

    def lines(self, record: CastMember | RecordHistory) -> Sequence[Line]:
        """The history of a record, one line for each run of days."""
        return self._lines.get((record.district, record.clever_id), ())

    def title(self, record: CastMember | RecordHistory) -> str:
        """Its name in the simulated district."""
        return (record.full_name if isinstance(record, CastMember) else "") or record.name

    def others(self) -> Sequence[RecordHistory]:
        """The histories of those who are in no cast, and are here because of a finding."""
        return [row for key, row in self._of.items() if key not in self._casts]


def _lines(history: RecordHistory, awaited: Awaited) -> Iterator[Line]:
    before: HistoryEntry | None = None
    same = _same_address(history.entries)
    for entry in history.entries:
        shown = _shown(entry, before) - same
        clever = _clever(entry, shown)
        app, differs = _app(entry, shown)
        if differs and awaited.is_awaited(history, entry):
            clever, app, differs = _unmarked(clever), _unmarked(app) + _NO_SYNC, False
        yield Line(_days(entry), entry.request if differs else "", clever, app, differs)
        before = entry


def _unmarked(side: Markup) -> Markup:
    return Markup(_MARK.sub("", side))  # noqa: S704 - escaped before it was marked


def _same_address(entries: Sequence[HistoryEntry]) -> set[str]:
    """The field of the address, if on both sides it is an ordinary one that never changes."""
    views = [view for entry in entries for view in (entry.shared, *(entry.held or ())) if view]
    addresses = {view.get("email") for view in views}
    address, *others = addresses or {()}
    ordinary = address and all(re.fullmatch(r"[a-z0-9.]+@[a-z0-9.-]+", text) for text in address)
    return {"email"} if ordinary and not others else set()


def _days(entry: HistoryEntry) -> str:
    return entry.day if entry.day == entry.until else f"{entry.day} to {entry.until}"


def _shown(entry: HistoryEntry, before: HistoryEntry | None) -> set[str]:
    """The fields worth showing: all at first, later those that changed or differ."""
    if before is None or before.shared is None or entry.shared is None:
        return {*(entry.shared or ()), *(field for row in entry.held or () for field in row)}
    changed = {field for field in entry.shared if entry.shared[field] != before.shared.get(field)}
    changed |= before.shared.keys() - entry.shared.keys()
    for row in entry.held or ():
        fields = row.keys() | entry.shared.keys()
        changed |= {field for field in fields if row.get(field) != entry.shared.get(field)}
    return changed - {STATUS}


def _clever(entry: HistoryEntry, shown: Collection[str]) -> Markup:
    if entry.shared is None:
        return Markup("<em>not shared</em>")
    others = entry.held or ()
    other = others[0] if len(others) == 1 else None
    return _view(entry.shared, other, shown) or Markup("<em>as before</em>")


def _app(entry: HistoryEntry, shown: Collection[str]) -> tuple[Markup, bool]:
    """What the app holds in words, and whether it is something else than Clever shares."""
    if entry.held is None:
        return Markup("<em>no snapshot</em>"), False
    if not entry.held:
        if entry.declared:
            return Markup("<em>nothing, as declared</em>"), False
        if entry.shared is None:
            return Markup("<em>nothing</em>"), False
        return Markup("<mark>nothing</mark>"), True
    if entry.declared and (entry.shared is None or _all_archived(entry.held)):
        status = "archived" if _all_archived(entry.held) else "still in use"
        return Markup("<em>{}, as declared</em>").format(status), False
    parts = [_row(row, entry.shared, shown) for row in entry.held]
    differs = len(parts) > 1 or parts[0][1]
    words = [words for words, _ in parts]
    if len(words) == 1:
        return words[0], differs
    head = Markup("<p><em>{} records</em></p>").format(len(words))
    return head + Markup().join(Markup("<div>{}</div>").format(text) for text in words), differs


def _all_archived(rows: Sequence[View]) -> bool:
    return all(row.get(STATUS) == (str(Status.ARCHIVED),) for row in rows)


def _row(row: View, shared: View | None, shown: Collection[str]) -> tuple[Markup, bool]:
    archived = _all_archived([row])
    status = Markup("<em>archived</em>") if archived else Markup("<em>active</em>")
    if archived is (shared is not None):
        return Markup("<mark>{}</mark>").format(status), True
    if shared is None:
        return status, False
    differing = {field for field in shared if _differs(shared[field], row.get(field, ()))}
    differing |= {field for field in row if field != STATUS and field not in shared}
    if not differing:
        return Markup("the same"), False
    words = _view({**row}, shared, {*shown, *differing} & differing)
    return Markup("{}\n{}").format(status, words or Markup("<mark>nothing</mark>")), True


def _differs(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    return sorted(ours) != sorted(theirs)


def _view(view: View, other: View | None, shown: Collection[str]) -> Markup:
    fields = (
        f"{escape(_LABELS.get(field, field))}: {_values(view[field], other, field)}"
        for field in view
        if field in shown and field != STATUS
    )
    return Markup("\n".join(fields))  # noqa: S704 - escaped part by part: there are thousands


def _values(values: Sequence[str], other: View | None, field: str) -> str:
    """The values of a field as HTML."""
    known = set(values if other is None else other.get(field, ()))
    differing = [value for value in values if value not in known]
    alike = [value for value in values if value in known]
    ordered = [*differing, *alike] if len(values) > MOST_VALUES else list(values)
    shown = [
        escape(value) if value in known else f"<mark>{escape(value)}</mark>"
        for value in ordered[:MOST_VALUES]
    ]
    if len(ordered) > MOST_VALUES:
        shown.append(f"and {len(ordered) - MOST_VALUES} more")
    return ", ".join(shown)

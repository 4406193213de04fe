"""Written values: which wrong values an app writes wrongly, instead of not updating them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from harness.assess.check_result import CheckResult
from harness.assess.findings import Finding, FindingKind
from harness.assess.optional_values import OPTIONAL_VALUES, WORDS, agrees
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.assess.whole_names import all_whole_names, without_blanks
from harness.contract.snapshot import Held, HeldUser
from harness.district.data_model.records import Kind, Record

LINKS = {"course": "course", "term": "term_id", "school": "school"}
"""Links of a section, as a snapshot and as Clever calls them."""


def written_wrongly(index: RecordingIndex, checks: Iterable[CheckResult]) -> frozenset[str]:
    """The ids of findings about a value that is not as Clever shares it, nor as it was before.

    Only of fields that are wrong at the first share of a district already: what an app writes
    wrongly then, it goes on writing wrongly.
    """
    wrong = [f for c in checks for f in c.findings if f.finding_kind is FindingKind.FIELD]
    at_first = [f for f in wrong if not index.before(f.district, f.day)]
    fields = {(f.kind, f.field) for f in at_first}
    shortened = {(f.kind, f.field) for f in at_first if _is_shortened(f)}
    return frozenset(
        f.id
        for f in wrong
        if (f.kind, f.field) in fields
        and (((f.kind, f.field) in shortened and _is_shortened(f)) or not was_right(index, f))
    )


def _is_shortened(finding: Finding) -> bool:
    """Whether the app shows some of Clever's characters, in their order.

    Then a longer new value can look like the one before.
    """
    rest = iter(finding.expected)
    return bool(finding.found) and all(character in rest for character in finding.found)


def was_right(index: RecordingIndex, finding: Finding) -> bool:
    """Whether what the app has is what Clever shared on an earlier day."""
    held = _link_held(index, finding)
    for day in index.before(finding.district, finding.day):
        try:
            shared = index.roster(finding.district, day).of(Kind(finding.kind))
        except NotReachedError:
            continue
        if finding.clever_id not in shared:
            continue
        if finding.field in WORDS:
            if _shows(index, finding, shared[finding.clever_id]):
                return True
            continue
        earlier: Mapping[str, Any] = {**shared[finding.clever_id]}
        if finding.field in LINKS:
            if held and str(earlier.get(LINKS[finding.field]) or "") == held:
                return True
            continue
        name = earlier.get("name") or ""
        if isinstance(name, dict):
            if finding.field == "name" and without_blanks(finding.found) in all_whole_names(
                earlier
            ):
                return True
            name = f"{name.get('first', '')} {name.get('last', '')}".strip()
        if finding.found == (earlier.get("email") or "" if finding.field == "email" else name):
            return True
    return False


def shows_now(index: RecordingIndex, kind: Kind, record: Record, row: Held, field: str) -> bool:
    """Whether a row of the app has the value of a field that Clever shares in this record."""
    shared = cast(Mapping[str, Any], record)
    if field in LINKS:
        return bool(getattr(row, field, None) == shared.get(LINKS[field]))
    if field == "name" and isinstance(row, HeldUser):
        name = row.name or f"{row.first_name or ''} {row.last_name or ''}".strip()
        return without_blanks(name) in all_whole_names(shared)
    if field in ("name", "email"):
        return (getattr(row, field, None) or "") == (shared.get(field) or "")
    values = [value for value in OPTIONAL_VALUES if (value.kind, value.field) == (kind, field)]
    return bool(values) and all(agrees(index, value, record, row) for value in values)


def _shows(index: RecordingIndex, finding: Finding, record: Record) -> bool:
    """Whether a row shows the optional value that Clever had in this record."""
    try:
        holdings = index.holdings(finding.district, finding.day)
    except NotReachedError:
        return False
    row = holdings.active(Kind(finding.kind), finding.clever_id)
    values = [value for value in OPTIONAL_VALUES if value.field == finding.field]
    return row is not None and all(agrees(index, value, record, row) for value in values)


def _link_held(index: RecordingIndex, finding: Finding) -> str:
    if finding.field not in LINKS:
        return ""
    try:
        row = index.holdings(finding.district, finding.day).active(Kind.SECTIONS, finding.clever_id)
    except NotReachedError:
        return ""
    return str(getattr(row, finding.field, "") or "")

"""Clearing: which values stay that Clever no longer has, and which the app takes away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

from harness.assess.between_syncs import steps
from harness.assess.causes.likely_cause import LikelyCause, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.optional_values import OPTIONAL_VALUES, WORDS
from harness.assess.recording_index import KINDS, RecordingIndex
from harness.assess.written_values import LINKS
from harness.district.data_model.records import Kind, Record
from harness.prose import joined

_REMEDY = 'when a field is absent, null or "".'
_NOUNS = {"email": "e-mail address", "name": "name", **WORDS, **{link: link for link in LINKS}}
"""Field of a snapshot's row → what it is in words."""


def unemptied(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Every wrong value stands where Clever has none any more; of one field, or of all."""
    stale = shaped(findings, FindingKind.FIELD)
    if not stale or not all(f.found and f.expected in ("", "none") for f in stale):
        return
    fields = {f.field for f in stale}
    cleared = sorted(_NOUNS[field] for field in _cleared(index) - fields)
    if len(fields) > 1 or not cleared or not fields <= _NOUNS.keys():
        yield LikelyCause(
            "never-clears",
            "Your app never clears a value: what Clever no longer sends stays.",
            f"Clear the stored value {_REMEDY}",
            stale,
        )
        return
    field = fields.pop()
    yield LikelyCause(
        f"never-clears:{field}",
        f"Your app keeps the {_NOUNS[field]} of before where Clever has none any more; of other "
        f"values ({joined(cleared)}) it has cleared some.",
        f"Clear `{field}` {_REMEDY}",
        stale,
    )


def _cleared(index: RecordingIndex) -> frozenset[str]:
    """The fields of which the app has taken a value away that Clever no longer had."""
    return index.cached("cleared fields", lambda: frozenset(_each_cleared(index)))


def _each_cleared(index: RecordingIndex) -> Iterator[str]:
    for kind in KINDS:
        fields = [field for field, of in _KIND_OF.items() if of is kind]
        for step in steps(index, kind) if fields else ():
            then, now = step.then.of(kind), step.now.of(kind)
            for clever_id in step.held & then.keys() & now.keys():
                if then[clever_id] is now[clever_id]:
                    continue
                row = index.holdings(step.district, step.day).active(kind, clever_id)
                for field in fields if row else ():
                    gone = _at_clever(field, then[clever_id]) and not _at_clever(
                        field, now[clever_id]
                    )
                    if gone and row and not getattr(row, field, None):
                        yield field


_KIND_OF = {
    "email": Kind.USERS,
    **dict.fromkeys(LINKS, Kind.SECTIONS),
    **{value.field: value.kind for value in OPTIONAL_VALUES},
}


def _at_clever(field: str, record: Record) -> str:
    """The value of a field of a record; of a user, the first role that has it."""
    if field in WORDS:
        values = (value.shared(record) for value in OPTIONAL_VALUES if value.field == field)
        return next((value for value in values if value), "")
    fields = cast(dict[str, Any], record)
    return str(fields.get(LINKS.get(field, field)) or "")

"""Row values: where an app keeps several rows of a record, whether they show the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import Held
from harness.district.data_model.records import Kind
from harness.prose import counted, joined

_WORDS = {"name": "name", "email": "e-mail address", "grade": "grade"}
"""Fields that are the same in every row of a record → what they are called."""


def rows_apart(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """A value that is wrong in some rows of a record is another one in others."""
    behind = [f for f in shaped(findings, FindingKind.FIELD) if _differ(index, f)]
    if behind:
        kind = behind[0].kind
        number = len({(f.district, f.clever_id) for f in behind})
        fields = list(dict.fromkeys(_WORDS[f.field] for f in behind))
        yield LikelyCause(
            "updates-some-rows",
            f"Rows of one record differ: your app holds {counted(number, kind[:-1])}, such as "
            f"{behind[0].name}, in several rows of which not all have the {joined(fields)} that "
            "Clever gives.",
            "Write what a sync brings to every row of a record, old and new.",
            behind,
        )


def _differ(index: RecordingIndex, finding: Finding) -> bool:
    if finding.field not in _WORDS or finding.kind not in index.profile.rows:
        return False
    try:
        held = index.holdings(finding.district, finding.day)
    except NotReachedError:
        return False
    rows = held.active_rows(Kind(finding.kind), finding.clever_id)
    return len({_shown(row, finding.field) for row in rows}) > 1


def _shown(row: Held, field: str) -> tuple[object, ...]:
    fields = ("name", "first_name", "last_name") if field == "name" else (field,)
    return tuple(getattr(row, name, None) for name in fields)

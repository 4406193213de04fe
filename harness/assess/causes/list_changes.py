"""Lists that an app has emptied since Clever changed what is in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, part, shaped, shared
from harness.assess.causes.members import NOUNS, Sides, entries, findings_of, named, sides
from harness.assess.findings import Finding
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind

_NEARLY = 0.8
_LEAST = 2


def emptied_on_change(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all lists of a sort that lack something are empty since Clever's list changed."""
    for finding_kind, noun in NOUNS.items():
        lists = [one for one in sides(index, shaped(findings, finding_kind)) if one.missing]
        behind = [one for one in lists if not one.held and _was_filled(index, one)]
        if len(behind) < max(_LEAST, _NEARLY * len(lists)):
            continue
        yield LikelyCause(
            f"emptied-on-change:{noun.noun}",
            f"In {part(len(behind), len(lists))} lists that lack a {noun.noun}, your app has none "
            f"since Clever changed the list: it took the former {noun.noun}s out and did not store "
            "the new ones.",
            f"Store the new {noun.noun}s in the step that takes the former ones out, and in one "
            "transaction.",
            findings_of(behind),
        )


def _was_filled(index: RecordingIndex, one: Sides) -> bool:
    """Whether the app had entries in this list while Clever had others in it than now."""
    finding = one.finding
    for day in index.before(finding.district, finding.day):
        record = shared(index, finding, day)
        try:
            held = index.holdings(finding.district, day)
        except NotReachedError:
            continue
        row = held.active(Kind(finding.kind), finding.clever_id)
        if record is None or row is None:
            continue
        former = set(named(finding.finding_kind, record))
        if former != set(one.wanted) and entries(finding.finding_kind, row):
            return True
    return False

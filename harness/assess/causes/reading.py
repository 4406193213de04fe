"""Why records are missing from the start: nothing is stored, or only the first page is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import KINDS, NotReachedError, RecordingIndex
from harness.plan.plan import COMMON

_PAGE = 100


def nothing_held(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """The snapshot is empty from the first day on."""
    for day in index.days_of(COMMON)[:1]:
        try:
            held = index.holdings(COMMON, day).active_ids
        except NotReachedError:
            return
        missing = shaped(findings, FindingKind.MISSING, FindingKind.INACTIVE)
        if missing and not any(held.values()):
            yield LikelyCause(
                "empty-snapshot",
                "The snapshot is empty: either your app stored nothing, or the adapter reads "
                "the wrong "
                "place.",
                "Open your app after a sync; if the people are there, fix the adapter's "
                "`snapshot`.",
                missing,
            )


def first_page(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Of every longer list exactly the first page is there."""
    behind: list[Finding] = []
    told: list[str] = []
    for kind in KINDS:
        missing = shaped(findings, FindingKind.MISSING, kind=kind)
        if not missing:
            continue
        first = missing[0]
        ids = sorted(index.roster(first.district, first.day).of(kind))
        absent = {f.clever_id for f in missing if f.day == first.day}
        held = [clever_id for clever_id in ids if clever_id not in absent]
        if len(ids) > len(held) and held == ids[: len(held)] and 0 < len(held) <= _PAGE:
            behind += missing
            told.append(f"{len(held)} of {len(ids)} {kind}")
    if behind:
        yield LikelyCause(
            "first-page-only",
            f"Your app holds only the first {', the first '.join(told)} in Clever's order: it "
            "reads "
            "the first page only.",
            "Follow the link whose `rel` is `next` until a page has none.",
            behind,
        )


READING: tuple[Rule, ...] = (nothing_held, first_page)

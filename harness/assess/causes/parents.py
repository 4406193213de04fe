"""Lists of new parents: what an app that reads lists school by school learns a sync late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from harness.assess.causes.likely_cause import LikelyCause, Rule, part, shaped, shared
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.district.data_model.records import Kind
from harness.prose import counted

_COMING = (FindingKind.MISSING, FindingKind.INACTIVE, FindingKind.NOT_RESTORED)
_PARENTS: Mapping[Kind, str] = {
    Kind.SCHOOLS: "school",
    Kind.COURSES: "course",
    Kind.TERMS: "term_id",
}
"""Kind of a parent whose sections have a list of their own → the field that names it."""
_NEARLY = 0.8


def of_new_parents(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Sections are missing whose school was not there a sync before, and was not asked for theirs.

    The app asks for the sections of each school, and on that day asked for those of no new one.
    """
    coming = shaped(findings, *_COMING, kind=Kind.SECTIONS)
    for parents, field in _PARENTS.items():
        late = [f for f in coming if _is_of_new_parent(index, f, parents, field)]
        if not late or len(late) < _NEARLY * len(coming):
            continue
        noun = parents.removesuffix("s")
        owners = {(f.district, f.day, _parent(index, f, field)) for f in late}
        yield LikelyCause(
            "lists-of-new-parents",
            f"Your app asks for the sections of the {parents} that it knew before the sync: of "
            f"{counted(len(owners), noun)} new with a sync, or back, it asked for none that day, "
            f"and {part(len(late), len(coming))} missing sections are theirs.",
            f"Read the list of {parents} first, and in the same sync the sections of each {noun} "
            "that is in it; or read /sections.",
            coming,
        )
        return


def _parent(index: RecordingIndex, finding: Finding, field: str) -> str:
    record = cast("Mapping[str, Any]", shared(index, finding) or {})
    return str(record.get(field) or "")


def _is_of_new_parent(index: RecordingIndex, finding: Finding, kind: Kind, field: str) -> bool:
    """Whether a section's parent came with the sync, which did not ask for its sections."""
    parent, before = _parent(index, finding, field), index.before(finding.district, finding.day)
    if not parent or not before:
        return False
    try:
        was_there = parent in index.roster(finding.district, before[-1]).of(kind)
    except NotReachedError:
        return False
    return (
        not was_there
        and _asks_each(index, finding.district, kind)
        and parent not in _asked(index, finding.district, finding.day, kind)
    )


def _asks_each(index: RecordingIndex, district: str, kind: Kind) -> bool:
    """Whether the app reads sections by such parents alone, of whom it knows by their list."""
    paths = {
        read.name.path
        for day in index.days_of(district)
        for read in index.deliveries.lists(district, day)
    }
    return f"/{kind}/{{id}}/sections" in paths and "/sections" not in paths


def _asked(index: RecordingIndex, district: str, day: str, kind: Kind) -> set[str]:
    """The parents for whose sections the app asked on a day."""
    return {
        read.path.rstrip("/").split("/")[-2]
        for read in index.deliveries.lists(district, day)
        if read.name.path == f"/{kind}/{{id}}/sections"
    }


PARENTS: tuple[Rule, ...] = (of_new_parents,)

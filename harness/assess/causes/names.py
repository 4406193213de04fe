"""Why records with a name that occurs twice are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule, shaped
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind

_MOST = 0.8


def merged(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Of records of one name only one is there."""
    for kind in (Kind.TERMS, Kind.COURSES):
        missing = shaped(findings, FindingKind.MISSING, kind=kind)
        if not missing:
            continue
        first = missing[0]
        records = index.roster(first.district, first.day).of(kind)
        held = index.holdings(first.district, first.day).active_ids[kind]
        names = {str(records[i].get("name")) for i in held if i in records}
        if names and all(
            str(records[f.clever_id].get("name")) in names
            for f in missing
            if f.clever_id in records
        ):
            yield LikelyCause(
                "looked-up-by:name",
                f"Your app holds one of several {kind} with the same name: it looks them up by "
                "name.",
                "Look records up by Clever ID; names repeat from school to school.",
                missing,
            )


def name_taken(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """New sections are missing whose name an older one has; those with a new name are there."""
    missing = shaped(findings, FindingKind.MISSING, kind=Kind.SECTIONS)
    free, taken = 0, 0
    for district, day in sorted({(f.district, f.day) for f in missing}):
        earlier = index.before(district, day)
        if not earlier:
            continue
        old, now = index.roster(district, earlier[0]).sections, index.roster(district, day).sections
        names = {str(section.get("name")) for section in old.values()}
        absent = {f.clever_id for f in missing if (f.district, f.day) == (district, day)}
        new = now.keys() - old.keys()
        free += sum(str(now[i].get("name")) not in names for i in new - absent)
        taken += sum(str(now[i].get("name")) in names for i in new & absent)
    if free and taken > 1 and taken >= _MOST * len(missing):
        yield LikelyCause(
            "needs-unique-names",
            f"{taken} new sections with the name of an older one are missing, while those with "
            "a new "
            "name are there: your app assumes that section names are unique.",
            "Make only the Clever ID unique; section names repeat every year.",
            missing,
        )


NAMES: tuple[Rule, ...] = (name_taken, merged)

"""Why sections have no term, course or school: it is unread, or looked up in an old list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from harness.assess.causes.likely_cause import LikelyCause, part, shaped, shared
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.assess.written_values import LINKS
from harness.contract.snapshot import HeldSection
from harness.district.data_model.records import Kind
from harness.prose import counted

_TARGETS = {"term": Kind.TERMS, "course": Kind.COURSES, "school": Kind.SCHOOLS}
_NEARLY = 0.9


def link_unread(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """A link of sections is empty in the app, of all of them or of those with a newer target."""
    for link in _TARGETS:
        behind = [
            f for f in shaped(findings, FindingKind.FIELD) if f.field == link and f.found == "none"
        ]
        if len(behind) < 2:
            continue
        newer = [f for f in behind if _is_newer(index, f, link)]
        right = _right_ones(index, behind, link) if len(newer) >= _NEARLY * len(behind) else 0
        if right:
            yield LikelyCause(
                f"looked-up-in-first-list:{link}",
                f"{part(len(newer), len(behind)).capitalize()} sections without a {link} in your "
                f"app have one that is newer than the first sync; of {right:,} whose {link} was "
                f"there at the first sync, your app has it.",
                f"Look the {link} up in what your app holds now, not in a list that it keeps from "
                "its first sync.",
                behind,
            )
        else:
            yield _unread(index, link, behind)


def link_ended(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Every section without a link in the app had it before, and another or none in between."""
    for link in _TARGETS:
        behind = [
            f for f in shaped(findings, FindingKind.FIELD) if f.field == link and f.found == "none"
        ]
        if behind and all(_is_back(index, f, link) for f in behind):
            sections = f"{counted(len(behind), 'section')} {'has' if len(behind) == 1 else 'have'}"
            yield LikelyCause(
                f"membership-stays-ended:{link}",
                f"{sections} no {link} in your app since Clever took that {link} away and put it "
                "back.",
                "Treat what Clever shares again like something new: end nothing for good.",
                behind,
            )


def _is_back(index: RecordingIndex, finding: Finding, link: str) -> bool:
    """Whether a section has the link of an earlier day, and had not on one after that."""
    days = (*index.before(finding.district, finding.day), finding.day)
    records = (shared(index, finding, day) for day in days)
    links = [cast(Mapping[str, Any], record).get(LINKS[link]) for record in records if record]
    return links[-1] in links[:-1] and any(
        other != links[-1] for other in links[links.index(links[-1]) :]
    )


def _unread(index: RecordingIndex, link: str, behind: list[Finding]) -> LikelyCause:
    key, right = LINKS[link], _right_ones(index, behind, link)
    does = (
        f"on the same days {right:,} others have theirs" if right else f"it does not read `{key}`"
    )
    return LikelyCause(
        "link-not-read",
        f"{len(behind)} sections have no {link} in your app: {does}.",
        f"Read `{key}` of each section; it holds the Clever ID of the {link}.",
        behind,
    )


def _is_newer(index: RecordingIndex, finding: Finding, link: str) -> bool:
    """Whether what a section belongs to was not there at the first sync of its district."""
    first = index.roster(finding.district, index.days_of(finding.district)[0])
    section = cast(Mapping[str, Any], shared(index, finding) or {})
    return section.get(LINKS[link]) not in first.of(_TARGETS[link])


def _right_ones(index: RecordingIndex, behind: Sequence[Finding], link: str) -> int:
    """How many sections have this link right in the app on the days of these findings."""
    number = 0
    for district, day in {(f.district, f.day) for f in behind}:
        try:
            rows = index.holdings(district, day).snapshot.sections
        except NotReachedError:
            continue
        sections = index.roster(district, day).sections
        number += sum(_is_right(row, sections.get(row.clever_id or ""), link) for row in rows)
    return number


def _is_right(row: HeldSection, section: object, link: str) -> bool:
    wanted = cast(Mapping[str, Any], section or {}).get(LINKS[link])
    return bool(wanted) and getattr(row, link) == wanted

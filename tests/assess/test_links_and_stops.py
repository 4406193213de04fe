"""Links that are empty for newer targets alone, and loops that end at a record, are told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import pytest
from assess.altered import Place, shown
from rehearsing import recorded

from harness.assess.causes.contrast.in_common import with_the_same
from harness.assess.causes.contrast.list_ends import list_ends_lost
from harness.assess.causes.contrast.scene import scenes
from harness.assess.causes.identity import replaced
from harness.assess.causes.likely_cause import LikelyCause, was_away
from harness.assess.causes.links import link_unread
from harness.assess.causes.time import deletes
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.contract.snapshot import HeldSection, Snapshot, Status
from harness.district.data_model.records import Kind


@pytest.fixture(scope="module")
def demo() -> RecordingIndex:
    return RecordingIndex(recorded("demo"))


def _finding(
    place: Place, clever_id: str, finding_kind: FindingKind, kind: Kind = Kind.USERS, **more: Any
) -> Finding:
    fields: dict[str, Any] = {"expected": "", "found": "none", **more}
    return Finding(
        check="standing/whatever",
        requirement="R6",
        day=place[1],
        district=place[0],
        finding_kind=finding_kind,
        kind=kind,
        clever_id=clever_id,
        name="Somebody",
        sentence="Clever shares Somebody, your app does not.",
        **fields,
    )


def _newer_terms(index: RecordingIndex) -> set[tuple[Place, str]]:
    """Sections whose term came after the first sync of their district."""
    first = {d: index.roster(d, index.days_of(d)[0]).terms for d in index.districts}
    return {
        ((each.district, each.day), clever_id)
        for each in scenes(index)
        for clever_id, section in each.now.sections.items()
        if (term := cast(Mapping[str, Any], section).get("term_id"))
        and term not in first[each.district]
    }


def test_a_link_to_what_is_newer_than_the_first_sync_is_not_unread(demo: RecordingIndex) -> None:
    newer = _newer_terms(demo)

    def look(place: Place, held: Snapshot) -> Snapshot:
        def row(section: HeldSection) -> HeldSection:
            return replace(section, term=None) if (place, section.clever_id) in newer else section

        return replace(held, sections=tuple(map(row, held.sections)))

    findings = [
        _finding(place, clever_id, FindingKind.FIELD, Kind.SECTIONS, field="term")
        for place, clever_id in sorted(newer)
    ]

    [cause] = link_unread(shown(demo, look), findings)

    assert cause.id == "looked-up-in-first-list:term"
    assert f"All {len(findings)} sections without a term" in cause.sentence


def test_a_link_that_is_empty_for_old_targets_too_is_unread(demo: RecordingIndex) -> None:
    places = [
        ((each.district, each.day), i) for each in scenes(demo) for i in sorted(each.now.sections)
    ]
    findings = [
        _finding(place, clever_id, FindingKind.FIELD, Kind.SECTIONS, field="term")
        for place, clever_id in places[:40]
    ]

    [cause] = link_unread(shown(demo, lambda _, held: replace(held, sections=())), findings)

    assert cause.sentence.endswith("it does not read `term_id`.")


def test_a_loop_that_ends_at_a_record_is_told_by_what_that_record_has(
    demo: RecordingIndex,
) -> None:
    gone: dict[Place, set[str]] = {}
    for each in scenes(demo):
        people = sorted(each.now.users)
        stops = [n for n, i in enumerate(people) if not each.now.users[i].get("email")]
        if stops:
            gone[each.district, each.day] = set(people[stops[0] :])

    def look(place: Place, held: Snapshot) -> Snapshot:
        lost = gone.get(place, set())
        return replace(held, users=tuple(row for row in held.users if row.clever_id not in lost))

    findings = [
        _finding(place, clever_id, FindingKind.MISSING)
        for place, lost in gone.items()
        for clever_id in lost
    ]

    [cause] = list_ends_lost(shown(demo, look), findings)

    assert cause.id == "stops-at:email"
    assert "and none from there on" in cause.sentence


def _back(index: RecordingIndex) -> list[Finding]:
    return [
        finding
        for each in scenes(index)
        for clever_id in sorted(each.now.users)
        if was_away(
            index,
            finding := _finding((each.district, each.day), clever_id, FindingKind.NEW_ACCOUNT),
        )
    ]


def test_a_new_record_for_those_alone_who_come_back_is_said_of_them(demo: RecordingIndex) -> None:
    back = _back(demo)[:5]

    [cause] = replaced(demo, back)

    assert "when they come back: all 5 had been away" in cause.sentence


def test_what_clever_never_stopped_sharing_is_not_said_to_be_no_longer_shared(
    demo: RecordingIndex,
) -> None:
    [district, *_] = demo.districts
    place = district, demo.days_of(district)[1]
    stayed = [i for i in sorted(demo.roster(*place).users) if not was_away(demo, _lost(place, i))]

    [cause] = deletes(demo, [_lost(place, clever_id) for clever_id in stayed[:7]])

    assert cause.id == "deletes-what-is-shared"
    assert "all 7 users" in cause.sentence


def _lost(place: Place, clever_id: str) -> Finding:
    return _finding(place, clever_id, FindingKind.LOST)


def test_what_else_has_the_same_in_common_is_part_of_that_cause(demo: RecordingIndex) -> None:
    alone = [
        ((each.district, each.day), clever_id)
        for each in scenes(demo)
        if each.then is None
        for clever_id in sorted(each.now.users)
        if clever_id not in each.classes
    ]

    def look(place: Place, held: Snapshot) -> Snapshot:
        users = tuple(
            replace(row, status=Status.ARCHIVED) if (place, row.clever_id) in set(alone) else row
            for row in held.users
        )
        return replace(held, users=users)

    first, *others = [_finding(place, i, FindingKind.INACTIVE) for place, i in alone[:20]]
    cause = LikelyCause("in-common:unlisted", "They are in no class.", "Go by /users.", [first])
    index = shown(demo, look)

    assert len(with_the_same(index, cause, others).behind) == 20
    assert with_the_same(index, replace(cause, id="never-clears"), others).behind == [first]

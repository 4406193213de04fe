"""Which wrong values are written wrongly, asked of findings about people of the demo's year."""

from __future__ import annotations

import pytest
from assess.test_verdicts import check
from rehearsing import recorded

from harness.assess.check_result import Outcome
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.assess.written_values import written_wrongly
from harness.district.data_model.records import Kind

CASES = {"Nora": "name-changes", "Ms Silva": "name-changes", "Anna": "same-name"}


@pytest.fixture(scope="module")
def index() -> RecordingIndex:
    return RecordingIndex(recorded("demo"))


def name_of(index: RecordingIndex, who: str, day: str) -> str:
    name = index.roster("common", day).users[clever_id(index, who)]["name"]
    return f"{name['first']} {name['last']}"


def clever_id(index: RecordingIndex, who: str) -> str:
    return index.published("common", "first-share").cast[CASES[who]][who]


def shows(index: RecordingIndex, who: str, day: str, found: str) -> Finding:
    """That an app calls somebody something else than Clever on a day."""
    return Finding(
        check="names/all",
        day=day,
        district="common",
        finding_kind=FindingKind.FIELD,
        kind=Kind.USERS,
        clever_id=clever_id(index, who),
        name=who,
        sentence="The names differ.",
        field="name",
        expected=name_of(index, who, day),
        found=found,
    )


def written(index: RecordingIndex, *findings: Finding) -> set[str]:
    """Whose names are written wrongly, and on which days."""
    ids = written_wrongly(index, [check("names/all", Outcome.FAIL, findings=findings)])
    return {f"{finding.name} on {finding.day}" for finding in findings if finding.id in ids}


def test_a_name_that_is_cut_at_the_first_share_is_cut_later_on(index: RecordingIndex) -> None:
    first = shows(index, "Anna", "first-share", name_of(index, "Anna", "first-share")[:-1])
    later = shows(index, "Nora", "midyear", name_of(index, "Nora", "midyear")[:-1])

    assert written(index, first, later) == {"Anna on first-share", "Nora on midyear"}


def test_a_name_that_is_as_it_was_before_was_not_updated(index: RecordingIndex) -> None:
    first = shows(index, "Anna", "first-share", name_of(index, "Anna", "first-share").upper())
    later = shows(index, "Nora", "midyear", name_of(index, "Nora", "first-share"))

    assert written(index, first, later) == {"Anna on first-share"}


def test_a_longer_name_that_is_shortened_can_be_the_one_before(index: RecordingIndex) -> None:
    """Of Silva and Brook in Silva-Brook, an app that shortens names keeps Silva."""
    first = shows(index, "Anna", "first-share", name_of(index, "Anna", "first-share")[:-1])
    later = shows(index, "Ms Silva", "midyear", name_of(index, "Ms Silva", "first-share"))

    assert "Silva-" in later.expected
    assert written(index, first, later) == {"Anna on first-share", "Ms Silva on midyear"}


def test_what_is_wrong_only_later_was_not_brought_up_to_date(index: RecordingIndex) -> None:
    later = shows(index, "Nora", "midyear", name_of(index, "Nora", "midyear")[:-1])

    assert written(index, later) == set()

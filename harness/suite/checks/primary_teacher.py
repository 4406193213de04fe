"""Primary teacher: whether an app knows who that is, by the order in which it lists teachers."""

from __future__ import annotations

from collections.abc import Iterable

from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import HeldSection
from harness.district.data_model.records import Kind
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.observation import Observation

_KEY = "sections.primary_teacher"
_FEW = 5
_NEARLY_ALL = 0.9


def shows_primary(index: RecordingIndex) -> bool:
    """Whether the app knows who the primary teacher is: it lists that teacher first.

    Of nearly all classes with several teachers, on the first day that has enough of them. The order
    of an app's own rows says nothing where it keeps a row for each teacher.
    """
    first, of = _listed_first(index)
    return not _is_out_of_question(index) and of >= _FEW and first >= _NEARLY_ALL * of


def listed_first(mirror: Mirror, ids: Iterable[str]) -> Observation:
    """Whether the order of teachers can be judged; a wrong one is a difference of the teachers."""
    index = mirror.index
    observation = mirror.compare_sections(ids, "sections.teachers", lambda *_: None, "teachers")
    first, of = _listed_first(index)
    if declared := index.expectations.declared(_KEY):
        observation.speaks_not_of(declared)
        observation.decides_nothing = True
    elif _is_out_of_question(index) or of < _FEW:
        observation.decides_nothing = True
    elif observation.examined and not shows_primary(index):
        observation.undecided = (
            f"In {of - first} of {of} classes with several teachers your snapshot does not list "
            f"Clever's primary teacher first: list that teacher first, or declare `{_KEY}` in "
            "[profile.not_held] if your app does not know who it is."
        )
    return observation


def _is_out_of_question(index: RecordingIndex) -> bool:
    return bool(index.expectations.declared(_KEY)) or "sections" in index.profile.rows


def _listed_first(index: RecordingIndex) -> tuple[int, int]:
    """In how many classes the primary teacher is listed first, of those with several teachers."""
    return index.cached("primary teacher first", lambda: _count(index))


def _count(index: RecordingIndex) -> tuple[int, int]:
    firsts: list[bool] = []
    for district in index.districts:
        day = next(iter(index.days_of(district)))
        try:
            holdings = index.holdings(district, day)
        except NotReachedError:
            continue
        for section_id, section in index.roster(district, day).sections.items():
            row = holdings.active(Kind.SECTIONS, section_id)
            if isinstance(row, HeldSection) and len(set(row.teachers)) > 1:
                primary = section.get("teacher")
                firsts += [row.teachers[0] == primary] if primary in row.teachers else []
    return sum(firsts), len(firsts)

"""A story: a district, one edge case in it, and what happens to its cast, day by day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Protocol

from harness.catalogue.edge_cases import EdgeCase
from harness.district.casts.changes import apply_change
from harness.district.clever.invariants import broken_invariants
from harness.district.clever.rules import roster_of, share, with_news_since
from harness.district.clever.sharing import SharedPart, listed_but_unshared, shared_part
from harness.district.data_model.records import Section, User
from harness.district.data_model.roster import Roster
from harness.district.data_model.timestamps import timestamp
from harness.district.sis.sis import Sis

RUN_DATE = dt.date(2026, 3, 2)
FIRST = dt.datetime(2026, 2, 1, 16, 5, tzinfo=dt.UTC)
CLASSES = """
Maya: {student: {school: elementary, sections: [Art]}}
Leo: {student: {school: elementary, sections: [Art, Music]}}
Art: {section: {teacher: Mr Okoye}}
Music: {section: {teachers: [Ms Lindgren, Mr Boyd]}}
Mr Okoye: {teacher: {school: elementary}}
Ms Lindgren: {teacher: {school: elementary}}
Mr Boyd: {teacher: {school: elementary}}
"""
FAMILY = """
Maya: {student: {school: elementary, sections: [Art]}}
Leo: {student: {school: elementary, sections: [Art]}}
Art: {section: {teacher: Mr Okoye}}
Mr Okoye: {teacher: {school: elementary}}
Ana: {contact: {of: {Maya: Parent, Leo: Aunt/Uncle}}}
"""
SCHEDULE = """
Maya: {student: {school: high, sections: [Art]}}
Art: {section: {teacher: Mr Okoye, course: Crafts, term: Spring}}
Music: {section: {teacher: Mr Okoye, course: Songs, term: Summer}}
Leo: {student: {school: high, sections: [Music]}}
Mr Okoye: {teacher: {school: high}}
Crafts: {course: {}}
Songs: {course: {}}
Spring: {term: {school: high}}
Summer: {term: {school: high}}
"""


@dataclass(slots=True)
class Story:
    """A district with one cast, day by day; `days` counts the rosters shared so far."""

    case: EdgeCase
    sis: Sis
    rosters: list[Roster] = field(default_factory=list)
    later: int = 0
    """Days by which the story has moved on besides."""
    part: SharedPart | None = None
    """What was shared last."""

    def __post_init__(self) -> None:
        self.next_day()

    @property
    def roster(self) -> Roster:
        return self.rosters[-1]

    def play(self, *changes: str) -> Roster:
        """The roster of the next day, after these changes."""
        self.sis = replace(self.sis, at=timestamp(self._now()))
        for change in changes:
            self.sis = apply_change(self.sis, self.case.cast, change)
        return self.next_day()

    def next_day(self) -> Roster:
        previous = self.rosters[-1] if self.rosters else None
        part, at = shared_part(self.sis), self._now()
        roster = roster_of(part, at=at, previous=previous, earlier=self.part)
        roster = with_news_since(previous, roster)
        assert roster == share(self.sis, at=at, previous=previous), "it hangs on what was before"
        self.part = part
        assert (
            broken_invariants(roster, listed_but_unshared=listed_but_unshared(self.sis).values())
            == ()
        )
        self.rosters.append(roster)
        return roster

    def id(self, name: str) -> str:
        return self.sis.clever_id(self.case.id, name)

    def user(self, name: str) -> User:
        return self.roster.users[self.id(name)]

    def section(self, name: str) -> Section:
        return self.roster.sections[self.id(name)]

    def school(self, key: str) -> str:
        return self.sis.schools[key].id

    def names(self, ids: list[str]) -> list[str]:
        """Whose ids these are, as the cast calls them."""
        known = {self.id(name): name for name in self.case.cast.members}
        return [known[clever_id] for clever_id in ids]

    def _now(self) -> dt.datetime:
        return dt.timedelta(days=self.later) + FIRST + dt.timedelta(days=3 * len(self.rosters))


class Tell(Protocol):
    """Begins a story from a cast and changes, as an edge case's YAML has them."""

    def __call__(self, cast: str, changes: str = "") -> Story: ...


class ReadCase(Protocol):
    """Writes an edge case and reads it."""

    def __call__(self, cast: str, changes: str = "", name: str = "some-case") -> EdgeCase: ...

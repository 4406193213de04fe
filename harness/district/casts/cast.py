"""Cast: the people and classes of one edge case, and what can happen to them.

`cast_reader.py` and `change_reader.py` read them from YAML, `placement.py` puts them into a
district, `changes.py` plays the steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harness.district.data_model.ids import End
from harness.district.data_model.raw import AS_IT_IS, Raw

NONE = "none"
"""Said for something a member goes without: `email: none`, `course: none`."""

NEXT_YEAR = " next year"
"""What comes behind the name of a class, a course or a term in that of its successor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePart:
    """One role of a cast member, as the edge case gives it."""

    schools: tuple[str, ...] = ()
    """School keys, the SIS's own school first; empty for contacts and district admins."""
    grade: str = ""
    sections: tuple[str, ...] = ()
    """Cast sections a student is enrolled in."""
    children: Mapping[str, str] = field(default_factory=dict)
    """Cast student → relationship, for a contact."""
    fields: Mapping[str, object] = field(default_factory=dict)
    """Optional fields of the role as on the wire; None leaves a field out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPart:
    """A class of a cast."""

    school: str
    teachers: tuple[str, ...]
    """Cast teachers, primary first."""
    course: str
    """A cast course, "" for one of its own, `none` for no course."""
    term: str
    """A cast term, "" for an ordinary one of the school, `none` for no term."""
    size: int = 0
    """With ordinary students of the school it is filled up to so many."""
    reused: bool = False
    """Keeps its Clever id at rollover, and is next year's class from then on."""
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPart:
    """A term of a cast; without days it lasts as long as the ordinary ones."""

    school: str
    label: str = ""
    starts: int | None = None
    """Days from the run date."""
    ends: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePart:
    """A course of a cast."""

    label: str = ""
    number: str | None = None
    by_number: bool = False
    """Whether its district keys courses by number, so that a new name leaves the Clever ID."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPart:
    """One of the district's schools under a name of the cast's own; who is there is unchanged."""

    key: str


Thing = SectionPart | TermPart | CoursePart | SchoolPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person or thing of a cast; a person has roles, a thing has a part."""

    name: str
    roles: Mapping[str, RolePart] = field(default_factory=dict)
    thing: Thing | None = None
    first: str | None = None
    """None for a name that follows from the member's own, or from the seed."""
    middle: str | None = None
    last: str | None = None
    email: str | None = None
    """None for an ordinary address, "" for none; with neither "@" nor "{domain}" a local part."""
    away: bool = False
    """Not in the SIS when the year begins."""
    unshared: bool = False
    """In the SIS, but not shared with the app when the year begins."""
    still_listed: bool = False
    """Named by classes although not shared."""
    end: End = End.NONE
    """First or last of all such people or things, or after all people, in Clever's order."""
    raw: Raw = AS_IT_IS
    """What is sent of it otherwise than a SIS can say."""
    later: bool = False
    """Whether it is sent so only once a change says `vary`."""
    each: str = ""
    """The generated table for whose every value there is one like it; see `expansion.py`."""

    @property
    def raw_at_first(self) -> Raw:
        return AS_IT_IS if self.later else self.raw

    def is_a(self, kind: str) -> bool:
        """Whether it has a role, or is a section, a course, a term or a school."""
        match self.thing:
            case SectionPart():
                return kind == "section"
            case CoursePart():
                return kind == "course"
            case TermPart():
                return kind == "term"
            case SchoolPart():
                return kind == "school"
            case None:
                return kind in self.roles


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStep:
    """One thing that happens to somebody, in the words of a student information system."""

    verb: str
    line: int
    values: Mapping[str, object]
    """The verb's own keys and what the edge case says for them, already checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who an edge case is about, each under the name the edge case uses, and the changes."""

    edge_case: str
    members: Mapping[str, Member]
    changes: Mapping[str, tuple[ChangeStep, ...]]
    file: Path
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Member that stands for many → the names of those, who are among the members."""
    patterns: tuple[Member, ...] = ()
    """The members that stand for many, as they are written."""

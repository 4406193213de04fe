"""Cast pictures: which people are in which classes and schools, before and after what happens.

A picture has a scene for each state of a cast: schools with their classes in them, and people in
these. Whatever the app holds otherwise than Clever shares it is marked. The table below a picture
says the same, and when each state begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from harness.assess.results import RecordHistory
from harness.contract.snapshot import Status
from harness.report.awaited import Awaited

MOST_SCENES = 3
NEXT_YEAR = "rollover"
"""The day on which everybody gets new classes; it is drawn if nothing else happens to a cast."""
GONE = "No longer shared"
AWAITED = "awaits a sync"
NOTHING = Awaited()

_TEACHER, _MEMBER = True, False
_Edges = dict[tuple[str, str], bool]
"""Class and person → whether the person teaches it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A person, or a record that contains nobody."""

    name: str
    teaches: bool = False
    mark: str = ""
    """How the app differs: `missing`, `only in your app`; `archived` and `awaits a sync` may be
    right."""
    wrong: bool = False
    """Whether the mark is a difference to Clever."""


@dataclass(frozen=True, slots=True)
class Box:
    """A class, or a school with classes in it."""

    chip: Mark
    boxes: tuple[Box, ...] = ()
    chips: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A cast on the first day of a state."""

    day: str
    boxes: tuple[Box, ...]
    chips: tuple[Mark, ...] = ()
    """Those who are at no school."""

    @property
    def differs(self) -> bool:
        return any(chip.wrong for chip in _chips(self))

    @property
    def tells(self) -> bool:
        """Whether it shows anything that the name of a person does not."""
        return self.differs or any(box.boxes for box in self.boxes) or len(self.boxes) > 1


def scenes(
    records: Sequence[RecordHistory],
    days: Sequence[str],
    awaited: Awaited = NOTHING,
) -> tuple[Picture, ...]:
    """The states of a cast through the days of its district, `MOST_SCENES` of them at most."""
    drawn: list[Picture] = []
    for number, day in enumerate(days):
        if any(entry.day == day for record in records for entry in record.entries):
            scene = _scene(records, days, number, awaited)
            if not drawn or replace(scene, day="") != replace(drawn[-1], day=""):
                drawn.append(scene)
    within = [scene for scene in drawn if days.index(scene.day) < _end_of_year(days)]
    happens = len(within) > 1 or any(scene.differs for scene in within)
    chosen = _most_telling(within if happens else drawn)
    return chosen if len(chosen) > 1 or any(scene.tells for scene in chosen) else ()


def _end_of_year(days: Sequence[str]) -> int:
    return days.index(NEXT_YEAR) if NEXT_YEAR in days else len(days)


def _most_telling(drawn: Sequence[Picture]) -> tuple[Picture, ...]:
    """The first scene and those with differences; then the others, from the first on."""
    order = sorted(drawn[1:], key=lambda scene: not scene.differs)[: MOST_SCENES - 1]
    return tuple(scene for scene in drawn if scene is drawn[0] or scene in order)


@dataclass(frozen=True, slots=True)
class _RecordView:
    """One record on a day: Clever's view of it and the app's; None for whoever has it not."""

    record: RecordHistory
    clever: Mapping[str, Sequence[str]] | None
    app: Mapping[str, Sequence[str]] | None
    archived: bool
    awaited: bool
    accused: bool

    @property
    def chip(self) -> Mark:
        name = self.record.name
        if self.awaited and (self.clever is None) is not (self.app is None):
            return Mark(name, mark=AWAITED)
        if self.clever is None:
            active = self.app is not None
            word = "still active" if active else "archived" if self.archived else ""
            return Mark(name, mark=word, wrong=active)
        if self.app is None:
            return Mark(name, mark="archived" if self.archived else "missing", wrong=True)
        return Mark(name)


@dataclass(slots=True)
class _Side:
    """What one side says of a cast."""

    edges: _Edges = field(default_factory=dict)
    schools: dict[str, Sequence[str]] = field(default_factory=dict)
    """Person → schools."""
    awaits: frozenset[str] = frozenset()
    """The records of which nothing else was to be expected of the app."""
    accused: frozenset[str] = frozenset()
    """Those a finding of the day is about."""

    def waits_for(self, *names: str) -> bool:
        """Whether what lies between some records is no difference to accuse the app of."""
        return not self.awaits.isdisjoint(names) and self.accused.isdisjoint(names)

    def see(self, record: RecordHistory, view: Mapping[str, Sequence[str]]) -> None:
        if record.kind == "users":
            self.schools[record.name] = view.get("schools", ())
            role = "teacher" in view.get("roles", ()) and "student" not in view.get("roles", ())
            for name in view.get("classes", ()):
                self.edges.setdefault((name, record.name), role)
        for key, role in (("teachers", _TEACHER), ("students", _MEMBER)):
            for person in view.get(key, ()):
                self.edges[record.name, person] = role


def _scene(
    records: Sequence[RecordHistory], days: Sequence[str], number: int, awaited: Awaited
) -> Picture:
    views = [view for record in records if (view := _view_of(record, days, number, awaited))]
    clever = _Side()
    app = _Side(
        awaits=frozenset(view.record.name for view in views if view.awaited),
        accused=frozenset(view.record.name for view in views if view.accused),
    )
    for view in views:
        if view.clever is not None:
            clever.see(view.record, view.clever)
            app.see(view.record, view.app or {})
    shared = {view.record.name: view for view in views if view.clever is not None}
    classes = _class_boxes(shared, clever, app)
    schools = [
        name for names in (*clever.schools.values(), *app.schools.values()) for name in names
    ]
    schools += [view.record.name for view in shared.values() if view.record.kind == "schools"]
    boxes = tuple(
        _school(name, shared, clever, app, classes) for name in dict.fromkeys(schools)
    )  # fmt: skip
    gone = tuple(view.chip for view in views if view.clever is None)
    if gone:
        boxes = (*boxes, Box(Mark(GONE), chips=gone))
    return Picture(days[number], (*boxes, *classes.get("", ())), _elsewhere(shared, clever, app))


def _view_of(
    record: RecordHistory, days: Sequence[str], number: int, awaited: Awaited
) -> _RecordView | None:
    """A record on a day; nothing of it before it is shared for the first time."""
    reached = [entry for entry in record.entries if _place(days, entry.day) <= number]
    if not reached:
        return None
    entry = reached[-1]
    active = [row for row in entry.held or () if row.get("status") == (str(Status.ACTIVE),)]
    app = _united(active) if active else None
    if entry.held is None or entry.declared:
        app = entry.shared  # nothing to compare
    archived = bool(entry.held) and not active
    waits = awaited.is_awaited(record, entry), awaited.is_accused(record, entry)
    return _RecordView(record, entry.shared, app, archived, *waits)


def _place(days: Sequence[str], day: str) -> int:
    return days.index(day) if day in days else len(days)


def _united(rows: Sequence[Mapping[str, Sequence[str]]]) -> Mapping[str, Sequence[str]]:
    """All values of several rows of one record."""
    fields = dict.fromkeys(field for row in rows for field in row)
    return {field: [value for row in rows for value in row.get(field, ())] for field in fields}


def _class_boxes(
    shared: Mapping[str, _RecordView], clever: _Side, app: _Side
) -> Mapping[str, Sequence[Box]]:
    """School → its classes; those of no school that is known under ""."""
    members: dict[str, dict[str, bool]] = {
        view.record.name: {} for view in shared.values() if view.record.kind == "sections"
    }
    for (name, person), role in (*clever.edges.items(), *app.edges.items()):
        members.setdefault(name, {}).setdefault(person, role)
    boxes: dict[str, list[Box]] = {}
    for name, people in members.items():
        chips = tuple(
            _member(person, role, (name, person), clever, app)
            for person, role in sorted(people.items(), key=lambda row: not row[1])
        )
        box = Box(shared[name].chip if name in shared else Mark(name), chips=chips)
        boxes.setdefault(_home(people, clever), []).append(box)
    return boxes


def _member(person: str, role: bool, edge: tuple[str, str], clever: _Side, app: _Side) -> Mark:
    waits = app.waits_for(*edge)
    return Mark(person, role, *_mark(edge in clever.edges, edge in app.edges, waits))


def _mark(at_clever: bool, in_app: bool, waits: bool) -> tuple[str, bool]:
    if waits and at_clever is not in_app:
        return AWAITED, False
    if at_clever and not in_app:
        return "missing", True
    return ("", False) if at_clever else ("only in your app", True)


def _home(people: Mapping[str, bool], clever: _Side) -> str:
    """The school of a class: that of most of its teachers, or else of most of its students."""
    for role in (_TEACHER, _MEMBER):
        schools = Counter(
            school
            for person, teaches in people.items()
            for school in clever.schools.get(person, ())
            if teaches is role
        )
        if schools:
            return schools.most_common(1)[0][0]
    return ""


def _school(
    name: str,
    shared: Mapping[str, _RecordView],
    clever: _Side,
    app: _Side,
    classes: Mapping[str, Sequence[Box]],
) -> Box:
    """A school with its classes, and with its people who are in none of these."""
    boxes = tuple(classes.get(name, ()))
    placed = {chip.name for box in boxes for chip in box.chips}
    chips = []
    for person in shared:
        places = clever.schools.get(person, ()), app.schools.get(person, ())
        at_clever, in_app = (name in place for place in places)
        if (at_clever or in_app) and (person not in placed or at_clever != in_app):
            chips.append(Mark(person, False, *_mark(at_clever, in_app, app.waits_for(person))))
    head = shared[name].chip if name in shared else Mark(name)
    return Box(head, boxes, tuple(chips))


def _elsewhere(shared: Mapping[str, _RecordView], clever: _Side, app: _Side) -> tuple[Mark, ...]:
    """Records that are neither a school nor a class nor a person at a school."""
    return tuple(
        view.chip
        for name, view in shared.items()
        if view.record.kind not in ("schools", "sections")
        and not clever.schools.get(name)
        and not app.schools.get(name)
    )


def _chips(scene: Picture) -> Iterator[Mark]:
    yield from scene.chips
    yield from _within(scene.boxes)


def _within(boxes: Iterable[Box]) -> Iterator[Mark]:
    for box in boxes:
        yield box.chip
        yield from box.chips
        yield from _within(box.boxes)

"""Edit persistence: what became of the manual edits people made in the app."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from harness.assess.holdings import Holdings
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.adapter import Capability
from harness.contract.edit import EditKind, EditPersistence
from harness.contract.snapshot import HeldSection, HeldUser, LocalRecord
from harness.contract.sync import APPLIED
from harness.district.data_model.records import Kind
from harness.plan.faults import FAULT_DAYS
from harness.plan.names import listed
from harness.plan.plan import Day
from harness.prose import joined
from harness.recording.recording import EditMade


def persistence_of(index: RecordingIndex, act: EditMade) -> EditPersistence | None:
    """What became of an edit in this school year; None when it cannot be told.

    It was made when the snapshot after it shows it and the one before did not. Raises
    NotReachedError when those snapshots were not recorded.
    """
    if Capability.EDITS not in index.capabilities:
        return None
    shown = _Shown(index, act)
    before = shown.on(index.holdings(act.district, act.day, "sync"))
    after = shown.on(index.holdings(act.district, act.day, "acts"))
    if before is not False or after is None:
        return None
    if not after:
        return EditPersistence.NOT_POSSIBLE
    first = next(_looks(index, act), ("", None))[1]
    if first is None:
        return None
    undone = undone_on(index, act)
    return EditPersistence.OVERWRITTEN if undone else EditPersistence.PERSISTS


def undone_on(index: RecordingIndex, act: EditMade) -> str:
    """The first day after whose sync an edit is no longer shown; "" if there is none."""
    return next((day for day, shown in _looks(index, act) if shown is False), "")


def is_undone_late(index: RecordingIndex, act: EditMade) -> bool:
    """Whether an edit outlasts the next sync, and not all that follow."""
    return undone_on(index, act) not in ("", next(_looks(index, act), ("", None))[0])


def _looks(index: RecordingIndex, act: EditMade) -> Iterator[tuple[str, bool | None]]:
    """The days of this school year whose sync ran to its end, and whether they show an edit."""
    shown = _Shown(index, act)
    for day in index.after(act.district, act.day):
        if day == Day.ROLLOVER:
            return
        if _completed(index, act.district, day) and day not in FAULT_DAYS:
            yield day, shown.on(index.holdings(act.district, day, "sync"))


def lacks_its_people(index: RecordingIndex, act: EditMade) -> bool:
    """Whether what an edit made is there by its name right after it, without those put into it."""
    after = index.holdings(act.district, act.day, "acts")
    shown = _Shown(index, act)
    return shown.on(after) is False and shown.is_there(after)


def persistence_by_kind(index: RecordingIndex) -> Mapping[EditKind, EditPersistence]:
    """What became of each kind of edit, as far as it can be told."""
    persistence: dict[EditKind, EditPersistence] = {}
    for act in index.edits:
        try:
            became = persistence_of(index, act)
        except NotReachedError:
            continue
        if became is not None:
            persistence.setdefault(act.kind, became)
    return persistence


def _completed(index: RecordingIndex, district: str, day: str) -> bool:
    """Whether a sync ran to its end; one that did not says nothing about edits."""
    ended = index.has_synced(district, day) and index.synced(district, day).final.state
    return ended in APPLIED


class _Shown:
    """Whether a snapshot shows an edit; None when it cannot show it."""

    def __init__(self, index: RecordingIndex, act: EditMade) -> None:
        self._act = act
        people = (index.cast(act.district, act.day, act.edge_case, n) for n in listed(act.person))
        self._people = [person.clever_id for person in people]
        self._section = ""
        if act.section:
            self._section = index.cast(act.district, act.day, act.edge_case, act.section).clever_id
        self._tells_students = index.expectations.holds("sections.students")
        made = index.holdings(act.district, act.day, "acts").snapshot.local_groups
        self._tells_members = any(row.members for row in made if self._is_it(row))

    def on(self, held: Holdings) -> bool | None:
        match self._act.kind:
            case EditKind.ADD_ROLE:
                row = held.active(Kind.USERS, self._people[0])
                if not isinstance(row, HeldUser):
                    return None
                return "staff" in {role.role for role in row.roles}
            case EditKind.CREATE_USER:
                return any(map(self._is_it, held.snapshot.local_users))
            case EditKind.CREATE_GROUP | EditKind.SPLIT_SECTION:
                if not all(held.active(Kind.USERS, person) for person in self._people):
                    return None  # nobody can put people together who are not there
                return any(map(self._has_all, held.snapshot.local_groups))
            case EditKind.ADD_STUDENT:
                return self._is_in(held)
            case EditKind.REMOVE_STUDENT:
                is_member = self._is_in(held)
                return None if is_member is None else not is_member
            case EditKind.RENAME_SECTION:
                row = held.active(Kind.SECTIONS, self._section)
                if not isinstance(row, HeldSection) or row.name is None:
                    return None
                return self._act.name.casefold() in row.name.casefold()

    def is_there(self, held: Holdings) -> bool:
        """Whether there is a group with the name that was given to it."""
        return bool(self._act.name) and any(map(self._is_it, held.snapshot.local_groups))

    def _is_it(self, row: LocalRecord) -> bool:
        return self._act.name.casefold() in " ".join(row.name.split()).casefold()

    def _has_all(self, row: LocalRecord) -> bool:
        """A group that was emptied is not the group any more, if the app says who is in it."""
        complete = not self._tells_members or set(self._people) <= set(row.members)
        return self._is_it(row) and complete

    def _is_in(self, held: Holdings) -> bool | None:
        row = held.active(Kind.SECTIONS, self._section)
        if not self._tells_students or not isinstance(row, HeldSection):
            return None
        return self._people[0] in row.students


_FACTS = {
    "edit_roles": (EditKind.ADD_ROLE,),
    "edit_users": (EditKind.CREATE_USER,),
    "edit_groups": (EditKind.CREATE_GROUP,),
    "edit_sections": (EditKind.SPLIT_SECTION,),
    "edit_members": (EditKind.ADD_STUDENT, EditKind.REMOVE_STUDENT),
}
_ANSWERS = {
    EditPersistence.PERSISTS: "Yes, and the change lasts until somebody undoes it.",
    EditPersistence.OVERWRITTEN: "Yes, but the next sync undoes it.",
    EditPersistence.NOT_POSSIBLE: "No. Our application does not let anybody do that.",
}
_UNDONE_LATE = "Yes, but a later sync undoes it."
_NOUNS = {
    EditKind.ADD_ROLE: "added roles",
    EditKind.CREATE_USER: "users created in the app",
    EditKind.CREATE_GROUP: "groups",
    EditKind.SPLIT_SECTION: "subgroups of sections",
    EditKind.ADD_STUDENT: "students added to a section",
    EditKind.REMOVE_STUDENT: "students taken out of a section",
    EditKind.RENAME_SECTION: "names given to sections",
}
_BY_HAND = {
    EditKind.ADD_STUDENT: "Students who are manually added to a section stay in it.",
    EditKind.REMOVE_STUDENT: "Students who are manually taken out of a section stay out of it.",
}
"""What limits an answer about the students of sections, where it lasts."""


def edit_words(index: RecordingIndex) -> Mapping[str, str]:
    """Words for drafts about edits by hand: for each question, and for what lasts of them."""
    persistence, late = persistence_by_kind(index), _undone_late(index)
    answers = {
        kind: _UNDONE_LATE if kind in late else _ANSWERS[became]
        for kind, became in persistence.items()
    }
    words = {fact: _answer([answers[kind] for kind in kinds]) for fact, kinds in _FACTS.items()
             if all(kind in persistence for kind in kinds)}  # fmt: skip

    def nouns(became: EditPersistence, *, late_ones: bool = False) -> str:
        return joined(
            [
                noun
                for kind, noun in _NOUNS.items()
                if persistence.get(kind) is became and (kind in late) is late_ones
            ]
        )

    sentences = []
    if lasting := nouns(EditPersistence.PERSISTS):
        sentences.append(f"These persist until somebody undoes them: {lasting}.")
    if undone := nouns(EditPersistence.OVERWRITTEN):
        sentences.append(f"These last until the next sync, which undoes them: {undone}.")
    if undone := nouns(EditPersistence.OVERWRITTEN, late_ones=True):
        sentences.append(f"These outlast the next sync, and a later one undoes them: {undone}.")
    by_hand = [
        sentence
        for kind, sentence in _BY_HAND.items()
        if persistence.get(kind) is EditPersistence.PERSISTS
    ]
    if by_hand:
        words["members_by_hand"] = " ".join(by_hand)
    if persistence:
        words["edits_last"] = " ".join(sentences) or "Our application allows no such change."
    return words


def _undone_late(index: RecordingIndex) -> frozenset[EditKind]:
    """The kinds of edits that some later sync undoes."""
    if Capability.EDITS not in index.capabilities:
        return frozenset()
    undone: set[EditKind] = set()
    for act in index.edits:
        with suppress(NotReachedError):  # a year that stopped early tells nothing
            undone.update([act.kind] if is_undone_late(index, act) else [])
    return frozenset(undone)


def _answer(answers: Sequence[str]) -> str:
    first, *more = dict.fromkeys(answers)
    if not more:
        return first
    return f"Adding: {answers[0]} Removing: {answers[1]}"

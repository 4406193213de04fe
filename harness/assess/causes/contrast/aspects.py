"""Aspects: what of a record, or of an entry of its lists, is right or wrong after a sync."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from harness.assess.causes.contrast.scene import SyncScene
from harness.assess.causes.members import NOUNS, entries, named, sides
from harness.assess.findings import Finding, FindingKind
from harness.assess.holdings import Holdings
from harness.assess.optional_values import WORDS
from harness.assess.recording_index import RecordingIndex
from harness.assess.written_values import LINKS, shows_now
from harness.district.data_model.records import Kind

_ABSENT = (FindingKind.MISSING, FindingKind.INACTIVE, FindingKind.NOT_RESTORED, FindingKind.LOST)
_LEFT = (FindingKind.NOT_ARCHIVED, FindingKind.EXTRA)
_FIELDS = frozenset({"name", "email", *LINKS, *WORDS})


class Sort(NamedTuple):
    """What is wrong: `lacks`, `keeps`, `misses` or `field`, and of which field or sort of list."""

    verb: str
    what: str
    kind: Kind

    @property
    def of_list(self) -> bool:
        """Whether it is about entries of a list: the schools of a user, not that of a section."""
        return self.verb != "field" and self.what in NOUNS


@dataclass(frozen=True, slots=True)
class Unit:
    """A record, or an entry of a list of it, about which something is right or wrong."""

    clever_id: str
    entry: str = ""


def wrong_units(index: RecordingIndex, finding: Finding) -> Iterator[tuple[Sort, Unit]]:
    """What a finding says is wrong; nothing of what cannot be looked up on other days."""
    if not finding.kind or not finding.clever_id:
        return
    kind, unit = Kind(finding.kind), Unit(finding.clever_id)
    if finding.finding_kind in _ABSENT:
        yield Sort("lacks", "", kind), unit
    elif finding.finding_kind in _LEFT:
        yield Sort("keeps", "", kind), unit
    elif finding.finding_kind is FindingKind.FIELD and finding.field in _FIELDS:
        yield Sort("field", finding.field, kind), unit
    for listing in sides(index, [*_of_lists(finding, kind)]):
        finding_kind = listing.finding.finding_kind
        for entry in listing.missing:
            yield Sort("lacks", finding_kind, kind), Unit(finding.clever_id, entry)
        for entry in listing.left_over:
            yield Sort("keeps", finding_kind, kind), Unit(finding.clever_id, entry)


def _of_lists(finding: Finding, kind: Kind) -> Iterator[Finding]:
    """The finding, or one about each list of a record of which the app took something away."""
    if finding.finding_kind is not FindingKind.UNREAD:
        yield finding
        return
    for finding_kind, noun in NOUNS.items():
        if (noun.whose == Kind.SECTIONS) == (kind is Kind.SECTIONS):
            yield replace(finding, finding_kind=finding_kind, field="")


def is_right(scene: SyncScene, sort: Sort, unit: Unit) -> bool | None:
    """Whether the app has it right after a sync; None if there is nothing to be right about."""
    if scene.held is None:
        return None
    if sort.of_list:
        return _is_listed_right(scene, scene.held, sort, unit)
    active = bool(scene.held.active_rows(sort.kind, unit.clever_id))
    record = scene.record(sort.kind, unit.clever_id)
    if sort.verb == "lacks":
        return active if unit.clever_id in scene.expected(sort.kind) else None
    if sort.verb == "keeps":
        return not active if record is None and scene.earlier else None
    row = scene.held.active(sort.kind, unit.clever_id)
    if row is None or record is None:
        return None
    return shows_now(scene.index, sort.kind, record, row, sort.what)


def _is_listed_right(scene: SyncScene, held: Holdings, sort: Sort, unit: Unit) -> bool | None:
    finding_kind = FindingKind(sort.what)
    row = held.active(sort.kind, unit.clever_id)
    record = scene.record(sort.kind, unit.clever_id)
    if row is None or record is None or not _is_known(held, finding_kind, unit.entry):
        return None
    wanted = unit.entry in set(named(finding_kind, record))
    if wanted != (sort.verb == "lacks"):
        return None
    return (unit.entry in entries(finding_kind, row)) == wanted


def _is_known(held: Holdings, finding_kind: FindingKind, entry: str) -> bool:
    if finding_kind is FindingKind.ROLE:
        return True
    kind = Kind.SCHOOLS if finding_kind is FindingKind.SCHOOL else Kind.USERS
    return entry in held.active_ids[kind] or not held.active_ids[kind]


def units(scene: SyncScene, sort: Sort, *, changed_only: bool) -> Iterator[Unit]:
    """Everything of a sort that could be right or wrong with a sync, or what is new in it."""
    now = scene.now.of(sort.kind)
    then = scene.then.of(sort.kind) if scene.then else {}
    if sort.verb == "keeps" and not sort.what:
        yield from (Unit(i) for i in then.keys() - now.keys())
        return
    for clever_id, record in now.items():
        former = then.get(clever_id)
        if changed_only and former is record:
            continue
        if not sort.of_list:
            yield Unit(clever_id)
            continue
        finding_kind = FindingKind(sort.what)
        new = set(named(finding_kind, record))
        old = set(named(finding_kind, former)) if former else set[str]()
        if sort.verb == "keeps":
            yield from (Unit(clever_id, entry) for entry in old - new)
        else:
            yield from (Unit(clever_id, entry) for entry in (new - old if changed_only else new))


def words(sort: Sort) -> str:
    """What is wrong, of several records: `students that your app lacks in sections`."""
    if sort.of_list:
        noun = NOUNS[FindingKind(sort.what)]
        preposition = "in" if sort.kind is Kind.SECTIONS else "of"
        return f"{noun.noun}s that your app {sort.verb} {preposition} {noun.whose}"
    if sort.verb == "field":
        return (
            f"{sort.kind} whose {WORDS.get(sort.what, _VALUES.get(sort.what, sort.what))} is wrong"
        )
    if sort.verb == "misses":
        return f"changed {sort.kind} that your app left as they were"
    if sort.verb == "keeps":
        return f"{sort.kind} that your app keeps in use"
    return f"{sort.kind} that your app lacks or has archived"


_VALUES = {"email": "e-mail address"}


def members_kind(sort: Sort) -> Kind | None:
    """Of which kind the entries of a list are; None for roles, and for what is no list."""
    if not sort.of_list or sort.what == FindingKind.ROLE:
        return None
    return Kind.SCHOOLS if sort.what == FindingKind.SCHOOL else Kind.USERS

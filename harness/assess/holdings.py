"""Holdings: one snapshot of the app, indexed for judging."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from harness.assess.united_rows import united
from harness.contract.snapshot import Held, Snapshot, Status
from harness.district.data_model.records import Kind

Rows = Mapping[str, Sequence[Held]]
_ACTIVE = Status.ACTIVE  # looked up once: it is asked for some hundred thousand times


class Holdings:
    """What the app held at one moment, by kind and Clever id."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._lists: Mapping[Kind, Sequence[Held]] = {
            Kind.SCHOOLS: snapshot.schools,
            Kind.TERMS: snapshot.terms,
            Kind.COURSES: snapshot.courses,
            Kind.SECTIONS: snapshot.sections,
            Kind.USERS: snapshot.users,
        }
        self._rows = {kind: _by_id(rows) for kind, rows in self._lists.items()}

    def rows(self, kind: Kind) -> Rows:
        """All rows of a kind by Clever id; two rows of one id are two accounts."""
        return self._rows[kind]

    def all_of(self, kind: Kind, clever_id: str) -> Sequence[Held]:
        """The rows the app has for one record."""
        return self._rows[kind].get(clever_id, ())

    def active(self, kind: Kind, clever_id: str) -> Held | None:
        """The active row of a record; several are united into one."""
        rows = self.active_rows(kind, clever_id)
        if not rows:
            return None
        return rows[0] if len(rows) == 1 else united(rows)

    def active_rows(self, kind: Kind, clever_id: str) -> Sequence[Held]:
        """All active rows of a record."""
        rows = self._rows[kind].get(clever_id, ())
        if len(rows) == 1:  # of nearly all records
            return rows if rows[0].status is _ACTIVE else ()
        return tuple([row for row in rows if row.status is _ACTIVE])

    @cached_property
    def active_ids(self) -> Mapping[Kind, frozenset[str]]:
        """Kind → Clever ids held as active."""
        return {
            kind: frozenset([row.clever_id for row in rows if row.status is _ACTIVE])
            for kind, rows in self._lists.items()
        }

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """`app_id` of a user's account → Clever id."""
        return {row.app_id: row.clever_id for row in self.snapshot.users}

    @cached_property
    def lessons(self) -> Mapping[str, frozenset[str]]:
        """Lesson → the Clever ids (or, unknown to Clever, the app ids) it belongs to."""
        owners: dict[str, set[str]] = defaultdict(set)
        for work in self.snapshot.progress:
            owners[work.lesson].add(self.owners.get(work.account, work.account))
        return {lesson: frozenset(whose) for lesson, whose in owners.items()}


def _by_id(rows: Sequence[Held]) -> Rows:
    ids = [row.clever_id for row in rows]
    index = dict(zip(ids, zip(rows, strict=True), strict=True))
    if len(index) == len(ids):
        return index
    several: dict[str, list[Held]] = {clever_id: [] for clever_id in ids}
    for clever_id, row in zip(ids, rows, strict=True):
        several[clever_id].append(row)
    return {clever_id: tuple(each) for clever_id, each in several.items()}

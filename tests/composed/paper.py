"""Clever on paper: which records an app reads from a roster, page by page, and which answers fail.

It knows Clever's pages (ids ascend) and the plan's faults from their descriptions; no HTTP, no
simulator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from composed.app import Record, Refused

from harness.district.data_model.records import roles_of, schools_of
from harness.district.data_model.roster import Roster
from harness.plan.faults import LIST_FAILS, PlannedFault, Target

PASSES_LATE = ("slow",)
"""Faults after which the answer is right."""
PASSES = ("too-many-requests", "cut-off")
"""Faults that a request survives when it is sent again."""
WAITED_FOR = "too-many-requests"
SCHOOL_ROLES = ("student", "teacher", "staff")


@dataclass(slots=True)
class PaperFault:
    """A planned fault, and what it has met in one sync."""

    planned: PlannedFault
    spared: frozenset[str]
    """Ids of casts, who are never the record that is missing."""
    matched: int = 0
    hits: int = 0
    path: str = ""
    url: str = ""

    def hit(self, path: str, query: str, ids: Sequence[str], more: bool) -> bool:
        """Whether it hits a request for a page with these ids, after which more may follow."""
        fault = self.planned
        url = f"{path}?{query}&{ids[:1]}"
        if fault.times is not None and self.hits >= fault.times:
            return False
        widened = bool(self.hits) and fault.escalates
        if self.hits and fault.same_url_only:
            return url == self.url
        if not widened and not (self._means(path) and re.search(fault.query, query)):
            return False
        self.matched += 1
        if self.matched <= fault.after:
            return False
        due = {"any": True, "later": self.matched > 1 or not more, "last": not more}[fault.page]
        if not (due or widened) or (fault.kind == LIST_FAILS and not ids):
            return False
        self.hits, self.path, self.url = self.hits + 1, path, url
        return True

    def _means(self, path: str) -> bool:
        if self.planned.same_path_only and self.hits:
            return path == self.path
        kind, _, nested = path.partition("/")
        if not self.spared.isdisjoint(path.split("/")):
            return False
        match self.planned.target:
            case Target.USERS:
                return path == "users" or path.endswith("/users")
            case Target.SECTIONS:
                return path == "sections" or path.endswith("/sections")
            case Target.ROLE_LIST:
                return path == "users"
            case Target.PART:
                return bool(nested)
            case Target.ONE_RECORD:
                return bool(nested) and kind != "schools"
            case Target.SCHOOLS | Target.TERMS | Target.COURSES:
                return kind == self.planned.target or path.endswith(f"/{self.planned.target}")
            case Target.PEOPLE:
                return path == "users" or (kind == "schools" and path.endswith("/users"))
            case Target.MEMBERS:
                return path.count("/") == 2
            case Target.ANYTHING:
                return True
        return False


@dataclass(slots=True)
class PaperClever:
    """What a sync reads of a roster."""

    roster: Roster
    failure: str = "retry"
    faults: Iterable[PaperFault] = ()
    incomplete: list[str] = field(default_factory=list)
    delivered: set[tuple[str, str]] = field(default_factory=set)
    """Kind and id."""
    single: bool = False
    """Whether a record's own path failed."""
    stopped: bool = False

    def records(self, path: str, *, query: str = "limit=100", follow: bool = True) -> list[Record]:
        """The records of a list as far as the app reads it."""
        asked = dict(part.split("=") for part in query.split("&"))
        kind, ids = self._listed(path, asked.get("role", ""))
        found: list[Record] = []
        for page, more in _pages(ids, int(asked["limit"])):
            if self.stopped or not self._answered(path, query, page, more):
                break
            self.delivered |= {(kind, key) for key in page}
            found += [_of(self.roster, kind)[key] for key in page]
            if not follow:
                break
        return found

    def _answered(self, path: str, query: str, page: Sequence[str], more: bool) -> bool:
        """Whether a page is read at last, after what the app does about failures."""
        kinds = [fault.planned.kind for fault in self.faults if fault.hit(path, query, page, more)]
        kinds = [kind for kind in kinds if kind not in PASSES_LATE]
        again = self.failure == "retry" or (self.failure == "as-empty" and kinds == [WAITED_FOR])
        if not kinds or (again and all(kind in PASSES for kind in kinds)):
            if WAITED_FOR in kinds:
                self.faults = [f for f in self.faults if f.planned.kind != WAITED_FOR]
            return True
        self.incomplete.append(f"{path}: {kinds[0]}")
        self.single |= "missing-record" in kinds
        if self.failure == "stop" or (self.failure == "retry" and "missing-record" not in kinds):
            raise Refused(kinds[0])
        self.stopped = self.failure == "keep-read"
        return False

    def _listed(self, path: str, role: str) -> tuple[str, list[str]]:
        """The kind of a list and the ids on it."""
        of, _, nested = path.partition("/")
        if not nested:
            every = _of(self.roster, of)
            if role:
                every = {key: row for key, row in every.items() if role in roles_of(row)}
            return of, sorted(every)
        key, _, kind = nested.partition("/")
        if of == "sections":
            section = self.roster.sections[key]
            named = {*section["students"], *section["teachers"]}
        else:
            named = self._of_school(key, kind)
        return kind, sorted(named & set(_of(self.roster, kind)))

    def _of_school(self, school: str, kind: str) -> set[str]:
        if kind == "users":
            users = self.roster.users.items()
            return {key for key, user in users if school in schools_of(user, SCHOOL_ROLES)}
        classes = [row for row in self.roster.sections.values() if row["school"] == school]
        name = {"sections": "id", "terms": "term_id", "courses": "course"}[kind]
        return {str(row.get(name)) for row in classes if row.get(name)}


def _pages(ids: list[str], size: int) -> Iterator[tuple[list[str], bool]]:
    """The pages of a list, the last of them perhaps empty, and whether another follows."""
    for start in range(0, max(len(ids), 1), size):
        yield ids[start : start + size], start + size < len(ids)


def _of(roster: Roster, kind: str) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], getattr(roster, kind))

"""The composed app: what it does with what it reads, driven by policies, in plain Python.

It asks whatever has `records`: Clever over HTTP (`composed.adapter`), or a roster on paper
(`composed.paper`).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from composed.database import Database, Row, people_in_use
from composed.export import all_rows, shown
from composed.policies import ROLES, Policies

from harness.contract.snapshot import Snapshot
from harness.contract.sync import Sync, SyncState

Record = dict[str, Any]
KINDS = ("schools", "terms", "courses", "sections", "users")


class Failed(Exception):  # noqa: N818 - an answer is no error of the app
    """An answer that cannot be used."""


class Refused(Exception):  # noqa: N818
    """The sync stops and changes nothing."""


class Clever(Protocol):
    """Clever as one sync asks it."""

    incomplete: list[str]
    """What could not be read."""

    def records(self, path: str, *, query: str = ..., follow: bool = ...) -> list[Record]:
        """The records of a list, as far as they are read; raises Refused."""


class ComposedApp:
    """The app that these policies make."""

    def __init__(self, policies: Policies) -> None:
        self.policies = policies
        self.districts: dict[str, Database] = {}
        self.last_id = 0

    def sync(self, district: str, open_clever: Callable[[], Clever]) -> Sync:
        """Reads everything, then applies it; how that ended, as the app reports it."""
        held = self.districts.setdefault(district, Database())
        reason = ""
        state = SyncState.COMPLETED
        try:
            clever = open_clever()
            read: dict[str, dict[str, Record]] = {}
            try:
                self._read(clever, read)
            except (Refused, Failed):
                if self.policies.commit == "each-list":
                    self._update(held, read)
                raise
            self._apply(held, read, clever)
            if clever.incomplete:
                state, reason = SyncState.PARTIAL, clever.incomplete[0]
        except (Refused, Failed) as refused:
            state, reason = SyncState.REFUSED, str(refused)
        if self.policies.report == "completed":
            return Sync(state=SyncState.COMPLETED)
        return Sync(state=state, reason=reason)

    def snapshot(self, district: str) -> Snapshot:
        """What the app shows of a district."""
        return shown(self.policies, self.rows(district))

    def rows(self, district: str) -> Snapshot:
        """All that the app has of a district."""
        return all_rows(self.policies, self.districts.setdefault(district, Database()))

    def finish_lesson(self, district: str, clever_id: str, lesson: str) -> None:
        """Notes a lesson; raises LookupError for whoever has no active account."""
        held = self.districts[district]
        accounts = [
            row
            for row in held.rows.values()
            if row.kind == "users" and row.clever_id == clever_id and row.active
        ]
        if not accounts:
            raise LookupError(f"no active account of {clever_id}")
        section = ""
        if self.policies.work == "enrollment":
            classes = (
                row
                for row in sorted(held.rows.values(), key=lambda row: row.clever_id)
                if row.kind == "sections" and row.active and clever_id in row.values["students"]
            )
            section = next((row.app_id for row in classes), "")
        held.lessons.append((accounts[0].app_id, lesson, section))

    # Reading

    def _read(self, clever: Clever, read: dict[str, dict[str, Record]]) -> None:
        """Fills in: kind → Clever ID → record."""
        if self.policies.reading == "by-school":
            self._by_school(clever, read)
            return
        for kind in KINDS:
            if self._asks(kind):
                read[kind] = self._list(clever, kind)
        match self.policies.reading:
            case "by-role":
                lists = [f"users?role={role}&limit=100" for role in ROLES]
            case "class-members":
                lists = [f"sections/{key}/users?limit=100" for key in read["sections"]]
            case _:
                read["users"] = self._list(clever, "users")
                return
        for path, _, query in (each.partition("?") for each in lists):
            rows = clever.records(path, query=query)
            read.setdefault("users", {}).update({row["id"]: row for row in rows})

    def _asks(self, kind: str) -> bool:
        """Whether a list is asked for: not what is not held, and users last."""
        absent = {"no-schools": ("schools",), "no-terms-courses": ("terms", "courses")}
        return kind != "users" and kind not in absent.get(self.policies.holds, ())

    def _list(self, clever: Clever, kind: str) -> dict[str, Record]:
        big, first = self.policies.reading == "big-page", self.policies.reading == "first-page"
        query = "limit=10000" if big else "limit=100"
        rows = clever.records(kind, query=query, follow=not (big or first))
        return {row["id"]: row for row in rows}

    def _by_school(self, clever: Clever, read: dict[str, dict[str, Record]]) -> None:
        schools = self._list(clever, "schools")
        if self._asks("schools"):
            read["schools"] = schools
        for school in schools:
            for kind in KINDS[1:]:
                if kind == "users" or self._asks(kind):
                    rows = clever.records(f"schools/{school}/{kind}")
                    read.setdefault(kind, {}).update({row["id"]: row for row in rows})

    # Applying

    def _apply(self, held: Database, read: dict[str, dict[str, Record]], clever: Clever) -> None:
        seen = self._update(held, read, enroll=False)
        if not clever.incomplete or self.policies.failure not in ("retry", "stop"):
            for row in self._leaving(held, seen):
                self._absent(held, row)
        self._enroll(held, read.get("sections", {}))

    def _update(
        self, held: Database, read: dict[str, dict[str, Record]], *, enroll: bool = True
    ) -> set[str]:
        """Adds and updates what was read; the app's ids of it."""
        seen: set[str] = set()
        for kind in KINDS:
            for _, record in sorted(read.get(kind, {}).items()):
                if kind == "users" and not self._has_account(record, read.get("sections", {})):
                    continue
                for key, values in self._rows_of(kind, record):
                    seen.add(self._upsert(held, kind, key, record, values))
        if enroll:
            self._enroll(held, read.get("sections", {}))
        return seen

    def _has_account(self, user: Record, sections: dict[str, Record]) -> bool:
        """Whether a user gets an account, or keeps it."""
        if self.policies.requires == "email" and not user.get("email"):
            return False
        return self.policies.accounts == "all" or any(
            user["id"] in (*section["students"], *section["teachers"])
            for section in sections.values()
        )

    def _rows_of(self, kind: str, record: Record) -> Iterator[tuple[tuple[str, ...], Record]]:
        """The key and the values of each row that a record makes."""
        match kind:
            case "users":
                yield from self._accounts_of(record)
            case "sections":
                links = {"school": "school", "course": "course", "term": "term_id"}
                yield (
                    (record["id"],),
                    {
                        "name": self._clean(record.get("name")),
                        **{name: record.get(key) or None for name, key in links.items()},
                    },
                )
            case _:
                yield (record["id"],), {"name": self._clean(record.get("name") or None)}

    def _accounts_of(self, user: Record) -> Iterator[tuple[tuple[str, ...], Record]]:
        roles = {role: fields for role in ROLES if (fields := (user["roles"] or {}).get(role))}
        kept = {"students": ("student",), "no-contacts": ROLES[:-1]}.get(self.policies.holds, ROLES)
        roles = {role: fields for role, fields in roles.items() if role in kept}
        if self.policies.roles == "first":
            roles = dict(list(roles.items())[:1])
        if self.policies.places == "of-person":
            everywhere = [at for fields in roles.values() for at in fields.get("schools") or ()]
            roles = {
                role: {**fields, "schools": list(dict.fromkeys(everywhere))}
                if fields.get("schools")
                else fields
                for role, fields in roles.items()
            }
        key = self._key(user)
        for own, group in self._groups(roles):
            if group:
                name = user.get("name") or {}
                yield (
                    key + own,
                    {
                        "first_name": self._clean(name.get("first")),
                        "last_name": self._clean(name.get("last")),
                        "email": self._clean(user.get("email") or None, lower=True),
                        "roles": {r: tuple(f.get("schools") or ()) for r, f in group.items()},
                        "children": tuple(
                            (one["student"], one.get("relationship"))
                            for one in group.get("contact", {}).get("student_relationships") or ()
                        ),
                    },
                )

    def _clean(self, text: str | None, *, lower: bool = False) -> str | None:
        if text is None or self.policies.cleaning == "none":
            return text
        text = " ".join(text.split())
        return text.lower() if lower else text

    def _groups(self, roles: Record) -> Iterator[tuple[tuple[str, ...], Record]]:
        """What is added to a user's key for each row, and the roles of that row."""
        match self.policies.tenancy:
            case "one-row":
                yield (), roles
            case "row-per-child":
                contact = roles.get("contact") or {}
                ties = contact.get("student_relationships") or ()
                others = {role: of for role, of in roles.items() if role != "contact" or not ties}
                yield (), others
                for tie in ties:
                    row = {"contact": {**contact, "student_relationships": [tie]}}
                    yield (tie["student"], tie.get("relationship") or ""), row
            case "row-per-role":
                for role, fields in roles.items():
                    yield (role,), {role: fields}
            case "row-per-school":
                for role, fields in roles.items():
                    for school in fields.get("schools") or ("",):
                        at = [school] if school else []
                        yield (role, school), {role: {**fields, "schools": at}}

    def _key(self, user: Record) -> tuple[str, ...]:
        name = user.get("name") or {}
        roles = [user["roles"].get(role) or {} for role in ROLES]
        numbers = [role.get("sis_id") or role.get("staff_id") for role in roles]
        value = {
            "clever-id": None,
            "email": user.get("email"),
            "sis-id": next(filter(None, numbers), None),
            "name": " ".join(filter(None, (name.get("first"), name.get("last")))),
        }[self.policies.key]
        return (self.policies.key, value) if value else ("clever-id", user["id"])

    def _upsert(
        self, held: Database, kind: str, key: tuple[str, ...], record: Record, values: Record
    ) -> str:
        clever_id, modified = record["id"], record.get("last_modified") or ""
        row = held.by_key.get((kind, *key))
        if row and self._is_known(row, clever_id, modified):
            row.missed = False
            return row.app_id
        if row and not row.active:
            if self.policies.returning == "new-account":
                self._drop(held, row)
                row = None
            elif self.policies.returning == "restore":
                row.active = True
        if row is None:
            row = Row(self._new_id(kind, key), kind, key, clever_id)
            held.rows[row.app_id] = held.by_key[kind, *key] = row
        elif self.policies.values == "first-seen":
            kept = ("name", "first_name", "last_name", "email", "school", "course", "term")
            values = values | {name: row.values[name] for name in kept if name in row.values}
        if self.policies.granted == "add-only" and "roles" in row.values:
            values = values | {"roles": row.values["roles"] | values["roles"]}
        if self.policies.links == "add-only" and "children" in row.values:
            both = (*row.values["children"], *values["children"])
            values = values | {"children": tuple(dict.fromkeys(both))}
        row.clever_id, row.missed, row.modified = clever_id, False, modified
        row.values = {"students": (), "teachers": ()} | row.values | values
        return row.app_id

    def _is_known(self, row: Row, clever_id: str, modified: str) -> bool:
        """Whether a row is left as it is, since what was read is not newer."""
        if self.policies.updates == "all" or not modified or row.clever_id != clever_id:
            return False
        return modified <= row.modified and (row.active or self.policies.updates == "newer-only")

    def _leaving(self, held: Database, seen: set[str]) -> list[Row]:
        """The active rows that a read did not contain, as far as that is believed."""
        leaving = []
        for kind in KINDS:
            active = [row for row in held.rows.values() if row.kind == kind and row.active]
            absent = [row for row in active if row.app_id not in seen]
            if self.policies.guard == "none" or 2 * len(absent) <= len(active):
                leaving += absent
        return leaving

    def _absent(self, held: Database, row: Row) -> None:
        match self.policies.absence:
            case "archive":
                row.active = False
            case "second-time":
                row.active, row.missed = not row.missed, True
            case "delete":
                self._drop(held, row)

    def _drop(self, held: Database, row: Row) -> None:
        del held.rows[row.app_id], held.by_key[row.kind, *row.key]
        held.lessons = [lesson for lesson in held.lessons if lesson[0] != row.app_id]

    def _enroll(self, held: Database, sections: dict[str, Record]) -> None:
        people = people_in_use(held)
        for row in held.rows.values():
            if row.kind == "sections" and row.clever_id in sections:
                named = sections[row.clever_id]
                most = {"all": None, "primary": 1, "two": 2}[self.policies.teachers]
                teachers = () if self.policies.holds == "students" else named["teachers"][:most]
                for role, ids in (("students", named["students"]), ("teachers", teachers)):
                    known = [key for key in ids if key in people]
                    before = row.values[role] if self.policies.memberships == "add-only" else ()
                    row.values[role] = tuple(dict.fromkeys((*before, *known)))

    def _new_id(self, kind: str, key: tuple[str, ...]) -> str:
        if self.policies.ids == "key":
            return "/".join(key[1:] if kind == "users" else key)
        self.last_id += 1
        if self.policies.ids == "integer":
            return str(self.last_id)
        return str(uuid.uuid5(uuid.NAMESPACE_OID, str(self.last_id)))

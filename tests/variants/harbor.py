"""Harbor: another app altogether, so that not every right way shares Lantern Reader's code.

It reads all lists at once, keeps each page as soon as it has come, leaves alone what Clever says
was not modified, and archives only after a run in which every list ended. Records are documents
as Clever sent them; what is shown of them is worked out when somebody looks.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
import time
import uuid
import weakref
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from json import dumps, loads
from pathlib import Path
from typing import Any

import httpx

from harness.contract.clock import SkippableClock
from harness.contract.connection import Connection
from harness.contract.profile import Profile
from harness.contract.snapshot import (
    HeldCourse,
    HeldRole,
    HeldSchool,
    HeldSection,
    HeldTerm,
    HeldUser,
    Snapshot,
    Status,
    StudentRelationship,
    Work,
)
from harness.contract.sync import Mode, Sync, SyncState
from harness.demo.registry import variant

KINDS = ("users", "sections", "courses", "terms", "schools")
TRIES = 5
Document = Mapping[str, Any]
"""A record as Clever sent it."""
Listed = dict[str, Any]
"""What one kind of record has in common, as arguments of a held one."""

TABLES = """
    CREATE TABLE documents (
        key TEXT PRIMARY KEY, district TEXT, kind TEXT, clever_id TEXT, body TEXT,
        seen TEXT, archived INTEGER DEFAULT 0, UNIQUE (kind, clever_id, district));
    CREATE TABLE lessons (account TEXT REFERENCES documents (key), lesson TEXT);
"""
KEEP = """
    INSERT INTO documents (key, district, kind, clever_id, body, seen) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (kind, clever_id, district)
    DO UPDATE SET body = excluded.body, seen = excluded.seen, archived = 0"""
SEE = """
    UPDATE documents SET seen = ?, archived = 0
    WHERE district = ? AND kind = ? AND clever_id = ? AND body ->> 'last_modified' = ?"""
SWEEP = "UPDATE documents SET archived = 1 WHERE district = ? AND seen <> ?"


class GaveUp(Exception):  # noqa: N818 - giving up at the right moment is no error
    """This run ends here; what has been kept stays, and nothing is archived."""


@variant("another-app", "it reads all lists at once, keeps each page, and sweeps at the end")
class Harbor:
    """Drives and reads one installation, which is one file of documents."""

    profile = Profile(app="Harbor", company="Harbor Works (an invented vendor)", version="4.2")
    tables = TABLES

    def __init__(self, clock: str = "") -> None:
        self._clock = SkippableClock(clock) if clock else None
        self._folder = Path(tempfile.mkdtemp(prefix="harbor-"))
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        with self._opened() as documents:
            documents.executescript(self.tables)

    def connect(self, connection: Connection) -> None:
        """Nothing: whatever district has a token is synced."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        """One run for one district."""
        run = self._started(connection)
        try:
            with self._opened() as documents:
                self._run(run, documents, mode)
        except (GaveUp, httpx.HTTPError, sqlite3.Error) as reason:
            return Sync(state=SyncState.FAILED, reason=f"{reason}; nothing was archived.")
        return Sync(state=SyncState.COMPLETED)

    def _started(self, connection: Connection) -> Run:
        return Run(connection, uuid.uuid4().hex, self._clock)

    def _run(self, run: Run, documents: sqlite3.Connection, mode: Mode) -> None:
        asyncio.run(run.read(documents))
        documents.execute(SWEEP, (run.connection.district, run.name))

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        """A lesson belongs to the account; raises LookupError if the person has none in use."""
        with self._opened() as documents:
            found = documents.execute(
                "SELECT key FROM documents WHERE kind = 'users' AND NOT archived"
                " AND district = ? AND clever_id = ?",
                (connection.district, clever_id),
            ).fetchone()
            if found is None:
                raise LookupError(f"Nobody with the Clever id {clever_id} can sign in")
            documents.execute("INSERT INTO lessons VALUES (?, ?)", (found["key"], lesson))

    def snapshot(self, connection: Connection) -> Snapshot:
        """Everything it keeps of a district."""
        held: dict[str, list[tuple[Listed, Document]]] = {kind: [] for kind in KINDS}
        with self._opened() as documents:
            of = (connection.district,)
            for row in documents.execute("SELECT * FROM documents WHERE district = ?", of):
                known = {
                    "clever_id": row["clever_id"],
                    "app_id": row["key"],
                    "status": Status.ARCHIVED if row["archived"] else Status.ACTIVE,
                }
                held[row["kind"]].append((known, loads(row["body"])))
            work = documents.execute(
                "SELECT lessons.* FROM lessons JOIN documents ON key = account WHERE district = ?",
                of,
            ).fetchall()
        people = {known["clever_id"] for known, _ in held["users"]}
        return Snapshot(
            schools=tuple(HeldSchool(**k, name=body.get("name")) for k, body in held["schools"]),
            terms=tuple(HeldTerm(**k, name=body.get("name")) for k, body in held["terms"]),
            courses=tuple(HeldCourse(**k, name=body.get("name")) for k, body in held["courses"]),
            sections=tuple(_section(k, body, people) for k, body in held["sections"]),
            users=tuple(_user(k, body) for k, body in held["users"]),
            progress=tuple(Work(account=row["account"], lesson=row["lesson"]) for row in work),
        )

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._folder / "harbor.db")) as documents:
            documents.row_factory = sqlite3.Row
            documents.execute("PRAGMA synchronous = OFF")  # it need not outlive a power cut
            with documents:
                yield documents


class Run:
    """One reading of one district; its name is on all that it has seen."""

    def __init__(self, connection: Connection, name: str, clock: SkippableClock | None) -> None:
        self.connection = connection
        self.name = name
        self.clock = clock

    async def read(self, documents: sqlite3.Connection) -> None:
        """Every list, all at once; raises GaveUp, or what the HTTP client raises."""
        async with self._signed_in() as http:
            lists = (self._list(http, documents, kind) for kind in KINDS)
            ended = await asyncio.gather(*lists, return_exceptions=True)
        documents.commit()  # what was read is kept, whatever became of the rest
        for problem in ended:
            if problem is not None:
                raise problem

    @asynccontextmanager
    async def _signed_in(self) -> AsyncIterator[httpx.AsyncClient]:
        """A client with the token of the district."""
        async with httpx.AsyncClient(timeout=10, trust_env=False) as http:
            http.headers["Authorization"] = f"Bearer {await self.token(http)}"
            yield http

    async def token(self, http: httpx.AsyncClient) -> str:
        """The token of the district; raises GaveUp if there is none."""
        tokens = await self._asked(
            http,
            f"{self.connection.accounts}/oauth/tokens?owner_type=district",
            auth=(self.connection.client_id, self.connection.client_secret),
        )
        mine = self.connection.district
        for one in tokens["data"]:
            if one["owner"]["id"] == mine:
                return str(one["access_token"])
        raise GaveUp(f"district {mine} does not share with us any more")

    async def _list(
        self, http: httpx.AsyncClient, documents: sqlite3.Connection, kind: str
    ) -> None:
        path = f"/v3.0/{kind}?limit=80"
        while path:
            page = await self._asked(http, f"{self.connection.api}{path}")
            self.keep(documents, kind, [item["data"] for item in page["data"]])
            path = next((link["uri"] for link in page["links"] if link["rel"] == "next"), "")

    def keep(self, documents: sqlite3.Connection, kind: str, found: Iterable[Document]) -> None:
        district = self.connection.district
        for record in found:
            known = (self.name, district, kind, record["id"], record.get("last_modified"))
            if documents.execute(SEE, known).rowcount == 0:
                new = (uuid.uuid4().hex, district, kind, record["id"], dumps(record), self.name)
                documents.execute(KEEP, new)

    async def _asked(
        self, http: httpx.AsyncClient, url: str, auth: tuple[str, str] | None = None
    ) -> Document:
        """A JSON object with a list in `data`, after waiting out what passes; raises GaveUp."""
        trouble = ""
        for attempt in range(TRIES):
            try:
                answer = await http.get(url, auth=auth)
            except httpx.TransportError as problem:
                trouble = type(problem).__name__
                await self._pause(0.02 * 3**attempt)
                continue
            if answer.status_code == httpx.codes.OK:
                return _listing(answer)
            trouble = f"status {answer.status_code}"
            if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
                await self._pause(float(answer.headers["x-ratelimit-reset"]) - self._now())
            elif answer.is_client_error:
                break
            else:
                await self._pause(0.02 * 3**attempt)
        raise GaveUp(f"{url}: {trouble}")

    async def _pause(self, seconds: float) -> None:
        if self.clock is None:
            await asyncio.sleep(seconds)
        else:
            self.clock.skip(seconds)

    def _now(self) -> float:
        return time.time() if self.clock is None else self.clock.now()


def _listing(answer: httpx.Response) -> Document:
    try:
        page = answer.json()
    except ValueError:
        raise GaveUp(f"{answer.url}: no JSON") from None
    if not isinstance(page, dict) or not isinstance(page.get("data"), list):
        raise GaveUp(f"{answer.url}: no list")
    return page


def _section(known: Listed, body: Document, people: set[str]) -> HeldSection:
    return HeldSection(
        **known,
        name=body.get("name"),
        school=body.get("school"),
        course=body.get("course"),
        term=body.get("term_id"),
        teachers=tuple(one for one in body.get("teachers") or () if one in people),
        students=tuple(one for one in body.get("students") or () if one in people),
    )


def _user(known: Listed, body: Document) -> HeldUser:
    name = body.get("name") or {}
    roles = {role: held for role, held in (body.get("roles") or {}).items() if held}
    children = (roles.get("contact") or {}).get("student_relationships") or ()
    return HeldUser(
        **known,
        first_name=name.get("first"),
        last_name=name.get("last"),
        email=body.get("email"),
        roles=tuple(
            HeldRole(role=role, schools=tuple(held.get("schools") or ()))
            for role, held in roles.items()
        ),
        student_relationships=tuple(
            StudentRelationship(student=child["student"], relationship=child.get("relationship"))
            for child in children
        ),
    )

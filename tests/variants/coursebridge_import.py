"""An import of Coursebridge: what it downloads, and what it makes of it."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha1
from http.client import HTTPException
from json import dumps, loads
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from variants.coursebridge_site import KINDS, VALUES, Enrolment, Record, Row, Seat, Site, Visitor

from harness.contract.clock import SkippableClock
from harness.contract.connection import Connection

PLACES = {"school": "schools", "course": "courses", "term_id": "terms"}
"""Field of a section at Clever → the kind of record it names."""
TRIES = 6
Stage = Mapping[str, Mapping[str, Record]]
"""Kind → Clever ID → record."""


class Aborted(Exception):  # noqa: N818 - an import that aborts in time is no error
    """This run ends here, and nothing has been written."""


class Dead(BaseException):
    """The importer's process was killed: nothing in it can do anything about that."""


class Feed:
    """What one district shares."""

    dead = False

    def __init__(self, connection: Connection, clock: SkippableClock | None) -> None:
        self.connection, self.clock = connection, clock
        pair = f"{connection.client_id}:{connection.client_secret}"
        url = f"{connection.accounts}/oauth/tokens?owner_type=district"
        for token in self.load(url, f"Basic {b64encode(pair.encode()).decode()}")["data"]:
            if token["owner"]["id"] == connection.district:
                self.bearer = f"Bearer {token['access_token']}"
                return
        raise Aborted("Clever has no token for this district")

    def stage(self, kind: str) -> dict[str, Record]:
        """A whole list; raises Aborted."""
        records: dict[str, Record] = {}
        path = f"/v3.0/{kind}?limit=250"
        while path:
            page = self.load(self.connection.api + path, self.bearer)
            records |= {item["data"]["id"]: item["data"] for item in page["data"]}
            path = next((link["uri"] for link in page["links"] if link["rel"] == "next"), "")
        return records

    def load(self, url: str, authorization: str) -> Record:
        """A page, after as many tries as it takes; raises Aborted."""
        opener = build_opener(ProxyHandler({}))
        trouble = ""
        for attempt in range(TRIES):
            try:
                request = Request(url, headers={"Authorization": authorization})
                with opener.open(request, timeout=8) as answer:
                    body = answer.read()
                if self.dead:
                    raise Dead
                return _page(body)
            except HTTPError as error:
                error.close()
                trouble = f"status {error.code}"
                if not self.passes(error):
                    break
                self.wait(self.pause(error, attempt))
            except (OSError, ValueError, HTTPException) as error:
                trouble = repr(error)
                self.wait(0.05 * 2**attempt)
        raise Aborted(f"{url}: {trouble}")

    def passes(self, error: HTTPError) -> bool:
        """Whether another try may end better."""
        return error.code == 429 or error.code >= 500

    def pause(self, error: HTTPError, attempt: int) -> float:
        """Seconds before the next try."""
        reset = float(error.headers.get("x-ratelimit-reset") or 0) if error.code == 429 else 0
        now = self.clock.now() if self.clock else time.time()
        return float(max(0.05 * 2**attempt, reset - now + 0.05))

    def wait(self, seconds: float) -> None:
        if self.clock:
            self.clock.skip(seconds)
        else:
            time.sleep(seconds)


def _page(body: bytes) -> Record:
    page = loads(body)
    if not isinstance(page, dict) or not isinstance(page.get("data"), list):
        raise ValueError("found no list")
    return page


class Importer:
    """One run for one site. It knows the rows there were when it began."""

    def __init__(self, site: Site, day: str, new_id: Callable[[], str]) -> None:
        self.site, self.day, self.new_id = site, day, new_id
        self.rows = {kind: dict(rows) for kind, rows in site.rows.items()}
        self.people: dict[str, Row] = {}
        """Clever ID → who can be in a class, as soon as everybody is written."""

    def write(self, stage: Stage) -> None:
        """Make the site what was staged."""
        for kind in KINDS:
            self.merge(kind, stage[kind])
        self.suspend(stage)
        self.place(stage["sections"])
        self.people = {row.clever_id: row for row in self.rows["users"].values() if row.live}
        for row in self.rows["sections"].values():
            self.enrol(row, stage["sections"].get(row.clever_id))

    def key(self, kind: str, record: Record) -> str:
        """What the row of a record is looked up by."""
        return str(record["id"])

    def merge(self, kind: str, records: Mapping[str, Record]) -> None:
        adopted = self.adopted(records) if kind == "users" else {}
        for record in records.values():
            key = self.key(kind, record)
            if key not in self.rows[kind]:
                visitor = adopted.pop(record["id"], None)
                row = self.rows[kind][key] = Row(visitor.id if visitor else self.new_id())
                self.site.rows[kind][key if key not in self.site.rows[kind] else row.id] = row
                if visitor:
                    self.site.visitors.remove(visitor)
            self.update(kind, self.rows[kind][key], record)

    def update(self, kind: str, row: Row, record: Record) -> None:
        """Restore a row, and write the record into it unless it is there already."""
        if not row.live:
            self.restore(kind, row)
        fingerprint = sha1(dumps(record, sort_keys=True).encode()).hexdigest()
        if row.fingerprint != fingerprint:
            row.fingerprint, row.clever_id = fingerprint, record["id"]
            row.values = VALUES[kind](record)

    def restore(self, kind: str, row: Row) -> None:
        row.live = True

    def suspend(self, stage: Stage) -> None:
        """Whatever was not staged is kept and not in use."""
        for kind in KINDS:
            for row in self.rows[kind].values():
                row.live = row.live and row.clever_id in stage[kind]

    def place(self, sections: Mapping[str, Record]) -> None:
        """Every section gets our rows of its school, course and term."""
        for row in self.rows["sections"].values():
            if record := sections.get(row.clever_id):
                row.places = {
                    name: self.rows[kind].get(record.get(name) or "")
                    for name, kind in PLACES.items()
                }

    def adopted(self, records: Mapping[str, Record]) -> dict[str, Visitor]:
        """Clever ID → the account from before, where one user of its role has its address."""
        claims: dict[str, list[Visitor]] = {}
        for visitor in self.site.visitors:
            owners = [key for key, user in records.items() if self.is_of(visitor, user)]
            if len(owners) == 1:
                claims.setdefault(owners[0], []).append(visitor)
        return {owner: mine[0] for owner, mine in claims.items() if len(mine) == 1}

    def is_of(self, visitor: Visitor, user: Record) -> bool:
        """Whether an account from before is a user's."""
        same = visitor.email.lower() == (user.get("email") or "").lower()
        return bool(visitor.email and same and user["roles"].get(visitor.role) is not None)

    def enrol(self, section: Row, record: Record | None) -> None:
        """Close the enrolments that have ended, and open new ones."""
        wanted = dict(self.seats(record)) if record else {}
        for enrolment in self.site.current(section):
            rank = wanted.pop(Seat(enrolment.person.clever_id, enrolment.role), None)
            if rank is None:
                self.close(enrolment)
            else:
                enrolment.rank = rank
        for seat, rank in wanted.items():
            person = self.people[seat.person]
            enrolment = Enrolment(self.new_id(), section, person, seat.role, rank, since=self.day)
            self.site.enrolments.setdefault(section.id, []).append(enrolment)

    def seats(self, record: Record) -> Iterator[tuple[Seat, int]]:
        """Who is in a section, with their places in the list; the primary teacher comes first."""
        teachers = (record.get("teacher"), *(record.get("teachers") or ()))
        for role, listed in (("teacher", teachers), ("student", record.get("students") or ())):
            for rank, person in enumerate(dict.fromkeys(listed)):
                if person in self.people:
                    yield Seat(person, role), rank

    def close(self, enrolment: Enrolment) -> None:
        enrolment.until = self.day

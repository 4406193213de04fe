"""A sync of Trellis: how it reads whole lists, and how the graph of a district follows them."""

from __future__ import annotations

import json
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from variants.trellis_graph import LISTS, ROOT, Edge, Graph, Guest, Key, Node

from harness.contract.clock import SkippableClock
from harness.contract.connection import Connection

KINDS = ("schools", "terms", "courses", "users", "sections")
ROLES = ("student", "teacher", "staff", "district_admin", "contact")
NUMBERED = ("student_number", "teacher_number", "staff_id")
TRIES = 6
Record = Mapping[str, Any]
"""A record as Clever sent it."""
Lists = Mapping[str, Sequence[Record]]
"""Kind → its whole list."""


class Unreadable(Exception):  # noqa: N818 - says what it is about
    """A list cannot be read as a whole, so nothing is changed."""


class Relation(NamedTuple):
    """An edge that a record implies."""

    name: str
    target: Key
    values: Mapping[str, Any] = {}


class Wire:
    """One connection to a server, kept open."""

    def __init__(self, url: str, clock: SkippableClock | None) -> None:
        self.url, self.clock = urlsplit(url), clock
        self.link: HTTPConnection | None = None

    def pages(self, kind: str, token: str) -> Iterator[Record]:
        """Every page of a list; raises Unreadable."""
        path = f"/v3.1/{kind}?limit=200"
        while path:
            page = self.ask(path, f"Bearer {token}")
            yield page
            path = next((link["uri"] for link in page["links"] if link["rel"] == "next"), "")

    def records(self, kind: str, token: str) -> list[Record]:
        """A whole list; raises Unreadable."""
        return [item["data"] for page in self.pages(kind, token) for item in page["data"]]

    def token(self, connection: Connection) -> str:
        """The token of the district; raises Unreadable."""
        pair = f"{connection.client_id}:{connection.client_secret}".encode()
        page = self.ask("/oauth/tokens?owner_type=district", f"Basic {b64encode(pair).decode()}")
        for token in page["data"]:
            if token["owner"]["id"] == connection.district:
                return str(token["access_token"])
        raise Unreadable("Clever lists no token for this district")

    def ask(self, path: str, authorization: str) -> Record:
        """One page, after as many tries as it takes; raises Unreadable."""
        trouble = ""
        for attempt in range(TRIES):
            pause = 0.05 * 2**attempt
            try:
                answer, body = self.answer(path, authorization)
                if answer.status == 200:
                    return _page(body)
                trouble = f"status {answer.status}"
                if answer.status == 429:
                    pause = max(pause, self.until(answer.headers.get("x-ratelimit-reset")))
                elif answer.status < 500:
                    break
            except (OSError, ValueError, HTTPException) as problem:
                trouble = repr(problem)
                self.hang_up()
            self.wait(pause)
        raise Unreadable(f"{path} could not be read: {trouble}")

    def answer(self, path: str, authorization: str) -> tuple[HTTPResponse, bytes]:
        if self.link is None:
            self.link = HTTPConnection(self.url.hostname or "", self.url.port, timeout=10)
        headers = {"Authorization": authorization}
        self.link.request("GET", self.url.path.rstrip("/") + path, headers=headers)
        answer = self.link.getresponse()
        return answer, answer.read()

    def hang_up(self) -> None:
        if self.link is not None:
            self.link.close()
        self.link = None

    def until(self, reset: str | None) -> float:
        """Seconds until a rate limit is reset."""
        return float(reset or 0) - (self.clock.now() if self.clock else time.time()) + 0.05

    def wait(self, seconds: float) -> None:
        if self.clock:
            self.clock.skip(seconds)
        else:
            time.sleep(seconds)


class Growth:
    """One generation: what Clever lists grows, and edges that it no longer implies fall off."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.fits: dict[str, Guest] = {}

    def grow(self, lists: Lists) -> None:
        """Make the graph what Clever lists."""
        self.graph.generation += 1
        self.fits = self.fitting(lists["users"])
        for kind in KINDS:
            for record in lists[kind]:
                self.plant((kind, record["id"]), record)
        self.sweep(ROOT)
        for source in self.graph.edges:
            if source != ROOT and self.graph.nodes[source].awake:
                self.sweep(source)  # who sleeps keeps what there was

    def plant(self, key: Key, record: Record) -> None:
        """A record, with the edges that it implies."""
        if key not in self.graph.nodes:
            self.graph.nodes[key] = self.new(key, record)
        self.write(self.graph.nodes[key], _values(key[0], record))
        self.graph.draw(ROOT, LISTS, key, {})
        for relation in self.relations(key, record):
            self.graph.draw(key, *relation)

    def new(self, key: Key, record: Record) -> Node:
        """The node of a new record, which may be an account from before."""
        guest = self.fits.get(key[1])
        if guest is None:
            return Node()
        self.graph.guests.remove(guest)
        return guest.node

    def write(self, node: Node, values: Mapping[str, Any]) -> None:
        node.values = values

    def relations(self, key: Key, record: Record) -> Iterator[Relation]:
        """The edges from a record."""
        if key[0] == "sections":
            yield from _relations_of_section(record)
        if key[0] == "users":
            for role, held in roles_of(record).items():
                yield from self.relations_of_role(role, held)

    def relations_of_role(self, role: str, held: Record) -> Iterator[Relation]:
        """The edges of one role; without schools it leads nowhere."""
        for school in dict.fromkeys(held.get("schools") or [""]):
            yield Relation(f"role:{role}", ("schools", school))
        for child in held.get("student_relationships") or ():
            what = {"relationship": child.get("relationship")}
            yield Relation("kin", ("users", child["student"]), what)

    def sweep(self, source: Key) -> None:
        """Erase what this generation did not imply."""
        for (relation, target), edge in list(self.graph.edges.get(source, {}).items()):
            if self.is_over(relation, target, edge):
                self.graph.erase(source, relation, target)

    def is_over(self, relation: str, target: Key, edge: Edge) -> bool:
        return edge.generation < self.graph.generation

    def fitting(self, users: Sequence[Record]) -> dict[str, Guest]:
        """Clever ID → account from before, where each of them fits the other alone."""
        pairs = [
            (user["id"], guest)
            for guest in self.graph.guests
            for user in users
            if self.is_of(guest, user)
        ]
        return {
            user: guest
            for user, guest in pairs
            if ("users", user) not in self.graph.nodes
            if sum(user == other or guest is same for other, same in pairs) == 1
        }

    def is_of(self, guest: Guest, user: Record) -> bool:
        """Whether an account from before has the address, number or former ID of a user."""
        account = guest.account
        if account is None:
            return False
        alike = {"student": ("student",), "contact": ("contact",)}
        family = alike.get(account.role, ("teacher", "staff", "district_admin"))
        roles = {role: held for role, held in roles_of(user).items() if role in family}
        numbers = {held.get(name) for held in roles.values() for name in NUMBERED}
        former = {held.get("legacy_id") for held in roles.values()} | {user["id"]}
        address = (user.get("email") or "").casefold()
        return bool(roles) and (
            (account.email or "-").casefold() == address
            or (account.number or "-") in numbers
            or (account.former_clever_id or "-") in former
        )


def roles_of(user: Record) -> dict[str, Record]:
    """The roles that somebody has, of those we know."""
    return {role: held for role, held in user["roles"].items() if role in ROLES and held}


def _page(body: bytes) -> Record:
    page = json.loads(body)
    if not isinstance(page, dict) or not isinstance(page.get("data"), list):
        raise ValueError("found no list")
    return page


def _values(kind: str, record: Record) -> dict[str, Any]:
    """What is shown of a record itself, as arguments of a held one."""
    if kind == "users":
        name = record.get("name") or {}
        return {
            "first_name": name.get("first") or None,
            "last_name": name.get("last") or None,
            "email": record.get("email") or None,
            "grade": roles_of(record).get("student", {}).get("grade") or None,
        }
    names = ("name", "start_date", "end_date") if kind == "terms" else ("name",)
    return {name: record.get(name) or None for name in names}


def _relations_of_section(section: Record) -> Iterator[Relation]:
    places = (("school", "schools"), ("course", "courses"), ("term_id", "terms"))
    for name, kind in places:
        if section.get(name):
            yield Relation(name, (kind, section[name]))
    teachers = (section.get("teacher"), *(section.get("teachers") or ()))
    for rank, person in enumerate(dict.fromkeys(filter(None, teachers))):
        yield Relation("teaches", ("users", person), {"rank": rank})
    for rank, person in enumerate(dict.fromkeys(section.get("students") or ())):
        yield Relation("enrols", ("users", person), {"rank": rank})

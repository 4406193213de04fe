"""A Clever of a few lines in process: records, pages, tokens, and whatever trouble a test plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from harness.contract.connection import Connection
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Mode, Sync
from harness.demo.adapter import DemoAdapter, LanternAdapter

Record = dict[str, Any]
KINDS = ("schools", "terms", "courses", "sections", "users")


class Shared:
    """What one district shares: kind → id → record, for a test to change at will."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.records: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}

    def put(self, kind: str, id: str, **fields: Any) -> str:
        self.records[kind][id] = {"id": id, "district": self.id, **fields}
        return id

    def drop(self, kind: str, id: str) -> Record:
        """Takes a record away, to be put back by `give`."""
        return self.records[kind].pop(id)

    def give(self, kind: str, record: Record) -> None:
        self.records[kind][record["id"]] = record

    def person(self, id: str, *, email: str = "", last: str = "", **roles: Record) -> str:
        name = {"first": id.title(), "last": last or id.upper()}
        return self.put("users", id, name=name, email=email, roles=roles)

    def student(self, id: str, *schools: str, **fields: Any) -> str:
        role = {"schools": list(schools), "school": schools[0], "sis_id": f"s-{id}"}
        email, last = fields.pop("email", f"{id}@example.org"), fields.pop("last", "")
        return self.person(id, email=email, last=last, student={**role, **fields})

    def teacher(self, id: str, *schools: str, **fields: Any) -> str:
        role = {"schools": list(schools), "school": schools[0], "sis_id": f"t-{id}"}
        return self.person(id, email=f"{id}@example.org", teacher={**role, **fields})

    def section(
        self, id: str, school: str, teachers: list[str], students: list[str], **more: Any
    ) -> str:
        people = {"teacher": teachers[0], "teachers": teachers, "students": students}
        return self.put("sections", id, name=id.title(), school=school, **people, **more)


class PretendClever:
    """Answers as Clever does, from the districts given to it."""

    page_size = 2

    def __init__(self, *districts: Shared) -> None:
        self.districts = {district.id: district for district in districts}
        self.asked: list[str] = []
        self.trouble: list[tuple[str, Callable[[], httpx.Response]]] = []
        """What goes wrong next: part of a URL, and the answer it gets, once each."""

    def __call__(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        self.asked.append(url)
        for planned in self.trouble:
            if planned[0] in url:
                self.trouble.remove(planned)
                return planned[1]()
        if request.url.path == "/oauth/tokens":
            return self.tokens(request)
        return self.api(request)

    def tokens(self, request: httpx.Request) -> httpx.Response:
        if not request.headers.get("Authorization", "").startswith("Basic "):
            return httpx.Response(401, json={})
        granted = [
            {"owner": {"type": "district", "id": id}, "access_token": f"token-of-{id}"}
            for id in self.districts
        ]
        return httpx.Response(200, json={"data": granted, "links": []})

    def api(self, request: httpx.Request) -> httpx.Response:
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer token-of-")
        if bearer not in self.districts:
            return httpx.Response(401, json={"message": "no such token"})
        shared = self.districts[bearer]
        _, version, kind, *rest = request.url.path.split("/")
        if kind == "districts":
            found: list[Record] = [{"id": bearer, "name": "Lakeside", "state": "running"}]
        elif rest:
            found = self.members(shared, rest[0])
        else:
            found = [record for _, record in sorted(shared.records[kind].items())]
        return self.page(request, f"/{version}/{'/'.join((kind, *rest))}", found)

    def members(self, shared: Shared, section: str) -> list[Record]:
        users, record = shared.records["users"], shared.records["sections"][section]
        people = {*record["students"], *record["teachers"]}
        return [users[id] for id in sorted(people) if id in users]

    def page(self, request: httpx.Request, path: str, found: list[Record]) -> httpx.Response:
        asked = request.url.params.get("limit", "100")
        limit = min(int(asked), self.page_size)
        after = request.url.params.get("starting_after", "")
        rest = [record for record in found if record["id"] > after]
        links = [{"rel": "self", "uri": str(request.url)}]
        if len(rest) > limit:
            cursor = rest[limit - 1]["id"]
            links.append({"rel": "next", "uri": f"{path}?limit={asked}&starting_after={cursor}"})
        items = [{"data": record, "uri": f"{path}/{record['id']}"} for record in rest[:limit]]
        return httpx.Response(200, json={"data": items, "links": links})


class Rehearsal:
    """One app beside one pretended Clever."""

    def __init__(self, kind: type[LanternAdapter], clever: PretendClever, **options: Any) -> None:
        self.waited: list[float] = []
        self.clever = clever
        self.app = kind(
            transport=lambda: httpx.MockTransport(clever), wait=self.waited.append, **options
        )

    def connection(self, district: str = "lakeside") -> Connection:
        return Connection(
            api="http://api.example.org",
            accounts="http://accounts.example.org",
            client_id="lantern",
            client_secret="not-a-secret",
            district=district,
        )

    def sync(self, district: str = "lakeside") -> Sync:
        self.app.connect(self.connection(district))
        return self.app.sync(self.connection(district), Mode.FULL)

    def holds(self, district: str = "lakeside") -> Snapshot:
        return self.app.snapshot(self.connection(district))

    def finish(self, person: str, lesson: str = "Chapter one") -> None:
        assert isinstance(self.app, DemoAdapter)
        self.app.finish_lesson(self.connection(), person, lesson)

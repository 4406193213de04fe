"""Bad input to every path gets a documented status, and never a word of another district.

Requests are counted per route and class of input; the seed is fixed, so a failure repeats.
"""

from __future__ import annotations

import base64
import json
import random
import string
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

import pytest
from simulator import town

from harness.district.clever.events import events_between
from harness.district.data_model.roster import Roster
from harness.simulator.http.message import Request, Response
from harness.simulator.http.versions import VERSIONS
from harness.simulator.routing.routes import Route
from harness.simulator.simulator import ROUTES, Simulator

OTHER = town.number("d", 2)
MARK = "Elsewhere"
"""Stands in every name and address of the other district."""
HUGE = b"x" * 10_000_000
LISTS = ("schools", "terms", "courses", "sections", "users", "resources", "events")
MINE = {
    "districts": town.DISTRICT,
    "schools": town.ELM,
    "terms": town.FALL,
    "courses": town.ART,
    "sections": town.ART_1,
    "users": town.MAYA,
    "resources": town.number("ee", 1),
    "events": events_between(None, town.roster(), at=town.DAY)[0].id,
}
THEIRS = {
    "districts": OTHER,
    "schools": town.number("fe5c", 1),
    "terms": town.number("fe7e", 1),
    "courses": town.number("fec0", 1),
    "sections": town.number("fe5e", 1),
    "users": town.number("fe", 1),
    "resources": town.number("feee", 1),
}


def _theirs() -> Roster:
    crowd = town.crowd(2, owner=OTHER, prefix="fe")
    user, school = THEIRS["users"], THEIRS["schools"]
    marked = {
        one: {**who, "name": {"first": MARK, "last": MARK}} for one, who in crowd.users.items()
    }
    section = town.section(
        THEIRS["sections"], MARK, school_id=school, students=[user], teachers=[user],
        course=THEIRS["courses"], term=THEIRS["terms"],
    )  # fmt: skip
    return replace(
        crowd,
        district={**crowd.district, "name": MARK},
        schools={school: {**crowd.schools[school], "name": MARK}},
        users=marked,  # type: ignore[arg-type]
        sections={section["id"]: section},
        courses={THEIRS["courses"]: town.course(THEIRS["courses"], MARK)},
        terms={THEIRS["terms"]: town.term(THEIRS["terms"], MARK)},
    )


THEIRS["events"] = events_between(None, _theirs(), at=town.DAY)[0].id


@dataclass
class Trial:
    """A Clever under bad input, and what was counted."""

    dice: random.Random = field(default_factory=lambda: random.Random(20260901))
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.simulator = Simulator(clients=[town.CLIENT], now=lambda: 0.0)
        self.simulator.publish(town.roster(), at=town.DAY)
        self.simulator.publish(_theirs(), at=town.DAY)
        self.bearer = f"Bearer {self.simulator.token(town.DISTRICT)}"

    def ask(
        self,
        route: str,
        sort: str,
        target: str,
        *,
        authorization: str | None = None,
        method: str = "GET",
        body: bytes = b"",
    ) -> Response:
        """One counted request; what must hold for every one is checked here."""
        self.counted[route, sort] += 1
        if sum(self.counted.values()) % 1000 == 0:
            self.simulator.reset_rate_limits()
        path, _, query = target.partition("?")
        said = self.bearer if authorization is None else authorization
        headers = [(b"authorization", said.encode("latin-1", "replace"))]
        answer = self.simulator.handle(Request(method, path, query, headers, body))
        assert not self.simulator.crashes, (method, target, self.simulator.crashes)
        assert answer.status in (200, 400, 401, 404, 413), (target, answer.status)
        assert MARK.encode() not in answer.body, (target, "another district's data")
        assert b"Traceback" not in answer.body
        if answer.header("content-type").startswith("application/json"):
            json.loads(answer.body)
        return answer


def _path(route: Route, version: str, ids: dict[str, str]) -> str:
    return route.path.replace("{version}", version).replace("{id}", ids.get(_kind(route), ""))


def _kind(route: Route) -> str:
    """What the path's first id names; "" for paths without one."""
    return route.path.split("/")[2] if "{id}" in route.path else ""


def _is_list(route: Route) -> bool:
    last = route.path.split("/")[-1]
    return last in LISTS or last.startswith("my")


def _noise(dice: random.Random) -> str:
    alphabet = string.printable + "éß漢字\x00\x7f%&=?#/\\'\"<>;"
    return "".join(dice.choice(alphabet) for _ in range(dice.randrange(1, 60)))


WRONG = (
    "limit=abc", "limit=1.5", "limit=", "limit=true", "limit=null", "limit=[]", "limit=-5",
    "limit=0", "limit=1e3", "limit=0x10", "limit=%00", "limit=1&limit=1", "limit=+", "limit=%2B1x",
    "limit=1_0", "limit=%EF%BC%91", "limit=1%00", "limit=-" + "9" * 4000, "limit=%C3%28",
    "limit=-0", "limit=\N{DIGIT ONE}\u0661", "starting_after=a&starting_after=a",
)  # fmt: skip
ODD = (
    "starting_after=%27%20OR%201=1", "starting_after=null", "ending_before=last", "count=maybe",
    "starting_after=" + "g" * 24, "ending_before=" + "A" * 2500, "starting_after=%00%ff",
)  # fmt: skip
LARGE = ("10001", "99999", "2147483648", "9" * 18, "9" * 40, "9" * 4000, "+10001", "010001")


def wrong_types(trial: Trial, route: Route, path: str) -> None:
    for query in WRONG:
        status = trial.ask(route.path, "wrong types", f"{path}?{query}").status
        if _is_list(route) and "/resources/{id}" not in route.path:
            assert status == 400, (path, query, status)


def odd_values(trial: Trial, route: Route, path: str) -> None:
    for query in ODD:
        status = trial.ask(route.path, "odd values", f"{path}?{query}").status
        # An event's cursor must name an event; elsewhere it is a place in the order.
        allowed = (200, 400, 404) if "/events" in path else (200, 404)
        assert status in allowed, (path, query, status)


def huge_limits(trial: Trial, route: Route, path: str) -> None:
    for limit in LARGE:
        status = trial.ask(route.path, "huge limits", f"{path}?limit={limit}").status
        if _is_list(route) and "/resources/{id}" not in route.path:
            assert status in (400, 413) if limit.startswith("+") else status == 413, (path, limit)


def unknown_ids(trial: Trial, route: Route, _: str) -> None:
    dice = trial.dice
    for version in VERSIONS:
        for identity in (
            f"{dice.getrandbits(96):024x}",
            str(dice.randrange(10**6)),
            "".join(dice.choices("%-._~!$'()*+,;:@" + string.ascii_letters, k=12)),
            "x" * 5000,
            town.MAYA.upper(),
            town.MAYA + "0",
        ):
            path = _path(route, version, {_kind(route): identity})
            status = trial.ask(route.path, "unknown ids", path).status
            assert status == 404 if "{id}" in route.path else True, path


def ids_of_another_district(trial: Trial, route: Route, _: str) -> None:
    for version in VERSIONS:
        path = _path(route, version, THEIRS)
        for query in ("", "?limit=5", "?role=student", f"?starting_after={THEIRS['users']}"):
            status = trial.ask(route.path, "another district's ids", path + query).status
            if "{id}" in route.path:
                assert status in (404, 400), path


def foreign_tokens(trial: Trial, route: Route, path: str) -> None:
    good = trial.bearer.removeprefix("Bearer ")
    for said in (
        "", "Bearer", "Bearer ", f"bearer{good}", f"Token {good}", f"Bearer {good[:-1]}",
        f"Bearer {good}0", f"Bearer {good.upper()}x", f"Bearer {'a' * 40}", "Bearer il" + "0" * 40,
        f"Bearer {good},{good}", f"Basic {base64.b64encode(good.encode()).decode()}",
        "Bearer " + "z" * 9000, "Bearer \x00", f"Bearer \u00a0{good}\u00a0x",
    ):  # fmt: skip
        answer = trial.ask(route.path, "foreign tokens", path, authorization=said)
        assert answer.status == 401, (path, said, answer.status)


def malformed_basic(trial: Trial, route: Route, path: str) -> None:
    pairs = (
        b"",
        b":",
        b"a",
        b"a:b:c",
        b"\xff\xfe:\xfd",
        b"app-one:",
        b":not-a-real-secret",
        b"a:\x00",
    )
    coded = [base64.b64encode(pair).decode() for pair in pairs]
    for said in (*coded, "!!!", "====", "YXBw", "é", " ", "a" * 9000, coded[3][:-1]):
        answer = trial.ask(route.path, "malformed Basic", path, authorization=f"Basic {said}")
        assert answer.status == 401, (path, said, answer.status)


def large_bodies(trial: Trial, route: Route, path: str) -> None:
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        answer = trial.ask(route.path, "10 MB bodies", path, method=method, body=HUGE)
        assert len(answer.body) < 100_000


def path_tricks(trial: Trial, route: Route, path: str) -> None:
    theirs = THEIRS["users"]
    for trick in (
        f"{path}/../../users/{theirs}", f"{path}/%2e%2e/{theirs}", f"/{path}", f"{path}//",
        f"{path}/.", f"{path}%00", f"{path};jsessionid=1", f"{path}\\..\\users", f"{path}/{theirs}",
        path.replace("/", "//", 1), path.replace("v3", "V3"), path.replace("/", "%2f"), f"{path}#x",
        f"http://127.0.0.1{path}", path[1:], "", "*", "/", "//", f"{path}/{'a/' * 500}",
        path.replace("v3.0", "v3.00").replace("v3.1", "v3.01"), f"{path} HTTP/1.1\r\nX: y",
    ):  # fmt: skip
        trial.ask(route.path, "path tricks", trick)


def noise(trial: Trial, route: Route, path: str) -> None:
    for _ in range(20):
        trial.ask(route.path, "noise", f"{path}?{_noise(trial.dice)}")
        trial.ask(route.path, "noise", f"{path}/{_noise(trial.dice)}")


Sort = Callable[[Trial, Route, str], None]
EVERYWHERE: tuple[Sort, ...] = (large_bodies, path_tricks, noise)
ON_ROSTERS: tuple[Sort, ...] = (
    wrong_types,
    odd_values,
    huge_limits,
    unknown_ids,
    ids_of_another_district,
)


def _sorts(route: Route) -> Iterator[Sort]:
    yield from EVERYWHERE
    if route.audience is not None:
        yield from (foreign_tokens, *ON_ROSTERS)
    elif route.path == "/oauth/tokeninfo":
        yield foreign_tokens
    elif route.path == "/oauth/tokens" and "GET" in route.methods:
        yield from (foreign_tokens, malformed_basic)


@pytest.mark.no_cover
def test_bad_input_to_every_path_is_answered_as_documented() -> None:
    trial = Trial()
    for route in ROUTES:
        for version in VERSIONS if "{version}" in route.path else ("",):
            path = _path(route, version, MINE)
            for sort in _sorts(route):
                sort(trial, route, path)

    total = sum(trial.counted.values())
    per_sort: Counter[str] = Counter()
    for (_, said), number in trial.counted.items():
        per_sort[said] += number
    print(f"{total} requests to {len(ROUTES)} routes: {dict(per_sort)}")
    assert total >= 10_000
    assert {route for route, _ in trial.counted} == {route.path for route in ROUTES}
    assert min(trial.counted.values()) >= 5, trial.counted
    assert len(per_sort) == 10


def test_there_is_something_to_leak() -> None:
    trial = Trial()
    theirs = f"Bearer {trial.simulator.token(OTHER)}"

    for kind in ("districts", "schools", "terms", "courses", "sections", "users", "events"):
        request = Request("GET", f"/v3.0/{kind}", "", [(b"authorization", theirs.encode())])
        assert MARK.encode() in trial.simulator.handle(request).body
    told = Request("GET", f"/v3.0/events/{THEIRS['events']}", "", request.headers)
    assert trial.simulator.handle(told).status == 200


@pytest.mark.parametrize(
    "broken",
    [
        partial(Request, "GET", "/v3.0/users", "limit=1", [(b"authorization", b"Bearer \xff\xfe")]),
        partial(Request, "GET", "/v3.0/users", "%", []),
        partial(Request, "", "", "", []),
    ],
)
def test_a_request_that_is_hardly_one_is_refused(broken: partial[Request]) -> None:
    trial = Trial()

    assert trial.simulator.handle(broken()).status in (401, 404)
    assert trial.simulator.crashes == []

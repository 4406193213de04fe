"""Every answer to every path, parameter and day has the shape the schemas lay down."""

from __future__ import annotations

import json
from collections.abc import Iterator

import jsonschema_rs
import pytest
from simulator import town, year
from simulator.shapes import Shapes, schema_of
from simulator.town import Caller

from harness.district.data_model.records import Kind
from harness.district.data_model.roster import Roster
from harness.simulator.data import api as data_api
from harness.simulator.data import resources
from harness.simulator.simulator import Simulator

pytestmark = pytest.mark.no_cover  # other tests reach the same code

VERSIONS = ("v3.0", "v3.1")
PEOPLE = ("users", "mycontacts", "mystudents", "myteachers")
SAMPLE = 6
PAGES = (
    "",
    "limit=1",
    "limit=10000",
    "limit=7&count=true",
    f"starting_after={'5' * 24}&limit=3",
    f"ending_before={'a' * 24}&limit=3",
    f"starting_after={'f' * 24}",
)
FILTERS = {
    "users": tuple(
        f"role={role}" for role in ("contact", "district_admin", "staff", "student", "teacher")
    ),
    "schools/{id}/users": ("role=teacher", "primary=true", "primary=&role=staff"),
    "sections/{id}/users": ("role=teacher", "role=student"),
    "users/{id}/schools": ("primary=true",),
}


@pytest.fixture(scope="module")
def shapes() -> dict[str, Shapes]:
    return {version: Shapes(version) for version in VERSIONS}


def _name(path: str) -> str:
    """The definition for a route's path, by what stands at its end."""
    if path.endswith("schools/{id}/terms"):
        return "terms-of-school-response"
    *_, last = (part for part in path.split("/") if part != "{id}")
    single = path.endswith("{id}") or last in ("course", "term", "school", "district")
    if last in PEOPLE and not path.endswith("{id}"):
        return "users-response"
    return f"{last.removesuffix('s')}-response" if single else f"{last}-response"


def _ids(roster: Roster, kind: str) -> list[str]:
    ids = list(roster.of(Kind(kind)))
    return ids[:: max(1, len(ids) // SAMPLE)]


def _targets(roster: Roster, version: str, path: str) -> Iterator[str]:
    rest = path.removeprefix("/{version}/")
    queries = ("",) if _name(path) in SINGLE else (*PAGES, *FILTERS.get(rest, ()))
    for identity in _ids(roster, rest.split("/")[0]) if "{id}" in rest else [""]:
        for query in queries:
            target = f"/{version}/{rest.replace('{id}', identity)}"
            yield f"{target}?{query}" if query else target


SINGLE = {f"{one}-response" for one in ("district", "school", "term", "course", "section", "user")}
PATHS = [route.path for route in (*data_api.ROUTES, *resources.ROUTES)]
READABLE = [path for path in PATHS if "/resources/{id}" not in path]


@pytest.mark.parametrize("day", range(4))
def test_every_answer_of_a_populated_district_has_its_shape(
    shapes: dict[str, Shapes], day: int
) -> None:
    simulator = Simulator(clients=[town.CLIENT])
    for number in range(day + 1):
        simulator.publish(year.days()[number], at=year.at(number))
    roster = year.days()[day]
    app = Caller(simulator, simulator.token(roster.district["id"]))
    read = 0

    for version in VERSIONS:
        for path in READABLE:
            for target in _targets(roster, version, path):
                answer = app.get(target)
                read += 1
                simulator.reset_rate_limits()
                if answer.status == 404 and path.endswith(("/course", "/term")):
                    shapes[version].check("refusal", answer.body)
                    continue
                assert answer.status == 200, (target, answer.body)
                shapes[version].check(_name(path), answer.body)

    assert read > 2 * len(READABLE)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_small_district_fits_too_and_so_do_refusals(
    shapes: dict[str, Shapes], app: Caller, version: str
) -> None:
    for path in READABLE:
        for target in _targets(town.roster(), version, path):
            answer = app.get(target)
            app.simulator.reset_rate_limits()
            name = _name(path) if answer.status == 200 else "refusal"
            shapes[version].check(name, answer.body)
    for wrong in ("users?limit=0", "users?limit=10001", "users/x", "resources/x"):
        shapes[version].check("refusal", app.get(f"/{version}/{wrong}").body)
    shapes[version].check("refusal", Caller(app.simulator).get(f"/{version}/users").body)


def test_the_schemas_refuse_what_differs(app: Caller) -> None:
    old, new = Shapes("v3.0"), Shapes("v3.1")
    user = json.loads(app.get(f"/v3.1/users/{town.MAYA}").body)
    broken = {
        "an unknown field": {**user, "extra": 1},
        "no links": {"data": user["data"]},
        "no roles": {**user, "data": {**user["data"], "roles": {}}},
        "an id of another form": {**user, "data": {**user["data"], "id": "7"}},
        "links of another version": {**user, "links": [{"rel": "self", "uri": "/v3.0/users/7"}]},
    }

    new.check("user-response", json.dumps(user).encode())
    for body in broken.values():
        with pytest.raises(jsonschema_rs.ValidationError):
            new.check("user-response", json.dumps(body).encode())
    with pytest.raises(jsonschema_rs.ValidationError):
        old.check("user-response", json.dumps(user).replace("v3.1", "v3.0").encode())


@pytest.mark.parametrize("version", VERSIONS)
def test_the_schemas_are_valid_schemas(version: str) -> None:
    assert jsonschema_rs.meta.is_valid(schema_of(version))

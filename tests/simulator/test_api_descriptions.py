"""The served API against descriptions of it, with schemathesis.

Collected only when ROSTERREADY_API_DESCRIPTIONS names description files (OpenAPI or Swagger),
separated as in PATH. What the API does otherwise than described is listed in KNOWN, each with its
reason; anything else fails, and so does an entry that is no longer needed.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case, Response
from schemathesis.core.failures import Failure, FailureGroup
from simulator import year

from harness.district.clever.events import events_between
from harness.district.data_model.records import Kind
from harness.simulator.access.clients import OAuthClient
from harness.simulator.serving.server import Server
from harness.simulator.simulator import Simulator

FILES = [Path(one) for one in os.environ["ROSTERREADY_API_DESCRIPTIONS"].split(os.pathsep) if one]
ROSTER, *LATER = year.days()
EVENTS = [event.id for event in events_between(None, ROSTER, at=year.at(0))]
EXAMPLES = 25
CLIENT = OAuthClient(id="described", secret="not-a-real-secret")


@dataclass(frozen=True)
class Known:
    """A difference between the API and its description, and why it is right."""

    check: str
    status: int
    reason: str
    only: Callable[[Failure, Case[Any], Response], bool] = lambda failure, case, response: True
    seldom: bool = False
    """Whether the requests generated need not run into it."""
    path: str = ""
    """The path without which a description cannot show it."""


def _limit_below_one(_failure: Failure, case: Case[Any], _response: Response) -> bool:
    return int(str((case.query or {}).get("limit", 1))) < 1


def _cursor_of_no_event(_failure: Failure, case: Case[Any], _response: Response) -> bool:
    query = case.query or {}
    cursors = {str(query.get(name, "")) for name in ("starting_after", "ending_before")}
    return case.path == "/events" and not cursors <= {"", "last", *EVENTS}


def _about_count(failure: Failure, _case: Case[Any], _response: Response) -> bool:
    return "parameter `count` in query" in failure.message


def _only_unset_values(_failure: Failure, case: Case[Any], response: Response) -> bool:
    """Whether the body fits once the values that are "" are taken out."""
    raw = case.operation.schema.raw_schema
    answer = case.operation.definition.raw["responses"]["200"]["schema"]
    whole = {**answer, "definitions": raw["definitions"]}
    try:
        jsonschema.Draft4Validator(whole).validate(_without_unset(response.json()))
    except jsonschema.ValidationError:
        return False
    return True


def _without_unset(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_unset(one) for name, one in value.items() if one != ""}
    return [_without_unset(one) for one in value] if isinstance(value, list) else value


_PARAMETERS = "Clever's table of errors has 400 for wrong parameters; descriptions list 404 only."
_TOO_LARGE = "Clever's page on paging has 413 for a limit above 10,000; descriptions do not."
KNOWN = (
    Known("UndefinedStatusCode", 400, _PARAMETERS),
    Known(
        "RejectedPositiveData",
        400,
        "A description calls limit an integer without bounds; none or fewer records is no page.",
        _limit_below_one,
    ),
    Known(
        "RejectedPositiveData",
        400,
        "Clever's page on events: a cursor must be the id of an event; descriptions say a string.",
        _cursor_of_no_event,
        path="/events",
    ),
    Known("UndefinedStatusCode", 413, _TOO_LARGE),
    Known("RejectedPositiveData", 413, _TOO_LARGE),
    Known("AcceptedNegativeData", 413, "Refused indeed, for a limit above 10,000.", seldom=True),
    Known(
        "AcceptedNegativeData",
        200,
        "Recorded: an unknown value of count (count=5) is ignored.",
        _about_count,
        path="/users",
    ),
    Known(
        "UnsupportedMethodResponse",
        404,
        "Recorded: what no route answers gets Express's page Cannot METHOD, a 404 and not a 405.",
    ),
    Known(
        "JsonSchemaError",
        200,
        'Recorded: an optional value that is not set reads as ""; patterns and some enumerations '
        "of the descriptions leave it out.",
        _only_unset_values,
        path="/users",
    ),
)
needed: set[Known] = set()
described: set[str] = {""}


def _authorized(failure: Failure, case: Case[Any], response: Response) -> bool:
    for known in KNOWN:
        same = (type(failure).__name__, response.status_code) == (known.check, known.status)
        if same and known.only(failure, case, response):
            needed.add(known)
            return True
    return False


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, str]]:
    """Where the API is, and a token for it; a second passes with every request."""
    seconds = itertools.count()
    simulator = Simulator(clients=[CLIENT], now=lambda: float(next(seconds)))
    for day, roster in enumerate((ROSTER, *LATER)):
        simulator.publish(roster, at=year.at(day))
    with Server(simulator) as server:
        yield server.url, simulator.token(ROSTER.district["id"])
    assert simulator.crashes == []


def _real_ids(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Every second id generated becomes one that exists."""
    kind = context.operation.path.split("/")[1]
    said = str((path_parameters or {}).get("id", ""))
    if not path_parameters or not said or len(said) % 2 or kind not in (*Kind, "events"):
        return path_parameters
    ids = EVENTS if kind == "events" else list(ROSTER.of(Kind(kind)))
    return {**path_parameters, "id": ids[sum(said.encode()) % len(ids)]}


def _real_cursors(context: Any, query: dict[str, Any] | None) -> dict[str, Any] | None:
    """Every second cursor generated for events becomes one that exists."""
    if not query or context.operation.path != "/events":
        return query
    for name in ("starting_after", "ending_before"):
        said = str(query.get(name, "x"))
        if len(said) % 2 == 0:
            query = {**query, name: EVENTS[sum(said.encode()) % len(EVENTS)]}
    return query


def _as_typed(raw: dict[str, Any], event: dict[str, Any]) -> None:
    """An event fits the definition its type names, which no validator looks up by itself."""
    whole = {**raw["definitions"][event["type"]], "definitions": raw["definitions"]}
    jsonschema.Draft4Validator(whole).validate(_without_unset(event))


def _test_of(description: Path) -> Any:
    schema = schemathesis.openapi.from_path(str(description))
    schema.hooks.register_hook_with_name(_real_ids, "map_path_parameters")
    schema.hooks.register_hook_with_name(_real_cursors, "map_query")
    version = schema.raw_schema["basePath"]
    described.update(schema.raw_schema["paths"])

    @schema.parametrize()
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def test(case: Case[Any], served: tuple[str, str]) -> None:
        url, token = served
        said = {"Authorization": f"Bearer {token}"}
        response = case.call(base_url=f"{url}{version}", headers=said)
        try:
            case.validate_response(response)
        except FailureGroup as group:
            unknown = [one for one in group.exceptions if not _authorized(one, case, response)]
            if unknown:
                raise FailureGroup(unknown) from None
        if case.path.startswith("/events") and (case.method, response.status_code) == ("GET", 200):
            data = response.json()["data"]
            for event in [one["data"] for one in data] if isinstance(data, list) else [data]:
                _as_typed(schema.raw_schema, event)

    return test


for _file in FILES:
    _name = f"test_the_api_is_as_described_in_{json.dumps(_file.stem).strip(chr(34))}"
    globals()[_name.replace(".", "_").replace("-", "_")] = _test_of(_file)


def test_every_listed_difference_is_still_there() -> None:
    expected = (known for known in KNOWN if known.path in described and not known.seldom)
    assert [known for known in expected if known not in needed] == []

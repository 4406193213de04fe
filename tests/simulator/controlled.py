"""A control API over the small town, its answers held to the description it publishes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import jsonschema
from simulator import town

from harness.resources import SCHEMAS
from harness.simulator.control.api import Control
from harness.simulator.control.context import ControlContext
from harness.simulator.control.door import PREFIX
from harness.simulator.http.message import Request
from harness.simulator.simulator import Simulator

HOST = "127.0.0.1:8100"
DESCRIPTION: dict[str, Any] = json.loads((SCHEMAS / "control.openapi.json").read_text())


@dataclass
class ThreeDays:
    """A year that only counts."""

    days: tuple[str, ...] = ("monday", "tuesday", "wednesday")
    today: str = "monday"
    moved: list[str] = field(default_factory=list)

    def move_to(self, day: str) -> None:
        self.moved.append(day)
        self.today = day


@dataclass
class Caller:
    """A program on this machine that drives the control API."""

    simulator: Simulator
    year: ThreeDays = field(default_factory=ThreeDays)
    host: str = "127.0.0.1"

    def __post_init__(self) -> None:
        context = ControlContext(
            simulator=self.simulator, year=self.year, url=lambda: f"http://{HOST}"
        )
        self.control = Control(context, host=self.host)

    def ask(
        self, method: str, path: str, body: object = None, *, status: int = 200, **headers: str
    ) -> dict[str, Any]:
        """The answer, which has the expected status and the shape described for it."""
        found, text = self.raw(method, path, body, **headers)
        assert found == status, (method, path, found, text)
        said: dict[str, Any] = json.loads(text)
        _check(method, path.partition("?")[0], found, said)
        return said

    def raw(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, str]:
        """Status and text of an answer, whatever they are."""
        sent = body if isinstance(body, bytes) else b"" if body is None else _json(body)
        said = {"host": HOST, **({"content-type": "application/json"} if sent else {})}
        for name, value in headers.items():
            said[name.replace("_", "-")] = value
        path, _, query = path.partition("?")
        raw = [(name.encode(), value.encode("latin-1")) for name, value in said.items()]
        answer = self.control.handle(Request(method, PREFIX + path, query, raw, sent))
        return answer.status, answer.body.decode()


def _json(body: object) -> bytes:
    return json.dumps(body).encode()


def _check(method: str, path: str, status: int, said: object) -> None:
    for template, operations in DESCRIPTION["paths"].items():
        if re.fullmatch(template.replace("{id}", "[^/]+"), path) and method.lower() in operations:
            responses = operations[method.lower()]["responses"]
            assert str(status) in responses, (method, path, status)
            answer = responses[str(status)]
            if "$ref" in answer:
                answer = DESCRIPTION["components"]["responses"][answer["$ref"].split("/")[-1]]
            schema = answer["content"]["application/json"]["schema"]
            whole = {**schema, "components": DESCRIPTION["components"]}
            jsonschema.Draft202012Validator(
                whole, format_checker=jsonschema.FormatChecker()
            ).validate(said)
            return
    assert status in (403, 404, 405), (method, path, status)


def people(caller: Caller, query: str = "") -> list[str]:
    """The ids of the people a query finds in the small town."""
    said = caller.ask("GET", f"/districts/{town.DISTRICT}/people?{query}")
    return [one["id"] for one in said["people"]]

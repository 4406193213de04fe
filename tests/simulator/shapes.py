"""The definitions of the published schemas, each as a validator."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs

from harness.resources import SCHEMAS


def schema_of(version: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"clever-{version}.schema.json").read_text())
    return found


class Shapes:
    """The definitions of one version's schema, each as a validator."""

    def __init__(self, version: str) -> None:
        self._schema = schema_of(version)
        self._made: dict[str, Any] = {}

    def check(self, name: str, body: bytes) -> None:
        if name not in self._made:
            assert name in self._schema["$defs"], name
            whole = {**self._schema, "$ref": f"#/$defs/{name}"}
            self._made[name] = jsonschema_rs.validator_for(whole)
        self._made[name].validate(json.loads(body))

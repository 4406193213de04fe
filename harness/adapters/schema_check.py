"""Schema check: whether a plain document fits a schema of the contract, and what is wrong if not.

jsonschema-rs tells at once whether it fits; jsonschema is asked only to explain one that does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import jsonschema_rs
import orjson
from jsonschema import Draft202012Validator

from harness.prose import did_you_mean
from harness.resources import SCHEMAS

_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "an object",
    "boolean": "true or false",
    "null": "null",
}


@cache
def _schema(name: str) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads((SCHEMAS / f"{name}.schema.json").read_bytes())
    return document


@cache
def _fast(name: str) -> Any:
    return jsonschema_rs.validator_for(_schema(name))


def schema_problem(name: str, document: object) -> str:
    """What is wrong with a document, where, and what was expected; "" when nothing is."""
    if _fast(name).is_valid(document):
        return ""
    errors = Draft202012Validator(_schema(name)).iter_errors(document)
    return _explained(next(iter(errors)))


def _explained(error: Any) -> str:
    """A jsonschema ValidationError as one clause: where, what was found, what was expected."""
    where = _path(error.absolute_path)
    place = f"{where} " if where else ""
    match error.validator:
        case "required":
            missing = [key for key in error.validator_value if key not in error.instance]
            return f"{place}lacks {', '.join(missing)}{_named(error.instance)}"
        case "additionalProperties":
            known = error.schema["properties"]
            odd = next(key for key in error.instance if key not in known)
            return f"{place}has the unknown key {odd!r}; {did_you_mean(odd, known)}"
        case "not":  # a name and the one it had before
            both = " and ".join(error.validator_value["required"])
            return f"{place}has {both}{_named(error.instance)}, expected the latter alone"
        case "enum":
            expected = f"one of {', '.join(error.validator_value)}"
        case "minLength":
            expected = "a text that is not empty"
        case "type":
            expected = _type(error.validator_value, error.instance)
        case _:
            expected = error.message
    return f"{f'{where} is' if where else 'found'} {shown(error.instance)}, expected {expected}"


def _type(wanted: str | list[str], found: object) -> str:
    names = [wanted] if isinstance(wanted, str) else wanted
    types = " or ".join(_TYPES.get(name, name) for name in names)
    number = isinstance(found, int | float) and not isinstance(found, bool)
    return f'{types}, as in "{found}"' if "string" in names and number else types


def _path(steps: Iterable[str | int]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.lstrip(".")


def _named(instance: Mapping[str, Any]) -> str:
    """Which record it is, when it says so."""
    for key in ("clever_id", "app_id"):
        if key in instance:
            return f" ({key} {shown(instance[key])})"
    return ""


def shown(value: object) -> str:
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."

"""Schema check: whether a plain document fits a schema of the contract, and what is wrong if not.

jsonschema-rs tells at once whether it fits; jsonschema is asked only to explain one that does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

import jsonschema_rs
import orjson

from harness.prose import did_you_mean
from harness.resources import SCHEMAS

MOST_ERRORS = 5_000
"""So many are looked at: the last rows of a list are seldom wrong in a way of their own."""
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


def fits(name: str, document: object) -> bool:
    """Whether a document fits the schema of this name."""
    return bool(_fast(name).is_valid(document))


def schema_problems(name: str, document: object) -> tuple[str, ...]:
    """All that is wrong with a document: where, and what was expected; () when nothing is.

    What is wrong with many rows alike is told of the first, with the number of the others.
    """
    if fits(name, document):
        return ()
    from jsonschema import Draft202012Validator  # an answer that fits needs none of it

    errors = Draft202012Validator(_schema(name)).iter_errors(document)
    alike: dict[tuple[object, ...], dict[str, None]] = {}
    looked_at = list(islice(errors, MOST_ERRORS))
    for error in looked_at:
        rows = tuple("[]" if isinstance(step, int) else step for step in error.absolute_path)
        for cause, clause in _explained(error):
            alike.setdefault((rows, error.validator, cause), {})[clause] = None
    least = "at least " if len(looked_at) == MOST_ERRORS else ""
    return tuple(
        f"{next(iter(clauses))} (and {least}{len(clauses) - 1:,} more like it)"
        if len(clauses) > 1
        else next(iter(clauses))
        for clauses in alike.values()
    )


def _explained(error: Any) -> Iterator[tuple[str, str]]:
    """A jsonschema ValidationError as clauses: where, what was found, what was expected.

    Each with what it has in common with the same mistake elsewhere.
    """
    if error.validator == "not" and not isinstance(error.instance, Mapping):
        return  # that it is no object is told already
    if error.validator != "additionalProperties":
        yield str(error.validator_value), _clause(error)
        return
    known = error.schema["properties"]
    where = _path(error.absolute_path)
    for odd in (key for key in error.instance if key not in known):
        place = f"{where} " if where else ""
        yield odd, f"{place}has the unknown key {odd!r}; {did_you_mean(odd, known)}"


def _clause(error: Any) -> str:
    where = _path(error.absolute_path)
    place = f"{where} " if where else ""
    match error.validator:
        case "required":
            missing = [key for key in error.validator_value if key not in error.instance]
            return f"{place}lacks {', '.join(missing)}{_named(error.instance)}"
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


def _type(wanted: str | list[str], instance: object) -> str:
    names = [wanted] if isinstance(wanted, str) else wanted
    types = " or ".join(_TYPES.get(name, name) for name in names)
    number = isinstance(instance, int | float) and not isinstance(instance, bool)
    return f'{types}, as in "{instance}"' if "string" in names and number else types


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

"""The contract in its wire forms: plain JSON documents to values, and every complaint said well.

The schemas of answers are `reports/schemas/snapshot.schema.json`, `sync.schema.json` and
`created.schema.json`. jsonschema-rs tells at once whether a document fits; jsonschema is asked only
to explain one that does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import jsonschema_rs
import orjson
from jsonschema import Draft202012Validator

from harness.adapters.call import CONTRACT, Description
from harness.contract.account import Created
from harness.contract.adapter import Capability
from harness.contract.declarations import DECLARATIONS, misdeclared
from harness.contract.decode import ShapeError, from_dict
from harness.contract.former_names import former_names, warn
from harness.contract.profile import FORMERLY_HOLDABLE, HOLDABLE, Profile
from harness.contract.snapshot import HeldUser, Snapshot
from harness.contract.snapshot_decoder import SnapshotDecoder
from harness.contract.sync import Sync
from harness.errors import AdapterError, SnapshotInvalid
from harness.prose import did_you_mean
from harness.resources import SCHEMAS

_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "an object",
    "boolean": "true or false",
    "null": "null",
}


def snapshot_from(answer: object, decoder: SnapshotDecoder | None = None) -> Snapshot:
    """The snapshot an app answered, as a value or in wire form; raises SnapshotInvalid.

    A decoder that read earlier snapshots of the app reads this one faster.
    """
    document = _plain(answer)
    if problem := _problem("snapshot", document):
        raise SnapshotInvalid(
            f"snapshot: {problem}",
            hint="The shape is described in reports/schemas/snapshot.schema.json.",
        )
    for shape, rows in ((Snapshot, [document]), (HeldUser, document["users"])):
        for old, new in former_names(shape).items():
            if any(old in row for row in rows):
                warn("snapshot", old, new)
    return (decoder or SnapshotDecoder()).decode(document)


def sync_from(answer: object) -> Sync:
    """How a sync ended, as a value or in wire form; raises AdapterError."""
    return from_dict(Sync, _checked("sync", answer))


def created_from(answer: object) -> Created:
    """The account that was made, as a value or in wire form; raises AdapterError."""
    return from_dict(Created, _checked("created", answer))


def _checked(name: str, answer: object) -> Any:
    document = _plain(answer)
    if problem := _problem(name, document):
        raise AdapterError(
            f"{name}: {problem}",
            hint=f"The shape is described in reports/schemas/{name}.schema.json.",
        )
    return document


def profile_from(answer: object) -> Profile:
    """The declarations an adapter brings along; raises AdapterError."""
    document = _plain(answer)
    try:
        profile = from_dict(Profile, document)
    except ShapeError as error:
        raise AdapterError(f"profile: {error}") from error
    for key in FORMERLY_HOLDABLE.keys() & document.get("not_held", {}).keys():
        warn("profile: not_held", key, FORMERLY_HOLDABLE[key])
    for key in profile.not_held:
        if key not in HOLDABLE:
            raise AdapterError(
                f"profile: not_held names {key!r}, expected one of {', '.join(HOLDABLE)}",
                hint=did_you_mean(key, HOLDABLE),
            )
    for key, values in profile.declares.items():
        if key not in DECLARATIONS:
            raise AdapterError(
                f"profile: declares names {key!r}, expected one of {', '.join(DECLARATIONS)}",
                hint=did_you_mean(key, DECLARATIONS),
            )
        if problem := misdeclared(key, values):
            raise AdapterError(f"profile: declares.{key}: {problem}")
    return profile


def description_from(answer: object) -> Description:
    """What an adapter says about itself in wire form; raises AdapterError."""
    if not isinstance(answer, Mapping):
        raise AdapterError(
            f"describe: found {_shown(answer)}, expected an object",
            hint='Answer with {"contract": 1, "capabilities": []}.',
        )
    if unknown := answer.keys() - {"contract", "capabilities", "profile"}:
        said = ", ".join(sorted(map(str, unknown)))
        expected = "contract, capabilities, profile"
        raise AdapterError(f"describe: unknown key {said}, expected {expected}")
    if answer.get("contract") != CONTRACT:
        found = _shown(answer.get("contract"))
        raise AdapterError(f"describe: contract is {found}, expected {CONTRACT}")
    brought = answer.get("profile")
    return Description(
        capabilities=_capabilities(answer.get("capabilities", ())),
        profile=None if brought is None else profile_from(brought),
    )


def _capabilities(names: object) -> frozenset[Capability]:
    known = {ability.value: ability for ability in Capability}
    if not isinstance(names, Iterable) or isinstance(names, str | Mapping):
        raise AdapterError(f"describe: capabilities is {_shown(names)}, expected a list")
    for name in names:
        if name not in known:
            raise AdapterError(
                f"describe: there is no capability {_shown(name)}, expected {', '.join(known)}",
                hint=did_you_mean(str(name), known),
            )
    return frozenset(known[name] for name in names)


def _plain(answer: object) -> Any:
    """The wire form of an answer; a value goes through JSON too, so both are checked alike."""
    try:
        return orjson.loads(orjson.dumps(answer, default=_as_plain))
    except TypeError:
        return _slowly(answer)


def _slowly(answer: object) -> Any:
    """The same for what orjson is too strict for: a log that was not UTF-8, a huge number."""
    try:
        text = json.dumps(answer, default=_as_plain, ensure_ascii=False)
        return json.loads(text.encode("utf-8", "replace"))
    except (TypeError, ValueError) as error:
        raise AdapterError(
            f"the app's answer is not JSON: {error}",
            hint="Use texts, numbers, true, false, null, lists and objects.",
        ) from error


def _as_plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Iterable) and not isinstance(value, type):
        return list(value)
    raise TypeError(f"found a {type(value).__name__}")


@cache
def _schema(name: str) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads((SCHEMAS / f"{name}.schema.json").read_bytes())
    return document


@cache
def _fast(name: str) -> Any:
    return jsonschema_rs.validator_for(_schema(name))


def _problem(name: str, document: object) -> str:
    """What is wrong with a document, where, and what was expected; "" when nothing is."""
    if _fast(name).is_valid(document):
        return ""
    errors = Draft202012Validator(_schema(name)).iter_errors(document)
    return _said(next(iter(errors)))


def _said(error: Any) -> str:
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
    return f"{f'{where} is' if where else 'found'} {_shown(error.instance)}, expected {expected}"


def _type(wanted: str | list[str], found: object) -> str:
    names = [wanted] if isinstance(wanted, str) else wanted
    said = " or ".join(_TYPES.get(name, name) for name in names)
    number = isinstance(found, int | float) and not isinstance(found, bool)
    return f'{said}, as in "{found}"' if "string" in names and number else said


def _path(steps: Iterable[str | int]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.lstrip(".")


def _named(instance: Mapping[str, Any]) -> str:
    """Which record it is, when it says so."""
    for key in ("clever_id", "app_id"):
        if key in instance:
            return f" ({key} {_shown(instance[key])})"
    return ""


def _shown(value: object) -> str:
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."

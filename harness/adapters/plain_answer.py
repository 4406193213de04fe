"""Plain answer: whatever an app answered, as a plain JSON document."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from itertools import islice
from typing import Any

import orjson

from harness.adapters.bounded import MOST_ROWS
from harness.errors import AdapterError


def from_json(text: bytes) -> Any:
    """The document that an app wrote; programs on Windows put a byte order mark before it.

    Raises orjson.JSONDecodeError.
    """
    return orjson.loads(text.removeprefix(BOM_UTF8))


def plain(answer: object) -> Any:
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
    except MemoryError:
        raise
    except Exception as error:  # whatever its objects raise when they are looked at
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
        rows = list(islice(value, MOST_ROWS + 1))
        if len(rows) > MOST_ROWS:
            raise TypeError(f"found more than {MOST_ROWS:,} rows in a list")
        return rows
    raise TypeError(f"found a {type(value).__name__}")

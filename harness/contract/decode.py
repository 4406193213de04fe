"""Values of fixed shape from plain documents: the way back from JSON to our dataclasses.

The way there is `orjson.dumps`, which knows dataclasses, enums and dates. Nothing is coerced: a
value of another type, a missing key and an unknown key are a `ShapeError` that names the path.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from harness.contract.former_names import former_names

T = TypeVar("T")
Reader = Callable[[object], Any]


class ShapeError(ValueError):
    """A plain document that does not have the shape asked for."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.path = ""

    def under(self, step: str) -> ShapeError:
        """The same complaint, seen from one level further out."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        self.path = f"{step}{joint}{self.path}"
        return self

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}" if self.path else self.problem


def from_dict(shape: type[T], document: object) -> T:
    """The value of this dataclass that a plain document describes; raises ShapeError."""
    return cast(T, _reader(cast(Any, shape))(document))


@cache
def _reader(hint: Any) -> Reader:
    """What reads a value of this type."""
    if is_dataclass(hint):
        return _dataclass_reader(cast(type, hint))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _enum_reader(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _texts_reader() if arguments[0] is str else _tuple_reader(_reader(arguments[0]))
    if origin in (Mapping, dict):
        return _mapping_reader(_reader(arguments[1]))
    if origin in (Union, types.UnionType):
        return _optional_reader(
            _reader(next(argument for argument in arguments if argument is not type(None)))
        )
    return _read_date if hint is date else _scalar_reader(hint)


def _dataclass_reader(shape: type) -> Reader:
    hints = get_type_hints(shape)
    readers = {field.name: _reader(hints[field.name]) for field in fields(shape)}
    required = {
        field.name
        for field in fields(shape)
        if field.default is MISSING and field.default_factory is MISSING
    }
    former = former_names(shape)
    # Most values are texts where texts belong; they need no reader of their own.
    plain = {field.name: str for field in fields(shape) if hints[field.name] in (str, str | None)}

    def read(document: object) -> object:
        if not isinstance(document, dict):
            if type(document) is shape:  # it was read before
                return document
            raise _wrong(document, "an object")
        values = {}
        try:
            for key, value in document.items():
                if key in former:
                    key = former[key]
                values[key] = value if type(value) is plain.get(key) else readers[key](value)
        except ShapeError as error:
            raise error.under(key) from None
        except KeyError:
            raise ShapeError(f"unknown key {key!r}, expected {', '.join(readers)}") from None
        if not required <= values.keys():
            raise ShapeError(f"lacks {', '.join(sorted(required - values.keys()))}")
        return shape(**values)

    return read


def _tuple_reader(item: Reader) -> Reader:
    def read(document: object) -> object:
        if not isinstance(document, list | tuple):
            raise _wrong(document, "a list")
        values = []
        try:
            for value in document:
                values.append(item(value))
        except ShapeError as error:
            raise error.under(f"[{len(values)}]") from None
        return tuple(values)

    return read


def _texts_reader() -> Reader:
    slowly = _tuple_reader(_reader(str))

    def read(document: object) -> object:
        if isinstance(document, list) and set(map(type, document)) <= {str}:
            return tuple(document)
        return slowly(document)  # says which of them is no text

    return read


def _mapping_reader(item: Reader) -> Reader:
    def read(document: object) -> object:
        if not isinstance(document, Mapping):
            raise _wrong(document, "an object")
        values = {}
        for key, value in document.items():
            try:
                values[key] = item(value)
            except ShapeError as error:
                raise error.under(str(key)) from None
        return values

    return read


def _enum_reader(shape: type[StrEnum]) -> Reader:
    members = {member.value: member for member in shape}

    def read(document: object) -> object:
        if not isinstance(document, str) or document not in members:
            raise _wrong(document, f"one of {', '.join(members)}")
        return members[document]

    return read


def _optional_reader(item: Reader) -> Reader:
    return lambda document: None if document is None else item(document)


def _scalar_reader(shape: type) -> Reader:
    accepted = (int, float) if shape is float else (shape,)
    names = {str: "a string", int: "a whole number", float: "a number", bool: "true or false"}[
        shape
    ]

    def read(document: object) -> object:
        if type(document) not in accepted:
            raise _wrong(document, names)
        return document

    return read


def _read_date(document: object) -> date:
    try:
        return date.fromisoformat(document if isinstance(document, str) else "")
    except ValueError:
        raise _wrong(document, "a date like 2031-03-01") from None


def _wrong(found: object, expected: str) -> ShapeError:
    shown = repr(found)
    return ShapeError(
        f"found {shown if len(shown) < 60 else shown[:57] + '...'}, expected {expected}"
    )

"""Former names: what fields and keys of the contract were called before, and are still read as.

An adapter that still uses one is understood, and its vendor is warned once in a rehearsal.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from typing import TypeVar

T = TypeVar("T")


class FormerNameWarning(FutureWarning):
    """A vendor uses a name that was replaced."""


_ATTRIBUTE = "__former_names__"


def formerly(**names: str) -> Callable[[type[T]], type[T]]:
    """Mark a dataclass whose fields were renamed, as in `formerly(old="new")`.

    Documents that use an old name are still read (`decode`), and so is the old keyword.
    """

    def mark(shape: type[T]) -> type[T]:
        build = shape.__init__

        @wraps(build)
        def accepting(self: T, **values: object) -> None:
            for old in () if names.keys().isdisjoint(values) else names.keys() & values.keys():
                warn(shape.__name__, old, names[old], stacklevel=3)
                values[names[old]] = values.pop(old)
            build(self, **values)

        setattr(shape, "__init__", accepting)  # noqa: B010 - mypy forbids the plain assignment
        setattr(shape, _ATTRIBUTE, names)
        return shape

    return mark


def former_names(shape: type) -> Mapping[str, str]:
    """Old field name → the one that replaces it."""
    names: Mapping[str, str] = getattr(shape, _ATTRIBUTE, {})
    return names


def warn(where: str, old: str, new: str, *, stacklevel: int = 2) -> None:
    """Tell a vendor who still uses an old name what to write instead."""
    message = f"{where}: found `{old}`, which is still read; write `{new}` instead"
    warnings.warn(message, FormerNameWarning, stacklevel=stacklevel)

"""Variables: `$NAME` in a `command:` or `sql:` adapter stands for what the environment holds."""

from __future__ import annotations

import re
from collections.abc import Mapping

from harness.errors import UsageError

_KINDS = ("command:", "sql:")
_VARIABLE = re.compile(r"'[^']*'|\$(?:(?P<plain>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)\})")


def values_in(adapter: str, environment: Mapping[str, str]) -> tuple[str, ...]:
    """What the variables in an adapter's name stand for, as far as they are set."""
    if not adapter.startswith(_KINDS):
        return ()
    names = [match["plain"] or match["braced"] for match in _VARIABLE.finditer(adapter)]
    return tuple(environment[name] for name in names if name and environment.get(name))


def with_environment(adapter: str, environment: Mapping[str, str]) -> str:
    """The adapter's name with its variables filled in, except in single quotes, as in a shell.

    Raises UsageError for a variable that is not set: an empty word would be another command.
    """
    if not adapter.startswith(_KINDS):
        return adapter

    def value(match: re.Match[str]) -> str:
        name = match["plain"] or match["braced"]
        if name is None:
            return match[0]
        if not environment.get(name):
            raise UsageError(
                f"adapter {adapter!r}: the variable {name} is not set",
                hint=f"Set {name} in the environment, or write the command out.",
            )
        return environment[name]

    return _VARIABLE.sub(value, adapter)

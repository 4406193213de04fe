"""The arguments of `serve` where they are plain, read without Typer.

Importing Typer and Pydantic takes as long as building the district. Whatever is not plain (help, a
mistake, a negative number) is left to the command in `serve_command`, which says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

_MAX_PORT = 65535


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text)


def _port(text: str) -> int:
    port = _number(text)
    if port > _MAX_PORT:
        raise ValueError(text)
    return port


_VALUES: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "--port": ("port", _port),
    "--host": ("host", str),
    "--tls": ("tls", Path),
    "--district": ("district", Path),
    "--seed": ("seed", _number),
    "--salt": ("salt", str),
    "--day": ("day", str),
    "--client-id": ("client_id", str),
    "--client-secret": ("client_secret", str),
    "--issuer": ("issuer", str),
}
"""Option → field of ServeOptions, and how its value is read."""
_FLAGS = {
    "--openid": ("openid", True),
    "--no-openid": ("openid", False),
    "--me-role": ("me_names_role", True),
    "--me-user": ("me_names_role", False),
}
_REPEATED = {"--redirect-uri": "redirect_uris"}


def plain_options(arguments: Sequence[str]) -> dict[str, Any] | None:
    """Fields of ServeOptions by their names; None when the arguments are not plain."""
    options: dict[str, Any] = {}
    rest = iter(arguments)
    try:
        for argument in rest:
            name, equals, value = argument.partition("=")
            if argument in _FLAGS:
                field, flag = _FLAGS[argument]
                options[field] = flag
            elif name in _VALUES:
                field, read = _VALUES[name]
                options[field] = read(_plain(value if equals else next(rest, "")))
            else:
                field = _REPEATED[name]
                given = _plain(value if equals else next(rest, ""))
                options[field] = (*options.get(field, ()), given)
    except (ValueError, KeyError):
        return None
    return options


def _plain(value: str) -> str:
    if not value or value.startswith("-"):
        raise ValueError(value)
    return value


def known_options() -> Iterator[str]:
    """Every option that is read here."""
    yield from (*_VALUES, *_FLAGS, *_REPEATED)

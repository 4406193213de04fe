"""Plain arguments of `serve` mean what Typer takes them for; all others are left to it."""

from __future__ import annotations

from typing import Any

import pytest
import typer.main

from harness.cli.serve_arguments import known_options, plain_options
from harness.cli.serve_command import alone
from harness.cli.serving import ServeOptions

COMMAND = getattr(typer.main.get_command(alone), "commands")["serve"]  # noqa: B009
PLAIN = [
    "",
    "--port 0",
    "--port=65535 --host 0.0.0.0",
    "--tls ca --district files --day=midyear",
    "--seed 7 --salt x --seed 8",
    "--redirect-uri http://a/b?c=d --redirect-uri=http://e",
    "--client-id a --client-secret b=c --issuer http://i",
    "--openid",
    "--no-openid --openid --no-openid",
]
NOT_PLAIN = [
    "--help", "--port", "--port x", "--port 65536", "--port -1", "--seed -1", "--sed 1", "midyear",
    "--salt=", "--openid=yes", "--port ٣",
]  # fmt: skip


def _by_typer(arguments: list[str]) -> dict[str, Any]:
    """What Typer gives to the command, under the names of the fields."""
    given: dict[str, Any] = COMMAND.make_context("serve", arguments).params
    uris = given.pop("redirect_uri", None)
    return {**given, "redirect_uris": tuple(uris or ())}


@pytest.mark.parametrize("line", PLAIN)
def test_plain_arguments_mean_what_typer_takes_them_for(line: str) -> None:
    plain = plain_options(line.split())

    assert plain is not None
    defaults = _by_typer([])
    assert {**defaults, **plain} == _by_typer(line.split())


@pytest.mark.parametrize("line", NOT_PLAIN)
def test_everything_else_is_left_to_typer(line: str) -> None:
    assert plain_options(line.split()) is None


def test_both_know_the_same_options_and_defaults() -> None:
    names = {name for param in COMMAND.params for name in (*param.opts, *param.secondary_opts)}
    fields = ServeOptions.__dataclass_fields__

    assert set(known_options()) == names - {"--help"}
    assert {name: fields[name].default for name in _by_typer([])} == _by_typer([])

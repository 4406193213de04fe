"""What reports show of an adapter's name: only what cannot be a credential."""

from __future__ import annotations

import pytest

from harness.adapters.addresses import is_loopback, is_this_machine, refuse_remote
from harness.adapters.spec import confided_in, parse_spec
from harness.cli.variables import values_in, with_environment
from harness.errors import AdapterMisconfigured, UsageError


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("demo", "demo"),
        ("demo:hard-delete", "demo:hard-delete"),
        ("python:satchel.adapter:App?password=hunter2", "python:satchel.adapter:App"),
        ("command:python3 adapter.py", "command:python3 adapter.py"),
        ("command:python3 -m satchel.adapter", "command:python3 -m satchel.adapter"),
        ("command:./run --token=hunter2 hunter2", "command:./run … …"),
        ("command:env TOKEN=hunter2 node adapter.mjs", "command:env … … adapter.mjs"),
        ("command:TOKEN=hunter2", "command:…"),
        ("http://127.0.0.1:9000/rehearsal", "http:http://127.0.0.1:9000/rehearsal"),
        ("http://me:hunter2@127.0.0.1:9000/v1", "http:http://127.0.0.1:9000/v1"),
        ("http://127.0.0.1/x/0f3a9bc2d4e5f607/y", "http:http://127.0.0.1/x/…/y"),
        ("http://[::1]:9000/?hunter2", "http:http://[::1]:9000/"),
    ],
)
def test_a_name_is_shown_without_what_could_be_a_secret(text: str, shown: str) -> None:
    assert parse_spec(text).name == shown


def test_what_is_not_shown_is_taken_out_of_what_the_app_says() -> None:
    assert "hunter-two" in confided_in("http://me:hunter-two@127.0.0.1/", {})
    assert "hunter-two" in confided_in("command:./run --token=hunter-two", {})
    assert "hunter-two" in confided_in("python:a:B?x=hunter-two", {"y": "hunter-three"})
    assert "hunter-three" in confided_in("python:a:B?x=hunter-two", {"y": "hunter-three"})
    assert confided_in("command:python3 adapter.py", {"mode": "full"}) == ()


def test_the_ordinary_words_of_a_command_stay_in_what_the_app_says() -> None:
    assert confided_in("command:npm run rehearsal --silent", {}) == ()
    assert confided_in("command:python3 manage.py students/import", {}) == ()
    assert confided_in("command:app --password correcthorse", {}) == ("correcthorse",)
    assert confided_in("command:app sk-live-0f3a9b", {}) == ("sk-live-0f3a9b",)
    assert values_in("command:app $TOKEN", {"TOKEN": "correcthorse"}) == ("correcthorse",)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_this_machine(host)
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "a..b", "\udc80"])
def test_other_addresses_are_refused(host: str) -> None:
    with pytest.raises(UsageError, match="not this machine") as caught:
        refuse_remote(host, "the adapter")

    assert "--allow-remote" in caught.value.hint


def test_every_interface_is_this_machine_and_can_be_reached_from_others() -> None:
    for host in ("0.0.0.0", ""):
        assert is_this_machine(host)
        assert not is_loopback(host)


@pytest.mark.parametrize(
    ("adapter", "filled_in"),
    [
        ("command:$CMD --now", "command:./run me --now"),
        ("command:${CMD}", "command:./run me"),
        ("command:sh -c 'echo $HERE'", "command:sh -c 'echo $HERE'"),
        ("command:sh -c 'x' $CMD", "command:sh -c 'x' ./run me"),
        ("command:cost $5", "command:cost $5"),
        ("python:a:B?price=$CMD", "python:a:B?price=$CMD"),
    ],
)
def test_variables_are_filled_in_as_a_shell_would(adapter: str, filled_in: str) -> None:
    assert with_environment(adapter, {"CMD": "./run me"}) == filled_in


@pytest.mark.parametrize("environment", [{}, {"CMD": ""}])
def test_a_variable_that_is_not_set_is_named(environment: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="the variable CMD is not set"):
        with_environment("command:$CMD", environment)


def test_a_command_that_cannot_be_taken_apart_is_not_repeated() -> None:
    with pytest.raises(AdapterMisconfigured) as caught:
        parse_spec("command:./run --token='hunter2")

    assert "hunter2" not in caught.value.message

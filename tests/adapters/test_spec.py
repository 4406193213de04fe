"""The one-line name of an adapter is taken apart, or it is said what exists instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.opening import open_adapter
from harness.adapters.spec import AdapterSpec, parse_spec
from harness.errors import UsageError


@pytest.mark.parametrize(
    ("text", "kind", "target", "options"),
    [
        ("demo", "demo", "", {}),
        ("demo:first-page-only", "demo", "first-page-only", {}),
        ("python:a.b:App", "python", "a.b:App", {}),
        ("python:a:App?db=x%20y&level=", "python", "a:App", {"db": "x y", "level": ""}),
        ("command:python app.py --ask why?", "command", "python app.py --ask why?", {}),
        ("http:http://127.0.0.1:9/x", "http", "http://127.0.0.1:9/x", {}),
        ("http://127.0.0.1:9", "http", "http://127.0.0.1:9", {}),
        ("https://app.example.com", "http", "https://app.example.com", {}),
    ],
)
def test_a_name_is_taken_apart(text: str, kind: str, target: str, options: dict[str, str]) -> None:
    assert parse_spec(text) == AdapterSpec(kind=kind, target=target, options=options)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pyton:a:App", 'did you mean "python"'),
        ("./app.py", "there is no kind './app.py'"),
        ("", "there is no kind ''"),
        ("python:", "lacks a target"),
    ],
)
def test_a_name_that_is_none_says_what_exists(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_spec(text)

    assert said in f"{caught.value.message} {caught.value.hint}"
    assert "python:package.module:Class" in caught.value.hint


def test_options_stay_out_of_the_name_that_is_recorded() -> None:
    assert parse_spec("python:a:App?password=x").name == "python:a:App"


def test_only_python_adapters_take_options(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="got the options level"):
        open_adapter("command:true", {"level": "3"}, directory=tmp_path)

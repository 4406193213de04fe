"""The one-line name of an adapter: `kind:target[?key=value&...]`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from harness.errors import UsageError
from harness.prose import did_you_mean

KINDS: Mapping[str, str] = {
    "demo": "demo or demo:NAME, the reference vendor or one of its mutants and variants",
    "python": "python:package.module:Class, a class of yours in this environment",
    "command": "command:PROGRAM, run once per call with JSON on stdin and stdout",
    "http": "http:URL, end points of yours under this base URL",
}

_OPTIONS = re.compile(r"\?(?P<options>[A-Za-z_][\w-]*=[^&]*(?:&[A-Za-z_][\w-]*=[^&]*)*)$")
_URL = re.compile(r"https?://")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdapterSpec:
    """Which adapter is meant, taken apart."""

    kind: str
    target: str
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """`kind:target`; options stay out of it, since they may hold a password."""
        return f"{self.kind}:{self.target}" if self.target else self.kind


def parse_spec(text: str) -> AdapterSpec:
    """Take `kind:target[?key=value&...]` apart; raises UsageError naming what exists."""
    match = _OPTIONS.search(text)
    options = dict(parse_qsl(match["options"], keep_blank_values=True)) if match else {}
    rest = text[: match.start()] if match else text
    # `--adapter http://127.0.0.1:9000` is what people write; the scheme is part of the target.
    kind, _, target = ("http", "", rest) if _URL.match(rest) else rest.partition(":")
    if kind not in KINDS:
        raise UsageError(
            f"adapter {text!r}: there is no kind {kind!r}, expected {', '.join(KINDS)}",
            hint=f"{did_you_mean(kind, KINDS)} An adapter is named as {'; '.join(KINDS.values())}.",
        )
    if not target and kind != "demo":
        raise UsageError(f"adapter {text!r} lacks a target", hint=f"Expected {KINDS[kind]}.")
    return AdapterSpec(kind=kind, target=target, options=options)

"""The one-line name of an adapter: `kind:target[?key=value&...]`."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from harness.errors import AdapterMisconfigured, UsageError
from harness.prose import did_you_mean, joined

KINDS: Mapping[str, str] = {
    "demo": "demo or demo:NAME, the demo app or one of its mutants and variants",
    "python": "python:package.module:Class, a class of yours in this environment",
    "command": "command:PROGRAM, run once per call with JSON on stdin and stdout",
    "http": "http:URL, endpoints of yours under this base URL",
    "sql": "sql:URL, a database, with queries in the configuration",
    "file": "file:PATH, an exported snapshot, compared with one day of a district",
}
SHORTEST_SECRET = 6
"""Shorter words are too common to be taken out of what an app says."""
HIDDEN = "…"
"""What stands for a part of a name that could be a secret."""

_OPTIONS = re.compile(r"\?(?P<options>[A-Za-z_][\w-]*=[^&]*(?:&[A-Za-z_][\w-]*=[^&]*)*)$")
_URL = re.compile(r"https?://")
_PYTHON = re.compile(r"[^\W\d][\w-]*(\.[^\W\d][\w-]*)*(:[\w.]*)?")
_SEGMENT = re.compile(r"[a-z][a-z_-]{0,23}[0-9]{0,2}")
"""A part of a path that is a word or a version, and no token."""
_PROGRAM = re.compile(r"[\w./\\:+-]{1,200}")
_SCRIPT = re.compile(
    r"[\w./\\:+-]{1,200}\.(py|js|mjs|cjs|ts|rb|php|sh|pl|jar|exe|dll|ps1|bat|cmd|lua|ex|exs|go)"
)
_ORDINARY = re.compile(r"-{1,2}[A-Za-z][A-Za-z-]{0,29}|[a-z][a-z_-]{0,15}([./][a-z_-]{1,15}){0,4}")
_MODULE = re.compile(r"[a-z_]\w*(\.[a-z_]\w*)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdapterSpec:
    """Which adapter is meant, taken apart."""

    kind: str
    target: str
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """`kind:target` as messages and reports show it.

        Only what cannot be a credential is in it: options, users, queries and unknown words are
        left out, whatever they look like.
        """
        match self.kind:
            case "http":
                return f"http:{safe_url(self.target)}"
            case "sql":
                return f"sql:{safe_url(self.target)}"
            case "file":
                return f"file:{Path(self.target).name}"
            case "command":
                return f"command:{' '.join(_shown_words(words_of(self.target)))}"
        return f"{self.kind}:{self.target}" if self.target else self.kind


def parse_spec(text: str) -> AdapterSpec:
    """Take `kind:target[?key=value&...]` apart; raises UsageError or AdapterMisconfigured."""
    if any(not (letter.isprintable() or letter == "\t") for letter in text):
        raise UsageError(
            f"adapter {text!r} contains characters that cannot be printed, expected plain text"
        )
    match = None if text.startswith("sql:") else _OPTIONS.search(text)
    options = dict(parse_qsl(match["options"], keep_blank_values=True)) if match else {}
    rest = text[: match.start()] if match else text
    # `--adapter http://127.0.0.1:9000` is what people write; the scheme is part of the target.
    kind, _, target = ("http", "", rest) if _URL.match(rest) else rest.partition(":")
    if kind not in KINDS:
        raise UsageError(
            f"adapter {_without_secrets(rest)!r}: there is no kind {kind!r}",
            hint=f"{did_you_mean(kind, KINDS, otherwise=f'Choose from {joined([*KINDS])}.')} "
            f"An adapter is named as {'; '.join(KINDS.values())}.",
        )
    if not target.strip() and kind != "demo":
        raise UsageError(
            f"adapter {_without_secrets(rest)!r} lacks a target", hint=f"Expected {KINDS[kind]}."
        )
    if kind == "python" and not _PYTHON.fullmatch(target):
        file = " Name the module, not its file." if "/" in target or "\\" in target else ""
        raise UsageError(
            f"adapter {_without_secrets(rest)!r} names no class",
            hint=f"Expected {KINDS[kind]}.{file}",
        )
    if kind == "command":
        words_of(target)
    return AdapterSpec(kind=kind, target=target, options=options)


def _without_secrets(rest: str) -> str:
    """A name that could not be taken apart, up to where a credential could begin."""
    before, at, _ = rest.partition("?")[0].partition("@")
    return f"{before.partition(':')[0]}:{HIDDEN}" if at else before


def confided_in(text: str, options: Mapping[str, str]) -> tuple[str, ...]:
    """Everything in an adapter's name and options that its shown name leaves out.

    Some of it may be a credential that the app repeats in its messages.
    """
    spec = parse_spec(text)
    parts = [*options.values(), *spec.options.values()]
    if spec.kind in ("http", "sql"):
        url = urlsplit(spec.target)
        parts += [url.username or "", url.password or "", url.query]
        parts += [value for _, value in parse_qsl(url.query)]
    if spec.kind == "command":
        hidden = _confided_words(words_of(spec.target))
        parts += [part for word in hidden for part in (word, word.partition("=")[2])]
    return tuple(dict.fromkeys(part for part in parts if len(part) >= SHORTEST_SECRET))


def _confided_words(words: list[str]) -> Iterator[str]:
    """What a command is given that its shown name leaves out, and that is no ordinary word.

    Words such as `rehearse` and `--verbose` are what an app's own messages are made of. What
    follows a flag is its value, and may be a password that looks like one.
    """
    before = ""
    for word, shown in zip(words, _shown_words(words), strict=True):
        if shown == HIDDEN and (before.startswith("-") or not _ORDINARY.fullmatch(word)):
            yield word
        before = word


def words_of(command: str, named: str = f"command:{HIDDEN}") -> list[str]:
    """A command as its words, taken apart as a shell would; raises AdapterMisconfigured."""
    try:
        if os.name == "nt":  # a backslash is part of a path there
            words = [word.strip('"') for word in shlex.split(command, posix=False)]
        else:
            words = shlex.split(command)
    except ValueError as error:
        raise AdapterMisconfigured(
            f"{named} cannot be taken apart: {error}",
            hint="Close every quotation mark, as in a shell.",
        ) from error
    if not words:
        raise AdapterMisconfigured(f"{named} is blank", hint="Expected a program to run.")
    return words


def safe_url(url: str) -> str:
    """A URL with what cannot be a credential: scheme, host, port and plain words of its path."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return HIDDEN
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    words = [w if not w or _SEGMENT.fullmatch(w) else HIDDEN for w in parts.path.split("/")]
    return f"{parts.scheme}://{host}{port}{'/'.join(words)}"


def _shown_words(words: list[str]) -> Iterator[str]:
    """The program, its scripts and modules, and its one-letter flags."""
    before = ""
    for place, word in enumerate(words):
        known = (
            (place == 0 and _PROGRAM.fullmatch(word))
            or _SCRIPT.fullmatch(word)
            or re.fullmatch(r"-[A-Za-z]", word)
            or (before == "-m" and _MODULE.fullmatch(word))
        )
        yield word if known else HIDDEN
        before = word

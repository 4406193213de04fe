"""What people read is said in the field's words: no private vocabulary in texts or messages.

`BANNED` says what to write instead. Inline code, blocks of code and identifiers are left alone:
they are names, and the names that are wrong are renamed in the code.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer.main
import yaml
from distribution import CHECKOUT

from harness.cli.commands import app

pytestmark = pytest.mark.no_cover  # it reads code and runs none

BANNED = {
    r"\b(a|an|the|no|each|every|last|next|first|later|earlier) looks?\b": "snapshot",
    r"\bnobody looked\b": "no snapshot",
    r"\bdeeds?\b": "act",
    r"\bby hand\b": "manual, manually",
    r"\bhand-?made\b": "manual edit",
    r"\bhappenings?\b": "incident",
    r"\bunwell\b|\bwell again\b": "outage, injected fault; recovered",
    r"\btroubles?\b": "fault, outage",
    r"\bstr(ike|ikes|uck|iking)\b": "a fault hits",
    r"\bfarewells?\b": "disconnect",
    r"\btrips?\b(?! over)": "attempt",
    r"\bisolat(e|es|ed|ing|ion)\b": "bisect; culprit",
    r"\bmend(s|ed|ing)?\b": "fix",
    r"\bwhose fault\b": "responsible",
    r"\bclues?\b": "likely cause",
    r"\bpolite(ness)?\b": "traffic statistics",
    r"\bunmanaged\b": "local record",
    r"\bseatings?\b": "enrollment placement",
    r"\bshel(f|ves)\b": "page store",
    r"\baccus(e|es|ed|er|ers|ing)\b": "the finding that explains it",
    r"\bThens\b|\bGivens\b|\bWhens\b": "`Then` steps; assertions, preconditions",
    r"\bbelongs? into\b": "belongs in",
    r"\bcomes? along\b": "bundled",
    r"(?<!there )\bis no (JSON|day|date|port|number|update mode)\b": "is not a …",
    r"\bcould not be drawn\b": "rendered",
    r"\bamiss\b": "wrong",
    r"\boutlasted\b": "survived, retried",
    r"\bwants? (a person|somebody)\b": "needs a person",
    r"\bis called this\b": "unknown …",
    r"\bnobody knows how\b": "unknown …",
    r"\bof no (avail|use)\b": "useless",
    r"\bwherefore\b|\bwhereof\b|\bthereof\b": "plain words",
    r"\bmisdeclared\b": "declared wrongly",
}
"""Pattern → what to write instead."""

_BANNED = re.compile("|".join(f"(?:{pattern})" for pattern in BANNED), re.IGNORECASE)
_KEEPS_CASE = re.compile(r"\b(Thens|Givens|Whens)\b")
_CODE = re.compile(r"```.*?```|`[^`\n]*`|^    .*?$|\]\([^)]*\)", re.DOTALL | re.MULTILINE)
_MARKUP = re.compile(
    r"<style.*?</style>|<script.*?</script>|{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", re.DOTALL
)


def _prose(path: Path) -> Iterator[str]:
    yield _CODE.sub(" ", path.read_text("utf-8"))


def _template(path: Path) -> Iterator[str]:
    yield _MARKUP.sub(" ", path.read_text("utf-8"))


def _yaml_texts(path: Path) -> Iterator[str]:
    """Every text of a document but ids, which have no spaces."""
    yield from _texts_in(yaml.safe_load(path.read_text("utf-8")))


def _texts_in(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _texts_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts_in(value)
    elif isinstance(node, str) and " " in node:
        yield _CODE.sub(" ", node)


def _edge_case(path: Path) -> Iterator[str]:
    document = yaml.safe_load(path.read_text("utf-8"))
    yield from (document["title"], document["why"])


def _names(path: Path) -> Iterator[str]:
    """The names of features, rules and scenarios."""
    for line in path.read_text("utf-8").splitlines():
        if found := re.match(r"\s*(?:Feature|Rule|Scenario|Scenario Outline): (.*)", line):
            yield found[1]


def _messages(path: Path) -> Iterator[str]:
    """The string literals of a module that can be sentences: three words or more, no docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    former = (n.value for n in ast.walk(tree) if isinstance(n, ast.keyword) and n.arg == "formerly")
    bare |= {id(node) for value in former for node in ast.walk(value)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            text = _CODE.sub(" ", node.value)
            if len(text.split()) >= 3 and not text.lstrip().startswith("SELECT"):
                yield text


def _files(pattern: str, *, but: str = " ") -> list[Path]:
    return [path for path in sorted(CHECKOUT.glob(pattern)) if but not in str(path)]


READ_BY_PEOPLE: list[tuple[Callable[[Path], Iterator[str]], list[Path]]] = [
    (_prose, [*_files("*.md"), *_files("docs/**/*.md"), *_files("*/README.md")]),
    (_template, [*_files("reports/templates/**/*.html"), *_files("reports/templates/*.md")]),
    (_yaml_texts, _files("reports/*.yaml")),
    (_edge_case, _files("edge_cases/*.yaml")),
    (_names, _files("features/*.feature")),
    (_messages, _files("harness/**/*.py", but="_bundled")),
]
TEXTS = {
    str(path.relative_to(CHECKOUT)): (reader, path)
    for reader, paths in READ_BY_PEOPLE
    for path in paths
}


def _private_words(text: str) -> list[str]:
    return [
        found[0]
        for found in _BANNED.finditer(text)
        if found[0].casefold() not in ("thens", "givens", "whens") or _KEEPS_CASE.match(found[0])
    ]


def _found_in(name: str) -> list[str]:
    reader, path = TEXTS[name]
    return [word for text in reader(path) for word in _private_words(text)]


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_nobody_has_to_learn_our_words(name: str) -> None:
    assert _found_in(name) == []


def _helps() -> list[tuple[str, str]]:
    """What `--help` says of the program and of each command."""
    group = typer.main.get_command(app)
    commands = {"": group, **getattr(group, "commands", {})}
    return [
        (
            name,
            "\n".join(
                [command.help or "", *(getattr(p, "help", "") or "" for p in command.params)]
            ),
        )
        for name, command in commands.items()
    ]


@pytest.mark.parametrize(("command", "text"), _helps())
def test_help_is_in_plain_english(command: str, text: str) -> None:
    assert _private_words(text) == []


@pytest.mark.parametrize(
    "text",
    ["Before each look.", "Clever is unwell", "Mend these first", "A trouble that did not strike"],
)
def test_private_words_are_found(text: str) -> None:
    assert _private_words(text)


@pytest.mark.parametrize("text", ["Look records up by Clever ID.", "Then a student leaves."])
def test_ordinary_words_are_not(text: str) -> None:
    assert not _private_words(text)

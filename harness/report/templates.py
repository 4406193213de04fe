"""Templates: the environments in which the files of `reports/templates` are filled in.

Whatever a template shows is escaped unless it is `Markup`: for HTML by Jinja, for Markdown by
`markdown_text`, because names, reasons and answers come from a vendor's app.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from functools import cache
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from harness.prose import counted, harmless
from harness.report.glossary import TERMS
from harness.resources import TEMPLATES

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)

_SPECIAL = re.compile(r"[\\`*\[\]<|~$]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|^[#>+=-]")
_NUMBERED = re.compile(r"^\d{1,9}(?=[.)](?:\s|$))")
_CODE = re.compile(r"(`[^`]+`|\[profile\.[a-z_.]+\]|\[\[(?:attestation|waiver)\]\])")
"""What is set apart in a sentence: what stands in backticks, and tables of the configuration."""
_SPACE = re.compile(r"\s+")
# What XML forbids, HTML calls an error and a terminal might obey; what turns the direction of text
# around; lone halves of surrogate pairs.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


@cache
def html() -> Environment:
    """The environment of the HTML report: everything is escaped."""
    environment = _environment(autoescape=True)
    environment.filters |= {"grouped": grouped, "prose": html_prose}
    return environment


@cache
def markdown() -> Environment:
    """The environment of the Markdown files: what would be markup is shown as text."""
    environment = _environment(autoescape=False, finalize=_as_markdown)
    environment.filters |= {
        "grouped": grouped,
        "code": code,
        "prose": markdown_prose,
        "quoted": quoted,
        "plain": plain,
    }
    return environment


def get_ready() -> None:
    """Compile the templates of the reports, which takes longer than to fill them in."""
    for environment, names in ((html(), "html/*.html"), (markdown(), "*.md")):
        for template in TEMPLATES.glob(names):
            environment.get_template(template.relative_to(TEMPLATES).as_posix())


def grouped(
    items: Iterable[Item], key: Callable[[Item], Key] | str
) -> list[tuple[Key, list[Item]]]:
    """Items that share a key (or an attribute of this name), in the order of first appearance."""
    groups: dict[Key, list[Item]] = {}
    for item in items:
        value: Key = getattr(item, key) if isinstance(key, str) else key(item)
        groups.setdefault(value, []).append(item)
    return list(groups.items())


def printable(text: str) -> str:
    """The text with a replacement character for everything no document can hold."""
    return _UNPRINTABLE.sub("\ufffd", text)


def markdown_text(text: str) -> str:
    """Text on one line that no Markdown reader takes for markup; plain prose stays as it is."""
    return str(_escaped(text.strip()))


def quoted(text: str) -> Markup:
    """Text as a Markdown quotation that keeps its lines."""
    lines = (markdown_prose(line) for line in text.strip().splitlines())
    return Markup("\n").join(Markup(f"> {line}".rstrip()) for line in lines)  # noqa: S704


def code(text: str) -> Markup:
    """An id or a command as inline code; backticks in it become apostrophes."""
    plain = _SPACE.sub(" ", harmless(printable(text))).replace("`", "'").replace("|", "¦")
    return Markup(f"`{plain}`")  # noqa: S704 - nothing can end the code early


def plain(text: str) -> Markup:
    """A command in a block of code."""
    return Markup(_SPACE.sub(" ", harmless(printable(text))))  # noqa: S704 - nothing ends the block


def html_prose(text: str) -> Markup:
    """A sentence of ours, in which code is set apart."""
    if "`" not in text and "[" not in text:
        return escape(text)  # a large report has thousands
    outside = Markup("{}").format
    inside = Markup("<code>{}</code>").format
    parts = enumerate(_CODE.split(text))
    return Markup().join(
        inside(part.strip("`")) if place % 2 else outside(part) for place, part in parts
    )


def markdown_prose(text: str) -> Markup:
    """The same for Markdown."""
    parts = enumerate(_CODE.split(text.strip()))
    return Markup().join(
        code(part.strip("`")) if place % 2 else _escaped(part) for place, part in parts
    )


def _escaped(text: str) -> Markup:
    line = _SPACE.sub(" ", harmless(printable(text)))
    line = _SPECIAL.sub(lambda match: f"\\{match[0]}", line)
    return Markup(_NUMBERED.sub(r"\g<0>\\", line))  # noqa: S704 - escaped just now


def _as_markdown(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return markdown_text(value)
    return value


def _environment(
    *, autoescape: bool, finalize: Callable[[object], object] | None = None
) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=autoescape,  # noqa: S701 - off for Markdown only, which `finalize` escapes
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"counted": counted, "terms": TERMS}
    return environment

"""An HTML document taken apart with the standard library's parser, for the tests to ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "br", "link", "img", "hr"}
ENDED_BY = {
    "td": {"td", "th", "tr", "tbody"},
    "th": {"td", "th", "tr", "tbody"},
    "tr": {"tr", "tbody"},
    "thead": {"tbody"},
    "tbody": {"tbody"},
    "li": {"li"},
    "p": {"p", "div", "ol", "ul", "table", "pre", "details"},
}
"""Elements whose end tag can be left out → the start tags that end them. An end tag around them
does, too."""


@dataclass(slots=True)
class Element:
    tag: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    text: str = ""


@dataclass(slots=True)
class Page:
    elements: list[Element] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)
    text: str = ""

    def all(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            one
            for one in self.elements
            if tag in ("*", one.tag)
            and all(one.attributes.get(name) == value for name, value in wanted.items())
        ]

    def ids(self) -> list[str]:
        return [one.attributes["id"] for one in self.elements if "id" in one.attributes]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self._open = Page(), list[Element]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self._open and tag in ENDED_BY.get(self._open[-1].tag, ()):
            self._open.pop()
        given = {name: value or "" for name, value in attrs}
        element = Element(tag, given, tuple(one.tag for one in self._open))
        self.page.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open[-1].tag != tag and self._open[-1].tag in ENDED_BY:
            self._open.pop()
        if not self._open or self._open[-1].tag != tag:
            self.page.unbalanced.append(f"</{tag}> in {[one.tag for one in self._open[-3:]]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data
        if not self._open or self._open[-1].tag not in ("style", "script"):
            self.page.text += data

    def close(self) -> None:
        super().close()
        self.page.unbalanced += [f"<{one.tag}> never closed" for one in self._open]


def read(document: str) -> Page:
    """The page, with whatever is out of balance in it."""
    reader = _Reader()
    reader.feed(document)
    reader.close()
    return reader.page

"""`rosterready docs`: the guides and schemas that are installed with the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from harness.cli.console import OUT
from harness.errors import UsageError
from harness.prose import did_you_mean
from harness.resources import DOCS, GUIDE, SCHEMAS

_SCHEMA = ".schema.json"
_OPENAPI = ".openapi.json"


def show_document(topic: str) -> None:
    """Print a guide or a schema, or what there is when no topic is named; raises UsageError."""
    documents = dict(_documents())
    if not topic:
        width = max(map(len, documents))
        for name, (_, what) in documents.items():
            OUT.print(f"{name:<{width}}  {what}", markup=False, soft_wrap=True)
    elif topic in documents:
        path, _ = documents[topic]
        OUT.out(path.read_text("utf-8"), highlight=False)
    else:
        raise UsageError(
            f"there is no document {topic!r}",
            hint=did_you_mean(topic, documents),
        )


def topics() -> list[str]:
    """What `rosterready docs` can print."""
    return [name for name, _ in _documents()]


def _documents() -> Iterator[tuple[str, tuple[Path, str]]]:
    """Topic → its file, and what it is."""
    yield "guide", (GUIDE, "how to write an adapter: the contract and all settings")
    for path in sorted(DOCS.glob("*.md")):
        title = path.read_text("utf-8").partition("\n")[0].lstrip("# ")
        yield path.stem, (path, title)
    for path in sorted(SCHEMAS.glob(f"*{_SCHEMA}")):
        yield path.name.removesuffix(_SCHEMA), (path, f"schema: {path.name}")
    for path in sorted(SCHEMAS.glob(f"*{_OPENAPI}")):
        yield path.name.removesuffix(_OPENAPI), (path, f"OpenAPI: {path.name}")

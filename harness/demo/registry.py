"""Registry: the apps that are Lantern Reader with one mistake, or built otherwise and rightly.

Each registers itself where it is written, with all there is to say about it:

    @mutant(
        "first-page-only",
        sees="most people have no account",
        mistake="reads the first page of each list and does not follow the `next` link",
        breaks={"R2"},
        cause="first-page-only",
    )
    class FirstPageOnly(DemoAdapter): ...
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

App = TypeVar("App", bound=type[object])
Size = Literal["small", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """An app by its name."""

    name: str
    app: type[object]
    """An adapter whose arguments are all optional."""

    @property
    def target(self) -> str:
        """What comes after `python:` to rehearse it."""
        return f"{self.app.__module__}:{self.app.__qualname__}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant(Registered):
    """An app with one mistake."""

    sees: str
    """What people notice in the app, in a line."""
    mistake: str
    """What it does wrong, in plain words."""
    cause: str
    """The id of the likely cause to be named first; written before the app is rehearsed."""
    breaks: frozenset[str]
    """Exactly the requirements that it does not meet."""
    blocks: frozenset[str]
    """Exactly the requirements that nobody can judge, because the mistake is in the way."""
    size: Size
    """`full` when the mistake shows in large districts only, those with several pages."""
    plays: frozenset[str]
    """The small districts in which the mistake shows that few apps of our matrix play."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant(Registered):
    """A correct app that is built otherwise."""

    what: str
    """What is different, in a line."""


REGISTERED: dict[type[object], Mutant | Variant] = {}
"""Whatever has been imported so far."""


def mutant(
    name: str,
    *,
    sees: str,
    mistake: str,
    breaks: Collection[str],
    cause: str = "",
    blocks: Collection[str] = (),
    size: Size = "small",
    plays: Collection[str] = (),
) -> Callable[[App], App]:
    """Registers an adapter as the app with this mistake."""

    def register(app: App) -> App:
        REGISTERED[app] = Mutant(
            name=name,
            app=app,
            sees=sees,
            mistake=mistake,
            cause=cause,
            breaks=frozenset(breaks),
            blocks=frozenset(blocks),
            size=size,
            plays=frozenset(plays),
        )
        return app

    return register


def variant(name: str, what: str) -> Callable[[App], App]:
    """Registers an adapter as a correct app that is built otherwise."""

    def register(app: App) -> App:
        REGISTERED[app] = Variant(name=name, app=app, what=what)
        return app

    return register


def mutants(package: str = "harness.demo.mutants") -> dict[str, Mutant]:
    """Name → mutant, of all that a package holds; without one, those that are shipped."""
    return {entry.name: entry for entry in _within(package) if isinstance(entry, Mutant)}


def variants(package: str = "harness.demo.variants") -> dict[str, Variant]:
    """Name → variant, of all that a package holds; without one, those that are shipped."""
    return {entry.name: entry for entry in _within(package) if isinstance(entry, Variant)}


def _within(package: str) -> Iterator[Mutant | Variant]:
    folder = getattr(importlib.import_module(package), "__path__", ())
    modules = [package, *(each.name for each in pkgutil.iter_modules(folder, f"{package}."))]
    for module in modules:
        for app in vars(importlib.import_module(module)).values():
            if isinstance(app, type) and app.__module__ == module and app in REGISTERED:
                yield REGISTERED[app]

"""Shell completion: the names that arguments and options can have.

`rosterready --install-completion` installs it, `--show-completion` prints what that would be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Complete = Callable[[str], list[str]]


def one_of(known: Callable[[], Iterable[str]]) -> Complete:
    """Completes one of the names that this gives when it is asked."""

    def complete(incomplete: str) -> list[str]:  # Typer knows the argument by its name
        return [name for name in known() if name.startswith(incomplete)]

    return complete


def edge_cases() -> Iterable[str]:
    """The ID of every edge case."""
    from harness.session import shipped

    return shipped().edge_cases


def selectable() -> Iterable[str]:
    """What `--only` takes, scenarios aside: there are hundreds."""
    from harness.session import shipped

    catalogue = shipped()
    features = sorted(path.stem for path in catalogue.features.glob("*.feature"))
    return (*catalogue.edge_cases, *catalogue.requirements.requirements, *features)


def adapters() -> Iterable[str]:
    """The kinds of adapter, and the demo apps."""
    from importlib import import_module

    from harness.adapters.demo import REGISTRY
    from harness.adapters.spec import KINDS

    registry = import_module(REGISTRY)
    demos = (f"demo:{name}" for name in (*registry.mutants(), *registry.variants()))
    return (*(f"{kind}:" for kind in KINDS if kind != "demo"), "demo", *demos)

"""`demo` and `demo:NAME`: short names for the reference vendor and the relatives it comes with.

The names are looked up at run time, as any `python:` target is: an adapter never knows the demo.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Protocol

from harness.contract.profile import Profile
from harness.errors import UsageError
from harness.prose import did_you_mean

REFERENCE = "harness.demo.adapter:DemoAdapter"
"""The adapter that `demo` without a name stands for."""
REGISTRY = "harness.demo.registry"


class _Registered(Protocol):
    @property
    def target(self) -> str: ...


def alias(name: str) -> str:
    """The `python:` target behind `demo:NAME`; raises UsageError naming what exists."""
    if not name:
        return REFERENCE
    registry = importlib.import_module(REGISTRY)
    known: Mapping[str, _Registered] = {**registry.mutants(), **registry.variants()}
    if name not in known:
        raise UsageError(
            f"adapter demo:{name}: there is no demo of this name; {did_you_mean(name, known)}",
            hint="`rosterready list mutants` and `rosterready list variants` name them all.",
        )
    return known[name].target


def profile_of(name: str) -> Profile:
    """What the vendor of a demo app declares; raises UsageError naming what exists."""
    module, _, adapter = alias(name).partition(":")
    profile: Profile = getattr(importlib.import_module(module), adapter).profile
    return profile

"""`demo` and `demo:NAME`: short names for the reference vendor, its mutants and its variants.

The names are looked up at run time, as any `python:` target is: an adapter never knows the demo.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping

from harness.contract.profile import Profile
from harness.documents import did_you_mean
from harness.errors import UsageError

CATALOGUE = "harness.demo.catalogue"


def alias(name: str) -> str:
    """The `python:` target behind `demo:NAME`; raises UsageError naming what exists."""
    known: Mapping[str, str] = importlib.import_module(CATALOGUE).ALIASES
    if name not in known:
        near = did_you_mean(name, filter(None, known))
        raise UsageError(
            f"adapter demo:{name}: there is no demo of this name; {near}",
            hint="`rosterready list mutants` and `rosterready list variants` name them all.",
        )
    return known[name].removeprefix("python:")


def profile_of(name: str) -> Profile:
    """What the vendor of a demo app declares; raises UsageError naming what exists."""
    module, _, adapter = alias(name).partition(":")
    profile: Profile = getattr(importlib.import_module(module), adapter).profile
    return profile

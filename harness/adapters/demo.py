"""`demo` and `demo:NAME`: short names for the reference vendor, its mutants and its variants.

The names are looked up at run time, as any `python:` target is: an adapter never knows the demo.
"""

from __future__ import annotations

import importlib

from harness.documents import did_you_mean
from harness.errors import UsageError

CATALOGUE = "harness.demo.catalogue"


def alias(name: str) -> str:
    """The `module:class` behind `demo:NAME`; raises UsageError naming what exists."""
    catalogue = importlib.import_module(CATALOGUE)
    if not name:
        return str(catalogue.REFERENCE)
    known = {**catalogue.MUTANTS, **catalogue.VARIANTS}
    if name not in known:
        raise UsageError(
            f"adapter demo:{name}: there is no demo of this name; {did_you_mean(name, known)}",
            hint="`rosterready list mutants` and `rosterready list variants` name them all.",
        )
    return str(known[name].target)

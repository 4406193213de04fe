"""Listing: one way in which Lantern Reader could have been built, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One way in which Lantern Reader could have been built."""

    target: str
    """`module:class` of an adapter whose arguments are all optional."""
    what: str
    """What people would notice, in a line."""
    mistake: str = ""
    """A mutant's mistake in plain words; empty for a variant, which makes none."""
    needs: str = ""
    """What must happen for the mistake to show, if no rehearsal brings it about yet."""


def mutant(target: str, what: str, mistake: str, needs: str = "") -> Listing:
    """A wrong way: `target` is `module:class` in the package of mutants."""
    return Listing(target=f"harness.demo.mutants.{target}", what=what, mistake=mistake, needs=needs)


def variant(target: str, what: str) -> Listing:
    """Another right way: `target` is `module:class` in the package of variants."""
    return Listing(target=f"harness.demo.variants.{target}", what=what)

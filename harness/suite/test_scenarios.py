"""Binds every scenario to judge; collected by `runner`, never by a vendor's pytest."""

from __future__ import annotations

from inspect import signature

from pytest_bdd import scenario

from harness.suite.selection import selection


def _judged() -> None:
    """All of a scenario is in its steps."""


_judged.__signature__ = signature(_judged)  # type: ignore[attr-defined]  # asked for by each one

for number, (feature, name) in enumerate(selection()):
    globals()[f"test_{number}"] = scenario(
        feature.name, name, features_base_dir=str(feature.parent)
    )(_judged)

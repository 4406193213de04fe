"""A likely cause is named rightly of apps of several designs, not of one app's code alone.

That an app has the cause that is written beside it is tested where it is rehearsed.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping

import pytest
from apps import MUTANTS
from composed.causes import CAUSES

from harness.demo.adapter import LanternAdapter

COMPOSED = "composed"
REGISTRY = "harness.demo.registry"
UNKNOWN = "unknown"
"""What fits no pattern is no family: there is no rule that one design could have shaped."""


def design(app: type[object]) -> type[object]:
    """The class whose code an app shares with all others of its design."""
    return LanternAdapter if issubclass(app, LanternAdapter) else app.__mro__[-2]


def family(cause: str) -> str:
    """A cause without what it is about, such as a field."""
    return cause.partition(":")[0]


def designs() -> Mapping[str, set[str]]:
    """Family of causes → the designs of the apps of which it is named first."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for mutant in MUTANTS.values():
        if mutant.cause not in ("", UNKNOWN):
            found[family(mutant.cause)].add(design(mutant.app).__name__)
    for cause in CAUSES.values():
        found[family(cause)].add(COMPOSED)
    return found


def test_causes_are_named_of_apps_that_share_no_code() -> None:
    alone = {family for family, apps in designs().items() if len(apps) == 1}

    assert alone == set(), "an app of another design needs such a mistake, too"


def test_the_apps_are_of_several_designs() -> None:
    every = {name for apps in designs().values() for name in apps}

    assert every == {"LanternAdapter", "Harbor", "Coursebridge", "Trellis", COMPOSED}


@pytest.mark.parametrize("name", ["harbor", "coursebridge", "trellis"])
def test_an_app_of_another_design_uses_no_code_of_the_demo_or_of_others(name: str) -> None:
    """Apart from the registry in which all apps are listed."""
    own = [module for key, module in sys.modules.items() if key.startswith(f"variants.{name}")]
    parts = (part for module in own for part in vars(module).values())
    used = {str(getattr(part, "__module__", "")) for part in parts}
    apps = {key for key in used if key.startswith(("harness.demo.", "variants."))}

    assert {f"variants.{name}", REGISTRY} <= apps
    assert {key for key in apps if not key.startswith(f"variants.{name}")} == {REGISTRY}

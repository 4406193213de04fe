"""Every demo that comes along opens by its name; nothing imports the demo before it is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from harness.adapters.opening import open_adapter
from harness.contract.adapter import Capability
from harness.demo.registry import mutants, variants
from harness.errors import UsageError


def test_the_demo_brings_its_own_profile(tmp_path: Path) -> None:
    with open_adapter("demo", directory=tmp_path) as app:
        assert app.name == "demo"
        assert app.profile is not None
        assert Capability.PROGRESS in app.capabilities


@pytest.mark.parametrize("name", [*mutants(), *variants()])
def test_every_mutant_and_variant_opens(name: str, tmp_path: Path) -> None:
    with open_adapter(f"demo:{name}", directory=tmp_path) as app:
        assert app.name == f"demo:{name}"


def test_an_unknown_name_says_what_exists(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match='did you mean "first-page-only"'):
        open_adapter("demo:first-page", directory=tmp_path)


def test_adapters_do_not_import_the_demo() -> None:
    code = "import sys, harness.adapters.opening; print(*(m for m in sys.modules if 'demo' in m))"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)

    assert found.stdout.split() == ["harness.adapters.demo"]

"""What is built and installed from this checkout: wheels, environments, everything but us."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.report import past_runs
from harness.report.write import FORMATS
from harness.session import RECORDING

CHECKOUT = Path(__file__).resolve().parent.parent
HISTORY = past_runs.FILE
ARTEFACTS = {RECORDING, *(format_.FILE for format_ in FORMATS.values())}


def run(
    *argv: str | Path, cwd: Path, env: Mapping[str, str] | None = None, expect: Sequence[int] = (0,)
) -> subprocess.CompletedProcess[str]:
    """Run a program, with nothing of pytest's in its environment, and see how it ends."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    done = subprocess.run(
        [str(part) for part in argv],
        cwd=cwd,
        env={**clean, **(env or {})},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode in expect, f"{argv}: exit {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def build(kind: str, source: Path, folder: Path) -> Path:
    """The wheel or sdist of a source folder, built without a network."""
    run(
        sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", folder, cwd=source
    )
    (built,) = folder.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return built


def environment(folder: Path) -> Path:
    """A fresh virtual environment in which all our dependencies are, and we are not."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    packages = folder.parent / f"{folder.name}-packages"
    packages.mkdir()
    for installed in Path(sysconfig.get_path("purelib")).iterdir():
        if "rosterready" not in installed.name and installed.suffix != ".pth":
            (packages / installed.name).symlink_to(installed)
    (_site_packages(folder) / "dependencies.pth").write_text(f"{packages}\n")
    return folder


def install(wheel: Path, environment: Path) -> Path:
    """Install a wheel into an environment; where it went."""
    python = environment / "bin" / "python"
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python]
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=environment)
    return _site_packages(environment)


def _site_packages(environment: Path) -> Path:
    (found,) = environment.glob("lib/python*/site-packages")
    return found

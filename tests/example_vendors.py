"""The example vendors: apps that share no code with ours, and one mistake for each of them."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from distribution import CHECKOUT

EXAMPLES = CHECKOUT / "examples"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What a line of an app is replaced by, and what has to come of it."""

    file: str
    lines: Mapping[str, str]
    breaks: str
    """The requirement."""
    cause: str
    """What the likely cause of the report is called."""
    shown_by: tuple[str, ...]
    """What is rehearsed, since it shows the mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """One example, and what has to be installed for it."""

    folder: str
    mistake: Mistake
    programs: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    port: str = ""
    """The port in its configuration; "" when it listens on none."""
    packages: str = ""
    """What of the folder npm installs."""

    def copied(self, to: Path) -> Path:
        """A copy of the example that listens on a free port; skips the test without a runtime."""
        source = EXAMPLES / self.folder
        for program in self.programs:
            if not shutil.which(program):
                pytest.skip(f"not run: no {program} is installed")
        for module in self.modules:
            if not importlib.util.find_spec(module):
                pytest.skip(f"not run: no {module} is installed")
        if self.packages and not (source / self.packages).is_dir():
            pytest.skip(f"not run: no {self.packages}; run npm install in {source}")
        ignored = shutil.ignore_patterns(
            "__pycache__", "node_modules", "*.db", "rosterready-report"
        )
        copy = shutil.copytree(source, to / self.folder, ignore=ignored)
        if self.packages:
            (copy / self.packages).symlink_to(source / self.packages)
        settings = copy / "rosterready.toml"
        text = settings.read_text("utf-8")
        if self.port:
            text = text.replace(self.port, str(_free_port()))
        settings.write_text(text.replace("python3 ", f"{sys.executable} "), "utf-8")
        return copy

    def spoiled(self, copy: Path) -> Path:
        """The same app with its mistake."""
        file = copy / self.mistake.file
        text = file.read_text("utf-8")
        for line, wrong in self.mistake.lines.items():
            assert text.count(line) == 1, line
            text = text.replace(line, wrong)
        file.write_text(text, "utf-8")
        return copy


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


VENDORS = (
    Vendor(
        folder="fastapi-http",
        modules=("fastapi", "uvicorn"),
        port="8310",
        mistake=Mistake(
            file="clever.py",
            lines={
                "limit=1000": "limit=100",
                '            path = next((link["uri"] for link in page["links"] '
                'if link["rel"] == "next"), None)': "            return",
            },
            breaks="R2",
            cause="first-page-only",
            shown_by=("standing",),
        ),
    ),
    Vendor(
        folder="express-http",
        programs=("node",),
        port="8320",
        packages="node_modules",
        mistake=Mistake(
            file="store.mjs",
            lines={"SET archived = 1": "SET archived = archived"},
            breaks="R6",
            cause="keeps-active",
            shown_by=("student-returns",),
        ),
    ),
    Vendor(
        folder="php-command",
        programs=("php",),
        mistake=Mistake(
            file="rollbook.php",
            lines={
                "(($values['schools'] ?? []) ?: [null] as $school)": (
                    "([$values['schools'][0] ?? null] as $school)"
                )
            },
            breaks="G2",
            cause="fixed-number:school",
            shown_by=("schools",),
        ),
    ),
    Vendor(
        folder="django-sql",
        modules=("django", "psycopg", "sqlalchemy", "requests"),
        mistake=Mistake(
            file="library/roster.py",
            lines={', *(record.get("teachers") or [])]': "]"},
            breaks="R9",
            cause="fixed-number:teacher",
            shown_by=("co-teachers",),
        ),
    ),
)

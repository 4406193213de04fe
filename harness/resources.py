"""Where the data folders are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_bundled"  # exists in a wheel only
_ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent

FEATURES = _ROOT / "features"
EDGE_CASES = _ROOT / "edge_cases"
REPORTS = _ROOT / "reports"
DOCS = _ROOT / "docs"
GUIDE = _ROOT / "examples" / "README.md"
SCHEMAS = REPORTS / "schemas"
TEMPLATES = REPORTS / "templates"
SUITE = _PACKAGE / "suite"

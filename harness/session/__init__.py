"""One whole run: plan → replay → judge → assess. Writing and exit codes are the caller's.

Each part is loaded when it is asked for: whoever mistypes an option need not wait for pytest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.session.catalogue import Catalogue, shipped
    from harness.session.comparing import ComparedRun, compared, read_run
    from harness.session.exported import prepare_export, record_export
    from harness.session.files import RECORDING, interrupted, load_recording, rescued
    from harness.session.getting_ready import get_ready
    from harness.session.recording import record
    from harness.session.rehearsal import Circumstances, Rehearsal, checked_mode, prepare
    from harness.session.verdict import app_time, judge_recording, search_time

__all__ = [
    "RECORDING",
    "Catalogue",
    "Circumstances",
    "ComparedRun",
    "Rehearsal",
    "app_time",
    "checked_mode",
    "compared",
    "get_ready",
    "interrupted",
    "judge_recording",
    "load_recording",
    "prepare",
    "prepare_export",
    "read_run",
    "record",
    "record_export",
    "rescued",
    "search_time",
    "shipped",
]

_MODULES = {
    "Catalogue": "catalogue",
    "shipped": "catalogue",
    "ComparedRun": "comparing",
    "compared": "comparing",
    "read_run": "comparing",
    "prepare_export": "exported",
    "record_export": "exported",
    "RECORDING": "files",
    "interrupted": "files",
    "load_recording": "files",
    "rescued": "files",
    "get_ready": "getting_ready",
    "record": "recording",
    "Circumstances": "rehearsal",
    "Rehearsal": "rehearsal",
    "checked_mode": "rehearsal",
    "prepare": "rehearsal",
    "app_time": "verdict",
    "judge_recording": "verdict",
    "search_time": "verdict",
}
"""In which module of this package each name is; never one of the same name, which would hide it."""

if not TYPE_CHECKING:  # a type checker would take every name of this module for granted

    def __getattr__(name: str) -> object:
        """What this package offers, from the module that has it."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)

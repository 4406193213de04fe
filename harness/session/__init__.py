"""One whole run: plan → replay → judge → assess. Writing and exit codes are the caller's."""

from harness.session.catalogue import Catalogue, shipped
from harness.session.compared import ComparedRun, compared, read_run
from harness.session.exported import prepare_export, record_export
from harness.session.files import RECORDING, interrupted, load_recording, rescued
from harness.session.plan_hash import plan_hash
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
    "interrupted",
    "judge_recording",
    "load_recording",
    "plan_hash",
    "prepare",
    "prepare_export",
    "read_run",
    "record",
    "record_export",
    "rescued",
    "search_time",
    "shipped",
]

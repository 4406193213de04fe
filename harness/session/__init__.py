"""One whole run: plan → replay → judge → assess. Writing and exit codes are the caller's."""

from harness.session.catalogue import Catalogue, shipped
from harness.session.files import RECORDING, interrupted, load_recording, rescued
from harness.session.plan_hash import plan_hash
from harness.session.recording import record
from harness.session.rehearsal import Circumstances, Rehearsal, checked_mode, prepare
from harness.session.verdict import app_time, judge_recording, search_time

__all__ = [
    "RECORDING",
    "Catalogue",
    "Circumstances",
    "Rehearsal",
    "app_time",
    "checked_mode",
    "interrupted",
    "judge_recording",
    "load_recording",
    "plan_hash",
    "prepare",
    "record",
    "rescued",
    "search_time",
    "shipped",
]

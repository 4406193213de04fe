"""Verdict: the results of a recording, and what the app took of its time."""

from __future__ import annotations

from itertools import pairwise

from harness import __version__
from harness.assess.assess import assess
from harness.assess.recording_index import RecordingIndex
from harness.assess.results import Results
from harness.plan.plan import Plan
from harness.recording.recording import BisectResult, LoggedRequest, Recording, Synced
from harness.recording.renaming import in_todays_words
from harness.session.catalogue import Catalogue, shipped
from harness.session.plan_hash import plan_hash
from harness.suite.runner import judge, without_garbage_collection


@without_garbage_collection()
def judge_recording(
    recording: Recording, catalogue: Catalogue | None = None, *, with_histories: bool = True
) -> Results:
    """The results of a recording: no vendor, no network, no clock.

    Histories of records are for reports, and can be left out where none is written.
    """
    catalogue = catalogue or shipped()
    recording = in_todays_words(recording, catalogue.formerly)
    recorded = recording.header.plan
    plan = catalogue.plan(recorded.selected, recording.header.mode, recorded.archiving)
    index = RecordingIndex(recording)
    return assess(
        index,
        plan,
        judge(index, plan, catalogue.features),
        requirements=catalogue.requirements,
        questions=catalogue.questions,
        edge_cases=catalogue.edge_cases,
        asked=catalogue.plan(mode=recording.header.mode).scenarios if plan.selected else (),
        notes=_notes(recording, plan, catalogue),
        with_histories=with_histories,
    )


def _notes(recording: Recording, plan: Plan, catalogue: Catalogue) -> list[str]:
    header, notes = recording.header, []
    if plan_hash(plan) != header.plan_hash:
        notes.append(
            "The scenarios have changed since this was recorded; what they need beyond the "
            "recording is not run."
        )
    if catalogue.requirements.name != header.requirement_set:
        notes.append(
            f"Judged by the requirements of {catalogue.requirements.name}, recorded under "
            f"{header.requirement_set}."
        )
    if header.rosterready != __version__:
        notes.append(f"Recorded by rosterready {header.rosterready}, judged by {__version__}.")
    return notes


def search_time(recording: Recording) -> float:
    """How long was searched for culprits, in seconds; no part of the year."""
    return sum(entry.seconds for entry in recording.entries if isinstance(entry, BisectResult))


def app_time(recording: Recording, other_calls: float) -> str:
    """How much of the year the app took for its syncs, waits and all else it is asked, in words."""
    syncs = sum(entry.seconds for entry in recording.entries if isinstance(entry, Synced))
    asked = [e for e in recording.entries if isinstance(e, LoggedRequest) and e.during == "sync"]
    waited = sum(
        max(0.0, after.started - before.started - before.seconds)
        for before, after in pairwise(asked)
        if before.fault and (before.district, before.day) == (after.district, after.day)
    )
    return (
        f"the app's syncs {syncs:.1f} s, of which it waited after faults {waited:.1f} s; its "
        f"snapshots and other calls {other_calls:.1f} s"
    )

"""Rehearsals of the demo vendor for tests: each is played once, by whichever worker is first."""

from __future__ import annotations

import gc
import os
import pickle
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import in_process
from apps import MUTANTS, adapter_of, app_of, mode_of, size_of, waiting_profile
from assess.refuted_answers import refuted
from coverage import Coverage
from sharing import once

from harness import session
from harness.assess.check_result import Outcome
from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import Results
from harness.config.config import Config
from harness.contract.clock import SkippableClock
from harness.contract.profile import Profile
from harness.contract.sync import Mode
from harness.demo.adapter import LanternAdapter
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS, Size
from harness.plan.calendar import Calendar
from harness.plan.plan import Plan
from harness.recording.recording import BisectResult, Recording
from harness.resources import FEATURES
from harness.session import Catalogue, Circumstances, Rehearsal

RESULTS = "results.pickle"
RUN_DATE = datetime.now(UTC).date()
"""As for a user: some apps look at the clock, and term dates hang on the run date."""

IN_REAL_TIME = frozenset({"loses-patience"})
"""Apps that give up on slow answers, which their HTTP client measures by no clock of ours."""

OVER_SOCKETS = IN_REAL_TIME | {"demo", "hard-delete", "archives-what-it-could-not-read"}
"""Apps that are rehearsed over real connections, as a vendor's are; all others in process.

None of them is about pauses: on a busy machine a real answer takes as long as a short pause.
"""


def circumstances(salt: str = "tests", run_date: date = RUN_DATE) -> Circumstances:
    return Circumstances(run_date=run_date, salt=salt, now=time.time, timer=time.monotonic)


SELDOM_PLAYED: Mapping[str, tuple[str, ...]] = {
    "lists-fail": ("lists.feature",),
    "odd-values": ("odd-values.feature",),
    "comings-and-goings": ("comings-and-goings.feature", "doubtful-accounts.feature"),
    "old-data": ("old-data.feature",),
    "full-sync-on-demand": ("full-sync.feature",),
    "killed-midway": ("killed.feature",),
}
"""Small district → the features about it.

What an app does in these hangs on few of its mistakes, so the mutants that have none of those leave
them out. Every app plays them all with ROSTERREADY_WHOLE_YEAR=1.
"""


def year_without(districts: Iterable[str]) -> Catalogue:
    """The catalogue without some of these districts."""
    left_out = sorted(file for name in districts for file in SELDOM_PLAYED[name])

    def fill(folder: Path) -> None:
        for file in FEATURES.iterdir():
            if file.name not in left_out:
                (folder / file.name).symlink_to(file)

    return Catalogue(features=once("-".join(["features-without", *left_out]), fill))


class Repeated(Rehearsal):
    """A rehearsal whose calendar is computed once for all apps, since it hangs on none."""

    def calendar(self, plan: Plan, salt: str, size: Size) -> Calendar:
        if plan is not self.plan:  # a part of the year, played again to isolate a breakdown
            return super().calendar(plan, salt, size)
        days, run_date = (*plan.days, plan.archiving), self.circumstances.run_date
        key = days, plan.selected, self.mode, self.seed, run_date, salt, size
        if key not in CALENDARS:
            CALENDARS[key] = super().calendar(plan, salt, size)
        return CALENDARS[key]


CALENDARS: dict[tuple[object, ...], Calendar] = {}
CATALOGUE = session.shipped()
FAULTS = frozenset({"G1", *(f"T{number}" for number in range(1, 8))})
"""The requirements about what an app does when Clever does not answer well."""


_year_without = cache(year_without)


def catalogue_of(name: str) -> Catalogue:
    """What an app is rehearsed and judged by."""
    mutant = MUTANTS.get(name)
    if mutant is None or os.environ.get("ROSTERREADY_WHOLE_YEAR"):
        return CATALOGUE
    plays = set(mutant.plays)
    if FAULTS & (mutant.breaks | mutant.blocks):
        plays.add("lists-fail")
    return _year_without(frozenset(SELDOM_PLAYED.keys() - plays))


def year_of(name: str) -> tuple[str, ...]:
    """What tells the year of an app from that of another: its mode, waiting, size and districts."""
    profile = waiting_profile(name)
    return (
        mode_of(name),
        str(profile and profile.archiving),
        str(size_of(name)),
        catalogue_of(name).features.name,
    )


RECENT: dict[str, Recording] = {}
"""The recordings looked at last: one takes some 20 MB, and there are hundreds of apps."""


def recorded(name: str) -> Recording:
    """The recording of one app's whole year, as it is in its file."""
    folder = _folder_of(name)
    return RECENT.get(name) or _remembered(name, session.load_recording(folder))


def _remembered(name: str, recording: Recording) -> Recording:
    RECENT[name] = recording
    for oldest in list(RECENT)[:-4]:
        del RECENT[oldest]
    return recording


@cache
def rehearsed(name: str) -> Results:
    """The results of one app's whole year, judged before they were in a file."""
    results = _kept(name)[0]
    assert isinstance(results, Results)
    return results


@cache
def isolated(name: str) -> tuple[BisectResult, ...]:
    """What was found behind the breakdowns of that year."""
    return tuple(_kept(name)[1])


@cache
def refuted_answers(name: str) -> tuple[str, ...]:
    """The claims of its drafts that the recording of that year refutes."""
    return tuple(_kept(name)[2])


def _kept(name: str) -> tuple[Results, tuple[BisectResult, ...], tuple[str, ...]]:
    kept: tuple[Results, tuple[BisectResult, ...], tuple[str, ...]] = pickle.loads(
        (_folder_of(name) / RESULTS).read_bytes()
    )
    return kept


def _folder_of(name: str) -> Path:
    """The folder with the recording and the results of one app."""

    def fill(folder: Path) -> None:
        recording = _remembered(name, play(name, folder))
        found = tuple(entry for entry in recording.entries if isinstance(entry, BisectResult))
        results = session.judge_recording(recording, catalogue_of(name), with_histories=False)
        denied = tuple(refuted(recording, results))
        (folder / RESULTS).write_bytes(pickle.dumps((results, found, denied)))
        gc.collect()  # pytest's own objects know each other and the recording: 80 MB an app

    return once(name, fill)


def play(name: str, folder: Path, moment: Circumstances | None = None) -> Recording:
    """Has one app play the year and records it in a folder."""
    return rehearse(
        adapter_of(name),
        folder,
        moment,
        mode=mode_of(name),
        size=size_of(name),
        in_real_time=name in IN_REAL_TIME,
        catalogue=catalogue_of(name),
        over_sockets=name in OVER_SOCKETS or not issubclass(app_of(name), LanternAdapter),
        profile=waiting_profile(name),
    )


def rehearse(
    adapter: str,
    folder: Path,
    moment: Circumstances | None = None,
    *,
    only: Sequence[str] = (),
    mode: Mode | None = None,
    size: Size = FIVE_SMALL_SCHOOLS,
    in_real_time: bool = False,
    catalogue: Catalogue = CATALOGUE,
    over_sockets: bool = True,
    profile: Profile | None = None,
    pace: float = 0,
) -> Recording:
    """Has any adapter play a year of small schools; simulated faults are skipped, not sat out."""
    config = replace(Config.default(Path.cwd()).with_adapter(adapter), profile=profile, pace=pace)
    moment = moment or circumstances()
    if not in_real_time:
        clock = SkippableClock(folder / "clock")
        transport = {} if over_sockets else {"transport": in_process.TRANSPORT}
        config = replace(config, options={"clock": str(folder / "clock"), **transport})
        moment = skipping(moment, clock)
    rehearsal = session.prepare(
        config, moment, only=only, mode=mode, catalogue=catalogue, size=size
    )
    repeated = Repeated(
        **{field.name: getattr(rehearsal, field.name) for field in fields(rehearsal)}
    )
    with unmeasured():
        return session.record(repeated, folder, serve=in_process.serve)


@contextmanager
def unmeasured() -> Iterator[None]:
    """Coverage is not measured here: that an app's year can be played is asked elsewhere."""
    measuring = Coverage.current()
    if measuring:
        measuring.stop()
    try:
        yield
    finally:
        if measuring:
            measuring.start()


def skipping(moment: Circumstances, clock: SkippableClock) -> Circumstances:
    """The same circumstances, in which simulated faults are skipped and not sat out."""
    return replace(
        moment,
        now=lambda: moment.now() + clock.skipped,
        timer=lambda: moment.timer() + clock.skipped,
        skip=clock.skip,
    )


def in_state(results: Results, *states: RequirementState) -> set[str]:
    """The ids of the requirements in one of these states."""
    return {row.id for row in results.requirements if row.state in states}


def with_outcome(results: Results, *outcomes: Outcome) -> set[str]:
    """The ids of the checks with one of these outcomes."""
    return {check.id for check in results.checks if check.outcome in outcomes}

"""One whole run: plan → replay → judge → assess. Writing and exit codes are the caller's."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import orjson

from harness import __version__
from harness.adapters.loaded import LoadedAdapter
from harness.adapters.opening import known_profile, open_adapter
from harness.assess.assess import assess
from harness.assess.results import Results
from harness.catalogue.anti_patterns import AntiPattern, load_anti_patterns
from harness.catalogue.edge_cases import EdgeCase, load_edge_cases
from harness.catalogue.questions import Question, load_questions
from harness.catalogue.requirements import RequirementSet, load_requirements
from harness.config.config import Config
from harness.contract.profile import Profile
from harness.contract.sync import Mode
from harness.district.population.sizes import FIVE_SCHOOLS, Size
from harness.errors import UsageError
from harness.plan.calendar import Calendar, build_calendar
from harness.plan.compile import compile_plan
from harness.plan.formerly import Formerly, load_formerly
from harness.plan.plan import Plan
from harness.recording.reader import read
from harness.recording.recording import Header, Recording, Request, Synced
from harness.recording.redaction import Secrets
from harness.recording.renaming import in_todays_words
from harness.recording.writer import Writer
from harness.replay.attempts import YearAttempts
from harness.replay.progress import Progress, Silence
from harness.replay.simulated_clever import credentials, serve
from harness.resources import EDGE_CASES, FEATURES, REPORTS
from harness.simulator.access.clients import Client
from harness.suite.runner import judge

RECORDING = "recording.json.gz"


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything a rehearsal is judged by: features, edge cases, requirements, questions."""

    features: Path = FEATURES
    edge_cases_folder: Path = EDGE_CASES
    reports: Path = REPORTS

    @cached_property
    def edge_cases(self) -> Mapping[str, EdgeCase]:
        return load_edge_cases(self.edge_cases_folder)

    @cached_property
    def formerly(self) -> Formerly:
        return load_formerly(self.features)

    @cached_property
    def requirements(self) -> RequirementSet:
        return load_requirements(self.reports / "requirements.yaml")

    @cached_property
    def questions(self) -> Sequence[Question]:
        return load_questions(self.reports / "questions.yaml")

    @cached_property
    def anti_patterns(self) -> Mapping[str, AntiPattern]:
        return load_anti_patterns(self.reports / "anti-patterns.yaml")

    def plan(self, only: Sequence[str] = (), mode: Mode = Mode.FULL) -> Plan:
        """The compiled plan of one update mode; raises PlanError or UsageError."""
        return compile_plan(self.features, self.edge_cases, only=only, mode=mode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What makes one rehearsal differ from the next: chosen once, recorded, never drawn again."""

    run_date: date
    salt: str
    now: Callable[[], float]
    """Protocol time, Unix seconds."""
    timer: Callable[[], float]
    """Seconds since any moment."""
    skip: Callable[[float], None] | None = None
    """Lets time on both be over that the simulated Clever would wait; None: it waits."""
    seed: int | None = None
    """None: the configuration's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A rehearsal that is ready to run: everything was read, nothing was asked of the app."""

    config: Config
    plan: Plan
    catalogue: Catalogue
    mode: Mode
    circumstances: Circumstances = field(repr=False)
    size: Size = FIVE_SCHOOLS
    """How large the common district is."""

    @property
    def seed(self) -> int:
        drawn = self.circumstances.seed
        return self.config.seed if drawn is None else drawn

    def calendar(self, plan: Plan, salt: str, size: Size) -> Calendar:
        """What Clever shares when this plan is played under this salt."""
        return build_calendar(
            plan,
            self.catalogue.edge_cases,
            seed=self.seed,
            salt=salt,
            run_date=self.circumstances.run_date,
            size=size,
        )


def prepare(
    config: Config,
    circumstances: Circumstances,
    *,
    only: Sequence[str] = (),
    mode: Mode | None = None,
    catalogue: Catalogue | None = None,
    size: Size = FIVE_SCHOOLS,
) -> Rehearsal:
    """Read and compile everything; raises what is wrong before the app is touched."""
    catalogue = catalogue or Catalogue()
    chosen = mode or _declared_mode(config)
    if chosen is Mode.LOGIN:
        raise UsageError(
            f"the update mode `{chosen}` is not rehearsed yet, expected `full` or `events`",
            hint="Rehearse with --mode full: Clever expects every app to be able to sync fully.",
        )
    return Rehearsal(
        config=config,
        plan=catalogue.plan(only, chosen),
        catalogue=catalogue,
        mode=chosen,
        circumstances=circumstances,
        size=size,
    )


def _declared_mode(config: Config) -> Mode:
    """The mode to rehearse: events for an app that declares them, else what it declares first."""
    profile = config.profile or known_profile(config.adapter)
    declared = profile.modes if profile else (Mode.FULL,)
    return Mode.EVENTS if Mode.EVENTS in declared else declared[0]


def record(rehearsal: Rehearsal, folder: Path, progress: Progress | None = None) -> Recording:
    """Play the year to the configured app and record it in a folder.

    Raises AdapterError when the app cannot be driven at all, SimulatorError, OutputError; after a
    KeyboardInterrupt the file holds what was gathered.
    """
    config, moment = rehearsal.config, rehearsal.circumstances
    # Whatever is wrong with the calendar shows before the app is touched.
    calendar = rehearsal.calendar(rehearsal.plan, moment.salt, rehearsal.size)
    client = credentials(
        moment.salt,
        client_id=config.simulator.client_id,
        client_secret=config.simulator.client_secret,
    )
    endpoint = config.simulator
    with (
        open_adapter(
            config.adapter, config.options, directory=config.directory, timeouts=config.timeouts
        ) as adapter,
        serve(
            client,
            now=moment.now,
            timer=moment.timer,
            skip=moment.skip,
            host=endpoint.host,
            port=endpoint.port,
        ) as clever,
        Writer(folder / RECORDING, _header(rehearsal, adapter), secrets=_secrets(client)) as writer,
    ):
        trips = YearAttempts(
            adapter=adapter,
            clever=clever,
            writer=writer,
            calendars=rehearsal.calendar,
            salt=moment.salt,
            mode=rehearsal.mode,
            timer=moment.timer,
            progress=progress or Silence(),
            size=rehearsal.size,
        )
        return trips.play(rehearsal.plan, calendar)


def app_time(recording: Recording) -> str:
    """How much of the year were the app's own syncs, and how much of those it waited, in words."""
    syncs = sum(entry.seconds for entry in recording.entries if isinstance(entry, Synced))
    asked = [e for e in recording.entries if isinstance(e, Request) and e.during == "sync"]
    waited = sum(
        max(0.0, after.started - before.started - before.seconds)
        for before, after in pairwise(asked)
        if before.fault and (before.district, before.day) == (after.district, after.day)
    )
    return f"the app's syncs {syncs:.1f} s, of which it waited out trouble {waited:.1f} s"


def judge_recording(recording: Recording, catalogue: Catalogue | None = None) -> Results:
    """The results of a recording: no vendor, no network, no clock."""
    catalogue = catalogue or Catalogue()
    recording = in_todays_words(recording, catalogue.formerly)
    plan = catalogue.plan(recording.header.plan.selected, recording.header.mode)
    return assess(
        recording,
        plan,
        judge(recording, plan, catalogue.features),
        requirements=catalogue.requirements,
        questions=catalogue.questions,
        edge_cases=catalogue.edge_cases,
        notes=_notes(recording, plan, catalogue),
    )


def load_recording(path: Path) -> Recording:
    """A recording by its file or by the folder of a rehearsal; raises RecordingError."""
    return read(path / RECORDING if path.is_dir() else path)


def interrupted(folder: Path) -> Recording | None:
    """What was gathered before an interruption, if anything was."""
    with suppress(Exception):
        return load_recording(folder)
    return None


def _notes(recording: Recording, plan: Plan, catalogue: Catalogue) -> list[str]:
    header, notes = recording.header, []
    if plan_hash(plan) != header.plan_hash:
        notes.append(
            "The scenarios are not those this was recorded for; what they demand beyond the "
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


def plan_hash(plan: Plan) -> str:
    """A short hash over everything a plan demands."""
    return hashlib.sha256(orjson.dumps(plan, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def _header(rehearsal: Rehearsal, adapter: LoadedAdapter) -> Header:
    config, moment = rehearsal.config, rehearsal.circumstances
    return Header(
        rosterready=__version__,
        adapter=config.adapter,
        run_date=moment.run_date.isoformat(),
        seed=rehearsal.seed,
        salt=moment.salt,
        mode=rehearsal.mode,
        plan=rehearsal.plan,
        plan_hash=plan_hash(rehearsal.plan),
        requirement_set=rehearsal.catalogue.requirements.name,
        profile=config.profile or adapter.profile or Profile(),
        capabilities=tuple(sorted(adapter.capabilities)),
        waivers=config.waivers,
        attestations=config.attestations,
    )


def _secrets(client: Client) -> Secrets:
    return Secrets([client.secret], client_id=client.id)

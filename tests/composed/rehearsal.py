"""Rehearsals of composed apps: few edge cases, a tiny district, and no waiting."""

from __future__ import annotations

import tempfile
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

from composed.policies import Policies
from rehearsing import CATALOGUE, Repeated, circumstances, unmeasured

from harness import session
from harness.assess.results import Results
from harness.config.config import Config
from harness.contract.clock import SkippableClock
from harness.contract.sync import Mode
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.plan.calendar import Calendar, build_calendar
from harness.plan.plan import Plan
from harness.recording.recording import Recording

SALT = "composed"
SEED = Config.default(Path()).seed
ONLY = (
    "standing",
    "faults",
    "administrator-role-lost",
    "co-teacher-joins",
    "contact-of-two-children",
    "contact-returns",
    "course-returns",
    "district-administrator",
    "email-changes",
    "email-missing",
    "email-removed",
    "equal-numbers",
    "first-role-goes",
    "four-teachers-share-a-class",
    "last-user-of-the-list",
    "name-changes",
    "relationship-changes",
    "same-name",
    "section-returns",
    "section-reused",
    "spaces-around-names",
    "staff-in-several-schools",
    "student-adds-and-drops-class",
    "student-changes-class",
    "student-in-three-schools",
    "student-returns",
    "student-without-classes",
    "swapped-addresses",
    "teacher-and-administrator",
    "teacher-returns",
    "term-returns",
    "three-roles-in-one-user",
    "class-names-unshared-student",
)
"""What is rehearsed: what holds for everyone, the faults, and a telling edge case a policy."""


def plan() -> Plan:
    """The plan of every composed rehearsal."""
    return CATALOGUE.plan(ONLY, Mode.FULL)


@cache
def calendar() -> Calendar:
    """What the districts share on its days."""
    return build_calendar(
        plan(),
        CATALOGUE.edge_cases,
        seed=SEED,
        salt=SALT,
        run_date=circumstances().run_date,
        size=FIVE_SMALL_SCHOOLS,
    )


def rehearsed(policies: Policies, seed: int = SEED) -> tuple[Recording, Results]:
    """The recording of an app, and how it is judged."""
    with tempfile.TemporaryDirectory(prefix="composed-") as name:
        folder = Path(name)
        clock = SkippableClock(folder / "clock")
        config = replace(
            Config.default(Path.cwd()).with_adapter("python:composed.adapter:ComposedAdapter"),
            options={"policies": str(policies), "clock": str(folder / "clock")},
            seed=seed,
        )
        moment = replace(circumstances(SALT), now=clock.now, timer=clock.timer, skip=clock.skip)
        rehearsal = session.prepare(
            config, moment, only=ONLY, mode=Mode.FULL, catalogue=CATALOGUE, size=FIVE_SMALL_SCHOOLS
        )
        repeated = Repeated(**{f.name: getattr(rehearsal, f.name) for f in fields(rehearsal)})
        with unmeasured():
            recording = session.record(repeated, folder)
    return recording, session.judge_recording(recording, CATALOGUE, with_histories=False)

"""Rehearsal: one that is ready to run, and what makes it differ from the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from harness.adapters.addresses import ALLOW, is_loopback
from harness.adapters.opening import known_profile
from harness.config.config import Config
from harness.contract.profile import Profile
from harness.contract.sync import Mode
from harness.district.population.sizes import FIVE_SCHOOLS, Size
from harness.errors import UsageError
from harness.plan.calendar import Calendar, build_calendar
from harness.plan.plan import Plan
from harness.session.catalogue import Catalogue, shipped
from harness.session.names import refuse_unknown_names


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

    @property
    def profile(self) -> Profile | None:
        """What is declared of the app, as far as that is known before it is asked."""
        return self.config.profile or known_profile(self.config.adapter)

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
    catalogue = catalogue or shipped()
    chosen = checked_mode(config, mode, catalogue)
    profile = config.profile or known_profile(config.adapter)
    return Rehearsal(
        config=config,
        plan=catalogue.plan(only, chosen, profile.archiving if profile else None),
        catalogue=catalogue,
        mode=chosen,
        circumstances=circumstances,
        size=size,
    )


def checked_mode(config: Config, mode: Mode | None, catalogue: Catalogue) -> Mode:
    """The update mode to rehearse, once all that the configuration names was found to exist.

    Raises DocumentError or UsageError.
    """
    refuse_unknown_names(config, catalogue)
    if not (config.allow_remote or is_loopback(config.simulator.host)):
        raise UsageError(
            f"[simulator] host: {config.simulator.host!r} is not an address of this machine alone",
            hint=f"A rehearsal stays on this machine. Allow other ones with {ALLOW}.",
        )
    chosen = mode or _declared_mode(config)
    if chosen is Mode.LOGIN:
        raise UsageError(
            f"the update mode `{chosen}` is not rehearsed yet, expected `full` or `events`",
            hint="Rehearse with --mode full: Clever expects every app to be able to sync fully.",
        )
    return chosen


def _declared_mode(config: Config) -> Mode:
    """The mode to rehearse: events for an app that declares them, else what it declares first."""
    profile = config.profile or known_profile(config.adapter)
    declared = profile.modes if profile else (Mode.FULL,)
    return Mode.EVENTS if Mode.EVENTS in declared else declared[0]

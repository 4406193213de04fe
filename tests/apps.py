"""The apps that are rehearsed here: the demo, and every mutant and variant of it, by name.

A few are shipped, in `harness.demo`; all others are in the folders `mutants` and `variants`.
"""

from __future__ import annotations

from harness.contract.profile import Profile
from harness.contract.sync import Mode
from harness.demo.adapter import DemoAdapter, LanternAdapter
from harness.demo.registry import Mutant, Variant, mutants, variants
from harness.district.population.sizes import FIVE_SCHOOLS, FIVE_SMALL_SCHOOLS, Size

SHIPPED = {*mutants(), *variants()}
MUTANTS: dict[str, Mutant] = mutants() | mutants("mutants")
VARIANTS: dict[str, Variant] = variants() | variants("variants")
APPS = frozenset({"demo", *MUTANTS, *VARIANTS})
QUICK = ("hard-delete", "primary-teacher-only", "reads-events")
"""The apps that are rehearsed every time; all others are slow."""


def app_of(name: str) -> type[object]:
    """The adapter of a mutant or variant; `demo` is the reference."""
    return DemoAdapter if name == "demo" else (MUTANTS | VARIANTS)[name].app


def lantern(name: str) -> type[LanternAdapter]:
    """The same, of an app that is Lantern Reader with parts exchanged."""
    app = app_of(name)
    assert issubclass(app, LanternAdapter)
    return app


def adapter_of(name: str) -> str:
    """What comes after `--adapter`."""
    if name == "demo":
        return name
    return f"demo:{name}" if name in SHIPPED else f"python:{(MUTANTS | VARIANTS)[name].target}"


def mode_of(name: str) -> Mode:
    """How the app declares that it is synced."""
    profile = getattr(app_of(name), "profile", None)
    return Mode.EVENTS if profile and Mode.EVENTS in profile.modes else Mode.FULL


def waiting_profile(name: str) -> Profile | None:
    """The profile of an app that waits before it archives: the year is planned by it."""
    profile = getattr(app_of(name), "profile", None)
    return profile if isinstance(profile, Profile) and profile.archiving else None


def size_of(name: str) -> Size:
    """How large a district shows what the app does: the small one is played in half the time."""
    full = name in MUTANTS and MUTANTS[name].size == "full"
    return FIVE_SCHOOLS if full else FIVE_SMALL_SCHOOLS

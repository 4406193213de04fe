"""The step definitions, scoped to this folder: a vendor's scenarios never match them."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature

from pytest_bdd import given, then, when

from harness.plan.phrases.phrase import GIVEN, THEN, WHEN
from harness.suite.steps import (  # noqa: F401 - they bind their functions
    about_cast,
    about_every_day,
    about_everyone,
    about_lasting,
    about_requests,
    about_vendor,
    given_work,
)
from harness.suite.steps import given as _given  # noqa: F401
from harness.suite.steps import when as _when  # noqa: F401
from harness.suite.steps.binding import BoundStep


@given(BoundStep(GIVEN))
@when(BoundStep(WHEN))
@then(BoundStep(THEN))
def judge(run: Callable[[], None]) -> None:
    """Every step: the function bound to its phrase judges the scene of the recorder."""
    run()


judge.__signature__ = signature(judge)  # type: ignore[attr-defined]  # asked for at each step

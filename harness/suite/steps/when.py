"""Whens: what Clever does. One whose sync did not complete blocks the scenario on that finding."""

from __future__ import annotations

from harness.plan.day_names import on
from harness.plan.faults import FAULT_OF_INCIDENT, MISSING_RECORD, faults_of_day
from harness.plan.names import listed
from harness.plan.phrases import about_everyone, phrase_of
from harness.plan.phrases import when as say
from harness.plan.phrases.phrase import THEN, Phrase
from harness.plan.plan import DAYS, OUTAGES, READABLE, Day
from harness.suite.checks.kills import left_dead, not_killed
from harness.suite.checks.syncs import excused
from harness.suite.endings import NotApplicableError, RunInterruptedError
from harness.suite.scene import Scene
from harness.suite.steps.binding import step


@step(say.SHARES, say.ROLLS_OVER, say.NOTHING_CHANGES, say.FULL_SYNC)
def clever_moves_on(scene: Scene, day: str) -> None:
    """Where Clever does not serve it a sync may end as it likes: what it did is judged."""
    scene.day = day
    if (
        not faults_of_day(scene.district, day)
        and scene.index.incident(scene.district, day) not in OUTAGES
    ):
        scene.sync_completed(day)


@step(say.HAPPENS)
def happens(scene: Scene, day: str, incident: str) -> None:
    """Go on if the sync after it completed; where Clever or the app may stop, later steps judge.

    And only if the app met it, when it is about what the app reads just then.
    """
    scene.day = day
    scene.it_happens(incident)
    scene.index.published(scene.district, day)
    if incident in READABLE and not excused(scene.index, scene.district, day):
        scene.sync_completed(day)
    fault = FAULT_OF_INCIDENT.get(incident)
    if fault and not scene.index.traffic.requests_hit(scene.district, day, fault):
        scene.was_asked(day)
        raise NotApplicableError(
            f"What happens {on(day)} did not meet your app: it asked for nothing of the sort "
            f"({fault})."
        )


@step(say.CHANGE)
def a_change(scene: Scene, day: str) -> None:
    """Placed by the plan; here it is enough that the app synced after it."""
    clever_moves_on(scene, day)


@step(say.ANSWERS_WITH_FAULTS, say.RECORD_NOT_FOUND)
def fault_hits(scene: Scene, day: str, phrase: Phrase) -> None:
    """Go on only if the fault of that day hit a request of the app.

    Nobody may be lost under whatever fault of the day; other questions are about the first.
    """
    scene.day, scene.days = day, (day,)
    faults = scene.index.published(scene.district, day).faults or (day,)
    fault = MISSING_RECORD if phrase is say.RECORD_NOT_FOUND else faults[0]
    meant = faults if _asks(scene, about_everyone.STILL_IN_USE) else (fault,)
    if not any(scene.index.traffic.requests_hit(scene.district, day, fault) for fault in meant):
        scene.was_asked(day)
        raise NotApplicableError(_hit_nothing(day, fault))
    last = scene.index.traffic.asked(scene.district, day)[-1].fault
    if last and last not in meant:
        raise NotApplicableError(
            f"On the day `{day}` your app got past this fault, to the next one: {last}."
        )


@step(say.KILLED)
def killed_while_it_reads(scene: Scene, day: str) -> None:
    """Go on only if the app was killed, and its sync ended by that."""
    scene.day, scene.days = day, (day,)
    if dead := left_dead(scene.index, scene.district):
        raise RunInterruptedError(dead, "adapter")
    if why := not_killed(scene.index, scene.district, day):
        scene.was_asked(day)
        raise NotApplicableError(why)


def _hit_nothing(day: str, fault: str) -> str:
    if fault == MISSING_RECORD:
        return f"On the day `{day}` one record is not found; your app asked for none by its path."
    return f"Your app sent none of the requests {on(day)} that would have failed ({fault})."


def _asks(scene: Scene, what: Phrase) -> bool:
    """Whether a scenario ends with this assertion."""
    recognised = phrase_of(THEN, scene.planned.steps[-1].partition(" ")[2])
    return recognised is not None and recognised[0] is what


@step(say.DAYS_PASS)
def days_pass(scene: Scene, days: str) -> None:
    """An export shows a single moment, whichever day that was."""
    passed = (Day.FIRST_SHARE,) if scene.index.of_an_export else listed(days)
    scene.days = tuple(day for day in DAYS if day in passed)
    scene.day = scene.days[-1]
    for interruption in scene.index.interruptions:
        if _breakable(scene.planned.steps[-1]):
            scene.stopped = interruption  # a proven breach outranks that nothing more is known
            return
        raise RunInterruptedError(interruption.message, interruption.fault)
    for day in scene.days:
        scene.index.published(scene.district, day)


def _breakable(words: str) -> bool:
    """Whether a year that stopped early can break what a Then says, which it can never meet."""
    recognised = phrase_of(THEN, words.partition(" ")[2])
    return recognised is not None and recognised[0].breakable

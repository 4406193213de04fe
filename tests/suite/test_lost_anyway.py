"""What an app loses on fault days as on any other is no matter of the fault."""

from __future__ import annotations

import pytest
from assess.deliveries import Year, answer, asked
from simulator import town
from suite.year_of_trouble import all_of, archived, emptied

from harness.contract.snapshot import Snapshot
from harness.plan.plan import COMMON
from harness.recording.recording import LoggedRequest
from harness.suite.checks.every_day.topics import Topic
from harness.suite.checks.every_day.watch import watched
from harness.suite.checks.lost_anyway import without_lost_anyway
from harness.suite.checks.observation import Observation
from harness.suite.checks.partial_reads import still_held

ROSTER = town.roster()
WHOLE = all_of(ROSTER)
EMPTIED, ANOTHER = emptied(WHOLE, town.MATH_2), emptied(WHOLE, town.ART_1)
KINDS = ("schools", "terms", "courses", "sections", "users")
ANSWERS = [answer(f"/v3.0/{kind}", sorted(getattr(ROSTER, kind))) for kind in KINDS]
FAILED = asked("/v3.0/users", "limit=100", status=503)
UNREAD = [*ANSWERS[:-1], FAILED]
RETRIED = [*UNREAD, ANSWERS[-1]]


def year(
    midyear: Snapshot, html: Snapshot, *, requests: list[LoggedRequest], recovery: Snapshot
) -> Year:
    played = Year()
    played.day("first-share", ROSTER, *ANSWERS, held=WHOLE)
    played.day("midyear", ROSTER, *ANSWERS, held=midyear)
    played.day("returns", ROSTER, *ANSWERS, held=WHOLE)
    played.day("html", ROSTER, *requests, held=html)
    return played.day("recovery", ROSTER, *ANSWERS, held=recovery)


def lost(played: Year, since: str, day: str) -> Observation:
    return without_lost_anyway(played.index, COMMON, since, day, still_held)


@pytest.mark.parametrize(
    ("midyear", "requests", "accused"),
    [
        (ANOTHER, RETRIED, []),  # it loses such ties on calm days, too
        (ANOTHER, UNREAD, [town.MATH_2]),  # an answer did not arrive
        (WHOLE, RETRIED, [town.MATH_2]),  # it loses nothing on calm days
        (archived(WHOLE, town.LEO), RETRIED, [town.MATH_2]),  # what it loses there is another sort
    ],
)
def test_a_tie_lost_on_a_fault_day(
    midyear: Snapshot, requests: list[LoggedRequest], accused: list[str]
) -> None:
    played = year(midyear, EMPTIED, requests=requests, recovery=WHOLE)

    observation = lost(played, "", "html")

    assert [finding.clever_id for finding in observation.findings] == accused
    assert bool(observation.needs) is not bool(accused)


@pytest.mark.parametrize(("requests", "accused"), [(RETRIED, []), (UNREAD, [town.MATH_2])])
def test_a_tie_that_is_still_lost_after_the_fault_days_is_a_matter_of_the_day_that_lost_it(
    requests: list[LoggedRequest], accused: list[str]
) -> None:
    played = year(ANOTHER, EMPTIED, requests=requests, recovery=EMPTIED)

    found = lost(played, "returns", "recovery").findings

    assert [finding.clever_id for finding in found] == accused


@pytest.mark.parametrize(
    ("html", "requests", "topic"),
    [
        (WHOLE, UNREAD, Topic.MEMBERS),  # it was there until the sync after the fault
        (EMPTIED, RETRIED, Topic.MEMBERS),  # everything was read when it was lost
        (EMPTIED, UNREAD, Topic.AFTER_FAULTS),
    ],
)
def test_a_class_that_differs_after_a_fault_is_left_behind_by_it_or_not(
    html: Snapshot, requests: list[LoggedRequest], topic: Topic
) -> None:
    played = year(ANOTHER, html, requests=requests, recovery=EMPTIED)

    found = watched(played.index, topic).findings

    assert (town.MATH_2, "recovery") in [(f.clever_id, str(f.day)) for f in found]

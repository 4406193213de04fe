"""What is wrong after an app's own sync and right by its next one is late, and nobody else's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from simulator import town
from suite.year_of_trouble import all_of, archived, day, index

from harness.assess.causes.districts import touched
from harness.contract.archiving import Archiving
from harness.contract.profile import Profile
from harness.contract.snapshot import Snapshot
from harness.plan.plan import COMMON
from harness.recording.recording import SnapshotTaken
from harness.suite.checks.late import without_late
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.observation import Observation
from harness.suite.checks.unchanged import as_before

ROSTER = town.roster()
WITHOUT_LEO = replace(
    ROSTER, users={key: user for key, user in ROSTER.users.items() if key != town.LEO}
)
WHOLE = all_of(ROSTER)


def before_the_next_sync(
    held: Snapshot, *, then: Snapshot = WHOLE, archiving: Archiving | None = None
) -> tuple[Observation, list[str]]:
    """What is found of an app, and what is put down to other districts, by what it holds later.

    Leo is no longer shared.
    """
    later = SnapshotTaken(district=COMMON, day="html", after="publish", snapshot=held)
    year = index(
        *day("midyear", held=WHOLE),
        *day("returns", shared=WITHOUT_LEO, held=then),
        later,
        *day("html", shared=WITHOUT_LEO, held=held),
    )
    year.profile = replace(Profile(), archiving=archiving)
    now = year.holdings(COMMON, "html", "publish")
    found = as_before(year, COMMON, "returns", year.holdings(COMMON, "returns"), "html", now)
    causes = [cause.id for cause in touched(year, found.findings)]
    return without_late(found, Mirror(year, COMMON, "returns"), now), causes


def test_who_is_archived_only_when_the_date_has_moved_on_is_late() -> None:
    observation, causes = before_the_next_sync(archived(WHOLE, town.LEO))

    assert observation.findings == []
    assert causes == []
    assert [need.clever_id for need in observation.needs] == [town.LEO]


@pytest.mark.parametrize(
    ("archiving", "accused"),
    [(Archiving(after_days=3), []), (Archiving(after_absences=2), [town.LEO])],
)
def test_days_that_are_declared_pass_by_themselves_and_absences_do_not(
    archiving: Archiving, accused: list[str]
) -> None:
    observation, _ = before_the_next_sync(archived(WHOLE, town.LEO), archiving=archiving)

    assert [finding.clever_id for finding in observation.findings] == accused
    assert observation.needs == []


def test_who_is_archived_though_shared_is_archived_by_the_sync_of_another_district() -> None:
    observation, causes = before_the_next_sync(archived(WHOLE, town.MAYA))

    assert [finding.clever_id for finding in observation.findings] == [town.MAYA]
    assert causes == ["touches-another-district"]


def test_who_comes_back_into_use_though_not_shared_is_not_late() -> None:
    observation, causes = before_the_next_sync(WHOLE, then=archived(WHOLE, town.LEO))

    assert [finding.clever_id for finding in observation.findings] == [town.LEO]
    assert causes == ["touches-another-district"]


@pytest.mark.parametrize(("includes_archived", "accused"), [(True, [town.LEO]), (False, [])])
def test_who_is_gone_is_late_only_where_an_app_shows_active_records_alone(
    includes_archived: bool, accused: list[str]
) -> None:
    lost = replace(WHOLE, users=tuple(row for row in WHOLE.users if row.clever_id != town.LEO))

    observation, _ = before_the_next_sync(replace(lost, includes_archived=includes_archived))

    assert [finding.clever_id for finding in observation.findings] == accused

"""Each example vendor is ready, and with one mistake it is not, for the reason that is true.

They share no code with the demo. Rehearsed are the smallest schools and only what needs no fault
days, since a vendor's app sits those out: `rosterready certify` in its folder plays them too.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from example_vendors import VENDORS, Vendor
from postgres import postgres_server
from rehearsing import CATALOGUE, RUN_DATE, circumstances, in_state

from harness import session
from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import Results
from harness.config.config import load_config
from harness.contract.sync import Mode
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.doctor import Visit, examine
from harness.doctor.diagnosis import State

SELECTED = ("standing", "student-returns")


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the vendor's database needs to be there."""
    if "psycopg" not in request.getfixturevalue("vendor").modules:
        yield
        return
    with postgres_server("shelf") as folder:
        for name, value in {"HOST": folder, "USER": "shelf", "DATABASE": "postgres"}.items():
            monkeypatch.setenv(f"PG{name}", str(value))
        yield


def _rehearsed(folder: Path, *only: str) -> Results:
    rehearsal = session.prepare(
        load_config(folder / "rosterready.toml"),
        circumstances("vendors"),
        only=only,
        size=FIVE_SMALL_SCHOOLS,
    )
    return session.judge_recording(
        session.record(rehearsal, folder), CATALOGUE, with_histories=False
    )


@pytest.mark.slow
@pytest.mark.needs("postgresql", "php-cli", "npm")
@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.folder)
def test_an_example_is_ready_and_with_a_mistake_it_is_not(vendor: Vendor, tmp_path: Path) -> None:
    folder = vendor.copied(tmp_path)
    config = load_config(folder / "rosterready.toml")
    visit = Visit(
        config=config,
        mode=Mode.FULL,
        salt="doctor",
        run_date=RUN_DATE,
        now=time.time,
        timer=time.monotonic,
    )

    wrong = [line for line in examine(visit) if line.state is State.WRONG]
    well = _rehearsed(folder, *SELECTED)
    badly = _rehearsed(vendor.spoiled(folder), *vendor.mistake.shown_by)

    assert not wrong
    assert well.exit_code == 0
    assert not in_state(well, RequirementState.NOT_MET, RequirementState.NOT_PROVEN)
    assert badly.exit_code == 1
    assert in_state(badly, RequirementState.NOT_MET) == {vendor.mistake.breaks}
    assert [cause.id for cause in badly.causes] == [vendor.mistake.cause]

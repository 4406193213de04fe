"""An app that dies again and again, or for good, is given up: what was seen accuses it.

Only on fault days it is started again as often as it dies.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest
from mutants.dying import DiesWhenTokensChange
from mutants.one_process import Died, OneProcess
from rehearsing import CATALOGUE, in_state, rehearse

from harness import session
from harness.assess.check_result import Outcome
from harness.assess.requirement_verdict import RequirementState
from harness.assess.results import Verdict
from harness.contract.connection import Connection
from harness.contract.sync import Mode, Sync
from harness.demo.client import Client
from harness.plan.faults import faults_of_day
from harness.recording.recording import BisectResult, Restarted, RunInterrupted
from harness.replay.app_restarts import MOST_RESTARTS

COMPLETION = "standing/every-sync-of-the-school-year-completes"


class DiesInEverySync(OneProcess):
    """Never comes as far as its first record."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        self.alive = False
        raise Died("killed: out of memory")


class DiesForGood(DiesWhenTokensChange):
    """Nobody can start it again."""

    restart = None  # type: ignore[assignment]


class DiesOfEveryTrouble(OneProcess):
    """Expects a good answer to every request."""

    class client(Client):  # noqa: N801 - takes the place of a part of the app
        def send(
            self, url: str, headers: Mapping[str, str] | None, auth: httpx.Auth | None
        ) -> httpx.Response:
            try:
                answer = super().send(url, headers, auth).raise_for_status()
                answer.json()
            except (httpx.HTTPError, ValueError) as error:
                raise Died(type(error).__name__) from None
            return answer


@pytest.mark.slow
def test_an_app_that_dies_in_every_sync_is_named_and_the_year_stops(tmp_path: Path) -> None:
    recording = rehearse(f"python:{__name__}:DiesInEverySync", tmp_path)

    # It asked Clever for nothing, so there is nothing to search for.
    assert not [entry for entry in recording.entries if isinstance(entry, BisectResult)]
    restarts = [entry for entry in recording.entries if isinstance(entry, Restarted)]
    assert len(restarts) == MOST_RESTARTS
    assert len([entry for entry in recording.entries if isinstance(entry, RunInterrupted)]) == 1
    assert f"after it was started again {MOST_RESTARTS} times" in recording.ended

    results = session.judge_recording(recording, CATALOGUE, with_histories=False)
    assert results.verdict is Verdict.NOT_READY
    assert in_state(results, RequirementState.NOT_MET) == {"G1"}
    [check] = (one for one in results.checks if one.id == COMPLETION)
    assert check.outcome is Outcome.FAIL
    *died, last = check.findings
    assert [(one.district, one.day) for one in died] == [
        (one.district, one.day) for one in restarts
    ]
    assert all("process died during the sync" in finding.sentence for finding in died)
    assert last.sentence == (
        f"The sync of the {last.district} district on the day `first-share` failed: "
        "raised Died: killed: out of memory"
    )
    assert results.causes[0].sentence == (
        "4 syncs did not complete (the app's process died in 3); the first is that of the common "
        "district on the day `first-share`: raised Died: killed: out of memory."
    )


@pytest.mark.slow
def test_an_app_that_dies_for_good_in_a_small_district_keeps_the_verdicts_of_before(
    tmp_path: Path,
) -> None:
    few = ["standing", "leaving", "schools"]
    recording = rehearse(f"python:{__name__}:DiesForGood", tmp_path, only=few)

    [found] = (entry for entry in recording.entries if isinstance(entry, BisectResult))
    assert (found.district, found.day) == ("neighbour", "quiet")
    assert (found.result, found.again) == ("no answer", False)

    results = session.judge_recording(recording, CATALOGUE, with_histories=False)
    assert in_state(results, RequirementState.NOT_MET) == {"G1"}
    judged = [one for one in results.checks if one.outcome is Outcome.PASS]
    assert len(judged) > 0.9 * len([one for one in results.checks if one.edge_case])


@pytest.mark.slow
def test_an_app_that_dies_of_every_trouble_has_broken_what_was_seen_of_it(tmp_path: Path) -> None:
    recording = rehearse(f"python:{__name__}:DiesOfEveryTrouble", tmp_path, only=["T4"])

    checks = session.judge_recording(recording, CATALOGUE, with_histories=False).checks
    [check] = (one for one in checks if one.id == "faults/every-sync-ends-by-itself")
    assert recording.ended == "completed"
    assert check.outcome is Outcome.FAIL
    # More often than it would be started again on other days.
    assert len(check.findings) > MOST_RESTARTS
    assert all(faults_of_day(one.district, one.day) for one in check.findings)
    assert all("process died" in finding.sentence for finding in check.findings)

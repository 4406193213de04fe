"""A trial ends before some people are shared, and what they did before Clever breaks none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import in_process
from rehearsing import CATALOGUE, circumstances

from harness import session
from harness.config.config import Config
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.plan.plan import Day
from harness.recording.recording import AccountCreated
from harness.replay.bisect.subplans import trial

SHARED_LATER = "account-from-before-shared-later"


def test_an_account_of_somebody_who_is_shared_later_is_none_in_a_trial(tmp_path: Path) -> None:
    config = replace(
        Config.default(Path.cwd()).with_adapter("demo"), options={"transport": in_process.TRANSPORT}
    )
    rehearsal = session.prepare(
        config, circumstances(), only=[SHARED_LATER], catalogue=CATALOGUE, size=FIVE_SMALL_SCHOOLS
    )
    plan = trial(rehearsal.plan, rehearsal.plan.edge_cases, Day.FIRST_SHARE)

    recording = session.record(replace(rehearsal, plan=plan), tmp_path, serve=in_process.serve)

    assert SHARED_LATER in plan.edge_cases
    assert recording.ended == "completed"
    assert [entry for entry in recording.entries if isinstance(entry, AccountCreated)] == []

"""`rosterready serve`: Clever on this machine until somebody presses Ctrl-C."""

from __future__ import annotations

import threading

from harness.cli.console import OUT
from harness.plan.calendar import build_calendar
from harness.plan.plan import COMMON, Day
from harness.replay.clever import Clever, credentials, serve
from harness.session import Catalogue, Circumstances


def serve_until_interrupted(circumstances: Circumstances, port: int) -> None:
    """Publish the first day of every district and wait; raises SimulatorError."""
    catalogue = Catalogue()
    client = credentials(circumstances.salt)
    calendar = build_calendar(
        catalogue.plan(),
        catalogue.edge_cases,
        seed=circumstances.seed or 1,
        salt=circumstances.salt,
        run_date=circumstances.run_date,
    )
    with serve(client, now=circumstances.now, timer=circumstances.timer, port=port) as clever:
        districts = []
        for day in calendar:
            if day.day == Day.FIRST_SHARE:
                clever.simulator.publish(day.roster, at=day.at)
                districts.append((day.district, day.roster.district["id"]))
        _introduce(clever, dict(districts))
        threading.Event().wait()


def _introduce(clever: Clever, districts: dict[str, str]) -> None:
    """Values to paste, and a first request to try."""
    token = clever.simulator.token(districts[COMMON])
    lines = [
        f"export CLEVER_API_URL={clever.url}",
        f"export CLEVER_OAUTH_URL={clever.url}",
        f"export CLEVER_CLIENT_ID={clever.client.id}",
        f"export CLEVER_CLIENT_SECRET={clever.client.secret}",
        *(f"export CLEVER_{name.upper()}_DISTRICT={i}" for name, i in districts.items()),
        f"export CLEVER_DISTRICT_TOKEN={token}",
        "",
        f"curl -H 'Authorization: Bearer {token}' '{clever.url}/v3.0/users?limit=2'",
        "",
        "Everything in it is made up. Ctrl-C stops it.",
    ]
    for line in lines:
        OUT.print(line, markup=False, soft_wrap=True)

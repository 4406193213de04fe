"""The page of a served Clever, opened in a real browser where there is one."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from report.parsed_page import Page, read
from simulator import town
from simulator.controlled import ThreeDays

from harness.simulator.control.api import Control
from harness.simulator.control.context import ControlContext
from harness.simulator.control.door import PREFIX, ControlDoor
from harness.simulator.http.message import Request
from harness.simulator.serving.server import Server
from harness.simulator.simulator import Simulator

pytestmark = [
    pytest.mark.slow,
    pytest.mark.needs("chromium"),
]

Open = Callable[[], Page]


@pytest.fixture
def opened(clever: Simulator, tmp_path: Path) -> Open:
    """Opens the page and waits until its script has asked what it needs."""

    def open_page() -> Page:
        context = ControlContext(simulator=clever, year=ThreeDays(), url=lambda: server.url)
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
        command += ["--disable-background-networking", f"--user-data-dir={tmp_path / 'profile'}"]
        with Server(
            clever, control=ControlDoor(lambda: Control(context, host="127.0.0.1").handle)
        ) as server:
            drawn = subprocess.run(
                [*command, "--virtual-time-budget=3000", f"{server.url}{PREFIX}/"],
                capture_output=True,
                timeout=60,
                check=True,
            )
        return read(drawn.stdout.decode())

    return open_page


def _text(page: Page, tag: str, name: str) -> str:
    return page.all(tag, id=name)[0].text


def test_the_page_shows_districts_people_days_and_traffic(clever: Simulator, opened: Open) -> None:
    bearer = f"Bearer {clever.token(town.DISTRICT)}".encode()
    clever.handle(Request("GET", "/v3.0/users", "", [(b"authorization", bearer)]))

    page = opened()

    assert "Small Town Schools" in _text(page, "div", "districts")
    assert "7 people" in _text(page, "p", "found")
    people = _text(page, "ul", "people")
    assert "Maya Tester" in people
    assert "Log in as student" in people
    assert "tuesday" in _text(page, "ol", "days")
    assert "/v3.0/users" in _text(page, "ol", "log")
    assert "hidden" in page.all("div", id="notice")[0].attributes, "nothing went wrong"


def test_what_a_district_says_is_text_on_the_page(clever: Simulator, opened: Open) -> None:
    roster = town.roster()
    evil = "<img src=x onerror=document.title='caught'>"
    user = {**roster.users[town.MAYA], "name": {"first": evil, "last": "Tester"}}
    users = {**roster.users, town.MAYA: user}
    clever.publish(replace(roster, users=users), at=town.DAY)  # type: ignore[arg-type]

    page = opened()

    assert page.all("img") == []
    assert evil in _text(page, "ul", "people")
    assert page.all("title")[0].text != "caught"

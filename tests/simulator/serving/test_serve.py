"""`rosterready serve`: up at once, to the point, and gone without a trace."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer.main

from harness.cli import run
from harness.cli.first_day import first_day
from harness.cli.school_year import SchoolYear
from harness.cli.serve_command import alone
from harness.errors import PlanError, UsageError
from harness.plan.calendar import play_days
from harness.plan.plan import DAYS, Day
from harness.resources import EDGE_CASES, FEATURES, REPORTS
from harness.session import shipped
from harness.simulator.access.clients import OAuthClient
from harness.simulator.control.api import ENDPOINTS
from harness.simulator.simulator import Simulator

PROGRAM = [sys.executable, "-c", "from harness.cli import main; main()", "serve"]
CALLBACK = "http://localhost:3000/callback"
CONTROL = "/_rosterready"
JSON = "application/json"


@dataclass
class Served:
    """A running `rosterready serve` and what it said."""

    process: subprocess.Popen[str]
    values: dict[str, str]
    said: str

    @property
    def url(self) -> str:
        return self.values["CLEVER_API_URL"]

    def control(self, method: str, path: str, body: object = None) -> Any:
        """An answer of the control API."""
        answer = httpx.request(method, f"{self.url}{CONTROL}{path}", json=body, timeout=20)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def end(self, how: signal.Signals) -> tuple[int, str, str]:
        """Stops it; its exit code, and what it still said."""
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=10)
        return self.process.returncode, out, err


def _start(*options: str) -> Served:
    process = subprocess.Popen(
        [*PROGRAM, "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "COLUMNS": "80"},
    )
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if line.startswith("Everything in it is made up"):
            break
    else:
        raise AssertionError(process.communicate()[1])
    text = "".join(said)
    return Served(process, dict(re.findall(r"^export (\w+)=(.*)$", text, re.M)), text)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    found = _start("--redirect-uri", CALLBACK)
    yield found
    if found.process.poll() is None:
        found.end(signal.SIGTERM)
    for stream in (found.process.stdout, found.process.stderr):
        if stream:
            stream.close()


def test_the_values_it_prints_are_all_an_app_needs(served: Served) -> None:
    values = served.values
    basic = (values["CLEVER_CLIENT_ID"], values["CLEVER_CLIENT_SECRET"])

    listed = httpx.get(
        f"{values['CLEVER_OAUTH_URL']}/oauth/tokens?owner_type=district", auth=basic
    ).json()["data"]
    mine = [one for one in listed if one["owner"]["id"] == values["CLEVER_COMMON_DISTRICT"]]
    bearer = {"Authorization": f"Bearer {mine[0]['access_token']}"}
    users = httpx.get(f"{served.url}/v3.1/users", headers=bearer)

    assert mine[0]["access_token"] == values["CLEVER_DISTRICT_TOKEN"]
    assert len(users.json()["data"]) == 100
    assert {one["owner"]["id"] for one in listed} == {
        values["CLEVER_COMMON_DISTRICT"],
        values["CLEVER_NEIGHBOUR_DISTRICT"],
    }


def test_the_request_it_proposes_works_as_it_stands(served: Served) -> None:
    found = re.search(r"^curl -H '([^']+): ([^']+)' '([^']+)'$", served.said, re.M)
    assert found is not None

    answer = httpx.get(found[3], headers={found[1]: found[2]})

    assert len(answer.json()["data"]) == 2


def test_the_page_it_names_is_there(served: Served) -> None:
    found = re.search(r"http\S+/_rosterready/", served.said)
    assert found is not None

    assert "<h1>" in httpx.get(found[0]).text


def test_moving_on_changes_what_clever_shares(served: Served) -> None:
    bearer = {"Authorization": f"Bearer {served.values['CLEVER_DISTRICT_TOKEN']}"}
    before = httpx.get(f"{served.url}/v3.0/users?limit=10000", headers=bearer).json()["data"]

    days = served.control("POST", "/days", {"move_to": "departures"})

    after = httpx.get(f"{served.url}/v3.0/users?limit=10000", headers=bearer).json()["data"]
    told = httpx.get(f"{served.url}/v3.0/events", headers=bearer).json()["data"]
    assert days["today"] == "departures"
    assert {one["data"]["id"] for one in before} != {one["data"]["id"] for one in after}
    assert told, "and events tell of it"


def test_a_person_logs_in_from_the_portal_over_real_lines(served: Served) -> None:
    district = served.values["CLEVER_COMMON_DISTRICT"]
    teachers = served.control("GET", f"/districts/{district}/people?role=teacher&limit=1")
    teacher = teachers["people"][0]
    start = served.control("POST", "/portal-starts", {"user": teacher["id"], "role": "teacher"})
    code = httpx.URL(start["url"]).params["code"]

    bought = httpx.post(
        f"{served.url}/oauth/tokens",
        auth=(served.values["CLEVER_CLIENT_ID"], served.values["CLEVER_CLIENT_SECRET"]),
        json={"code": code, "grant_type": "authorization_code", "redirect_uri": CALLBACK},
    ).json()
    bearer = {"Authorization": f"Bearer {bought['access_token']}"}
    me = httpx.get(f"{served.url}/v3.0/me", headers=bearer).json()

    assert start["url"].startswith(CALLBACK)
    assert me["data"]["id"] == teacher["id"]
    assert bought["id_token"].count(".") == 2


@pytest.mark.slow
def test_it_cannot_listen_where_another_program_does(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])

        code = run(["serve", "--port", port])

    said = capsys.readouterr().err
    assert code == 2
    assert f"Port {port} on 127.0.0.1 is in use" in said
    assert "port 0" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--day", "sunday"), "first-share"),
        (("--redirect-uri", "localhost:3000"), "http://localhost:3000/callback"),
        (("--port", "70000"), "65535"),
        (("--no-such-option",), "No such option"),
    ],
)
def test_what_cannot_be_served_is_a_usage_error(
    options: tuple[str, ...], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["serve", *options])

    said = capsys.readouterr().err
    assert code == 2
    assert complaint in " ".join(said.split())
    assert "Traceback" not in said


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_with_a_connection_open(how: signal.Signals) -> None:
    found = _start()
    with httpx.Client() as app:
        app.get(f"{found.url}/v3.0/users")
        code, out, err = found.end(how)

    assert code == 0
    assert out.strip() == "Stopped."
    assert err == ""
    assert "--redirect-uri" in found.said, "without one it says what is missing"


@pytest.mark.slow
def test_it_serves_a_day_to_begin_with_over_tls(tmp_path: Path) -> None:
    found = _start("--tls", str(tmp_path), "--day", "midyear", "--salt", "x", "--seed", "3")
    trusted = ssl.create_default_context(cafile=found.values["SSL_CERT_FILE"])
    with httpx.Client(verify=trusted, base_url=found.url) as app:
        today = app.get(f"{CONTROL}/days").json()["today"]
        bearer = {"Authorization": f"Bearer {found.values['CLEVER_DISTRICT_TOKEN']}"}
        users = app.get("/v3.0/users", headers=bearer).json()["data"]
    code, _, err = found.end(signal.SIGTERM)

    assert found.url.startswith("https://127.0.0.1:")
    assert today == "midyear"
    assert len(users) == 100
    assert f"--cacert {tmp_path}" in found.said
    java = {"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"}
    assert {*java, "JAVA_TOOL_OPTIONS", "PHP_INI_SCAN_DIR"} <= found.values.keys()
    assert (code, err) == (0, "")


def test_credentials_that_an_app_has_built_in_can_be_given() -> None:
    found = _start("--client-id", "my-app", "--client-secret", "my-secret", "--host", "0.0.0.0")
    listed = httpx.get(
        f"{found.url}/oauth/tokens?owner_type=district", auth=("my-app", "my-secret")
    )
    refused = httpx.get(f"{found.url}{CONTROL}/state")
    found.end(signal.SIGTERM)

    assert listed.status_code == 200
    assert found.url.startswith("http://127.0.0.1:")
    assert refused.status_code == 403, "others could reach it"


def test_serving_loads_nothing_that_only_rehearsals_need() -> None:
    program = (
        "import sys; from harness.cli import _command; _command(['serve'])\n"
        "print([name for name in ('pytest', 'httpx', 'jinja2', 'joserfc', 'deepdiff', 'jsonschema',"
        " 'faker', 'typer', 'rich', 'pydantic', 'gherkin', 'harness.session')"
        " if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )

    assert done.stdout.strip() == "[]"


def test_the_general_help_knows_the_command_too(capsys: pytest.CaptureFixture[str]) -> None:
    codes = [run(["--help"])]
    general = capsys.readouterr().out
    codes.append(run(["serve", "--help"]))
    own = capsys.readouterr().out

    assert codes == [0, 0]
    assert "serve" in general
    assert "rosterready serve" in own
    assert "--redirect-uri" in own


# Its page in the documentation.

PAGE = (REPORTS.parent / "docs" / "serve.md").read_text("utf-8")


def test_the_documentation_has_every_option_and_no_other() -> None:
    command = typer.main.get_command(alone)
    options = getattr(command, "commands")["serve"].params  # noqa: B009
    known = {name for option in options for name in (*option.opts, *option.secondary_opts)}
    foreign = {"--cacert", "--connect-to"}  # curl's

    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE)) - foreign

    assert named <= known
    assert known - named <= {"--openid", "--me-role"}, "which are so unless the other is said"


def test_the_documentation_has_every_endpoint_and_no_other() -> None:
    named: set[tuple[str, str]] = set()
    for row in re.findall(r"^\| (`(?:GET|POST|PUT).*?) \|", PAGE, re.M):
        methods: list[str] = []
        for said in re.findall(r"`([^`]+)`", row):
            method, _, path = said.partition(" ")
            methods.append(method)
            if path:
                named |= {(one, path.partition("?")[0]) for one in methods}
                methods = []

    assert named == set(ENDPOINTS) - {("GET", "/openapi.json")}


def test_the_bodies_in_the_documentation_are_accepted(served: Served) -> None:
    bodies = re.findall(r"-X (\w+) \"\$control(/\w+)\".*?-d '([^']+)'", PAGE, re.S)

    assert len(bodies) == 2
    for method, path, body in bodies:
        answer = httpx.request(
            method, f"{served.url}{CONTROL}{path}", content=body, headers={"content-type": JSON}
        )
        assert answer.status_code in (200, 409), (path, answer.text)


# The school year, without a process.


RUN_DATE = date(2026, 9, 1)


def _clever() -> Simulator:
    return Simulator(clients=[OAuthClient(id="a", secret="b")])


def _year(clever: Simulator) -> SchoolYear:
    return SchoolYear(
        clever, edge_cases=EDGE_CASES, features=FEATURES, seed=1, salt="x", run_date=RUN_DATE
    )


@pytest.fixture
def year() -> SchoolYear:
    return _year(_clever())


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.exhaustive
def test_every_day_shares_what_the_plan_plays() -> None:
    edge_cases, plan = shipped().edge_cases, shipped().plan()
    played = play_days(plan, edge_cases, seed=1, salt="x", run_date=RUN_DATE)
    clever = _clever()
    year = _year(clever)

    for name in DAYS:
        if not any(name in plan.days[district] for district in ("common", "neighbour")):
            continue
        year.move_to(name)
        for district in ("common", "neighbour"):
            if name in plan.days[district]:
                day = next(played[district])
                publication = clever.publication(year.districts[district])
                assert publication is not None
                assert (publication.roster, publication.at) == (day.roster, day.at)
    assert year.today == year.days[-1]
    assert set(year.districts) == {"common", "neighbour"}


def test_a_plan_with_another_first_day_is_refused() -> None:
    plan = shipped().plan()
    begun = first_day(EDGE_CASES, FEATURES, seed=1, salt="x", run_date=RUN_DATE)
    moved = replace(plan.changes[0], day=Day.FIRST_SHARE)

    begun.refuse_other_plan(plan)
    for other in (
        replace(plan, edge_cases=plan.edge_cases[1:]),
        replace(plan, changes=(moved, *plan.changes)),
    ):
        with pytest.raises(PlanError, match="another first day"):
            begun.refuse_other_plan(other)


def test_only_a_move_beyond_the_first_day_compiles_the_plan(tmp_path: Path) -> None:
    (tmp_path / "broken.feature").write_text("Feature: A plan\n  Scenario: x\n    Given sunshine\n")
    year = SchoolYear(
        _clever(), edge_cases=EDGE_CASES, features=tmp_path, seed=1, salt="x", run_date=RUN_DATE
    )
    year.move_to(year.first)

    assert year.today == "first-share"
    with pytest.raises(PlanError):
        year.move_to("midyear")


@pytest.mark.no_cover
def test_no_day_is_left_out_and_none_comes_twice(year: SchoolYear) -> None:
    year.move_to(year.days[2])

    for wrong in (year.days[0], year.days[2], "sunday"):
        with pytest.raises(UsageError, match="lies ahead"):
            year.move_to(wrong)
    assert year.today == year.days[2]

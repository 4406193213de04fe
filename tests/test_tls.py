"""A rehearsal over HTTPS: the app's programs trust it, and whoever starts others is told how."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from distribution import CHECKOUT
from rehearsing import RUN_DATE

from harness.cli.options import configuration
from harness.cli.trusting import TLS_PORT, told_of_tls, trust_within
from harness.config.config import Endpoint, load_config
from harness.contract.sync import Mode
from harness.doctor import State, Visit, examine
from harness.replay.credentials import credentials
from harness.replay.simulated_clever import serve

EXAMPLE = CHECKOUT / "examples" / "command-adapter" / "rosterready.toml"


@pytest.mark.slow
def test_the_programs_of_the_configuration_trust_the_served_clever(tmp_path: Path) -> None:
    config = load_config(EXAMPLE)
    config = replace(config, simulator=Endpoint(tls=str(tmp_path)))
    for file in EXAMPLE.parent.glob("*.py"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    visit = Visit(
        config=replace(config, directory=tmp_path),
        mode=Mode.FULL,
        salt="tls",
        run_date=RUN_DATE,
        now=time.time,
        timer=time.monotonic,
    )

    lines = list(examine(visit))

    assert any("https://127.0.0.1:" in line.came for line in lines)
    assert not [line for line in lines if line.state is State.WRONG]


def test_the_recipe_that_is_printed_leads_to_the_served_clever(tmp_path: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("not run: no curl is installed")
    config = configuration(None, "command:true", tls=tmp_path)
    assert config.simulator.port == TLS_PORT
    with serve(
        credentials("tls"), now=time.time, timer=time.monotonic, tls=config.authority
    ) as clever:
        port = int(clever.url.rpartition(":")[2])
        served = replace(config, simulator=replace(config.simulator, port=port))
        told = list(told_of_tls(served))
        recipe = next(line for line in told if line.startswith("  curl "))
        done = subprocess.run(
            [*shlex.split(recipe), "--silent", "--write-out", "%{http_code}"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )

    assert done.stdout.endswith("401"), done.stderr
    assert "  127.0.0.1 api.clever.com clever.com" in told
    exported = {line.split("=")[0].removeprefix("  export ") for line in told if "export" in line}
    assert exported == set(clever.trust)
    assert not {name for name in clever.trust if os.environ.get(name) == clever.trust[name]}


def test_a_python_adapter_trusts_it_within_our_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, "")  # which is put back afterwards
    python = configuration(None, "python:adapter:App", tls=tmp_path)
    other = configuration(None, "command:true", tls=tmp_path)
    with serve(credentials("tls"), now=time.time, timer=time.monotonic, tls=tmp_path) as clever:
        trust_within(other)
        with pytest.raises(httpx.ConnectError):
            httpx.get(clever.url)

        trust_within(python)
        answer = httpx.get(f"{clever.url}/v3.1/users")

    assert answer.status_code == 401
    assert os.environ["REQUESTS_CA_BUNDLE"] == clever.trust["REQUESTS_CA_BUNDLE"]


def test_nothing_is_told_without_tls(tmp_path: Path) -> None:
    assert not list(told_of_tls(configuration(None, "command:true")))

"""Somebody's own district is served from their files, upload by upload."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from district.csv import upload

from harness.cli.uploads import Uploads
from harness.errors import DocumentError, UsageError
from harness.plan.plan import COMMON
from harness.simulator.access.clients import OAuthClient
from harness.simulator.http.message import Request
from harness.simulator.simulator import Simulator

PROGRAM = [sys.executable, "-c", "from harness.cli import main; main()", "serve", "--port", "0"]
RENAMED = upload.FILES["students.csv"].replace("Zoë", "Zoe")


@pytest.fixture
def clever() -> Simulator:
    return Simulator(clients=[OAuthClient(id="app", secret="not-a-real-secret")], now=lambda: 0.0)


def _folder(parent: Path, name: str, **replaced: str) -> Path:
    (parent / name).mkdir()
    return upload.write(parent / name, **replaced)


def _open(clever: Simulator, folder: Path) -> Uploads:
    return Uploads(clever, folder, salt="salt", seed=1, run_date=upload.RUN_DATE)


def _events(clever: Simulator, district: str) -> list[str]:
    bearer = f"Bearer {clever.token(district)}".encode()
    answer = clever.handle(Request("GET", "/v3.1/events", "", [(b"authorization", bearer)]))
    return [event["data"]["type"] for event in json.loads(answer.body)["data"]]


def test_a_folder_of_files_is_one_upload(clever: Simulator, tmp_path: Path) -> None:
    uploads = _open(clever, _folder(tmp_path, "Elm Valley"))

    uploads.move_to("Elm Valley")

    assert uploads.days == ("Elm Valley",)
    assert uploads.today == "Elm Valley"
    shared = clever.publication(uploads.districts[COMMON])
    assert shared is not None
    assert shared.roster.district["name"] == "Elm Valley"
    assert shared.at == datetime(2026, 8, 31, 16, 5, tzinfo=UTC)


def test_folders_in_a_folder_are_uploads_one_after_the_other(
    clever: Simulator, tmp_path: Path
) -> None:
    _folder(tmp_path, "2026-09-04", students=RENAMED)
    _folder(tmp_path, "2026-09-01")
    _folder(tmp_path, "2026-09-07")
    (tmp_path / "notes").mkdir()
    uploads = _open(clever, tmp_path)

    uploads.move_to("2026-09-01")
    known = len(_events(clever, uploads.districts[COMMON]))
    uploads.move_to("2026-09-07")

    assert uploads.days == ("2026-09-01", "2026-09-04", "2026-09-07")
    told = _events(clever, uploads.districts[COMMON])[known:]
    assert told == ["districts.updated", "users.updated"] * 2
    shared = clever.publication(uploads.districts[COMMON])
    assert shared is not None
    assert shared.roster.district["name"] == tmp_path.name
    assert shared.at == datetime(2026, 8, 31, 16, 5, tzinfo=UTC)


def test_uploads_go_forwards_only(clever: Simulator, tmp_path: Path) -> None:
    _folder(tmp_path, "a")
    _folder(tmp_path, "b")
    uploads = _open(clever, tmp_path)
    uploads.move_to("b")

    for wanted in ("a", "b", "c"):
        with pytest.raises(UsageError, match="no upload that lies ahead"):
            uploads.move_to(wanted)


def test_a_bad_file_shows_before_anything_is_served(clever: Simulator, tmp_path: Path) -> None:
    _folder(tmp_path, "a")
    _folder(tmp_path, "b", students=RENAMED.replace("KG", "XX"))

    with pytest.raises(DocumentError, match=r"b/students\.csv:5 at Grade"):
        _open(clever, tmp_path)

    assert clever.districts == ()


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_files_is_named(clever: Simulator, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(DocumentError, match=name):
        _open(clever, tmp_path / name)


def test_serve_shares_what_is_in_the_files(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "Elm Valley")
    process = subprocess.Popen(
        [*PROGRAM, "--district", str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith("It shares what is in your files."):
            break
    values = dict(re.findall(r"^export (\w+)=(.*)$", said, re.M))

    bearer = {"Authorization": f"Bearer {values['CLEVER_DISTRICT_TOKEN']}"}
    users = httpx.get(f"{values['CLEVER_API_URL']}/v3.1/users", headers=bearer).json()["data"]

    assert {user["data"]["name"]["last"] for user in users} >= {"Reyes", "Okoye", "Ana Reyes"}
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert process.returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("teachers", "options", "complaint"),
    [
        ("School id,Teacher id\n", (), "teachers.csv:1: has no column First_name"),
        (upload.FILES["teachers.csv"], ("--day", "sunday"), "The days are Elm Valley."),
    ],
)
def test_serve_complains_of_bad_files_and_days(
    tmp_path: Path, teachers: str, options: tuple[str, ...], complaint: str
) -> None:
    folder = _folder(tmp_path, "Elm Valley", teachers=teachers)
    command = [*PROGRAM, "--district", str(folder), *options]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 2
    assert complaint in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr

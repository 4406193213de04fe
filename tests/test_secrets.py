"""No secret and no token reaches a file we write, whatever an app logs."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import httpx
import pytest
from distribution import ARTEFACTS
from rehearsing import CATALOGUE, circumstances

from harness import session
from harness.cli.bundling import MEMBERS, bundle_run
from harness.config.config import Config, Endpoint
from harness.contract.connection import Connection
from harness.contract.sync import Mode, Skipped, Sync, SyncState
from harness.demo.adapter import DemoAdapter
from harness.district.population.sizes import FIVE_SMALL_SCHOOLS
from harness.report import bundle
from harness.report.bundle import MANIFEST
from harness.report.write import write_all

pytestmark = pytest.mark.no_cover  # other tests reach the same code

CLIENT = "canary-client-0001"
SECRET = "canary/secret+with=signs-0002"


class Gossip(DemoAdapter):
    """Says every secret it knows wherever an app can say something."""

    tokens: ClassVar[set[str]] = set()

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        answer = httpx.get(
            f"{connection.accounts}/oauth/tokens?owner_type=district",
            auth=(connection.client_id, connection.client_secret),
            headers={"User-Agent": f"gossip {connection.client_secret}"},
            trust_env=False,
        )
        token = next(
            row["access_token"]
            for row in answer.json()["data"]
            if row["owner"]["id"] == connection.district
        )
        self.tokens.add(token)
        httpx.get(f"{connection.api}/v3.0/users?access_token={token}", trust_env=False)
        super().sync(connection, mode)
        said = f"{connection.client_secret} {token} Authorization: Bearer {token}"
        return Sync(
            state=SyncState.PARTIAL,
            reason=said,
            log=f"{said}\nBasic {basic(connection)}",
            skipped=(Skipped(clever_id="1" * 24, reason=said),),
        )


def basic(connection: Connection) -> str:
    pair = f"{connection.client_id}:{connection.client_secret}"
    return base64.b64encode(pair.encode()).decode()


@pytest.mark.slow
def test_no_secret_and_no_token_reaches_an_artefact(tmp_path: Path) -> None:
    config = Config(
        directory=tmp_path,
        adapter=f"python:{__name__}:Gossip",
        simulator=Endpoint(client_id=CLIENT, client_secret=SECRET),
    )
    rehearsal = session.prepare(
        config,
        circumstances("canary"),
        only=["standing", "student-returns", "student-away-for-a-year", "school-closes"],
        catalogue=CATALOGUE,
        size=FIVE_SMALL_SCHOOLS,
    )

    recording = session.record(rehearsal, tmp_path)
    written = write_all(session.judge_recording(recording, CATALOGUE), tmp_path)

    assert len(Gossip.tokens) == 5  # four districts, one of which gets a new one
    pair = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
    files = [*written, tmp_path / session.RECORDING]
    assert {file.name for file in files} == ARTEFACTS
    bundled = bundle.unpack(bundle_run(tmp_path, None), MEMBERS)
    bodies = {file.name: file.read_bytes() for file in files}
    assert bundled.files == bodies
    for name, body in (bodies | {MANIFEST: bundle.manifest(bundled)}).items():
        for secret in (SECRET, pair, *Gossip.tokens):
            assert secret not in _readable(name, body), name


def _readable(name: str, body: bytes) -> str:
    """All text of a file, unpacked."""
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return "".join(parts.read(name).decode("latin-1") for name in parts.namelist())
    return (gzip.decompress(body) if name.endswith(".gz") else body).decode()


class Repeats(DemoAdapter):
    """Repeats what it was configured with wherever it can."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        done = super().sync(connection, mode)
        return replace(done, reason=f"signed in with {self.key}", log=f"key={self.key}")

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        raise PermissionError(self.key)


@pytest.mark.slow
def test_no_option_of_an_adapter_reaches_an_artefact(tmp_path: Path) -> None:
    key, other = "plain-words-in-no-shape", "more-plain-words"
    config = Config(
        directory=tmp_path, adapter=f"python:{__name__}:Repeats?key={key}", options={"key": other}
    )
    rehearsal = session.prepare(
        config,
        circumstances("canary"),
        only=["student-returns"],
        catalogue=CATALOGUE,
        size=FIVE_SMALL_SCHOOLS,
    )

    recording = session.record(rehearsal, tmp_path)
    written = write_all(session.judge_recording(recording, CATALOGUE), tmp_path)

    assert recording.header.adapter == f"python:{__name__}:Repeats"
    for file in (*written, tmp_path / session.RECORDING):
        assert key not in _readable(file.name, file.read_bytes()), file.name
    assert b"signed in with [redacted]" in gzip.decompress(
        (tmp_path / session.RECORDING).read_bytes()
    )

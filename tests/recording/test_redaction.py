"""No client secret, token or Authorization value reaches a recording."""

from __future__ import annotations

import gzip
from base64 import b64encode
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from harness.contract.profile import Profile
from harness.contract.snapshot import HeldUser, Snapshot
from harness.contract.sync import Mode, Skipped, Sync, SyncState
from harness.plan.plan import Plan
from harness.recording.reader import read
from harness.recording.recording import (
    Header,
    LessonFinished,
    LoggedRequest,
    Restarted,
    RunInterrupted,
    SnapshotTaken,
    Synced,
)
from harness.recording.redaction import Secrets
from harness.recording.writer import Writer

CLIENT = "client-of-the-rehearsal"
CANARY = "canary/secret+0123456789"
TOKEN = "canary-token-9876543210"
BASIC = b64encode(f"{CLIENT}:{CANARY}".encode()).decode()

HEADER = Header(
    rosterready="0.1.0",
    adapter=f"python:vendor:App?password={CANARY}",
    run_date=date(2031, 2, 3),
    seed=7,
    salt="a1b2",
    mode=Mode.FULL,
    plan=Plan(scenarios=()),
    plan_hash="",
    requirement_set="",
    profile=Profile(answers={"auth": f"we send {TOKEN}"}),
    capabilities=(),
)
LOUD = f"""GET /oauth/tokens Authorization: Basic {BASIC}
secret {CANARY}, url ?client_secret=canary%2Fsecret%2B0123456789
GET /v3.0/users Authorization: Bearer {TOKEN}
{{"access_token": "{TOKEN}"}}"""


def test_no_canary_survives_in_any_field(tmp_path: Path) -> None:
    path = tmp_path / "recording.json.gz"
    sync = Sync(
        state=SyncState.FAILED,
        reason=LOUD,
        log=LOUD,
        skipped=(Skipped(clever_id="5f01", reason=LOUD),),
    )
    place = {"district": "common", "day": "midyear"}

    with Writer(path, HEADER, secrets=Secrets([CANARY, TOKEN], client_id=CLIENT)) as writer:
        writer.add(Synced(**place, sync=sync, approved=sync, seconds=1.0))
        writer.add(Restarted(**place, during="sync", message=LOUD, failed=LOUD))
        writer.add(
            RunInterrupted(
                district="common", day="midyear", during="sync", fault="adapter", message=LOUD
            )
        )
        writer.add(
            LessonFinished(
                district="common", day="midyear", edge_case="e", person="p", act="a", refused=LOUD
            )
        )
        writer.add(_request(query=f"token={TOKEN}", path=f"/v3.0/{TOKEN}", agent=LOUD))
        odd = HeldUser(clever_id="5f01", app_id="1", last_name=f"name {TOKEN}", email=CANARY)
        writer.add(SnapshotTaken(**place, after="sync", snapshot=Snapshot(users=(odd,))))
        recording = writer.close(f"stopped: {LOUD}")

    text = gzip.decompress(path.read_bytes()).decode()
    for canary in (CANARY, TOKEN, BASIC, "canary"):
        assert canary not in text
    assert read(path) == recording


def _request(*, path: str, query: str, agent: str) -> LoggedRequest:
    return LoggedRequest(
        district="common",
        day="midyear",
        during="sync",
        method="GET",
        path=path,
        query=query,
        status=200,
        records=0,
        size=0,
        started=0.0,
        seconds=0.0,
        agent=agent,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Authorization: Bearer abcdef", "Authorization: Bearer [redacted]"),
        ("authorization=opaque123", "authorization=[redacted]"),
        ("'access_token': 'abc123'", "'access_token': '[redacted]'"),
        ("?client_secret=abcd&limit=1", "?client_secret=[redacted]&limit=1"),
        ("Authorization: Basic YTpi", "Authorization: Basic [redacted]"),
        ("basic mathematics, token of thanks", "basic mathematics, token of thanks"),
        ("read 3 pages of users", "read 3 pages of users"),
    ],
)
def test_what_looks_like_a_secret_is_redacted_unknown_as_it_is(text: str, expected: str) -> None:
    assert Secrets().redact(text) == expected


def test_a_short_secret_does_not_mangle_what_the_app_holds(tmp_path: Path) -> None:
    """A vendor's fixed secret may be an ordinary word that also occurs in names and keys."""
    held = HeldUser(clever_id="5f01", app_id="1", first_name="users")
    look = SnapshotTaken(
        district="common", day="midyear", after="sync", snapshot=Snapshot(users=(held,))
    )

    with Writer(tmp_path / "r.json.gz", replace(HEADER), secrets=Secrets(["users"])) as writer:
        writer.add(look)

    assert read(tmp_path / "r.json.gz").entries == (look,)


def test_a_word_of_the_adapter_is_left_in_what_the_app_asks_for() -> None:
    """Adapters are given words such as `events`, which are paths and roles at Clever, too."""
    secrets = Secrets(confided=["events", "students"])
    asked = _request(path="/v3.1/events", query="role=students", agent="app events")

    assert secrets.clean(asked) == replace(asked, agent="app [redacted]")

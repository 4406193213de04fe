"""A program of the vendor's is run once per call and speaks JSON."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent

import pytest

from harness.adapters.loaded import LoadedAdapter
from harness.adapters.opening import open_adapter
from harness.contract.adapter import Capability
from harness.contract.connection import Connection
from harness.contract.edit import Edit, EditKind
from harness.contract.profile import Profile
from harness.contract.snapshot import HeldUser
from harness.contract.sync import Mode, SyncState
from harness.contract.timeouts import Timeouts
from harness.errors import AdapterError

PROGRAM = """
    import json, os, subprocess, sys, time

    mood = sys.argv[1]
    call = json.load(sys.stdin)
    name = call["call"]
    with open("calls.jsonl", "a") as log:
        log.write(json.dumps(call) + "\\n")
    print("working on", name, file=sys.stderr)
    if name == "describe":
        if mood == "no describe":
            sys.exit("what is describe?")
        profile = {"app": "Abacus"}
        print(json.dumps({"contract": 1, "capabilities": ["progress"], "profile": profile}))
    elif mood == "exits":
        sys.exit("no such district")
    elif mood == "dies":
        os.abort()
    elif mood == "sleeps":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(20)"])
        open("child.pid", "w").write(str(child.pid))
        time.sleep(20)
    elif mood == "chats":
        print("Welcome!")
    elif name == "sync":
        print(json.dumps({"state": "completed", "reason": call["mode"]}))
    elif name == "snapshot" and mood == "windows":
        print("\ufeff" + json.dumps({"users": []}))
    elif name == "snapshot":
        user = {"clever_id": call["connection"]["district"], "app_id": "1"}
        print(json.dumps({"users": [user]}))
"""

Open = Callable[..., LoadedAdapter]


@pytest.fixture
def opened(folder: Path) -> Open:
    """Opens the program above in a certain mood."""
    (folder / "app.py").write_text(dedent(PROGRAM))
    return lambda mood, timeouts=None: open_adapter(
        f'command:"{sys.executable}" -S app.py "{mood}"', directory=folder, timeouts=timeouts
    )


def test_a_program_is_driven_and_read(opened: Open, connection: Connection, folder: Path) -> None:
    with opened("well") as app:
        app.connect(connection)
        sync = app.sync(connection, Mode.FULL)
        snapshot = app.snapshot(connection)
        refused = app.finish_lesson(connection, "5f01", "one")
        by_hand = app.edit(connection, Edit(kind=EditKind.CREATE_USER, name="guest"))
        app.restart(connection)
        app.renew_token(connection)

    assert (sync.state, sync.reason) == (SyncState.COMPLETED, "full")
    assert snapshot.users == (HeldUser(clever_id=connection.district, app_id="1"),)
    assert (refused, by_hand) == ("", "")
    assert app.capabilities == {Capability.PROGRESS}
    assert app.profile == Profile(app="Abacus")
    calls = (folder / "calls.jsonl").read_text().splitlines()
    assert calls[0] == '{"call": "describe"}'
    assert '"call": "finish_lesson"' in calls[-4]
    assert '"lesson": "one"' in calls[-4]
    assert '"client_secret": "secret-of-a-test"' in calls[-4]
    assert '"edit": {"kind": "create-user"' in calls[-3]
    assert '"call": "restart"' in calls[-2]
    assert '"call": "renew_token"' in calls[-1]


def test_a_byte_order_mark_before_an_answer_is_no_part_of_it(
    opened: Open, connection: Connection
) -> None:
    assert opened("windows").snapshot(connection).users == ()


@pytest.mark.parametrize(
    ("mood", "reason", "log"),
    [
        ("exits", "exited with 1: ", "no such district"),
        ("dies", "was ended by signal 6: ", "working"),
    ],
)
def test_a_program_that_breaks_off_is_a_failed_sync(
    opened: Open, connection: Connection, mood: str, reason: str, log: str
) -> None:
    sync = opened(mood).sync(connection, Mode.FULL)

    assert sync.state is SyncState.FAILED
    assert sync.reason.startswith(reason)
    assert log in sync.reason
    assert log in sync.log


def test_a_program_that_does_not_end_is_ended_with_all_it_started(
    opened: Open, connection: Connection, folder: Path
) -> None:
    sync = opened("sleeps", Timeouts(sync=1.0)).sync(connection, Mode.FULL)

    assert (sync.state, sync.reason) == (SyncState.TIMED_OUT, "no answer within 1 seconds")
    assert "working on sync" in sync.log
    child = int((folder / "child.pid").read_text())
    assert _gone(child)


def _gone(pid: int) -> bool:
    """Whether a process ends within ten seconds; one that waits to be reaped has ended."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{pid}/stat")
        if state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_snapshot_that_breaks_off_says_so_with_the_end_of_the_log(
    opened: Open, connection: Connection
) -> None:
    said = r"snapshot of district .* exited with 1: .*no such district"
    with pytest.raises(AdapterError, match=said):
        opened("exits").snapshot(connection)


def test_chatter_on_stdout_is_explained(opened: Open, connection: Connection) -> None:
    with pytest.raises(AdapterError, match="sync wrote 'Welcome!' on stdout") as caught:
        opened("chats").sync(connection, Mode.FULL)

    assert "stderr" in caught.value.hint


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("no-such-program-anywhere", "cannot be run in"),
        ("'unfinished", "cannot be taken apart: No closing quotation"),
        ("./data.txt", "cannot be run in"),
        ("true", "describe wrote nothing on stdout"),
    ],
)
def test_a_program_that_cannot_be_run_says_why(folder: Path, target: str, said: str) -> None:
    (folder / "data.txt").write_text("not a program")

    with pytest.raises(AdapterError) as caught:
        open_adapter(f"command:{target}", directory=folder)

    assert said in caught.value.message
    assert caught.value.message.startswith("command:")


def test_a_program_that_knows_no_describe_is_told_what_to_answer(opened: Open) -> None:
    with pytest.raises(AdapterError, match="describe exited with 1") as caught:
        opened("no describe")

    assert '"contract": 1' in caught.value.hint


def test_a_sync_is_killed_with_all_it_started(
    opened: Open, connection: Connection, folder: Path
) -> None:
    with opened("sleeps") as app, ThreadPoolExecutor() as threads:
        sync = threads.submit(app.sync, connection, Mode.FULL)
        while not (folder / "child.pid").exists():
            time.sleep(0.01)
        began = time.monotonic()
        problem = app.kill(connection)
        ended = sync.result()

    assert app.killed_by == "command"
    assert (problem, ended.state) == ("", SyncState.FAILED)
    assert ended.reason.startswith("was ended by signal 9")
    assert time.monotonic() - began < 5
    assert _gone(int((folder / "child.pid").read_text()))


def test_nothing_is_killed_where_no_sync_runs(opened: Open, connection: Connection) -> None:
    with opened("well") as app:
        app.sync(connection, Mode.FULL)

        assert app.kill(connection) == ""
        app.revive(connection)

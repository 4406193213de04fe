"""A class of the vendor's is driven on a thread of its own, and nothing it does breaks ours."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from harness.adapters.loaded import LoadedAdapter
from harness.adapters.opening import open_adapter
from harness.contract.account import Account
from harness.contract.adapter import Capability
from harness.contract.connection import Connection
from harness.contract.edit import Edit, EditKind
from harness.contract.profile import Profile
from harness.contract.snapshot import HeldUser
from harness.contract.sync import Mode, SyncState
from harness.contract.timeouts import Timeouts
from harness.errors import AdapterError

QUICK = Timeouts(connect=5, sync=0.2, snapshot=0.2, act=0.2, approve=0.2)
"""For apps that sleep; others have all the time they want, since machines may be slow."""

APP = """
    import sqlite3
    import threading
    import time

    class App:
        def __init__(self, mood="well", level="1"):
            self.mood, self.level = mood, level
            self.rows = sqlite3.connect(":memory:")  # belongs to the thread that made it
            self.threads = {threading.get_ident()}

        def behave(self):
            self.threads.add(threading.get_ident())
            if self.mood == "raises":
                raise LookupError("no such district")
            if self.mood == "exits":
                raise SystemExit(3)
            if self.mood == "interrupts":
                raise KeyboardInterrupt
            if self.mood == "sleeps":
                time.sleep(5)

        def connect(self, connection):
            self.rows.execute("select 1")
            self.behave()

        def sync(self, connection, mode):
            self.behave()
            return {"state": "completed", "reason": mode}

        def snapshot(self, connection):
            self.rows.execute("select 1")
            self.behave()
            return {"users": [{"clever_id": connection.district, "app_id": self.level}]}

        def close(self):
            self.rows.close()

    class Diligent(App):
        profile = {"app": "Abacus", "not_held": {"terms": "no terms"}}

        def finish_lesson(self, connection, clever_id, lesson):
            self.behave()

        def approve(self, connection):
            return {"state": "completed"}

    class Editable(App):
        def create_account(self, connection, account):
            self.behave()
            return {"app_id": account.email or ""}

        def edit(self, connection, edit):
            self.behave()
            if edit.kind == "add-role":
                raise PermissionError("roles come from Clever")

    class Once(App):
        def sync_twice(self, connection): ...


    class Halfway:
        def connect(self, connection): ...

    class Fussy(App):
        def __init__(self, *, database):
            super().__init__()

    def build():
        return App()

    READY = App()
"""

Open = Callable[..., LoadedAdapter]


@pytest.fixture
def opened(folder: Path) -> Open:
    """Opens `python:vendor_app:...` in a folder with the module above."""
    (folder / "vendor_app.py").write_text(dedent(APP))

    def open_app(target: str, timeouts: Timeouts | None = None, **options: str) -> LoadedAdapter:
        if options.get("mood") == "sleeps":
            timeouts = timeouts or QUICK
        return open_adapter(
            f"python:vendor_app:{target}", options, directory=folder, timeouts=timeouts
        )

    return open_app


def test_a_class_is_driven_and_read(opened: Open, connection: Connection) -> None:
    with opened("App", level="7") as app:
        app.connect(connection)
        sync = app.sync(connection, Mode.FULL)
        snapshot = app.snapshot(connection)

    assert (sync.state, sync.reason) == (SyncState.COMPLETED, "full")
    assert snapshot.users == (HeldUser(clever_id=connection.district, app_id="7"),)
    assert (app.name, app.capabilities, app.profile) == ("python:vendor_app:App", frozenset(), None)


def test_capabilities_are_what_is_implemented(opened: Open, connection: Connection) -> None:
    with opened("Diligent") as app:
        assert app.capabilities == {Capability.PROGRESS, Capability.APPROVE}
        assert app.profile == Profile(app="Abacus", not_held={"terms": "no terms"})
        assert app.finish_lesson(connection, "5f01", "one") == ""
        assert app.approve(connection).state is SyncState.COMPLETED


def test_accounts_and_edits_are_made_by_hand(opened: Open, connection: Connection) -> None:
    account = Account(role="student", first_name="A", last_name="B", email="ab@example.com")
    role = Edit(kind=EditKind.ADD_ROLE, user="5f01", role="staff")

    with opened("Editable") as app:
        assert app.capabilities == {Capability.MATCHING, Capability.EDITS}
        assert app.create_account(connection, account) == ("ab@example.com", "")
        assert app.edit(connection, Edit(kind=EditKind.CREATE_USER, name="guest")) == ""
        assert app.edit(connection, role) == "raised PermissionError: roles come from Clever"


def test_an_account_that_cannot_be_made_is_told_and_a_nameless_one_refused(
    opened: Open, connection: Connection
) -> None:
    account = Account(role="student", first_name="A", last_name="B")

    with opened("Editable", mood="raises") as app:
        assert app.create_account(connection, account) == (
            "",
            "raised LookupError: no such district",
        )
    with (
        opened("Editable") as app,
        pytest.raises(AdapterError, match="app_id is '', expected a text that is not empty"),
    ):
        app.create_account(connection, account)


def test_a_function_that_makes_the_adapter_does_as_well(opened: Open) -> None:
    with opened("build") as app:
        assert app.capabilities == frozenset()


def test_a_ready_made_object_does_as_well(opened: Open, connection: Connection) -> None:
    with opened("READY") as app:
        assert app.sync(connection, Mode.FULL).state is SyncState.COMPLETED


def test_the_folder_is_appended_to_the_path_once(opened: Open, folder: Path) -> None:
    for _ in range(2):
        opened("App").close()

    assert sys.path[-1] == str(folder)
    assert sys.path.count(str(folder)) == 1


@pytest.mark.parametrize(
    ("mood", "said"),
    [("raises", "raised LookupError: no such district"), ("exits", "raised SystemExit: 3")],
)
def test_a_sync_that_raises_is_a_failed_sync(
    opened: Open, connection: Connection, mood: str, said: str
) -> None:
    with opened("App", mood=mood) as app:
        sync = app.sync(connection, Mode.FULL)

    assert (sync.state, sync.reason) == (SyncState.FAILED, said)
    assert "behave" in sync.log
    assert "Traceback" in sync.log


def test_a_sync_that_does_not_end_timed_out(opened: Open, connection: Connection) -> None:
    with opened("App", mood="sleeps") as app:
        started = time.monotonic()
        sync = app.sync(connection, Mode.FULL)

        assert time.monotonic() - started < 4
        assert (sync.state, sync.reason) == (SyncState.TIMED_OUT, "no answer within 0.2 seconds")


def test_after_a_call_that_does_not_end_the_next_one_gets_an_answer(
    folder: Path, connection: Connection
) -> None:
    (folder / "slow_app.py").write_text(
        dedent("""
        import time
        class App:
            def connect(self, connection): pass
            def sync(self, connection, mode): time.sleep(4)
            def snapshot(self, connection): return {"users": []}
        """)
    )
    timeouts = Timeouts(sync=0.2, snapshot=2)
    with open_adapter("python:slow_app:App", directory=folder, timeouts=timeouts) as app:
        assert app.sync(connection, Mode.FULL).state is SyncState.TIMED_OUT
        assert app.snapshot(connection).users == ()


@pytest.mark.parametrize(
    ("mood", "said"),
    [
        ("raises", "5d0000000000000000000001 raised LookupError: no such district"),
        ("sleeps", "gave no answer within"),
    ],
)
def test_an_app_that_cannot_be_connected_or_read_is_an_adapter_error(
    opened: Open, connection: Connection, mood: str, said: str
) -> None:
    for name in ("connect", "snapshot"):
        timeouts = Timeouts(connect=0.2, snapshot=0.2) if mood == "sleeps" else None
        app = opened("App", timeouts=timeouts, mood=mood)
        with pytest.raises(AdapterError) as caught:
            getattr(app, name)(connection)
        app.close()

        assert f"{name} of district" in caught.value.message
        assert said in caught.value.message


@pytest.mark.parametrize(
    ("mood", "said"),
    [
        ("raises", "raised LookupError: no such district"),
        ("sleeps", "no answer within 0.2 seconds"),
    ],
)
def test_an_act_the_app_does_not_let_happen_says_why(
    opened: Open, connection: Connection, mood: str, said: str
) -> None:
    with opened("Diligent", mood=mood) as app:
        assert app.finish_lesson(connection, "5f01", "one") == said


def test_an_interrupt_inside_the_app_passes(opened: Open, connection: Connection) -> None:
    with opened("App", mood="interrupts") as app, pytest.raises(KeyboardInterrupt):
        app.sync(connection, Mode.FULL)


def test_ctrl_c_does_not_wait_for_the_app(folder: Path) -> None:
    (folder / "long_app.py").write_text(
        dedent("""
        import signal, threading, time
        class App:
            def connect(self, connection):
                signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
                time.sleep(8)
            def sync(self, connection, mode): pass
            def snapshot(self, connection): pass
        """)
    )
    app = open_adapter("python:long_app:App", directory=folder)
    started = time.monotonic()

    with pytest.raises(KeyboardInterrupt):
        app.connect(Connection(api="", accounts="", client_id="", client_secret="", district="d"))
    app.close()

    assert time.monotonic() - started < 6


def test_closing_ends_the_thread(opened: Open) -> None:
    opened("build").close()

    deadline = time.monotonic() + 5
    while any(one.name == "adapter vendor_app:build" for one in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("target", "message", "hint"),
    [
        ("Halfway", "lacks sync, snapshot", "connect, sync, snapshot"),
        ("Once", "sync_twice of python:", "sync_twice(self, connection, mode)"),
        ("Ap", "has no Ap", 'did you mean "App"'),
        ("Fussy", "raised TypeError", "called with no options"),
    ],
)
def test_a_class_that_cannot_be_used_says_why(
    opened: Open, target: str, message: str, hint: str
) -> None:
    with pytest.raises(AdapterError) as caught:
        opened(target)

    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("source", "message", "hint"),
    [
        (None, "broken_app cannot be imported in", "in the folder that holds the module"),
        ("import not_installed_anywhere", "cannot be imported", "Install not_installed_anywhere"),
        ("import harness.billing", "cannot be imported", "Use the `command:` adapter"),
        ("from harness import billing", "cannot be imported", "Use the `command:` adapter"),
        ("1 / 0", "importing broken_app raised ZeroDivisionError", ""),
        ("def (:", "importing broken_app raised SyntaxError", ""),
    ],
)
def test_a_module_that_cannot_be_imported_says_where_and_what_to_do(
    folder: Path, source: str | None, message: str, hint: str
) -> None:
    (folder / "harness").mkdir()
    (folder / "harness" / "billing.py").write_text("")
    if source is not None:
        (folder / "broken_app.py").write_text(source)

    with pytest.raises(AdapterError) as caught:
        open_adapter("python:broken_app:App", directory=folder)

    assert message in caught.value.message
    assert hint in caught.value.hint


def test_an_answer_of_the_wrong_type_is_an_adapter_error(
    folder: Path, connection: Connection
) -> None:
    (folder / "mute_app.py").write_text(
        dedent("""
        class App:
            def connect(self, connection): pass
            def sync(self, connection, mode): pass
            def snapshot(self, connection): pass
        """)
    )
    with open_adapter("python:mute_app:App", directory=folder) as app:
        with pytest.raises(AdapterError, match="sync: found nothing, expected an object"):
            app.sync(connection, Mode.FULL)
        with pytest.raises(AdapterError, match="snapshot: found nothing, expected an object"):
            app.snapshot(connection)

"""A vendor's app of a few lines, and what can go wrong with it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from threading import Event, Thread
from typing import Any

import httpx

from harness.contract.account import Account, Created
from harness.contract.connection import Connection
from harness.contract.snapshot import HeldUser, LocalRecord, Snapshot, Work
from harness.contract.sync import Mode, Sync, SyncState
from harness.errors import AppUnreachable


class SmallApp:
    """Reads the users of a district and remembers them, and lessons with them."""

    def __init__(self) -> None:
        self.users: dict[str, dict[str, Mapping[str, Any]]] = {}
        self.work: list[Work] = []
        self.connected: list[str] = []
        self.syncs = 0
        self.http = httpx.Client(headers={"User-Agent": "SmallApp/1"}, trust_env=False)

    def connect(self, connection: Connection) -> None:
        self.connected.append(connection.district)
        self.users[connection.district] = {}

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        self.syncs += 1
        users = self.read(connection)
        self.users[connection.district] = {user["id"]: user for user in users}
        return Sync(state=SyncState.COMPLETED)

    def snapshot(self, connection: Connection) -> Snapshot:
        held = self.users[connection.district]
        return Snapshot(
            users=tuple(HeldUser(clever_id=key, app_id=f"app-{key}") for key in sorted(held)),
            progress=tuple(self.work),
        )

    def finish_lesson(self, connection: Connection, clever_id: str, lesson: str) -> None:
        self.users[connection.district][clever_id]  # a KeyError when nobody knows them
        self.work.append(Work(account=f"app-{clever_id}", lesson=lesson))

    def close(self) -> None:
        self.http.close()

    def token(self, connection: Connection) -> str:
        answer = self.http.get(
            f"{connection.accounts}/oauth/tokens?owner_type=district",
            auth=(connection.client_id, connection.client_secret),
        ).raise_for_status()
        tokens = {row["owner"]["id"]: row["access_token"] for row in answer.json()["data"]}
        return str(tokens[connection.district])

    def read(self, connection: Connection) -> list[Mapping[str, Any]]:
        answer = self.http.get(
            f"{connection.api}/v3.0/users?limit=10000",
            headers={"Authorization": f"Bearer {self.token(connection)}"},
        ).raise_for_status()
        return [row["data"] for row in answer.json()["data"]]


class Matching(SmallApp):
    """Knew people before Clever, and shows them as its own."""

    def __init__(self) -> None:
        super().__init__()
        self.known: list[Account] = []

    def create_account(self, connection: Connection, account: Account) -> Created:
        if account.role == "teacher":
            raise PermissionError("teachers are created by our support")
        self.known.append(account)
        return Created(app_id=f"old-{len(self.known)}")

    def snapshot(self, connection: Connection) -> Snapshot:
        self.users.setdefault(connection.district, {})
        own = (LocalRecord(app_id=f"old-{number}") for number in range(1, len(self.known) + 1))
        return replace(super().snapshot(connection), local_users=tuple(own))


MATCHING = Matching()


class Peeking(SmallApp):
    """Answers from Clever when it is asked what it holds."""

    def snapshot(self, connection: Connection) -> Snapshot:
        self.read(connection)
        return super().snapshot(connection)


class Raising(SmallApp):
    """Its second sync raises, with the token in the message."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        if self.syncs == 1:
            self.syncs += 1
            raise RuntimeError(f"GET /v3.0/users with {self.token(connection)} went wrong")
        return super().sync(connection, mode)


class Holding(SmallApp):
    """Waits for a person before it applies anything."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        return Sync(state=SyncState.HELD, reason="everything changed")


class Approving(Holding):
    """Goes on once a person confirmed."""

    def approve(self, connection: Connection) -> Sync:
        return SmallApp.sync(self, connection, Mode.FULL)


class Dying(SmallApp):
    """Cannot say what it holds after its third sync."""

    def snapshot(self, connection: Connection) -> Snapshot:
        if self.syncs == 3:
            raise ConnectionRefusedError("the app is gone")
        return super().snapshot(connection)


class Impatient(SmallApp):
    """Somebody presses Ctrl-C during its second sync."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        if self.syncs == 1:
            raise KeyboardInterrupt
        return super().sync(connection, mode)


class Endless(SmallApp):
    """Never stops asking."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            self.read(connection)
        return super().sync(connection, mode)


class Insatiable(SmallApp):
    """Reads the first page again and again, and asks until it is refused for good.

    Over a connection of its own: on a slow machine the sync times out, and nobody closes it then.
    """

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        reader = SmallApp()
        try:
            headers = {"Authorization": f"Bearer {reader.token(connection)}"}
            while True:
                answer = reader.http.get(f"{connection.api}/v3.0/schools", headers=headers)
                if answer.status_code not in (200, 429):
                    raise RuntimeError(f"status {answer.status_code}")
        finally:
            reader.close()


class Careless:
    """Keeps no progress."""

    def __init__(self) -> None:
        app = SmallApp()
        self.connect, self.sync, self.snapshot, self.close = (
            app.connect, app.sync, app.snapshot, app.close,
        )  # fmt: skip


class Mortal(SmallApp):
    """Its process dies in its third sync, and can be started again."""

    fatal: Collection[int] = (3,)
    alive = True

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        self.answer()
        if self.syncs + 1 in self.fatal:
            self.syncs += 1
            return self.die(connection, mode)
        return super().sync(connection, mode)

    def snapshot(self, connection: Connection) -> Snapshot:
        self.answer()
        return super().snapshot(connection)

    def restart(self, connection: Connection) -> None:
        self.alive = True

    def answer(self) -> None:
        if not self.alive:
            raise ConnectionRefusedError("nothing listens")

    def die(self, connection: Connection, mode: Mode) -> Sync:
        self.alive = False
        raise SystemExit("killed")


class Frail(Mortal):
    """Dies in every sync."""

    fatal = range(1, 100)


class Crumbling(Mortal):
    """Says that its third sync completed, and is gone."""

    def die(self, connection: Connection, mode: Mode) -> Sync:
        ended = SmallApp.sync(self, connection, mode)
        self.alive = False
        return ended


class Vanished(Mortal):
    """Cannot be reached when it is asked to sync for the third time."""

    def die(self, connection: Connection, mode: Mode) -> Sync:
        raise AppUnreachable("nothing answers at http://127.0.0.1:9/sync", hint="Start the app.")


class Stillborn(Mortal):
    """Is started again, and answers nothing all the same."""

    def restart(self, connection: Connection) -> None:
        self.alive = False


class Unstartable(Mortal):
    """Cannot be started again."""

    def restart(self, connection: Connection) -> None:
        raise OSError("the disk is full")


class Zombie(SmallApp):
    """The first sync goes on in the background for ever, or until nobody answers."""

    stops_after = 600.0
    started = False

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        if not self.started:
            self.started = True
            until = time.monotonic() + self.stops_after
            while time.monotonic() < until:
                with contextlib.suppress(httpx.HTTPStatusError):
                    self.read(connection)
                time.sleep(0.3)
        return super().sync(connection, mode)

    def read(self, connection: Connection) -> list[Mapping[str, Any]]:
        """Each time over a connection of its own: nobody closes an adapter that hangs."""
        reader = SmallApp()
        try:
            return reader.read(connection)
        finally:
            reader.close()


class LateZombie(Zombie):
    """The same, for a little while after the time-out only."""

    stops_after = 2.0


class GivesUp(SmallApp):
    """Its adapter says that a sync timed out, after the app gave up."""

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        super().sync(connection, mode)
        return Sync(state=SyncState.TIMED_OUT, reason="Clever did not answer in time")


class StopsWatching(SmallApp):
    """Its adapter does not wait for the first sync, which goes on as long as the app runs."""

    def __init__(self) -> None:
        super().__init__()
        self.ended, self.going_on = Event(), Thread()

    def sync(self, connection: Connection, mode: Mode) -> Sync:
        if self.going_on.ident:
            return super().sync(connection, mode)
        self.going_on = Thread(target=self.go_on, args=(connection,))
        self.going_on.start()
        return Sync(state=SyncState.TIMED_OUT, reason="still running after a second")

    def go_on(self, connection: Connection) -> None:
        with contextlib.closing(SmallApp()) as reader:
            while not self.ended.wait(0.3):
                with contextlib.suppress(httpx.HTTPError):
                    reader.read(connection)

    def close(self) -> None:
        self.ended.set()
        if self.going_on.ident:
            self.going_on.join()
        super().close()

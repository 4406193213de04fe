"""Adapters that are broken, each in a way of its own; the text they break with is `OWN`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator

OWN = "the gasket blew"


class Works:
    """Does what is asked of it, and syncs nothing."""

    def connect(self, connection: object) -> None:
        """Nothing to do."""

    def sync(self, connection: object, mode: object) -> object:
        return {"state": "completed"}

    def snapshot(self, connection: object) -> object:
        return {"users": []}


class CannotBeMade(Works):
    def __init__(self) -> None:
        raise RuntimeError(OWN)


class ExitsWhenMade(Works):
    def __init__(self) -> None:
        sys.exit(OWN)


class HasABrokenProfile(Works):
    @property
    def profile(self) -> object:
        raise LookupError(OWN)


class DeclaresNonsense(Works):
    profile = OWN


class LacksSync:
    """the gasket blew: its methods are called otherwise."""

    connect = snapshot = Works.connect


class CannotConnect(Works):
    def connect(self, connection: object) -> None:
        raise ConnectionError(OWN)


class ExitsOnConnect(Works):
    def connect(self, connection: object) -> None:
        sys.exit(OWN)


class NeverConnects(Works):
    def connect(self, connection: object) -> None:
        time.sleep(30)


class UnspeakableError(Exception):
    def __str__(self) -> str:
        raise ValueError(OWN)


class RaisesTheUnspeakable(Works):
    def connect(self, connection: object) -> None:
        raise UnspeakableError


class RaisesControlCharacters(Works):
    def connect(self, connection: object) -> None:
        raise ValueError(f"\x1b[2J\x00::error::\udc80 {OWN}\n::error::second line\n##[error]third")


class SyncsIntoNonsense(Works):
    def sync(self, connection: object, mode: object) -> object:
        return {"state": OWN}


class SyncsIntoNothing(Works):
    def sync(self, connection: object, mode: object) -> object:
        return None


class CannotBeRead(Works):
    def snapshot(self, connection: object) -> object:
        raise OSError(OWN)


class HoldsNonsense(Works):
    def snapshot(self, connection: object) -> object:
        return {"users": [{"clever_id": "1", "app_id": "1", "status": OWN}]}


class HoldsObjects(Works):
    def snapshot(self, connection: object) -> object:
        return {"users": [object()]}


class HoldsItself(Works):
    def snapshot(self, connection: object) -> object:
        users: list[object] = []
        users.append(users)
        return {"users": users}


class NeverEnds(Works):
    def snapshot(self, connection: object) -> object:
        return {"users": self.users()}

    def users(self) -> Iterator[int]:
        while True:
            yield 1


class Brittle:
    def __iter__(self) -> Iterator[object]:
        raise ArithmeticError(OWN)


class HoldsWhatBreaks(Works):
    def snapshot(self, connection: object) -> object:
        return {"users": Brittle()}


class LeavesWhenMade(Works):
    def __init__(self) -> None:
        os._exit(0)


class LeavesOnSnapshot(Works):
    def snapshot(self, connection: object) -> object:
        os._exit(0)


class LeavesAtTheEnd(Works):
    """Its process ends as ready once everything is over."""

    def __init__(self) -> None:
        import atexit

        atexit.register(os._exit, 0)

    def connect(self, connection: object) -> None:
        raise ConnectionError(OWN)


class Holds(Works):
    """It cannot connect, and a thread of it never ends."""

    def connect(self, connection: object) -> None:
        import threading

        threading.Thread(target=time.sleep, args=(60,)).start()
        raise ConnectionError(OWN)


class MovesAway(Works):
    """It changes the working directory, and cannot be read."""

    def connect(self, connection: object) -> None:
        os.chdir("/")

    def snapshot(self, connection: object) -> object:
        raise OSError(OWN)


class ClosesStdout(Works):
    """It closes what the last line is printed to, and cannot connect."""

    def connect(self, connection: object) -> None:
        sys.stdout.close()
        raise ConnectionError(OWN)


class PrintsAtTheEnd(Works):
    """It prints once everything is over."""

    def __init__(self) -> None:
        import atexit

        atexit.register(print, "good bye")

    def connect(self, connection: object) -> None:
        raise ConnectionError(OWN)

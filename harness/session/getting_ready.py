"""Getting ready: what judging and reports read first, read while an app waits anyway."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread

from harness.report import write
from harness.session.catalogue import Catalogue, shipped
from harness.suite import runner

NAME = "getting ready"
"""Of the thread."""


def get_ready(catalogue: Catalogue | None = None) -> None:
    """Read it aside, on a thread; whatever does not succeed is read when it is needed."""
    with suppress(RuntimeError):  # there may be no more threads
        Thread(target=_read, args=(catalogue or shipped(),), name=NAME, daemon=True).start()


def _read(catalogue: Catalogue) -> None:
    with suppress(Exception):
        runner.get_ready(catalogue.features)
        write.get_ready()

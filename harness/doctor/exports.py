"""Exports: a file that takes an app's place can be read; there is nothing to drive."""

from __future__ import annotations

from collections.abc import Iterator

from harness.adapters.opening import open_adapter
from harness.config.config import Config
from harness.contract.connection import Connection
from harness.doctor.diagnosis import Diagnosis, State
from harness.doctor.snapshots import counted_rows
from harness.errors import AdapterError

_NOBODY = Connection(api="", accounts="", client_id="", client_secret="", district="")


def examined_export(config: Config) -> Iterator[Diagnosis]:
    """What is in the file, or all that is wrong with it."""
    try:
        with open_adapter(config.adapter, config.options, directory=config.directory) as adapter:
            what = "a diagnostic.json" if adapter.is_diagnostic else "fits the schema"
            held = adapter.snapshot(_NOBODY)
            yield (
                Diagnosis(tried="file", came=f"{what}: {counted_rows(held) or 'it is empty'}")
                if held.users
                else Diagnosis(
                    tried="file",
                    came=f"{what}, and holds no users",
                    do="Have the app sync with `rosterready serve`, and export what it holds then.",
                    state=State.WRONG,
                )
            )
    except AdapterError as error:
        yield Diagnosis.of("file", error)

"""Exports: a file that takes an app's place can be read; there is nothing to drive."""

from __future__ import annotations

from collections.abc import Iterator

from harness.adapters.opening import open_adapter
from harness.config.config import Config
from harness.contract.connection import Connection
from harness.doctor.diagnosis import Diagnosis
from harness.doctor.snapshots import counted_rows
from harness.errors import AdapterError

_NOBODY = Connection(api="", accounts="", client_id="", client_secret="", district="")


def examined_export(config: Config) -> Iterator[Diagnosis]:
    """What is in the file, or all that is wrong with it."""
    try:
        with open_adapter(config.adapter, config.options, directory=config.directory) as adapter:
            what = "a diagnostic.json" if adapter.is_diagnostic else "fits the schema"
            yield Diagnosis(
                tried="file",
                came=f"{what}: {counted_rows(adapter.snapshot(_NOBODY)) or 'it is empty'}",
            )
    except AdapterError as error:
        yield Diagnosis.of("file", error)

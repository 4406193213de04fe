"""Comparing two runs: their results, and what their recordings know of the configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import orjson

from harness.assess.comparison import Comparison, compare
from harness.assess.results import Results
from harness.assess.runs_compared import Circumstance
from harness.errors import RosterreadyError
from harness.recording.reader import read_header
from harness.recording.recording import Header
from harness.report.json import load
from harness.session.catalogue import shipped
from harness.session.files import RECORDING


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRun:
    """One of two runs."""

    results: Results
    header: Header | None = None
    """Of its recording, if there is one beside the results."""


def read_run(path: Path) -> ComparedRun:
    """A run by its folder or its results.json; raises DocumentError."""
    folder = path if path.is_dir() else path.parent
    header = None
    if (folder / RECORDING).is_file():
        with suppress(RosterreadyError):  # its results are what counts
            header = read_header(folder / RECORDING)
    return ComparedRun(results=load(path), header=header)


def compared(before: ComparedRun, after: ComparedRun) -> Comparison:
    """The later of two runs set against the earlier, both by the names checks have today."""
    return compare(
        before.results,
        after.results,
        check_today=shipped().formerly.check,
        circumstances_of=tuple(_settings_changed(before.header, after.header)),
    )


def _settings_changed(before: Header | None, after: Header | None) -> Iterator[Circumstance]:
    if before is None or after is None:
        return
    old, new = dict(_settings(before)), dict(_settings(after))
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield Circumstance(name=name, before=old.get(name, ""), after=new.get(name, ""))


def _settings(header: Header) -> Iterator[tuple[str, str]]:
    """What a vendor configures and the judge reads, as `profile.modes` → its value."""
    for name in ("profile", "capabilities", "waivers", "attestations"):
        yield from _flat(name, orjson.loads(orjson.dumps(getattr(header, name))))


def _flat(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _flat(f"{name}.{key}", part)
    elif isinstance(value, list) and any(isinstance(part, Mapping) for part in value):
        for number, part in enumerate(value, 1):
            yield from _flat(f"{name}[{number}]", part)
    elif value not in (None, "", []):
        yield name, ", ".join(map(str, value)) if isinstance(value, list) else str(value)

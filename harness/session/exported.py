"""Exported: a snapshot that was exported from an app, judged beside the roster of one day.

The vendor had the app sync with a served district, `rosterready serve --seed N --salt TEXT --day
DAY`, and exported what it held then. The same three values give the same roster here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from harness.adapters.opening import open_adapter
from harness.adapters.spec import parse_spec
from harness.config.config import Config
from harness.contract.connection import Connection
from harness.contract.diagnostic import NOT_SHOWN
from harness.contract.profile import Profile
from harness.contract.snapshot import Snapshot
from harness.contract.sync import Sync, SyncState
from harness.district.population.sizes import FIVE_SCHOOLS, Size
from harness.errors import UsageError
from harness.plan.calendar import play_days
from harness.plan.calendar_day import CalendarDay
from harness.plan.exported import DIAGNOSTIC, EXPORT, exported, selection
from harness.plan.plan import COMMON, Day
from harness.prose import did_you_mean
from harness.recording.recording import Entry, Published, Recording, SnapshotTaken, Synced
from harness.recording.writer import Writer
from harness.session.catalogue import Catalogue, shipped
from harness.session.files import RECORDING
from harness.session.recording import header_of
from harness.session.rehearsal import Circumstances, Rehearsal, prepare

_NOT_SHOWN = "A diagnostic.json does not show it."
_UNSEEN = "Nobody saw this sync: an exported snapshot is judged."


def prepare_export(
    config: Config,
    circumstances: Circumstances,
    *,
    day: str = "",
    only: Sequence[str] = (),
    catalogue: Catalogue | None = None,
    size: Size = FIVE_SCHOOLS,
) -> Rehearsal:
    """What an export can be judged by; `day` is that of the sync before it, by default the first.

    Raises UsageError for a day there is not, AdapterError for a file that cannot be read.
    """
    catalogue = catalogue or shipped()
    spec = parse_spec(config.adapter)
    day = day or {**config.options, **spec.options}.get("day", "") or Day.FIRST_SHARE
    days = catalogue.plan().days[COMMON]
    if day not in days:
        raise UsageError(
            f"--day {day}: there is no such day",
            hint=did_you_mean(day, days, otherwise=f"The days are {', '.join(days)}."),
        )
    kind = EXPORT
    with open_adapter(config.adapter, config.options, directory=config.directory) as adapter:
        if adapter.is_diagnostic:
            kind = DIAGNOSTIC
            profile = config.profile or Profile()
            kept = {**dict.fromkeys(NOT_SHOWN, _NOT_SHOWN), **profile.not_held}
            config = replace(config, profile=replace(profile, not_held=kept))
    config = replace(config, profile=config.profile or Profile())
    return prepare(
        config,
        circumstances,
        only=(selection(kind, day), *only),
        catalogue=catalogue,
        size=size,
    )


def record_export(rehearsal: Rehearsal, folder: Path) -> Recording:
    """The recording of an export: what Clever shared that day, and what the app held.

    Raises AdapterError for a file that is no snapshot, OutputError.
    """
    config, shared = rehearsal.config, _shared(rehearsal)
    district = str(shared.roster.district["id"])
    connection = Connection(api="", accounts="", client_id="", client_secret="", district=district)
    with (
        open_adapter(config.adapter, config.options, directory=config.directory) as adapter,
        Writer(folder / RECORDING, header_of(rehearsal, adapter)) as writer,
    ):
        snapshot = adapter.snapshot(connection)
        for entry in _moment(shared, snapshot):
            writer.add(entry)
        return writer.close("completed")


def _moment(shared: CalendarDay, snapshot: Snapshot) -> Iterator[Entry]:
    """One moment, as the first share of a year that goes no further."""
    day = Day.FIRST_SHARE
    at = shared.at.isoformat()
    yield Published(district=COMMON, day=day, roster=shared.roster, cast=shared.cast, at=at)
    sync = Sync(state=SyncState.COMPLETED, log=_UNSEEN)
    yield Synced(district=COMMON, day=day, sync=sync, seconds=0.0)
    yield SnapshotTaken(district=COMMON, day=day, after="sync", snapshot=snapshot)


def _shared(rehearsal: Rehearsal) -> CalendarDay:
    """What the common district shares on the day of the export, in a year that plays everything.

    Later days are not made.
    """
    day = exported(rehearsal.plan.selected).partition(":")[2]
    plan = rehearsal.catalogue.plan()
    year = replace(plan, days={COMMON: plan.days[COMMON]})
    moment = rehearsal.circumstances
    played = play_days(
        year,
        rehearsal.catalogue.edge_cases,
        seed=rehearsal.seed,
        salt=moment.salt,
        run_date=moment.run_date,
        size=rehearsal.size,
    )
    return next(shared for shared in played[COMMON] if shared.day == day)

"""Recording one rehearsal: the app is opened, Clever is served, and the year is played."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from harness import __version__
from harness.adapters.app_process import running_app
from harness.adapters.loaded import LoadedAdapter
from harness.adapters.opening import open_adapter
from harness.adapters.spec import confided_in
from harness.config.config import Config
from harness.contract.profile import Profile
from harness.recording.recording import Header, Recording
from harness.recording.redaction import Secrets
from harness.recording.writer import Writer
from harness.replay.attempts import YearAttempts
from harness.replay.credentials import credentials
from harness.replay.progress import Progress, Silence
from harness.replay.simulated_clever import SimulatedClever, serve
from harness.session.files import RECORDING
from harness.session.plan_hash import plan_hash
from harness.session.rehearsal import Rehearsal
from harness.session.verdict import judge_recording  # noqa: F401 - see below
from harness.simulator.access.clients import OAuthClient

# Judging is loaded before an app is opened that may leave no memory, files or modules to load it.

Serve = Callable[..., AbstractContextManager[SimulatedClever]]


def record(
    rehearsal: Rehearsal,
    folder: Path,
    progress: Progress | None = None,
    *,
    serve: Serve = serve,
) -> Recording:
    """Play the year to the configured app and record it in a folder.

    `serve` is how Clever is made reachable while the year is played.
    Raises AdapterError when the app cannot be driven at all, SimulatorError, OutputError; after a
    KeyboardInterrupt the file holds what was gathered.
    """
    config, moment = rehearsal.config, rehearsal.circumstances
    # Whatever is wrong with the calendar shows before the app is touched.
    calendar = rehearsal.calendar(rehearsal.plan, moment.salt, rehearsal.size)
    client = credentials(
        moment.salt,
        client_id=config.simulator.client_id,
        client_secret=config.simulator.client_secret,
    )
    with (
        _served(rehearsal, client, serve) as clever,
        _opened(config, clever) as adapter,
        Writer(
            folder / RECORDING, header_of(rehearsal, adapter), secrets=_secrets(client, config)
        ) as writer,
    ):
        attempts = YearAttempts(
            adapter=adapter,
            clever=clever,
            writer=writer,
            calendars=rehearsal.calendar,
            salt=moment.salt,
            mode=rehearsal.mode,
            profile=_profile(rehearsal, adapter),
            timer=moment.timer,
            progress=progress or Silence(),
            size=rehearsal.size,
            pace=config.pace,
            skip=moment.skip,
        )
        return attempts.play(rehearsal.plan, calendar)


def _served(
    rehearsal: Rehearsal, client: OAuthClient, serve: Serve
) -> AbstractContextManager[SimulatedClever]:
    """The Clever of a rehearsal, as its configuration wants it reached."""
    config, moment = rehearsal.config, rehearsal.circumstances
    return serve(
        client,
        now=moment.now,
        timer=moment.timer,
        skip=moment.skip,
        host=config.simulator.host,
        port=config.simulator.port,
        **({"tls": config.authority} if config.authority else {}),
    )


@contextmanager
def _opened(config: Config, clever: SimulatedClever) -> Iterator[LoadedAdapter]:
    """The adapter of the configured app, which runs meanwhile if it is ours to start."""
    with (
        running_app(
            config.launch,
            clever.connection(""),
            directory=config.directory,
            timeout=config.timeouts.start,
            allow_remote=config.allow_remote,
            environment=clever.trust,
        ) as app,
        open_adapter(
            config.adapter,
            config.options,
            directory=config.directory,
            timeouts=config.timeouts,
            allow_remote=config.allow_remote,
            reading=config.reading,
            environment=clever.trust,
            app=app,
        ) as adapter,
    ):
        yield adapter


def header_of(rehearsal: Rehearsal, adapter: LoadedAdapter) -> Header:
    """What a recording of this rehearsal begins with."""
    config, moment = rehearsal.config, rehearsal.circumstances
    return Header(
        rosterready=__version__,
        adapter=adapter.name,
        run_date=moment.run_date,
        seed=rehearsal.seed,
        salt=moment.salt,
        mode=rehearsal.mode,
        plan=rehearsal.plan,
        plan_hash=plan_hash(rehearsal.plan),
        requirement_set=rehearsal.catalogue.requirements.name,
        profile=_profile(rehearsal, adapter),
        capabilities=tuple(sorted(adapter.capabilities)),
        killed_by=adapter.killed_by,
        waivers=config.waivers,
        attestations=config.attestations,
        config=config.file,
    )


def _profile(rehearsal: Rehearsal, adapter: LoadedAdapter) -> Profile:
    return rehearsal.config.profile or adapter.profile or Profile()


def _secrets(client: OAuthClient, config: Config) -> Secrets:
    return Secrets(
        [client.secret],
        client_id=client.id,
        confided=(*confided_in(config.adapter, config.options), *config.filled_in),
    )

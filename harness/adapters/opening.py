"""Opening an adapter: from its one-line name to something that can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from harness.adapters.app_process import RunningApp
from harness.adapters.call import Channel
from harness.adapters.command import CommandChannel
from harness.adapters.demo import alias, profile_of
from harness.adapters.file import FileChannel
from harness.adapters.loaded import LoadedAdapter
from harness.adapters.python import PythonChannel
from harness.adapters.spec import AdapterSpec, parse_spec
from harness.adapters.sql import SqlChannel
from harness.config.config import Reading
from harness.contract.profile import Profile
from harness.contract.timeouts import Timeouts
from harness.errors import UsageError


def open_adapter(
    text: str,
    options: Mapping[str, str] | None = None,
    *,
    directory: Path,
    timeouts: Timeouts | None = None,
    allow_remote: bool = False,
    reading: Reading | None = None,
    environment: Mapping[str, str] | None = None,
    app: RunningApp | None = None,
) -> LoadedAdapter:
    """Open the adapter `kind:target[?key=value&...]` names and ask what it can do.

    `directory` is the vendor's folder: there commands run and Python modules are looked for.
    `environment` is what they are given besides ours, `app` the one that was started for them.
    Options in the name win over `options`. Raises UsageError for a name or option that does not
    exist, and for another machine unless that is allowed; AppUnreachable when nothing answers;
    AdapterError when the app cannot be driven.
    """
    spec = parse_spec(text)
    given = {**(options or {}), **spec.options}
    channel = _channel(
        spec, given, directory, allow_remote, reading or Reading(), environment or {}
    )
    try:
        return LoadedAdapter(spec.name, channel, timeouts or Timeouts(), app)
    except BaseException:
        channel.close()
        raise


def known_profile(text: str) -> Profile | None:
    """The profile of a demo app, which is known before it is opened; None for a vendor's.

    A vendor's module is not looked into here: what it makes when it is imported may belong to the
    thread that imports it. Raises UsageError for a name that does not exist.
    """
    spec = parse_spec(text)
    return profile_of(spec.target) if spec.kind == "demo" else None


def _channel(
    spec: AdapterSpec,
    options: Mapping[str, str],
    directory: Path,
    allow_remote: bool,
    reading: Reading,
    environment: Mapping[str, str],
) -> Channel:
    if spec.kind != "sql" and (reading.queries or reading.calls):
        raise UsageError(
            f"adapter {spec.name!r}: [adapter.queries] and [adapter.calls] are for a sql: adapter",
            hint="Remove them, or name the app's database: sql:URL.",
        )
    match spec.kind:
        case "demo":
            return PythonChannel(alias(spec.target), options)
        case "python":
            return PythonChannel(spec.target, options, directory)
    if spec.kind == "file":
        options = {name: value for name, value in options.items() if name != "day"}
    if options:
        raise UsageError(
            f"adapter {spec.name!r} got the options {', '.join(options)}, expected none",
            hint="Options go to the class of a python: adapter; a file: adapter has `day`.",
        )
    if spec.kind == "command":
        return CommandChannel(spec.target, directory, environment)
    if spec.kind == "file":
        return FileChannel(spec.target, directory)
    if spec.kind == "sql":
        return SqlChannel(
            spec.target, reading, directory, allow_remote=allow_remote, environment=environment
        )
    from harness.adapters.http import HttpChannel  # whose client takes long to load

    return HttpChannel(spec.target, allow_remote=allow_remote)

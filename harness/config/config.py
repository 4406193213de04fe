"""Config: `rosterready.toml`, validated key by key.

[adapter] spec, directory, start, ready, stop, [adapter.options], [adapter.queries],
[adapter.calls] · [timeouts] ·
[simulator] host, port, client_id, client_secret, tls · [profile] app, company, version, modes,
[profile.not_held], [profile.rows], [profile.accounts], [profile.archiving], [profile.answers],
[profile.form], [profile.declares] · [[waiver]] check, reason, owner, expires · [[attestation]]
requirement, statement, by, on · [run] seed, pace. All of it is optional; what has no adapter here
is given one with `--adapter`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from pathlib import Path

from harness.config.answers import read_answers
from harness.config.contradictions import refuse_contradictions
from harness.config.places import lines_of_names
from harness.contract.account_rules import ACCOUNT_HOLDERS, AccountRule, misruled
from harness.contract.adapter import METHODS
from harness.contract.archiving import Archiving
from harness.contract.declarations import DECLARATIONS, misdeclared
from harness.contract.former_names import warn
from harness.contract.profile import FORMERLY_HOLDABLE, HOLDABLE, Profile
from harness.contract.queries import QUERIES
from harness.contract.rows import ROWS, RowPer
from harness.contract.sync import Mode
from harness.contract.timeouts import Timeouts
from harness.contract.waivers import Attestation, Waiver
from harness.documents import Node, read_toml
from harness.prose import did_you_mean, joined

FILE = "rosterready.toml"
SEED = 1
LARGEST_SEED = 2**63 - 1
LONGEST = 86_400
"""Seconds an app may take for anything: a day."""
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where the simulated Clever listens, and the app's credentials; "" and 0 mean any."""

    host: str = LOOPBACK
    port: int = 0
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    tls: str = ""
    """Folder of the authority, relative to the vendor's; "" for plain HTTP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """Commands for an app that the rehearsal starts and ends itself; "" for none."""

    start: str = field(default="", repr=False)
    ready: str = field(default="", repr=False)
    """A URL, or a command."""
    stop: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How an app is driven and read that has no adapter of its own, but a database."""

    queries: Mapping[str, str] = field(default_factory=dict)
    """Key of `QUERIES` → the query."""
    calls: Mapping[str, str] = field(default_factory=dict)
    """Call of the contract → a command or a URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """One vendor's configuration."""

    directory: Path
    """The vendor's folder: commands run in it and Python modules are looked for in it."""
    file: str = ""
    """Its path as it was given; "" when there is none."""
    adapter: str = ""
    """`kind:target[?key=value&...]`; "" when none is named."""
    options: Mapping[str, str] = field(default_factory=dict)
    filled_in: tuple[str, ...] = field(default=(), repr=False)
    """What variables in the adapter's name stood for: most likely a secret."""
    launch: Launch = field(default_factory=Launch)
    reading: Reading = field(default_factory=Reading)
    timeouts: Timeouts = field(default_factory=Timeouts)
    simulator: Endpoint = field(default_factory=Endpoint)
    profile: Profile | None = None
    """None: the one the adapter brings along, if it brings one."""
    waivers: tuple[Waiver, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    seed: int = SEED
    pace: float = 0
    """Seconds between one day and the next, for an app that remembers answers for so long."""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    """The lines of keys that name something, for messages."""
    allow_remote: bool = False
    """Whether adapter and simulator may be on other machines; only the command line says so."""

    @classmethod
    def default(cls, directory: Path) -> Config:
        """The configuration of a folder that has none."""
        return cls(directory=directory)

    @property
    def authority(self) -> Path | None:
        """The folder of the authority, if the simulated Clever is to speak HTTPS."""
        return self.directory / self.simulator.tls if self.simulator.tls else None

    def with_adapter(self, spec: str) -> Config:
        """The same configuration for another adapter, without what belongs to the old one."""
        if spec == self.adapter:
            return self
        return replace(self, adapter=spec, options={}, launch=Launch(), reading=Reading())


def load_config(path: Path) -> Config:
    """Read a configuration; relative paths in it start at its folder. Raises DocumentError."""
    with read_toml(path) as node:
        adapter = node.mapping("adapter", required=False)
        with adapter:
            spec = adapter.text("spec", "")
            directory = path.parent / adapter.text("directory", ".")
            if not _is_folder(directory):
                raise adapter.error(f"no such folder: {directory}", "directory")
            options = _texts(adapter.mapping("options", required=False))
            launch = _launch(adapter)
            reading = _reading(adapter)
        seed, pace = _run(node.mapping("run", required=False))
        return Config(
            directory=directory.resolve(),
            file=str(path),
            adapter=spec,
            options=options,
            launch=launch,
            reading=reading,
            timeouts=_timeouts(node.mapping("timeouts", required=False)),
            simulator=_endpoint(node.mapping("simulator", required=False)),
            profile=_profile(node.mapping("profile")) if node.has("profile") else None,
            waivers=tuple(_waiver(row) for row in node.nodes("waiver", required=False)),
            attestations=tuple(
                _attestation(row) for row in node.nodes("attestation", required=False)
            ),
            seed=seed,
            pace=pace,
            lines=lines_of_names(node),
        )


def _launch(node: Node) -> Launch:
    launch = Launch(
        start=node.text("start", ""), ready=node.text("ready", ""), stop=node.text("stop", "")
    )
    for key in ("ready", "stop"):
        if getattr(launch, key) and not launch.start:
            raise node.error("there is no `start`: nothing is started that could be awaited", key)
    return launch


def _reading(node: Node) -> Reading:
    known = {"queries": QUERIES, "calls": ("connect", "sync", *METHODS.values())}
    texts = {}
    for table, names in known.items():
        keys = node.mapping(table, required=False)
        for key in keys.keys:
            if key not in names:
                hint = did_you_mean(key, names)
                raise keys.error(f"unknown key in [adapter.{table}]", key, hint=hint)
        texts[table] = _texts(keys)
    return Reading(**texts)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long
        return False


def _timeouts(node: Node) -> Timeouts:
    usual, given = Timeouts(), {}
    with node:
        for name in (field.name for field in fields(Timeouts)):
            given[name] = node.number(name, getattr(usual, name))
            if not 0 < given[name] <= LONGEST:
                most = f", at most {LONGEST:,}" if given[name] > 0 else ""
                raise node.error(f"expected a number of seconds greater than 0{most}", name)
    return Timeouts(**given)


def _endpoint(node: Node) -> Endpoint:
    with node:
        port = node.integer("port", 0)
        if not 0 <= port < 2**16:
            raise node.error(f"{port} is not a port; expected 0 (any free port) to 65535", "port")
        endpoint = Endpoint(
            host=node.text("host", LOOPBACK),
            port=port,
            client_id=node.text("client_id", ""),
            client_secret=node.text("client_secret", ""),
            tls=node.text("tls", ""),
        )
    if ":" in endpoint.host:
        message = "expected a name or an IPv4 address of this machine, such as 127.0.0.1"
        raise node.error(message, "host")
    for key, colon in (("client_id", ", and no colon"), ("client_secret", "")):
        given = getattr(endpoint, key)
        if any(not "!" <= letter <= "~" for letter in given) or (colon and ":" in given):
            raise node.error(
                f"expected letters, digits and marks of ASCII{colon}: not every app can send "
                "others with HTTP Basic",
                key,
            )
    return endpoint


def _profile(node: Node) -> Profile:
    refuse_contradictions(node)
    with node:
        answers = read_answers(node.mapping("answers", required=False))
        form = read_answers(node.mapping("form", required=False))
        return Profile(
            app=node.text("app", "the app"),
            company=node.text("company", ""),
            version=node.text("version", ""),
            modes=_modes(node),
            not_held=_not_held(node.mapping("not_held", required=False)),
            rows=_rows(node.mapping("rows", required=False)),
            accounts=_accounts(node.mapping("accounts", required=False)),
            archiving=_archiving(node.mapping("archiving")) if node.has("archiving") else None,
            answers={key: text for key, (text, _) in answers.items()},
            fingerprints={key: mark for key, (_, mark) in answers.items() if mark},
            form={key: text for key, (text, _) in form.items()},
            form_fingerprints={key: mark for key, (_, mark) in form.items() if mark},
            declares=_declares(node.mapping("declares", required=False)),
        )


def _modes(node: Node) -> tuple[Mode, ...]:
    known = {mode.value: mode for mode in Mode}
    names = node.texts("modes", (Mode.FULL.value,))
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known)
            raise node.error(f'"{name}" is not an update mode', "modes", hint=hint)
    if not names:
        raise node.error(f"expected at least one of {', '.join(known)}", "modes")
    return tuple(known[name] for name in names)


def _not_held(node: Node) -> Mapping[str, str]:
    for key in node.keys:
        if key in FORMERLY_HOLDABLE:
            warn(f"{FILE}: [profile.not_held]", key, FORMERLY_HOLDABLE[key])
        elif key not in HOLDABLE:
            hint = did_you_mean(key, HOLDABLE)
            raise node.error("unknown data type in [profile.not_held]", key, hint=hint)
    return _texts(node)


def _rows(node: Node) -> Mapping[str, RowPer]:
    declared = _texts(node)
    for key, value in declared.items():
        if key not in ROWS:
            hint = did_you_mean(key, ROWS)
            raise node.error("unknown kind of record in [profile.rows]", key, hint=hint)
        if value not in ROWS[key]:
            known = joined([f'"{per}"' for per in ROWS[key]], "or")
            raise node.error(f'"{value}" is not {known}', key)
    return {key: RowPer(value) for key, value in declared.items()}


def _accounts(node: Node) -> Mapping[str, tuple[AccountRule, ...]]:
    with node:
        declared = {key: node.texts(key) for key in node.keys}
        for key, values in declared.items():
            if key not in ACCOUNT_HOLDERS:
                hint = did_you_mean(key, ACCOUNT_HOLDERS)
                raise node.error("unknown role in [profile.accounts]", key, hint=hint)
            if problem := misruled(key, values):
                raise node.error(problem, key)
    return {key: tuple(map(AccountRule, values)) for key, values in declared.items()}


def _archiving(node: Node) -> Archiving:
    with node:
        archiving = Archiving(
            after_absences=node.integer("after_absences", 0),
            after_days=node.integer("after_days", 0),
        )
    if archiving.problem:
        raise node.error(archiving.problem)
    return archiving


def _declares(node: Node) -> Mapping[str, tuple[str, ...]]:
    with node:
        declared = {}
        for key in node.keys:
            if key not in DECLARATIONS:
                raise node.error(
                    "unknown declaration in [profile.declares]",
                    key,
                    hint=did_you_mean(key, DECLARATIONS),
                )
            declared[key] = node.texts(key)
            if problem := misdeclared(key, declared[key]):
                raise node.error(problem, key)
        return declared


def _waiver(node: Node) -> Waiver:
    with node:
        return Waiver(
            check=node.text("check"),
            reason=node.text("reason"),
            owner=node.text("owner"),
            expires=_date(node, "expires"),
        )


def _attestation(node: Node) -> Attestation:
    with node:
        return Attestation(
            requirement=node.text("requirement"),
            statement=node.text("statement"),
            by=node.text("by"),
            on=_date(node, "on"),
        )


def _run(node: Node) -> tuple[int, float]:
    """The seed, and the seconds between two days."""
    with node:
        seed, pace = node.integer("seed", SEED), node.number("pace", 0.0)
        if abs(seed) > LARGEST_SEED:
            raise node.error("expected a whole number of at most 63 bits", "seed")
        if not 0 <= pace <= LONGEST:
            raise node.error(f"expected a number of seconds from 0 to {LONGEST:,}", "pace")
        return seed, pace


def _texts(node: Node) -> Mapping[str, str]:
    """A mapping whose keys are free."""
    with node:
        return {key: node.text(key) for key in node.keys}


def _date(node: Node, key: str) -> date:
    """A date, in quotes or as TOML writes it."""
    if not node.has(key):
        node.text(key)  # complains that it is missing
    value = node.value(key)
    try:
        return value if type(value) is date else date.fromisoformat(str(value))
    except ValueError:
        raise node.error(f'"{value}" is not a date; expected one like 2031-03-01', key) from None

"""`sql:URL`: snapshots are read from the app's database, with queries of the configuration.

Whatever else is asked of the app is a command or a URL under `[adapter.calls]`. The database is
never written to.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from harness.adapters.addresses import refuse_remote
from harness.adapters.bounded import MOST_ROWS
from harness.adapters.call import Call, CallFailed, CallTimedOut, Description
from harness.adapters.calls import ConfiguredCalls
from harness.adapters.python import described
from harness.adapters.spec import safe_url
from harness.adapters.worker import Worker
from harness.config.config import Reading
from harness.contract.queries import QUERIES, Row, snapshot_of
from harness.errors import STARVED, AdapterError, AdapterMisconfigured, RosterreadyError
from harness.prose import did_you_mean, joined

_HOSTS = ("PGHOST", "PGHOSTADDR")
"""Where the server is if the URL does not say: PostgreSQL's own library reads these."""
_GUIDE = "`rosterready docs guide` has the queries and their columns."


class SqlChannel:
    """Reads one database, and has the app do the rest."""

    def __init__(
        self,
        target: str,
        reading: Reading,
        directory: Path,
        *,
        allow_remote: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Raises AdapterMisconfigured for a URL, a driver or a query there is not."""
        self._shown = f"sql:{safe_url(target)}"
        self._sql = self._imported()
        try:
            url = self._sql.engine.make_url(_in(directory, target))
            self._engine = self._sql.create_engine(url, poolclass=self._sql.pool.NullPool)
        except (self._sql.exc.SQLAlchemyError, ImportError, ValueError) as error:
            raise AdapterMisconfigured(
                f"{self._shown} cannot be opened: {described(error)}",
                hint="Expected a URL of SQLAlchemy, and its driver installed beside rosterready.",
            ) from error
        self._refuse_missing(url)
        if not allow_remote:
            self._refuse_remote(url)
        if "users" not in reading.queries:
            raise AdapterMisconfigured(
                f"{self._shown}: [adapter.queries] has no query for users", hint=_GUIDE
            )
        self._queries = {name: self._sql.text(query) for name, query in reading.queries.items()}
        self._calls = ConfiguredCalls(
            reading.calls, directory, allow_remote=allow_remote, environment=environment
        )
        self._worker = Worker(f"adapter {self._shown}")

    def _imported(self) -> Any:
        try:
            return import_module("sqlalchemy")
        except ImportError as error:
            raise AdapterMisconfigured(
                f"{self._shown} needs SQLAlchemy, which is not installed here",
                hint="Install it with a driver for the database: pip install 'rosterready[sql]'",
            ) from error

    def _refuse_missing(self, url: Any) -> None:
        """SQLite would make an empty file where there is none."""
        file = url.database or ":memory:"
        if url.get_backend_name() != "sqlite" or file.startswith((":", "file:")):
            return
        if not Path(file).exists():
            raise AdapterMisconfigured(
                f"{self._shown}: there is no file {file}",
                hint="Give the path of the app's database, from the adapter's folder.",
            )

    def _refuse_remote(self, url: Any) -> None:
        more = url.query.get("host", ())
        hosts = [url.host, *((more,) if isinstance(more, str) else more)]
        if url.get_backend_name() == "postgresql" and not any(hosts):
            hosts = [os.environ.get(name) for name in _HOSTS]
        for host in hosts:
            if host and not host.startswith("/"):  # a socket is on this machine
                refuse_remote(host.partition(":")[0], f"the database {self._shown}")

    def describe(self, timeout: float) -> Description:
        """Try every query for a district that does not exist; raises AdapterError."""
        try:
            problems = self._worker.run(lambda: [*self._tried()], timeout)
        except CallTimedOut:
            raise AdapterError(
                f"{self._shown}: the queries took more than {timeout:g} seconds", hint=_GUIDE
            ) from None
        assert isinstance(problems, list)
        if problems:
            others = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
            raise AdapterError(
                f"{self._shown}: {problems[0]}{others}", hint=_GUIDE, log="\n".join(problems)
            )
        return Description(capabilities=self._calls.capabilities)

    def _tried(self) -> Sequence[str]:
        problems = []
        with self._connected() as connection:
            for name, query in self._queries.items():
                try:
                    result = connection.execute(query, _parameters(query, ""))
                    problem = _misfit(name, [*result.keys()])
                except self._sql.exc.SQLAlchemyError as error:
                    connection.rollback()
                    problem = _cause(error)
                if problem:
                    problems.append(f"[adapter.queries] {name}: {problem}")
        return problems

    def _connected(self) -> Any:
        try:
            return self._engine.connect()
        except self._sql.exc.SQLAlchemyError as error:
            if getattr(error, "errno", None) in STARVED:
                raise
            raise AdapterError(
                f"{self._shown} cannot be reached: {_cause(error)}",
                hint="Start the database, or correct the URL of the adapter.",
            ) from error

    def call(self, call: Call, timeout: float) -> object:
        """The snapshot, or what the configured command or URL answers; raises as a channel does."""
        if call.name != "snapshot":
            return self._calls.call(call, timeout)
        try:
            return self._worker.run(lambda: self._snapshot(call.connection.district), timeout)
        except (KeyboardInterrupt, CallFailed, CallTimedOut, RosterreadyError):
            raise
        except Exception as error:  # whatever a driver raises by itself
            raise CallFailed(f"raised {described(error)}") from error

    def _snapshot(self, district: str) -> Mapping[str, Any]:
        rows: dict[str, list[Row]] = {}
        with self._connected() as connection:
            for name, query in self._queries.items():
                try:
                    result = connection.execute(query, _parameters(query, district))
                    rows[name] = [*islice(result.mappings(), MOST_ROWS + 1)]
                except self._sql.exc.SQLAlchemyError as error:
                    raise CallFailed(f"[adapter.queries] {name}: {_cause(error)}") from error
                if len(rows[name]) > MOST_ROWS:
                    raise AdapterError(
                        f"{self._shown}: {name} returned more than {MOST_ROWS:,} rows",
                        hint="Limit the query to the district: WHERE district = :district.",
                    )
        return snapshot_of(rows)

    def beside(self, call: Call, timeout: float) -> object:
        """The same while another call has not returned."""
        return self._calls.beside(call, timeout)

    def runs_in_a_process(self, name: str) -> bool:
        """Whether a call of this name is a command of the configuration."""
        return self._calls.runs_in_a_process(name)

    def kill_call(self) -> None:
        """Kill the command of the call that has not returned."""
        self._calls.kill_call()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
        self._calls.close()
        self._worker.close()


def _parameters(query: Any, district: str) -> dict[str, str]:
    """`:district`, if the query has it; any other parameter is reported by the database."""
    return {"district": district} if "district" in query.compile().params else {}


def _misfit(name: str, columns: Sequence[str]) -> str:
    """What is wrong with the columns of a query, or ""."""
    known = QUERIES[name]
    if missing := [column for column in known.required if column not in columns]:
        return f"the result lacks the column {joined(missing)}"
    everything = (*known.required, *known.optional)
    odd = next((column for column in columns if column not in everything), None)
    return "" if odd is None else f"unknown column {odd!r}; {did_you_mean(odd, everything)}"


def _cause(error: Exception) -> str:
    """What the database said, on one line and without our query."""
    original = getattr(error, "orig", None) or error
    first = original.args[0] if original.args else None
    if isinstance(first, Mapping) and "M" in first:  # pg8000 has the fields of PostgreSQL's answer
        return f"{type(original).__name__}: {first['M']}"
    return described(original)


def _in(directory: Path, target: str) -> str:
    """The URL; a file of SQLite is looked for in the vendor's folder."""
    scheme, slashes, path = target.partition(":///")
    relative = path and not path.startswith(("/", ":", "file:")) and slashes
    return f"{scheme}:///{directory / path}" if scheme.startswith("sqlite") and relative else target

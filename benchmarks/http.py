"""How fast a page and a user are served, beside other servers in the same run."""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks import subject
from benchmarks.contenders import PAGE, TOKENS, USER, Running, installed, running
from benchmarks.load import measure

ROUNDS = 5
Rates = dict[str, list[float]]


def _request(target: str, token: str = "") -> bytes:
    bearer = f"Authorization: Bearer {token}\r\n" if token else ""
    return f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n{bearer}\r\n".encode()


def _loads(name: str, token: str) -> dict[str, list[bytes]]:
    """The requests of each load: ours walks over real cursors, the others have one file."""
    if name != "ours":
        return {"page": [_request(PAGE)], "user": [_request(USER)]}
    cursors = [subject.identity(number) for number in range(subject.SIZE - 100)]
    return {
        "page": [_request(f"/v3.0/users?starting_after={one}", token) for one in cursors],
        "user": [_request(f"/v3.0/users/{one}", token) for one in cursors],
    }


def _bytes_into(folder: Path) -> str:
    clever = subject.simulator()
    (folder / "page").write_bytes(subject.body(clever, "/v3.0/users"))
    (folder / "user").write_bytes(subject.body(clever, f"/v3.0/users/{subject.identity(1)}"))
    return clever.token(subject.DISTRICT)


def compare(seconds: float = 1.0) -> Iterator[str]:
    """Lines of a table; each server is measured in turn, round by round, the median counts."""
    os.sched_setaffinity(0, {1 % (os.cpu_count() or 1)})
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as open_servers:
        folder = Path(temporary)
        folder.chmod(0o755)  # nginx reads files as somebody else
        token = _bytes_into(folder)
        loads = {name: _loads(name, token) for name in installed()}
        servers = {
            name: open_servers.enter_context(running(name, folder, loads[name]["user"][0], 0))
            for name in loads
        }
        for sort in ("page", "user"):
            yield from _table(sort, _rates(sort, servers, loads, seconds))
        yield from _cold(servers, folder)


def _rates(
    sort: str,
    servers: dict[str, Running],
    loads: dict[str, dict[str, list[bytes]]],
    seconds: float,
) -> Rates:
    found: Rates = {name: [] for name in servers}
    for _ in range(ROUNDS):
        for name, server in servers.items():
            load = loads[name][sort]
            spent = measure("127.0.0.1", server.port, load, pid=server.pid, seconds=seconds)
            found[name].append(spent.per_cpu_second)
    return found


def _table(sort: str, rates: Rates) -> Iterator[str]:
    mine = statistics.median(rates["ours"])
    yield f"{sort}: ours {mine:,.0f} a CPU second"
    for name, found in rates.items():
        if name != "ours":
            yield f"  {mine / statistics.median(found):7.2f} x {name}"


def _cold(servers: dict[str, Running], folder: Path) -> Iterator[str]:
    """The whole district of `rosterready serve` against a description of two paths."""
    with running("serve", folder, TOKENS, 0) as served:
        mine = served.cold_start
    yield f"cold start of rosterready serve to the first 200: {mine * 1000:,.0f} ms"
    for name, server in servers.items():
        if name != "ours":
            yield f"  {mine / server.cold_start:7.2f} x {name}"

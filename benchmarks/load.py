"""A load of requests over kept-alive connections, and what it costs the server in CPU time."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import uvloop

_TICK = os.sysconf("SC_CLK_TCK")
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a load brought."""

    requests: int
    seconds: float
    cpu: float
    """Seconds of CPU time the server's processes used."""

    @property
    def per_cpu_second(self) -> float:
        """Requests answered per second of the server's CPU time: one core's worth."""
        return self.requests / self.cpu

    @property
    def rate(self) -> float:
        """Requests answered per second."""
        return self.requests / self.seconds


class _Connection(asyncio.Protocol):
    """Sends the next request as soon as the last answer is complete."""

    def __init__(self, requests: Sequence[bytes], dice: random.Random, until: float) -> None:
        self._requests, self._dice, self._until = requests, dice, until
        self._missing = 0
        self._head = b""
        self.answered = 0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by its class
        self._next()

    def _next(self) -> None:
        if time.perf_counter() >= self._until:
            self._transport.close()
        else:
            self._transport.write(self._dice.choice(self._requests))

    def data_received(self, data: bytes) -> None:
        if not self._missing:
            data = self._head = self._head + data
            end = data.find(_END)
            if end < 0:
                return
            if not data.startswith(b"HTTP/1.1 200"):
                self._fail(data[:end])
                return
            self._missing = _length(data[:end]) + end + len(_END)
            self._head = b""
        self._missing -= len(data)
        if not self._missing:
            self.answered += 1
            self._next()

    def _fail(self, head: bytes) -> None:
        self._transport.close()
        if not self.done.done():
            self.done.set_exception(RuntimeError(f"not a 200: {head.decode('latin-1')[:300]}"))

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    raise RuntimeError("an answer without content-length")


def cpu_of(pids: Sequence[int]) -> float:
    """Seconds of CPU time used by processes and their children so far."""
    everyone = [*pids, *(child for pid in pids for child in children(pid))]
    spent = 0
    for pid in everyone:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        spent += int(fields[11]) + int(fields[12])
    return spent / _TICK


def children(pid: int) -> list[int]:
    """The processes a process started, and theirs."""
    found = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*found, *(below for one in found for below in children(one))]


def measure(
    host: str,
    port: int,
    requests: Sequence[bytes],
    *,
    pid: int,
    seconds: float = 2.0,
    connections: int = 16,
) -> Measured:
    """Sends requests chosen at random for some seconds; RuntimeError on any answer but a 200."""

    async def run() -> int:
        loop = asyncio.get_running_loop()
        until = time.perf_counter() + seconds
        seeds = iter(range(connections))

        def connection() -> _Connection:
            return _Connection(requests, random.Random(next(seeds)), until)

        opened = [loop.create_connection(connection, host, port) for _ in range(connections)]
        made = [protocol for _, protocol in await asyncio.gather(*opened)]
        await asyncio.wait_for(asyncio.gather(*(one.done for one in made)), seconds + 30)
        return sum(one.answered for one in made)

    before, begun = cpu_of([pid]), time.perf_counter()
    answered = uvloop.run(run())
    spent = time.perf_counter() - begun
    return Measured(requests=answered, seconds=spent, cpu=cpu_of([pid]) - before)

"""Faults over the control API: as JSON, one object each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from harness.documents import Node
from harness.simulator.control.body import ControlError
from harness.simulator.faults import effects
from harness.simulator.faults.fault import PAGES, Effect, Fault

_MOST_SECONDS = 120
_LONGEST_PATH = 300
_STATUSES = frozenset(status.value for status in HTTPStatus if status >= HTTPStatus.OK)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultKind:
    """A kind of fault, and how it is made from its own keys."""

    make: Callable[[Node], Effect]
    times: int | None = 1
    """How often it hits unless the JSON says."""


def _slow(node: Node) -> Effect:
    seconds = node.number("seconds", 1.0)
    if not 0 <= seconds <= _MOST_SECONDS:
        raise node.error(f"must be from 0 to {_MOST_SECONDS}", "seconds")
    return effects.slow(seconds)


def _wait(node: Node) -> Effect:
    wait = node.integer("wait", 1)
    if not 0 <= wait <= _MOST_SECONDS:
        raise node.error(f"must be from 0 to {_MOST_SECONDS}", "wait")
    return effects.too_many_requests(wait)


def _status(node: Node) -> Effect:
    return effects.server_error(int(node.choice("status", ("500", "502", "503"), "503")))


def _part(node: Node) -> Effect:
    part = node.number("part", 0.5)
    if not 0 <= part <= 1:
        raise node.error("must be from 0 to 1", "part")
    return effects.cut_off(part)


def _html(node: Node) -> Effect:
    status = node.integer("status", 200)
    if status not in _STATUSES:
        raise node.error("must be the status of an answer, such as 200 or 503", "status")
    return effects.html(status)


FAULT_KINDS: dict[str, FaultKind] = {
    "slow": FaultKind(make=_slow, times=2),
    "too-many-requests": FaultKind(make=_wait, times=None),
    "server-errors": FaultKind(make=_status, times=2),
    "cut-off": FaultKind(make=_part),
    "html": FaultKind(make=_html),
    "stale": FaultKind(make=lambda node: effects.stale()),
    "token-dies": FaultKind(make=lambda node: effects.token_revoked()),
}
"""Every fault that JSON can describe, by its name in the traffic log."""


def read_fault(node: Node) -> Fault:
    """A fault from its object; raises DocumentError or Refused for what is wrong in it."""
    with node:
        name = node.choice("kind", FAULT_KINDS)
        sort = FAULT_KINDS[name]
        return Fault(
            name=name,
            effect=sort.make(node),
            path=_path(node),
            district=node.text("district", "", empty=True),
            after=_count(node, "after", 1),
            times=_times(node, sort.times),
        )


def _path(node: Node) -> str:
    path = node.text("path", PAGES)
    try:
        re.compile(path)
    except (re.error, OverflowError, RecursionError) as problem:
        raise node.error(f"not a regular expression: {problem}", "path") from problem
    if len(path) > _LONGEST_PATH:
        raise node.error(f"longer than {_LONGEST_PATH} characters", "path")
    return path


def _count(node: Node, key: str, default: int) -> int:
    count = node.integer(key, default)
    if count < 0:
        raise node.error("must not be negative", key)
    return count


def _times(node: Node, default: int | None) -> int | None:
    if not node.has("times"):
        return default
    return None if node.value("times") is None else _count(node, "times", 1)


def fault_as_json(fault: Fault) -> dict[str, object]:
    """A fault as the control API tells it."""
    return {
        "kind": fault.name,
        "path": fault.path,
        "district": fault.district,
        "after": fault.after,
        "times": fault.times,
        "struck": fault.hits,
    }


def check_districts(faults: tuple[Fault, ...], known: tuple[str, ...]) -> None:
    """Refuses faults of a district that is not in play: they would never hit anything."""
    for fault in faults:
        if fault.district and fault.district not in known:
            raise ControlError(404, f"There is no district {fault.district}.")

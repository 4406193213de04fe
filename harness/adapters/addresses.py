"""Addresses: whether a host is this machine, so that nothing is sent to another by mistake."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress

from harness.errors import UsageError

ALLOW = "--allow-remote"
_EVERY = "0.0.0.0"  # noqa: S104 - what listening on "" comes to


def refuse_remote(host: str, what: str) -> None:
    """Raises UsageError for a host that is not this machine; `what` is named in the message."""
    if not is_this_machine(host):
        raise UsageError(
            f"{what} is at {host}, which is not this machine",
            hint=f"A rehearsal stays on this machine. Allow another one with {ALLOW}.",
        )


def is_this_machine(host: str) -> bool:
    """Whether every address of a host belongs to this machine."""
    addresses = _addresses(host)
    return bool(addresses) and all(_is_ours(address) for address in addresses)


def is_loopback(host: str) -> bool:
    """Whether a host can be reached from this machine only."""
    addresses = _addresses(host)
    return bool(addresses) and all(
        ipaddress.ip_address(address).is_loopback for address in addresses
    )


def _addresses(host: str) -> set[str]:
    with suppress(OSError, UnicodeError):
        rows = socket.getaddrinfo(host or _EVERY, 0, type=socket.SOCK_DGRAM)
        return {str(row[4][0]).partition("%")[0] for row in rows}
    return set()


def _is_ours(address: str) -> bool:
    """Whether a socket can have this address: only one of this machine's can be bound."""
    if ipaddress.ip_address(address).is_loopback:
        return True
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.bind((address, 0))
        return True
    return False

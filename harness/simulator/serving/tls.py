"""Certificates for Clever's host names, from an authority made on this machine.

An app that trusts the authority, and to which `api.clever.com` and `clever.com` are this machine,
cannot tell; nobody else is affected. The key of the authority never leaves its folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from harness.errors import SimulatorMisconfigured

if TYPE_CHECKING:
    from trustme import CA

HOSTS = ("api.clever.com", "clever.com", "localhost", "127.0.0.1", "::1")
_VALID = timedelta(days=365)
"""Some clients refuse certificates that are valid much longer."""
_AUTHORITY, _AUTHORITY_KEY = "rosterready-ca.pem", "rosterready-ca-key.pem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificates:
    """What a server presents, and what an app has to trust."""

    authority: Path
    """PEM file for the app."""
    chain: Path
    key: Path


def issue_certificates(folder: Path, *, now: datetime) -> Certificates:
    """Certificates for all the names, by the authority of a folder, which is made at first.

    Raises SimulatorMisconfigured when the extra `tls` is missing or the folder cannot be used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        authority = _authority(folder)
        issued = authority.issue_cert(*HOSTS, not_after=now + _VALID)
        chain, key = folder / "clever.pem", folder / "clever-key.pem"
        chain.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
        _write_secret(key, issued.private_key_pem.bytes())
    except OSError as problem:
        raise SimulatorMisconfigured(
            f"The certificates in {folder} cannot be written or read: "
            f"{problem.strerror or problem}.",
            hint="Name a folder of your own: --tls DIR",
        ) from problem
    return Certificates(authority=folder / _AUTHORITY, chain=chain, key=key)


def _authority(folder: Path) -> CA:
    try:
        from trustme import CA
    except ImportError as problem:
        raise SimulatorMisconfigured(
            "TLS needs the library trustme, which is not installed.",
            hint="Install it: pip install 'rosterready[tls]'",
        ) from problem
    known, secret = folder / _AUTHORITY, folder / _AUTHORITY_KEY
    if not known.exists() and not secret.exists():
        made = CA(organization_name="rosterready", organization_unit_name="made on this machine")
        _write_secret(secret, made.private_key_pem.bytes())
        made.cert_pem.write_to_path(str(known))
        return made
    try:
        return CA.from_pem(known.read_bytes(), secret.read_bytes())
    except (ValueError, TypeError, FileNotFoundError) as problem:
        raise SimulatorMisconfigured(
            f"{known} and {secret.name} are not a certificate and its key.",
            hint="Delete both, and have your app trust the new authority.",
        ) from problem


def _write_secret(path: Path, content: bytes) -> None:
    """A file that only its owner may read, from its first byte on."""
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(content)

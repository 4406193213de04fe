"""What somebody is told whose app is to reach the simulated Clever by HTTPS, by Clever's names."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime

from harness.adapters.spec import parse_spec
from harness.config.config import Config
from harness.simulator.serving.tls import issue_certificates
from harness.simulator.serving.trust import exports, trusting

TLS_PORT = 8443
"""Where HTTPS is served unless the configuration says; 443 needs root on most machines."""
_PYTHON = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""The variables that Python's HTTP clients know."""
_NAMES = ("api.clever.com", "clever.com")


def trust_within(config: Config) -> None:
    """Has a `python:` adapter, which lives in this process, trust Clever by HTTPS.

    Raises SimulatorError when certificates cannot be made.
    """
    if config.authority is None or parse_spec(config.adapter).kind != "python":
        return
    certificates = issue_certificates(config.authority, now=datetime.now(UTC))
    trust = trusting(certificates, os.environ)
    os.environ.update({name: trust[name] for name in _PYTHON})


def told_of_tls(config: Config) -> Iterator[str]:
    """Names and trust, ready to paste; nothing without TLS.

    Raises SimulatorError when certificates cannot be made.
    """
    if config.authority is None:
        return
    certificates = issue_certificates(config.authority, now=datetime.now(UTC))
    host, port = config.simulator.host, config.simulator.port
    yield f"Clever is served by HTTPS on {host}:{port}, for {' and '.join(_NAMES)}."
    yield "Commands of the configuration and `python:` adapters trust it. For any other process:"
    for line in exports(certificates, os.environ):
        yield f"  {line}"
    yield "Hosts file of the machine or container it runs in, until you are done:"
    yield f"  {host} {' '.join(_NAMES)}"
    if port != 443:
        to = " ".join(f"--connect-to {name}:443:{host}:{port}" for name in _NAMES)
        authority = shlex.quote(str(certificates.authority.resolve()))
        yield "With those names your app asks port 443: set [simulator] port = 443, or connect it:"
        yield f"  curl --cacert {authority} {to} https://api.clever.com/v3.1/districts"

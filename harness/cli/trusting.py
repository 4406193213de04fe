"""What somebody is told whose app is to reach the simulated Clever by HTTPS, by Clever's names."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime

from harness.config.config import Config
from harness.simulator.serving.tls import issue_certificates
from harness.simulator.serving.trust import trusting

TLS_PORT = 8443
"""Where HTTPS is served unless the configuration says; 443 needs root on most machines."""
_NAMES = ("api.clever.com", "clever.com")


def told_of_tls(config: Config) -> Iterator[str]:
    """Names and trust, ready to paste; nothing without TLS.

    Raises SimulatorError when certificates cannot be made.
    """
    if config.authority is None:
        return
    certificates = issue_certificates(config.authority, now=datetime.now(UTC))
    host, port = config.simulator.host, config.simulator.port
    yield f"Clever is served by HTTPS on {host}:{port}, for {' and '.join(_NAMES)}."
    yield "Commands of the configuration trust it. For any other process of your app:"
    before = dict.fromkeys(("JAVA_TOOL_OPTIONS", "PHP_INI_SCAN_DIR"), "")
    kept = {name: value for name, value in os.environ.items() if name in before}
    for name, value in trusting(certificates, kept).items():
        yield f"  export {name}={shlex.quote(value)}"
    yield "Hosts file of the machine or container it runs in, until you are done:"
    yield f"  {host} {' '.join(_NAMES)}"
    if port != 443:
        to = " ".join(f"--connect-to {name}:443:{host}:{port}" for name in _NAMES)
        authority = shlex.quote(str(certificates.authority.resolve()))
        yield "With those names your app asks port 443: set [simulator] port = 443, or connect it:"
        yield f"  curl --cacert {authority} {to} https://api.clever.com/v3.1/districts"

"""Trust: what makes one process trust an authority of our own, whatever it is written in.

Only the process that is given these variables is affected. SSL_CERT_FILE and its like take the
place of the system's authorities, so such a process cannot reach the rest of the web meanwhile.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

from harness.errors import SimulatorMisconfigured
from harness.simulator.serving.tls import Certificates

PASSWORD = "rosterready"  # noqa: S105 - Java wants one; the store holds no secret
_STORE, _INI = "rosterready-truststore.p12", "php"


def trusting(certificates: Certificates, environment: Mapping[str, str]) -> Mapping[str, str]:
    """The variables for a process that is to trust the authority, given those it has anyway.

    Writes a trust store for Java and settings for PHP beside the certificates. Raises
    SimulatorMisconfigured when they cannot be written.
    """
    authority = certificates.authority.resolve()
    try:
        store, settings = _java(authority), _php(authority)
    except OSError as problem:
        raise SimulatorMisconfigured(
            f"{problem.filename}: {problem.strerror or problem}",
            hint="Name a folder of your own: --tls DIR",
        ) from problem
    pem = str(authority)
    java = (
        f"-Djavax.net.ssl.trustStore={store} -Djavax.net.ssl.trustStoreType=PKCS12 "
        f"-Djavax.net.ssl.trustStorePassword={PASSWORD}"
    )
    before = environment.get("PHP_INI_SCAN_DIR", "")
    return {
        "SSL_CERT_FILE": pem,  # OpenSSL and what is built on it: Python, Ruby, PHP's streams; Go
        "REQUESTS_CA_BUNDLE": pem,
        "CURL_CA_BUNDLE": pem,
        "NODE_EXTRA_CA_CERTS": pem,
        "JAVA_TOOL_OPTIONS": f"{environment.get('JAVA_TOOL_OPTIONS', '')} {java}".strip(),
        "PHP_INI_SCAN_DIR": f"{before}:{settings}",  # an empty part is PHP's own folder
    }


def exports(certificates: Certificates, environment: Mapping[str, str]) -> list[str]:
    """The same as lines for a shell, with what it has already left to it."""
    kept = {name: environment.get(name, "") for name in ("JAVA_TOOL_OPTIONS", "PHP_INI_SCAN_DIR")}
    variables = trusting(certificates, kept)
    return [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]


def _java(authority: Path) -> Path:
    """A trust store with the authority alone, as `keytool -importcert` makes it."""
    from cryptography import x509  # comes with the extra `tls`
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    known = x509.load_pem_x509_certificate(authority.read_bytes())
    store = authority.with_name(_STORE)
    store.write_bytes(
        pkcs12.serialize_java_truststore(
            [pkcs12.PKCS12Certificate(known, b"rosterready")],
            BestAvailableEncryption(PASSWORD.encode()),
        )
    )
    return store


def _php(authority: Path) -> Path:
    """A folder of settings that PHP reads after its own: for curl, and for streams."""
    folder = authority.with_name(_INI)
    folder.mkdir(exist_ok=True)
    (folder / "rosterready.ini").write_text(
        f'curl.cainfo = "{authority}"\nopenssl.cafile = "{authority}"\n', "utf-8"
    )
    return folder

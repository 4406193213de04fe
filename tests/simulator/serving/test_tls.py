"""TLS with an authority of one's own: Clever's host names, without the app being changed."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from cryptography import x509
from simulator import town
from simulator.resolved import NAMES, lead_here

from harness.errors import SimulatorError
from harness.simulator.serving.server import Server
from harness.simulator.serving.tls import Certificates, issue_certificates
from harness.simulator.simulator import Simulator

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue_certificates(tmp_path_factory.mktemp("authority"), now=NOW)


def _trusting(certificates: Certificates) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certificates.authority)


def test_an_app_with_clevers_addresses_built_in_is_led_here_by_names_alone(
    clever: Simulator, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    basic = (town.CLIENT.id, town.CLIENT.secret)
    with (
        Server(clever, tls=certificates) as server,
        httpx.Client(verify=_trusting(certificates)) as app,
    ):
        lead_here(monkeypatch, server.url)
        listed = app.get("https://clever.com/oauth/tokens?owner_type=district", auth=basic)
        bearer = {"Authorization": f"Bearer {listed.json()['data'][0]['access_token']}"}
        users = app.get("https://api.clever.com/v3.0/users", headers=bearer)
        found = app.get("https://clever.com/.well-known/openid-configuration").json()

    assert server.url.startswith("https://")
    assert len(users.json()["data"]) == 7
    assert found["jwks_uri"] == "https://clever.com/oauth/certs"


@pytest.mark.parametrize("name", [*NAMES, "localhost", "127.0.0.1"])
def test_the_certificate_is_good_for_every_name(
    clever: Simulator, certificates: Certificates, name: str
) -> None:
    with Server(clever, tls=certificates) as server, _line(server, certificates, name) as line:
        said = line.recv(4096)

    assert said.startswith(b"HTTP/1.1 401")


@contextmanager
def _line(server: Server, certificates: Certificates, name: str) -> Iterator[ssl.SSLSocket]:
    """A connection on which a request has been sent to that name."""
    port = urlsplit(server.url).port
    with (
        socket.create_connection(("127.0.0.1", port), timeout=5) as plain,
        _trusting(certificates).wrap_socket(plain, server_hostname=name) as line,
    ):
        line.sendall(b"GET /v3.0/users HTTP/1.1\r\nHost: %s\r\n\r\n" % name.encode())
        yield line


def test_nobody_who_does_not_trust_the_authority_is_fooled(
    clever: Simulator, certificates: Certificates
) -> None:
    with Server(clever, tls=certificates) as server:
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            httpx.get(server.url)
        with (
            pytest.raises(ssl.SSLCertVerificationError, match=r"example\.com"),
            _line(server, certificates, "example.com"),
        ):
            pass


def test_plain_http_is_no_answer_on_a_port_that_speaks_tls(
    clever: Simulator, certificates: Certificates
) -> None:
    with Server(clever, tls=certificates) as server:
        with pytest.raises(httpx.TransportError):
            httpx.get(server.url.replace("https", "http"))
        again = httpx.get(f"{server.url}/v3.0/users", verify=_trusting(certificates))

    assert again.status_code == 401


def test_leaving_is_quick_and_quiet_with_a_connection_open(
    clever: Simulator, certificates: Certificates, capfd: pytest.CaptureFixture[str]
) -> None:
    with httpx.Client(verify=_trusting(certificates)) as app:
        with Server(clever, tls=certificates) as server:
            app.get(f"{server.url}/v3.0/users")
            begun = time.perf_counter()
        spent = time.perf_counter() - begun

    assert spent < 3
    assert capfd.readouterr().err == ""


def test_the_authority_stays_when_it_is_used_again(tmp_path: Path) -> None:
    first = issue_certificates(tmp_path, now=NOW)
    authority = first.authority.read_bytes()
    second = issue_certificates(tmp_path, now=NOW + timedelta(days=300))

    assert second.authority.read_bytes() == authority
    assert ssl.create_default_context(cafile=second.authority).get_ca_certs()


def test_keys_are_for_their_owner_only(tmp_path: Path) -> None:
    certificates = issue_certificates(tmp_path / "new" / "folder", now=NOW)

    keys = [path for path in certificates.authority.parent.iterdir() if "key" in path.name]
    assert len(keys) == 2
    assert {path.stat().st_mode & 0o777 for path in keys} == {0o600}


def test_a_certificate_is_not_valid_for_longer_than_clients_accept(
    certificates: Certificates,
) -> None:
    leaf = x509.load_pem_x509_certificate(certificates.chain.read_bytes())

    assert leaf.not_valid_after_utc - NOW < timedelta(days=398)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"-----BEGIN CERTIFICATE-----\nx"])
def test_a_damaged_authority_is_named(tmp_path: Path, content: bytes) -> None:
    certificates = issue_certificates(tmp_path, now=NOW)
    certificates.authority.write_bytes(content)

    with pytest.raises(SimulatorError, match="not a certificate and its key") as refused:
        issue_certificates(tmp_path, now=NOW)

    assert "Delete both" in refused.value.hint


def test_half_an_authority_is_none(tmp_path: Path) -> None:
    issue_certificates(tmp_path, now=NOW).authority.unlink()

    with pytest.raises(SimulatorError, match="not a certificate and its key"):
        issue_certificates(tmp_path, now=NOW)


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SimulatorError, match="cannot be written"):
        issue_certificates(tmp_path / "file", now=NOW)


def test_without_the_extra_it_is_said_what_to_install(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['trustme'] = None\n"
        "from datetime import UTC, datetime; from pathlib import Path\n"
        "from harness.simulator.serving.tls import issue_certificates\n"
        f"issue_certificates(Path({str(tmp_path)!r}), now=datetime.now(UTC))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )

    assert "TLS needs the library trustme" in done.stderr

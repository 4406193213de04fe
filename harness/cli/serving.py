"""`rosterready serve`: Clever on this machine until somebody presses Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.cli.school_year import SchoolYear
from harness.errors import UsageError
from harness.plan.plan import COMMON
from harness.replay.credentials import credentials
from harness.resources import EDGE_CASES, FEATURES
from harness.simulator.access.clients import OAuthClient
from harness.simulator.access.logins import is_redirect_uri
from harness.simulator.access.signer import ISSUER, Signer
from harness.simulator.control.door import PREFIX, ControlDoor, Handler
from harness.simulator.http.traffic import Traffic
from harness.simulator.serving.server import Server
from harness.simulator.simulator import Simulator

if TYPE_CHECKING:
    from harness.cli.uploads import Uploads
    from harness.simulator.serving.tls import Certificates

MOST_TRAFFIC = 100_000
"""Exchanges the traffic log keeps: a hundred syncs of a large district."""
_ANYWHERE = ("0.0.0.0", "")  # noqa: S104 - compared with, not listened on


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """What somebody wants served, and how."""

    now: datetime
    host: str = "127.0.0.1"
    port: int = 8100
    tls: Path | None = None
    """Folder of the authority; None: plain HTTP."""
    district: Path | None = None
    """Folder with somebody's own district; None: ours."""
    seed: int = 1
    salt: str = "serve"
    day: str = ""
    """The day to begin with; "": the first."""
    redirect_uris: tuple[str, ...] = ()
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    openid: bool = True
    me_names_role: bool = True
    issuer: str = ISSUER


def serve_plainly(**given: Any) -> None:
    """Serves what the command line gives as fields of ServeOptions, from now on."""
    serve_until_interrupted(ServeOptions(now=datetime.now(UTC), **given))


def serve_until_interrupted(options: ServeOptions) -> None:
    """Publishes the first day of every district and waits; raises SimulatorError, UsageError."""
    client = _client(options)
    simulator = Simulator(clients=[client])
    simulator.signer = Signer(options.issuer)
    simulator.traffic = Traffic(MOST_TRAFFIC)
    year = _year(simulator, options)
    certificates = _certificates(options)

    def control() -> Handler:
        from harness.simulator.control.api import Control
        from harness.simulator.control.context import ControlContext

        context = ControlContext(simulator=simulator, year=year, url=lambda: _url(server, options))
        return Control(context, host=options.host).handle

    door = ControlDoor(control)
    server = Server(simulator, options.host, options.port, control=door, tls=certificates)
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    with server:
        url = _url(server, options)
        for line in _introduction(url, client, simulator, year, certificates):
            _say(line)
        try:
            over.wait()
        except KeyboardInterrupt:
            _say("")
    _say("Stopped.")


def _certificates(options: ServeOptions) -> Certificates | None:
    if options.tls is None:
        return None
    from harness.simulator.serving.tls import issue_certificates  # only with TLS

    return issue_certificates(options.tls, now=options.now)


def _client(options: ServeOptions) -> OAuthClient:
    """The app as it is registered with Clever; raises UsageError."""
    for uri in options.redirect_uris:
        if not is_redirect_uri(uri):
            raise UsageError(
                f"--redirect-uri {uri}: no address that logins can return to",
                hint="Give a whole http or https URL, such as http://localhost:3000/callback",
            )
    return replace(
        credentials(options.salt, client_id=options.client_id, client_secret=options.client_secret),
        redirect_uris=options.redirect_uris,
        openid=options.openid,
        me_names_role=options.me_names_role,
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()  # whoever starts us reads the values while we serve


def _year(simulator: Simulator, options: ServeOptions) -> SchoolYear | Uploads:
    """The days to serve, moved to the first or to the one asked for."""
    year = _uploads(simulator, options) if options.district else _school_year(simulator, options)
    if options.day and options.day not in year.days:
        raise UsageError(
            f"--day {options.day}: there is no such day",
            hint=f"The days are {', '.join(year.days)}.",
        )
    year.move_to(options.day or year.first)
    return year


def _uploads(simulator: Simulator, options: ServeOptions) -> Uploads:
    from harness.cli.uploads import Uploads  # reading files is more than most need at once

    assert options.district is not None
    return Uploads(
        simulator,
        options.district,
        salt=options.salt,
        seed=options.seed,
        run_date=options.now.date(),
    )


def _school_year(simulator: Simulator, options: ServeOptions) -> SchoolYear:
    return SchoolYear(
        simulator,
        edge_cases=EDGE_CASES,
        features=FEATURES,
        seed=options.seed,
        salt=options.salt,
        run_date=options.now.date(),
    )


def _url(server: Server, options: ServeOptions) -> str:
    """The base URL as this machine would use it."""
    if options.host in _ANYWHERE:
        return server.url.replace(f"//{options.host}:", "//127.0.0.1:")
    return server.url


def _introduction(
    url: str,
    client: OAuthClient,
    simulator: Simulator,
    year: SchoolYear | Uploads,
    certificates: Certificates | None,
) -> list[str]:
    """Values to paste, a first request to try, and where to look."""
    token = simulator.token(year.districts[COMMON])
    trusted = f"--cacert {certificates.authority} " if certificates else ""
    lines = [
        f"export CLEVER_API_URL={url}",
        f"export CLEVER_OAUTH_URL={url}",
        f"export CLEVER_CLIENT_ID={client.id}",
        f"export CLEVER_CLIENT_SECRET={client.secret}",
        *(f"export CLEVER_{name.upper()}_DISTRICT={i}" for name, i in year.districts.items()),
        f"export CLEVER_DISTRICT_TOKEN={token}",
        *_trust(certificates),
        "",
        f"curl {trusted}-H 'Authorization: Bearer {token}' '{url}/v3.0/users?limit=2'",
        "",
        f"To inspect it, and to move to the next day: {url}{PREFIX}/",
    ]
    if not client.redirect_uris:
        lines.append("Logins need the address they return to: --redirect-uri URL.")
    made_up = isinstance(year, SchoolYear)
    contents = "Everything in it is made up." if made_up else "It shares what is in your files."
    return [*lines, f"{contents} Ctrl-C stops it."]


def _trust(certificates: Certificates | None) -> list[str]:
    """What makes a process in any of the usual languages trust the authority."""
    if certificates is None:
        return []
    from harness.simulator.serving.trust import exports  # only with TLS

    return exports(certificates, os.environ)

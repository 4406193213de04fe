"""The command `serve`, which loads nothing that only rehearsals need: Clever is up at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harness.simulator.access.signer import ISSUER

PortOption = Annotated[
    int, typer.Option("--port", min=0, max=65535, help="Port; 0 for any free one.")
]
HostOption = Annotated[
    str, typer.Option("--host", help="Address to listen on; 0.0.0.0 for other machines too.")
]
TlsOption = Annotated[
    Path | None,
    typer.Option("--tls", metavar="DIR", help="Speak HTTPS, with an authority in this folder."),
]
DistrictOption = Annotated[
    Path | None,
    typer.Option("--district", metavar="DIR", help="Serve the district in these SFTP files."),
]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of names and structure.")]
SaltOption = Annotated[
    str, typer.Option("--salt", help="Varies generated IDs and e-mail addresses.")
]
DayOption = Annotated[
    str, typer.Option("--day", help="Day to start on; by default the day of the first share.")
]
RedirectOption = Annotated[
    list[str] | None,
    typer.Option(
        "--redirect-uri", metavar="URL", help="Where logins return; the first is primary."
    ),
]
ClientIdOption = Annotated[str, typer.Option("--client-id", help="The app's ID, if it is fixed.")]
ClientSecretOption = Annotated[
    str, typer.Option("--client-secret", help="The app's secret, if it is fixed.")
]
OpenidOption = Annotated[
    bool,
    typer.Option("--openid/--no-openid", help="Whether the app may use OpenID Connect."),
]
MeOption = Annotated[
    bool,
    typer.Option(
        "--me-role/--me-user",
        help="The `data.type` in /me: the role, as recorded, or `user`, as documented.",
    ),
]
IssuerOption = Annotated[
    str, typer.Option("--issuer", help="The issuer that identity tokens name.")
]


def serve(
    port: PortOption = 8100,
    host: HostOption = "127.0.0.1",
    tls: TlsOption = None,
    district: DistrictOption = None,
    seed: SeedOption = 1,
    salt: SaltOption = "serve",
    day: DayOption = "",
    redirect_uri: RedirectOption = None,
    client_id: ClientIdOption = "",
    client_secret: ClientSecretOption = "",
    openid: OpenidOption = True,
    me_names_role: MeOption = True,
    issuer: IssuerOption = ISSUER,
) -> int:
    """Simulate Clever on this machine, to build and test an app against."""
    from harness.cli.serving import serve_plainly

    serve_plainly(
        port=port,
        host=host,
        tls=tls,
        district=district,
        seed=seed,
        salt=salt,
        day=day,
        redirect_uris=tuple(redirect_uri or ()),
        client_id=client_id,
        client_secret=client_secret,
        openid=openid,
        me_names_role=me_names_role,
        issuer=issuer,
    )
    return 0


alone = typer.Typer(
    name="rosterready",
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
"""The command line with this command only, for when it was asked for."""


@alone.callback()
def _alone() -> None:
    """Rehearse Clever Secure Sync certification on your own machine."""


alone.command()(serve)

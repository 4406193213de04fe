"""The command `serve`, which loads nothing that only rehearsals need: Clever is up at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from harness.simulator.access.signer import ISSUER


def serve(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port; 0 for any free one.")
    ] = 8100,
    host: Annotated[
        str,
        typer.Option("--host", help="Address to listen on; 0.0.0.0 for other machines too."),
    ] = "127.0.0.1",
    tls: Annotated[
        Path | None,
        typer.Option("--tls", metavar="DIR", help="Speak HTTPS, with an authority in this folder."),
    ] = None,
    district: Annotated[
        Path | None,
        typer.Option(
            "--district", metavar="DIR", help="Serve the district in these Clever SFTP files."
        ),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of names and structure.")] = 1,
    salt: Annotated[str, typer.Option("--salt", help="Salt of ids and addresses.")] = "serve",
    day: Annotated[
        str, typer.Option("--day", help="Day to begin with; the first share if not said.")
    ] = "",
    redirect_uri: Annotated[
        list[str] | None,
        typer.Option(
            "--redirect-uri", metavar="URL", help="Where logins return; the first is primary."
        ),
    ] = None,
    client_id: Annotated[
        str, typer.Option("--client-id", help="The app's id, if it is fixed.")
    ] = "",
    client_secret: Annotated[
        str, typer.Option("--client-secret", help="The app's secret, if it is fixed.")
    ] = "",
    openid: Annotated[
        bool,
        typer.Option("--openid/--no-openid", help="Whether the app has OpenID Connect enabled."),
    ] = True,
    me_names_role: Annotated[
        bool,
        typer.Option(
            "--me-role/--me-user",
            help="The `data.type` in /me: the role, as recorded, or `user`, as documented.",
        ),
    ] = True,
    issuer: Annotated[
        str, typer.Option("--issuer", help="Issuer that identity tokens name.")
    ] = ISSUER,
) -> int:
    """Play Clever on this machine, to build and try an app against."""
    from harness.cli.serving import ServeOptions, serve_until_interrupted

    serve_until_interrupted(
        ServeOptions(
            now=datetime.now(UTC),
            host=host,
            port=port,
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
    )
    return 0


alone = typer.Typer(name="rosterready", add_completion=False, pretty_exceptions_enable=False)
"""The command line with this command only, for when it was asked for."""


@alone.callback()
def _alone() -> None:
    """Rehearse Clever Secure Sync certification on your own machine."""


alone.command()(serve)

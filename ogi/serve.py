"""`ogi serve`: the portal on the published archive, until it is interrupted."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import click

from crawler import settings
from ogi import options
from ogi.errors import UserError
from ogi.terminal import say
from portal.server import serve as serve_portal

LOOPBACK = "127.0.0.1"


@click.command("serve")
@options.db
@options.port
def command(db: Path, port: int) -> None:
    """Serve the portal on the published archive; a newer publication is shown by itself."""
    serve(db, port)


def serve(db: Path, port: int) -> None:
    """Serve `db` on loopback until Ctrl-C and say at which address."""
    serve_portal(
        db,
        port=port,
        on_ready=lambda address: say(f"The portal is at {address} (Ctrl-C ends it)."),
        contact=settings.OGI_CONTACT or None,
    )


def require_free(port: int, option: str) -> None:
    """Raise UserError when something listens on this loopback port already; `option` is what names another."""
    try:
        socket.create_server((LOOPBACK, port)).close()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise UserError(f"port {port} cannot be used ({reason}); name another with {option}.") from error

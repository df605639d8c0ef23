"""What a user can cause, as one sentence on standard error and exit status 2."""

from __future__ import annotations

import errno
import sys
from typing import IO, Any

import click

from archive.plain import plain

DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
# Where each room defines the errors that a user can cause; their message is a sentence already.
ROOM_ERRORS = {
    "archive.errors": "ArchiveError",
    "crawler.sources": "SourcesError",
    "portal.edition": "PortalError",
}


class UserError(click.ClickException):
    """Bad input: the message names the file, line or address and says what to do."""

    exit_code = 2

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(map(plain, sentences)))

    def show(self, file: IO[Any] | None = None) -> None:
        """Prints the sentence on standard error."""
        click.echo(f"ogi: {self.format_message()}", err=True, file=file)


def as_user_error(error: Exception) -> UserError | None:
    """What to tell of an error that a user can cause; None for one that only we can.

    A room that was never imported cannot have raised anything, so only those that are loaded are looked at.
    """
    for module, name in ROOM_ERRORS.items():
        if module in sys.modules and isinstance(error, getattr(sys.modules[module], name)):
            return UserError(*getattr(error, "mistakes", (str(error),)))
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "ogi"
        return UserError(f"{error.format_message().removesuffix('.')}; see `{command} --help`.")
    if isinstance(error, OSError) and error.filename is not None:
        return UserError(f"{error.filename}: {error.strerror}.")
    if isinstance(error, OSError) and error.errno in DISK:  # a file that is open already is not named
        return UserError(f"the disk cannot be written, {error.strerror}; make room and run again.")
    return error if isinstance(error, UserError) else None

"""The command `ogi`: gathers its commands and turns every mistake that a user can make into one sentence."""

from __future__ import annotations

from typing import Any

import click

from ogi import check, crawl, demo, extract, parse, serve, sources
from ogi.errors import UserError, as_user_error


class Commands(click.Group):
    """A group that never shows a traceback for what a user can cause, and ends cleanly on Ctrl-C."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; raises UserError for what a user can cause, and exits 130 when interrupted."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("ogi: stopped; what was finished is kept.", err=True)
            ctx.exit(130)
        except Exception as error:
            sentence = as_user_error(error)
            if sentence is None:
                raise
            raise UserError(sentence) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ogi-archive", message="%(prog)s %(version)s")
def cli() -> None:
    """Collect the annual open-government-information reports of Chinese agencies and publish their figures."""


for module in (check, crawl, demo, extract, parse, serve, sources):
    cli.add_command(module.command)

"""The command `ogi`: finds its commands and turns every mistake that a user can make into one sentence."""

from __future__ import annotations

import logging
import signal
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from archive.plain import OneLine, crash
from ogi.errors import as_user_error
from ogi.terminal import say

COMMANDS = (
    *("add", "backup", "check", "crawl", "demo", "evidence", "extract", "nightly", "parse"),
    *("release", "reparse", "restore", "serve", "sources"),
)
CRASHED = 2  # exit status


class Commands(click.Group):
    """A group that imports a command's module when it is asked for, never shows a traceback for what a user can cause,
    and ends cleanly on Ctrl-C."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, None where there is none."""
        # Reading a file needs no crawler, and crawling no portal: each costs the better part of a second to import.
        command: click.Command | None = import_module(f"ogi.{name}").command if name in COMMANDS else None
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; raises UserError for what a user can cause, exits 130 when interrupted or terminated, and 2
        with a traceback where the mistake is ours: 1 means something else with most commands."""
        signal.signal(signal.SIGTERM, _interrupt)
        logging.raiseExceptions = False  # a full disk ends the log, without a traceback a line
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            say("ogi: stopped; what was finished is kept.", err=True)
            ctx.exit(130)
        except (click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            told = as_user_error(error)
            if told is None:
                for line in crash(error):
                    say(line, err=True)
                ctx.exit(CRASHED)
            if told is error:
                raise
            raise told from error


def _interrupt(*_: object) -> None:
    """What is asked to end (SIGTERM, as systemd does) ends as on Ctrl-C: it takes its temporary files along."""
    raise KeyboardInterrupt


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ogi-archive", message="%(prog)s %(version)s")
def cli() -> None:
    """Collect the annual open-government-information reports of Chinese agencies and publish their figures."""
    logging.setLogRecordFactory(OneLine)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show Chinese shows question marks

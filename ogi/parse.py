"""`ogi parse`: reads files and prints one JSON object a line, in order; `--table` prints for people."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path

import click

from archive.plain import json_text
from ogi.show import print_report
from ogi.terminal import say
from parsers.model import Report
from parsers.workers import Readers

NOT_ALL_READ = 3  # a file is not an annual report, or cannot be read
LARGEST_FILE = 256 << 20  # bytes: the longest scanned report known has a tenth of it
AHEAD = 4  # files in memory for each reader


@click.command("parse")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--table", is_flag=True, help="Print tables for people instead of JSON.")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], table: bool) -> None:
    """Read reports from FILEs and print one JSON object a line, in the order of the files.

    Exit status 3 says that a file is not an annual report or cannot be read; its line says why.
    """
    all_read = True
    for name, report in read_files(files):
        printable = os.fsencode(name).decode("utf-8", "replace")
        if table:
            print_report(printable, report)
        else:
            line = json_text({"file": printable} | report.to_json())
            click.echo(line.encode())  # JSON is UTF-8, whatever the terminal's language
        if not report.ok:
            all_read = False
            say(f"ogi: {printable}: {' '.join(problem.message for problem in report.problems)}", err=True)
    if not all_read:
        ctx.exit(NOT_ALL_READ)


def read_files(names: Iterable[str]) -> Iterator[tuple[str, Report]]:
    """Read files on all cores and give each with its report, in order, a few files ahead of the reader."""
    processes = os.cpu_count() or 1
    with Readers(processes) as readers:
        waiting: deque[tuple[str, Future[Report]]] = deque()
        for name in names:
            waiting.append((name, _begin(readers, name)))
            if len(waiting) > AHEAD * processes:
                name, report = waiting.popleft()
                yield name, report.result()
        for name, report in waiting:
            yield name, report.result()


def _begin(readers: Readers, name: str) -> Future[Report]:
    try:
        with Path(name).open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        return _unread(*_why(error))
    if not data:
        return _unread("file_empty", "The file is empty.")
    if len(data) > LARGEST_FILE:
        return _unread("file_too_large", f"The file has more than {LARGEST_FILE >> 20} MB, which no report has.")
    return readers.submit(data)


def _why(error: OSError) -> tuple[str, str]:
    match error:
        case FileNotFoundError():
            return "file_missing", "There is no such file."
        case IsADirectoryError():
            return "file_is_directory", "This is a directory; name the files in it."
        case _:
            return "file_unreadable", f"The file cannot be read: {error.strerror}."


def _unread(code: str, message: str) -> Future[Report]:
    answer: Future[Report] = Future()
    answer.set_result(Report.unreadable(code, message))
    return answer

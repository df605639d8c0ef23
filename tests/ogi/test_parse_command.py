"""`ogi parse`: one line a file, in order; what is no report says why; the exit status tells."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from running import COMMAND, Ogi, Reports, the_sentence


def lines(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


def test_a_line_for_each_file_in_order(ogi: Ogi, reports: Reports) -> None:
    files = [file for file, _ in reports] * 9
    run = ogi("parse", *files)
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    assert [line["file"] for line in lines(run.stdout)] == [str(file) for file in files]


def test_the_line_holds_what_stands_in_the_report(ogi: Ogi, reports: Reports) -> None:
    file, expected = reports[0]
    (line,) = lines(ogi("parse", file).stdout)
    assert (line["ok"], line["agency"], line["year"], line["form"]) == (
        True,
        expected.agency,
        expected.year,
        expected.form,
    )
    figures = line["figures"]
    assert isinstance(figures, dict)
    assert {name: figure["value"] for name, figure in figures.items()} == dict(expected.figures)


def test_what_is_no_report_says_why_and_the_others_are_printed(ogi: Ogi, reports: Reports, tmp_path: Path) -> None:
    (tmp_path / "notice.html").write_text("<html><body><h1>关于召开座谈会的通知</h1><p>各科室：</p></body></html>")
    report = reports[0][0]
    run = ogi("parse", report, "notice.html", report)
    assert run.returncode == 3
    first, notice, last = lines(run.stdout)
    assert first["ok"]
    assert last["ok"]
    assert notice["file"] == "notice.html"
    assert notice["ok"] is False
    assert notice["problems"]
    assert "notice.html" in the_sentence(run)


def test_tables_for_people(ogi: Ogi, reports: Reports) -> None:
    file, expected = reports[0]
    run = ogi("parse", "--table", file)
    assert run.returncode == 0, run.stderr
    assert expected.agency in run.stdout
    total = expected.figures["requests.new_received.total"]
    row = next(line for line in run.stdout.splitlines() if "本年新收政府信息公开申请数量" in line)
    assert str(total) in row


def test_a_terminal_that_cannot_show_chinese_is_no_error(ogi: Ogi, reports: Reports) -> None:
    run = ogi("parse", "--table", reports[0][0], PYTHONIOENCODING="ascii")
    assert run.returncode == 0, run.stderr
    assert "form_20" in run.stdout


def open_for(reader: subprocess.Popen[str], pipe: Path) -> int:
    """The writing end of a pipe, once the process has opened the reading end."""
    while reader.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.02)
    raise AssertionError(reader.communicate())


def test_interrupting_ends_cleanly(tmp_path: Path) -> None:
    pipe = tmp_path / "endless.html"
    os.mkfifo(pipe)
    command = [sys.executable, COMMAND, "parse", pipe]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        writing_end = open_for(process, pipe)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        os.close(writing_end)
    assert process.returncode == 130
    assert output == ""
    assert "Traceback" not in errors

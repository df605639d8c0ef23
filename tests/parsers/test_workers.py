"""Reading in worker processes: what one document can do to the others (nothing)."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import CancelledError, as_completed
from pathlib import Path

import pytest

from parsers.model import Report
from parsers.workers import Readers


def answer(text: str) -> Report:
    return Report(ok=True, title=text)


def slow_answer(text: str, seconds: float) -> Report:
    time.sleep(seconds)
    return Report(ok=True, title=text)


def hang() -> Report:
    while True:
        time.sleep(0.01)


def hang_inside_c() -> Report:
    ctypes.CDLL(None).pause()  # never comes back to the interpreter, as a reader in C that loops
    return answer("never")


def swell() -> Report:
    held = []
    while True:
        held.append(bytearray(16 << 20))


def kill_itself() -> Report:
    os.kill(os.getpid(), signal.SIGKILL)
    return answer("never")


def crash() -> Report:
    ctypes.string_at(0)
    return answer("never")


def raise_error() -> Report:
    raise KeyError("a mistake of ours")


def ask(port: int) -> Report:
    """What became of it, by the ways in which a library would try."""
    said = []
    for host in ("127.0.0.1", "localhost"):
        try:
            socket.create_connection((host, port), timeout=5).close()
            said.append("connected")
        except OSError as error:
            said.append(type(error).__name__)
    return answer(" ".join(said))


def process_id() -> Report:
    return Report(ok=True, title=str(os.getpid()))


def size_of(data: bytes) -> Report:
    return Report(ok=True, title=str(len(data)))


def tell_id_and_hang(where: str) -> Report:
    Path(where).write_text(str(os.getpid()), encoding="ascii")
    return hang()


def child_that_reads_for_ever(where: str) -> None:
    """What a process does that is then killed itself: see `test_a_worker_outlives_its_killed_parent_…`."""
    with Readers(1, seconds=3) as readers:
        readers.call(tell_id_and_hang, where).result()


def code(report: Report) -> str:
    assert not report.ok
    (problem,) = report.problems
    assert problem.message.endswith(".")
    return problem.code


def gone(process: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, 0)
        return False
    return True


def await_true(condition: object, seconds: float = 20) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the condition did not come true"
        time.sleep(0.02)


def test_documents_are_read_and_answered() -> None:
    with Readers(2) as readers:
        futures = [readers.call(answer, str(number)) for number in range(20)]
    assert [future.result(timeout=0).title for future in futures] == [str(number) for number in range(20)]


@pytest.mark.parametrize("read", [hang, hang_inside_c])
def test_a_document_that_hangs_is_stopped(read: object) -> None:
    with Readers(2, seconds=0.5) as readers:
        hanging = readers.call(read)  # type: ignore[arg-type]  # one of the functions above
        others = [readers.call(answer, str(number)) for number in range(5)]
        assert [other.result(timeout=30).title for other in others] == list("01234")
        report = hanging.result(timeout=30)
    assert code(report) == "reader_timeout"
    assert "0.5 seconds" in report.problems[0].message


def test_a_document_that_swells_is_stopped() -> None:
    with Readers(1, megabytes=400) as readers:
        swollen = readers.call(swell)
        after = readers.call(answer, "after")
        assert code(swollen.result(timeout=60)) == "reader_memory"
        assert after.result(timeout=60).title == "after"


@pytest.mark.parametrize(("read", "name"), [(kill_itself, "SIGKILL"), (crash, "SIGSEGV")])
def test_a_worker_that_dies_costs_only_its_document(read: object, name: str) -> None:
    with Readers(2) as readers:
        neighbour = readers.call(slow_answer, "neighbour", 1.0)
        dying = readers.call(read)  # type: ignore[arg-type]  # one of the functions above
        after = [readers.call(answer, str(number)) for number in range(4)]
        report = dying.result(timeout=30)
        assert code(report) == "reader_died"
        assert name in report.problems[0].message
        assert neighbour.result(timeout=30).title == "neighbour"
        assert [future.result(timeout=30).title for future in after] == list("0123")


def test_a_worker_killed_between_documents_is_replaced() -> None:
    with Readers(1) as readers:
        worker = int(readers.call(process_id).result(timeout=30).title or "")
        os.kill(worker, signal.SIGKILL)
        await_true(lambda: gone(worker))
        assert readers.call(answer, "next").result(timeout=60).title == "next"


def test_many_deaths_among_many_documents() -> None:
    with Readers(2) as readers:
        futures = {}
        for number in range(30):
            call = readers.call(kill_itself) if number % 5 == 0 else readers.call(answer, str(number))
            futures[call] = number
        for future in as_completed(futures, timeout=60):
            number = futures[future]
            if number % 5 == 0:
                assert code(future.result()) == "reader_died"
            else:
                assert future.result().title == str(number)


def test_a_reader_that_raises_is_a_problem_not_an_exception() -> None:
    with Readers(1) as readers:
        report = readers.call(raise_error).result(timeout=30)
        assert code(report) == "reader_failed"
        assert "a mistake of ours" in report.problems[0].message
        assert readers.call(answer, "after").result(timeout=30).title == "after"


def test_reading_asks_nobody_on_the_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, Readers(1) as readers:
        port = server.getsockname()[1]
        assert readers.call(ask, port).result(timeout=30).title == "PermissionError PermissionError"


def test_large_documents_pass() -> None:
    with Readers(1, megabytes=256) as readers:
        assert readers.call(size_of, bytes(100 << 20)).result(timeout=60).title == str(100 << 20)


def test_killing_is_quick_and_cancels_what_was_not_read() -> None:
    readers = Readers(1)
    worker = int(readers.call(process_id).result(timeout=30).title or "")
    futures = [readers.call(hang_inside_c), *(readers.call(answer, str(number)) for number in range(3))]
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt), readers:
        raise KeyboardInterrupt
    assert time.monotonic() - begun < 5
    for future in futures:
        with pytest.raises(CancelledError):
            future.result(timeout=1)
    await_true(lambda: gone(worker))
    with pytest.raises(RuntimeError, match="closed"):
        readers.call(answer, "too late")


def test_a_worker_ignores_the_interrupt_that_its_parent_decides_about() -> None:
    with Readers(1) as readers:
        worker = int(readers.call(process_id).result(timeout=30).title or "")
        reading = readers.call(slow_answer, "finished", 0.5)
        os.kill(worker, signal.SIGINT)
        assert reading.result(timeout=30).title == "finished"


def test_a_worker_outlives_its_killed_parent_only_by_its_documents_time(tmp_path: Path) -> None:
    where = tmp_path / "worker.pid"
    program = f"import test_workers; test_workers.child_that_reads_for_ever({str(where)!r})"
    paths = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    parent = subprocess.Popen([sys.executable, "-c", program], env=os.environ | {"PYTHONPATH": paths})
    try:
        await_true(lambda: where.exists() and where.read_text(encoding="ascii"))
    finally:
        parent.kill()
        parent.wait()
    worker = int(where.read_text(encoding="ascii"))
    await_true(lambda: gone(worker))


def test_the_door_is_what_submit_calls() -> None:
    pytest.importorskip("parsers.tables.statutory", reason="the door is not there yet")
    with Readers(1) as readers:
        report = readers.submit(b"", content_type="text/plain", url="http://www.lingzhou.example/a.txt").result(60)
    assert not report.ok
    assert report.problems


def test_a_document_that_may_be_a_scan_has_more_time() -> None:
    with Readers(1, seconds=0.001) as readers:
        page, scan = (readers.submit(data).result(60) for data in (b"<html>" + b"<p>x" * 9_999, b"%PDF-1.7"))
    assert "0.001 seconds" in page.problems[0].message
    assert "0.0065 seconds" in scan.problems[0].message

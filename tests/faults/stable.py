"""Runs `ogi` many times in processes of their own that need no second for their imports: forks of one that has them.

A forked run is a real process: it has its own readers, is killed by a real signal, and writes real files. It says on a
pipe which step it has come to, so that it can be killed within a step.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
ROOMS = ("archive", "crawler", "ogi", "portal")
SECONDS = 120  # in which a run must have come to its end
QUICK = {
    "OGI_LOOPBACK_HOSTS": ".village.example",
    "AUTOTHROTTLE_ENABLED": 0,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "RETRY_TIMES": 0,
    "OGI_READERS": 1,
}


def crawl_options(**settings: object) -> list[str]:
    """What makes a crawl on loopback quick, as options of `ogi crawl` and `ogi nightly`."""
    return [part for name, value in (QUICK | settings).items() for part in ("-s", f"{name}={value}")]


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that is over: its exit status (the negative number of the signal that ended it) and what it printed."""

    status: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one sentence on standard error of a run that a user can put right."""
        assert "Traceback" not in self.err
        (sentence,) = [line for line in self.err.splitlines() if line.startswith("ogi: ")]
        return sentence


@dataclass(slots=True)
class Run:
    """A run under way. `steps` are those that it has come to, each with the moment (of the monotonic clock)."""

    pid: int
    announced: int
    directory: Path
    number: int
    steps: list[tuple[str, float]] = field(default_factory=list)
    _stable: Stable | None = None

    def await_step(self, step: str, seconds: float = SECONDS) -> bool:
        """Waits until the run has come to a step; False where it ends without."""
        end = time.monotonic() + seconds
        while step not in (name for name, _ in self.steps):
            ready, _, _ = select.select([self.announced], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"the run did not come to {step}"
            if not self.hear():
                return False
        return True

    def hear(self) -> bool:
        """Takes in what the run has announced; False where it will announce nothing more."""
        said = os.read(self.announced, 4096).decode()
        self.steps += [(name, time.monotonic()) for name in said.splitlines()]
        return bool(said)

    def signal(self, number: int, *, group: bool = False) -> None:
        """Sends the run a signal; with `group` all its processes, as systemd does and a power cut."""
        (os.killpg if group else os.kill)(self.pid, number)

    def wait(self) -> Ended:
        """Waits for the end."""
        while self.hear():
            pass
        os.close(self.announced)
        assert self._stable is not None
        status = self._stable.reap(self.pid)
        out, err = (Path(f"{self.directory}/.run{self.number}.{name}") for name in ("out", "err"))
        ended = Ended(status, out.read_text(errors="replace"), err.read_text(errors="replace"))
        out.unlink()
        err.unlink()
        return ended


class Stable:
    """Starts runs of `ogi`, one after the other. `within` is a command that the stable itself runs under."""

    def __init__(self, within: Iterable[str] = ()) -> None:
        self.clock: Path | None = None  # a file that says by how many seconds its runs' clock is ahead
        self._process = subprocess.Popen(
            [*within, sys.executable, str(Path(__file__)), str(os.getpid())],
            cwd=ROOT,
            env=os.environ | {"COLUMNS": "200", "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._number = 0

    def start(self, directory: Path, *arguments: object, logs: Path | None = None) -> Run:
        """Begins `ogi ARGUMENTS` in a directory; what it prints goes into `logs` (the same directory unless named)."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._number += 1
        logs = logs or directory
        pipe = logs / f".run{self._number}.pipe"
        os.mkfifo(pipe)
        announced = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        asked = {
            "directory": str(directory),
            "logs": str(logs / f".run{self._number}"),
            "arguments": [str(argument) for argument in arguments],
            "clock": self.clock and str(self.clock),
        }
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        os.set_blocking(announced, True)
        pipe.unlink()
        return Run(pid, announced, logs, self._number, _stable=self)

    def run(self, directory: Path, *arguments: object, logs: Path | None = None) -> Ended:
        """`ogi ARGUMENTS` from its beginning to its end."""
        return self.start(directory, *arguments, logs=logs).wait()

    @property
    def root(self) -> Path:
        """The root directory as the stable's runs see it."""
        return Path(f"/proc/{self._process.pid}/root")

    def do(self, *command: str) -> None:
        """Runs another command where the runs are."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "0\n", command

    def reap(self, pid: int) -> int:
        """The exit status of a run, when it is over."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{pid}\n")
        self._process.stdin.flush()
        return os.waitstatus_to_exitcode(int(self._process.stdout.readline()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)


# --- the process that has the imports -------------------------------------------------------------------------------


def main() -> None:
    """Forks a run for every object on standard input, as JSON; a number asks for the status of that run, a list is
    another command."""
    import ogi.backup
    import ogi.check
    import ogi.extract
    import ogi.main
    import ogi.nightly
    import ogi.reparse
    import ogi.restore  # noqa: F401  # all of these are imported for the runs to come

    for line in sys.stdin:
        asked = json.loads(line)
        if isinstance(asked, int):
            print(os.waitpid(asked, 0)[1], flush=True)
            continue
        if isinstance(asked, list):
            print(subprocess.run(asked, check=False).returncode, flush=True)
            continue
        pipe = os.open(asked["logs"] + ".pipe", os.O_WRONLY)
        pid = os.fork()
        if not pid:
            _run(asked, pipe)
        os.close(pipe)
        print(pid, flush=True)


def _set_clock(file: str) -> None:
    """Gives the rooms another clock, which a file says how far to set, at any moment.

    A library that fakes it beneath Python cannot be used: with it, waiting on the monotonic clock fails.
    """
    import datetime as times

    class Another(times.datetime):
        @classmethod
        def now(cls, tz: times.tzinfo | None = None) -> times.datetime:
            ahead = float(Path(file).read_text(encoding="utf-8"))
            return times.datetime.now(tz) + times.timedelta(seconds=ahead)

    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ROOMS and getattr(module, "datetime", None) is times.datetime:
            module.datetime = Another  # type: ignore[attr-defined]  # looked up just now


def _run(asked: Mapping[str, str], pipe: int) -> None:
    """Becomes the run: its own process group, directory and output, and the default answer to signals."""
    from ogi import nightly
    from ogi.main import cli
    from ogi.nights.steps import Night

    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(asked["directory"])
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(f"{asked['logs']}.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.set_inheritable(pipe, False)

    def announced(step: str) -> None:
        os.write(pipe, f"{step}\n".encode())

    take, told = Night.take, nightly.print_night

    def take_announced(night: Night, name: str, work: Callable[[], str]) -> None:
        def announced_work() -> str:
            announced(name)
            return work()

        take(night, name, announced_work)

    def told_announced(night: Mapping[str, object]) -> str:
        announced("report")
        return told(night)

    Night.take = take_announced  # type: ignore[method-assign]  # this process only, to say where it is
    nightly.print_night = told_announced
    if asked["clock"]:
        _set_clock(asked["clock"])
    announced("begun")
    sys.argv = ["ogi", *asked["arguments"]]
    try:
        cli(prog_name="ogi")
    except SystemExit as end:
        sys.stdout.flush()
        raise SystemExit(end.code) from None


if __name__ == "__main__":
    main()

"""A copy of the project in which the commands of its documents are run, and these commands as they stand there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import demo
from crawler.sources import HEADER

HOUSE = Path(__file__).parents[2]
DOCUMENTS = (*(HOUSE / name for name in ("README.md", "README.zh.md", "CONTRIBUTING.md")), *HOUSE.glob("docs/*.md"))
SOURCES = ("lz-jyj", "lz-mzj")  # of the example: a registry that is soon crawled
# What leads a crawl to the example on this machine, in place of the politeness that sites elsewhere are owed.
LOCAL = "--allow-private -s OGI_LOOPBACK_HOSTS=lingzhou.example -s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0"
ASKING = re.compile(r"\bogi (crawl|nightly|sources add)\b[^&]*")
SERVING = re.compile(r"\bogi serve\b")
# Indented lines of the documents that are no commands: the registry's header, the drawing of the house, formulas.
NO_COMMAND = re.compile(rf"{','.join(HEADER)}$|.*──>|\s*(collects|采集)\s|\w+\(\w+\)|.* × ")
COMMENT = re.compile(r"(^|\s)#\s.*")
# Commands that no test runs as they stand, each with the reason.
NOT_RUN = {
    r"make (demo|test|test-long)\b": ".ci/run runs it",
    r"git clone|cd /opt/ogi && git fetch": "needs a repository elsewhere",
    r"useradd|install -d|systemctl|cp (deploy|ogi)/\S+ /etc/": "changes the machine; test_deploy.py tries the files",
    r"wb-manager|wayback": "pywb is installed in an environment of its own",
    r"\S*pip install": "installs packages from elsewhere",
    r"openssl|dask|python -m ogi\.cluster|.* --(cluster|shard|storage)\b": "tests/cluster has clusters of its own",
    r"curl ": "tests/portal/test_portal_api.py asks for it",
    r"(\w+=\S+ )*(\.venv/bin/)?(pytest -m long|python (-m )?benchmarks|make )": "takes long on purpose",
}


def commands(text: str) -> Iterator[str]:
    """The commands of a document: what is indented or fenced as `sh`, without comments, a continued one in one line."""
    fence, whole = None, ""
    for line in text.splitlines():
        if line.startswith("```"):
            fence = line.removeprefix("```") if fence is None else None
        elif (line.startswith("    ") if fence is None else fence == "sh") and line.strip():
            whole = f"{whole} {COMMENT.sub('', line).strip()}".strip()
            if whole.count('"') % 2 == 0:
                if not NO_COMMAND.match(whole):
                    yield whole
                whole = ""


def why_not_run(command: str) -> str | None:
    """The reason why no test runs a command; None for one that is run."""
    return next((why for pattern, why in NOT_RUN.items() if re.match(pattern, command)), None)


@dataclass(frozen=True, slots=True)
class Clone:
    """The project in a directory of its own, with this environment and a registry of a few of the example's sources."""

    path: Path

    @classmethod
    def made(cls, path: Path, site: demo.DemoSite) -> Clone:
        """A copy of every file that is or would be committed."""
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=HOUSE, capture_output=True, check=True).stdout.decode().split("\0")
        for name in filter(None, names):
            if (HOUSE / name).is_file():
                (path / name).parent.mkdir(parents=True, exist_ok=True)
                (path / name).write_bytes((HOUSE / name).read_bytes())
        (path / ".venv").symlink_to(sys.prefix)
        header, *lines = demo.registry(site.port).splitlines()
        chosen = [line for line in lines if line.split(",")[0] in SOURCES]
        (path / "crawler" / "sources.csv").write_text("\n".join([header, *chosen, ""]), encoding="utf-8")
        return cls(path)

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Runs a command of a document as a reader would, against the example's sites on this machine."""
        command = ASKING.sub(lambda asking: f"{asking[0].rstrip()} {LOCAL} ", command)
        environment = os.environ | {
            "PATH": f"{self.path / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(self.path),  # before the project that this environment was made for
        }
        if SERVING.search(command):
            return self._serve(f"exec {command} --port 0", environment)
        return subprocess.run(["bash", "-c", command], cwd=self.path, env=environment, capture_output=True, text=True)

    def _serve(self, command: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Until the portal says where it is, and then Ctrl-C."""
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        with subprocess.Popen(["bash", "-c", command], cwd=self.path, env=environment, **streams) as process:  # type: ignore[call-overload]  # of these streams
            said = process.stdout.readline()
            process.send_signal(2)
            more, errors = process.communicate(timeout=60)
        return subprocess.CompletedProcess(shlex.split(command), process.returncode, said + more, errors)

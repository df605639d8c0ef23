"""Asks pip-audit whether an advisory is known for a package of the lock: `python .ci/audit.py [LOCK]`.

Exit status 1 says that there is one. What could not be asked is said, and is no failure: every package is held to the
digest that the lock has for it when it is installed, whether or not the advisories can be reached from here.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements-dev.lock"  # holds what requirements.lock holds, and more
RUNNERS = (("pip-audit",), ("uvx", "--quiet", "pip-audit"), ("pipx", "run", "pip-audit"))
SECONDS = 300


def main(lock: Path) -> int:
    """Prints what is known of the packages of a lock; returns the exit status."""
    runner = next((each for each in RUNNERS if shutil.which(each[0])), None)
    if runner is None:
        return _not_asked("neither pip-audit nor uv nor pipx is here to run it")
    command = [*runner, "--disable-pip", "--require-hashes", "--format", "json", "--requirement", str(lock)]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)  # noqa: S603  # all of it is ours
        packages: list[dict[str, Any]] = json.loads(run.stdout)["dependencies"]
    except subprocess.TimeoutExpired:
        return _not_asked(f"pip-audit gave no answer in {SECONDS} seconds")
    except (ValueError, KeyError):
        last = (run.stderr.strip().splitlines() or ["it said nothing"])[-1]
        return _not_asked(f"pip-audit ended with status {run.returncode}: {last}")
    skipped = [package["skip_reason"] for package in packages if "skip_reason" in package]
    if skipped:
        _not_asked(f"of {len(packages)} packages {len(skipped)} have no answer, such as: {skipped[0]}")
    advisories = [
        f"{package['name']} {package['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'none'}"
        for package in packages
        for found in package.get("vulns", ())
    ]
    for advisory in advisories:
        print(f"audit: {advisory}")
    print(f"audit: {len(packages) - len(skipped)} packages of {lock.name} audited, advisories: {len(advisories)}")
    return 1 if advisories else 0


def _not_asked(why: str) -> int:
    print(f"audit: the advisories could not be asked for all: {why}. The lock's digests are checked at installation.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else LOCK))

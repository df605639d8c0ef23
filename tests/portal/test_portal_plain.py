"""Nothing in the archive needs the portal: plain Datasette shows it as well."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def test_plain_datasette_serves_the_archive(archive_db: Path) -> None:
    for path in ("/archive", "/archive/figures.json?_size=1"):
        command = [sys.executable, "-m", "datasette", str(archive_db), "--get", path]
        shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert shown.returncode == 0, shown.stderr
        assert "政府信息公开年报档案" not in shown.stdout
        if ".json" in path:
            assert len(json.loads(shown.stdout)["rows"]) == 1

"""What is shipped for servers is held to the tools that will read it, where they are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from ogi.main import COMMANDS

HOUSE = Path(__file__).parents[2]
DEPLOY = HOUSE / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
OGI = "/opt/ogi/.venv/bin/ogi"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text().replace(OGI, shutil.which("true") or ""))
    units = [str(tmp_path / unit.name) for unit in UNITS]
    verified = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True)
    assert (verified.returncode, verified.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    site = (DEPLOY / "nginx.conf").read_text().replace("/var/cache/nginx", str(tmp_path))
    (tmp_path / "site.conf").write_text(site)
    around = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ include {tmp_path}/site.conf; }}"
    (tmp_path / "nginx.conf").write_text(around)
    tested = subprocess.run(["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stderr


def test_the_containers_run_as_nobody_special_with_a_read_only_root() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    last_stage = (DEPLOY / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    assert re.search(r"^USER ogi$", last_stage, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", last_stage, re.MULTILINE)


def test_the_image_copies_what_is_there() -> None:
    text = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    known = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert {line.split()[0] for line in lines} <= known
    for line in lines:
        if line.startswith("COPY") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (HOUSE / source).exists()
    left_out = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert {".venv", ".git", "*.db", "*.var"} <= set(left_out), "an archive and an environment are no part of an image"


@pytest.mark.parametrize("file", [*UNITS, DEPLOY / "crontab", DEPLOY / "compose.yaml", DEPLOY / "Dockerfile"])
def test_every_command_named_for_a_server_is_one(file: Path) -> None:
    named = re.findall(r"bin/ogi (\w+)|command: \[(\w+)|^CMD \[\"(\w+)", file.read_text(), re.MULTILINE)
    assert {name for names in named for name in names if name} <= {*COMMANDS}

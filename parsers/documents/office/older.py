"""Older office files (.doc, WPS .wps, .rtf, .odt): converted to .docx by LibreOffice, then read as that."""

from __future__ import annotations

import contextlib
import functools
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from parsers.documents.office import word
from parsers.model import Document, UnreadableError

SECONDS = 45  # less than a document's time in a worker, so that the converter does not outlive its reader
MEGABYTES = 4096  # of address space: LibreOffice maps more than it uses
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Office keeps an encrypted .docx or .xlsx

# No macros, no links followed; whatever would still ask for something on the network meets a proxy that is not there.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse">
<value>1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse">
<value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse">
<value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse">
<value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse">
<value>9</value></prop></item>
</oor:items>
"""


def read(data: bytes) -> Document:
    """An older office file as paragraphs and tables.

    Raises `UnreadableError`: `needs_libreoffice` where it is not installed, `encrypted`, `conversion_timeout`,
    `conversion_failed`, or what the converted document has wrong.
    """
    if data.startswith(OLE) and ENCRYPTED in data:
        raise UnreadableError("encrypted", "The file is encrypted; ask the agency for one without a password.")
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        message = "Reading .doc and .wps files needs LibreOffice, which is not installed: install libreoffice-writer."
        raise UnreadableError("needs_libreoffice", message)
    medium = _medium(data)
    with tempfile.TemporaryDirectory(prefix="ogi-office-", ignore_cleanup_errors=True) as folder:
        converted = _convert(program, data, medium, Path(folder))
    return replace(word.read(converted), media=medium)


def _medium(data: bytes) -> str:
    """What the file is, as its suffix: LibreOffice looks at that too."""
    if data.startswith(OLE):
        return "doc"
    if data.startswith(b"PK"):
        return "odt"
    return "rtf" if data.lstrip().startswith(b"{") else "xml"


def _convert(program: str, data: bytes, medium: str, folder: Path) -> bytes:
    """The bytes of the .docx that LibreOffice makes of a file."""
    source, profile = folder / f"report.{medium}", folder / "profile"
    source.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    command = [
        *_fenced(),
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)),
    ]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"}
    with _room_for_converter(), (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603  # a fixed command; the document is only named in it
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        message = f"LibreOffice needed longer than {SECONDS} seconds to convert the file and was stopped."
        raise UnreadableError("conversion_timeout", message) from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # all of it: LibreOffice is several processes
        process.wait()
    made = source.with_suffix(".docx")
    if not made.is_file():
        said = (folder / "log").read_bytes()[-200:].decode("utf-8", "replace").strip() or "it said nothing"
        raise UnreadableError("conversion_failed", f"LibreOffice could not convert the file ({said}).")
    return made.read_bytes()


@functools.cache
def _fenced() -> list[str]:
    """What to start the converter with: no network where the system allows to take it away, and an end to its time.

    The end matters where the reader is killed and cannot stop its converter any more.
    """
    fence: list[str] = []
    unshare, timeout = shutil.which("unshare"), shutil.which("timeout")
    if unshare is not None:
        without_network = [unshare, "--map-root-user", "--net"]
        allowed = subprocess.run([*without_network, "true"], capture_output=True, check=False)  # noqa: S603  # fixed
        fence += without_network if allowed.returncode == 0 else []
    if timeout is not None:
        fence += [timeout, "--signal=KILL", str(SECONDS)]
    return fence


@contextlib.contextmanager
def _room_for_converter() -> Iterator[None]:
    """A wider memory limit while the converter is started: it inherits the reader's, in which it cannot run."""
    before, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = MEGABYTES << 20
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, most))

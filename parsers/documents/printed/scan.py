"""Pictures of documents (PNG, JPEG, TIFF, BMP, GIF, scanned PDF): recognised in a process of its own.

Recognition takes some seconds a page and several hundred megabytes, and runs libraries of native code over strange
bytes: a process that ends with the document gives all of it back.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from parsers.documents.titles import opening_titles
from parsers.model import Cell, Document, Paragraph, Problem, Table, UnreadableError

SECONDS = 120  # of processor time: a busy machine must not read less of a document than an idle one
PATIENCE = 3  # how many times as long by the clock, which is less than the time of a scan in a worker
MEGABYTES = 3072  # of address space
HOUSE = Path(__file__).parents[2]
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


def is_installed() -> bool:
    """Whether the optional packages for recognition are here."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def read(data: bytes) -> Document:
    """A picture, or a PDF as the pictures of its pages, as paragraphs and tables; every cell has a score.

    Where nothing could be recognised there are no blocks and one problem says why: `needs_ocr` (the optional packages
    are not installed), `ocr_timeout`, `ocr_failed`, `no_text`. Pages for which there was no time are the problem
    `pages_left_out`. Raises `UnreadableError` (damaged, picture_too_large) for what is no picture that can be opened.
    """
    if not is_installed():
        return _nothing("needs_ocr", "The document is a picture; to have it recognised, run pip install .[ocr].")
    command = [sys.executable, "-m", "parsers.documents.printed.scan_reading", str(SECONDS), str(PATIENCE * SECONDS)]
    environment = os.environ | NO_NETWORK | ONE_THREAD | {"PYTHONPATH": str(HOUSE)}
    try:
        done = subprocess.run(  # noqa: S603  # a fixed command; the document goes to its standard input
            command, input=data, capture_output=True, env=environment, timeout=PATIENCE * SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return _too_long()
    if done.returncode in (-signal.SIGALRM, -signal.SIGPROF):
        return _too_long()
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it said nothing"]
        return _nothing("ocr_failed", f"Recognition ended with status {done.returncode} ({last[0][:200]}).")
    return _document(json.loads(done.stdout))


def _too_long() -> Document:
    limits = f"{SECONDS} seconds of work, or {PATIENCE * SECONDS} by the clock"
    return _nothing("ocr_timeout", f"Recognition took longer than {limits}, and was stopped.")


def _nothing(code: str, message: str) -> Document:
    return Document("picture", (), problems=(Problem(code, message),), method="ocr")


def answer(blocks: list[Paragraph | Table], problems: list[Problem], error: UnreadableError | None) -> bytes:
    """What the recognising process says to the one that asked."""
    said = {
        "blocks": [
            [block.text, block.place]
            if isinstance(block, Paragraph)
            else [block.number, block.place, [_values(cell) for cell in block.cells]]
            for block in blocks
        ],
        "problems": [[problem.code, problem.message, problem.at] for problem in problems],
        "error": [error.code, str(error)] if error else None,
    }
    return json.dumps(said).encode()


def _values(cell: Cell) -> list[Any]:
    return [cell.text, cell.row, cell.column, cell.row_span, cell.column_span, cell.place, cell.score]


def _document(said: dict[str, Any]) -> Document:
    if said["error"]:
        raise UnreadableError(*said["error"])
    blocks: list[Paragraph | Table] = []
    for block in said["blocks"]:
        if len(block) == 2:
            blocks.append(Paragraph(*block))
        else:
            number, place, cells = block
            blocks.append(Table(number, tuple(Cell(*cell) for cell in cells), place))
    problems = tuple(Problem(*problem) for problem in said["problems"])
    if not blocks and not problems:
        return _nothing("no_text", "Nothing could be recognised in the picture.")
    titles = opening_titles(block.text for block in blocks if isinstance(block, Paragraph))
    return Document("picture", tuple(blocks), tuple(titles), problems=problems, method="ocr")

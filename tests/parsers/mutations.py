"""Damages documents: their bytes, the parts inside office files, the streams of PDF files; deep, wide and huge ones."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from expectations import documents

Mutation = Callable[[random.Random, bytes], bytes]
DEEP = 20_000
_SPAN = re.compile(rb"(rowspan|colspan)\s*=\s*[\"']?\d+", re.IGNORECASE)
_STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
_MAGIC = (
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<html>",
    b"\x89PNG",
    b"\xff\xfe",
    b"{",
    b"",
)
_TYPES = (
    *("text/html", "text/html; charset=big5", "text/plain; charset=utf-16", "application/pdf", "image/jpeg"),
    *("application/msword", "application/octet-stream", "text/html; charset=no-such", ";;;=", ""),
)
_ENDINGS = ("pdf", "docx", "xlsx", "xls", "html", "txt", "md", "jpg", "json", "")


def corpus() -> dict[str, bytes]:
    """The documents that lie beside their expectations, and what the format readers are tested with."""
    here = documents()[0].parents[1] / "parsers"
    found = {path.name: path.read_bytes() for path in documents()}
    return found | {path.name: path.read_bytes() for path in here.glob("*.xls")}


def _piece(rng: random.Random, data: bytes) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + int(rng.expovariate(1 / 200)) + 1)


def truncated(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def beheaded(rng: random.Random, data: bytes) -> bytes:
    return data[rng.randrange(len(data) + 1) :]


def flipped(rng: random.Random, data: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 5, 50))):
        if out:
            out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def inserted(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.randbytes(rng.choice((1, 3, 40, 4000))) + data[at:]


def dropped(rng: random.Random, data: bytes) -> bytes:
    start, end = _piece(rng, data)
    return data[:start] + data[end:]


def repeated(rng: random.Random, data: bytes) -> bytes:
    start, end = _piece(rng, data)
    return data[:end] + data[start:end] * rng.choice((1, 2, 30)) + data[end:]


def moved(rng: random.Random, data: bytes) -> bytes:
    start, end = _piece(rng, data)
    rest = data[:start] + data[end:]
    at = rng.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def controls(rng: random.Random, data: bytes) -> bytes:
    for _ in range(rng.choice((1, 20))):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + bytes(rng.choice((0, 1, 8, 11, 12, 27, 31, 127)) for _ in range(3)) + data[at:]
    return data


def recoded(rng: random.Random, data: bytes) -> bytes:
    text = data.decode(rng.choice(("utf-8", "gb18030", "latin-1")), "replace")
    return text.encode(
        rng.choice(("utf-8-sig", "utf-16", "utf-16-be", "utf-32", "gb18030", "big5", "utf-7")), "replace"
    )


def absurd_spans(rng: random.Random, data: bytes) -> bytes:
    wide = (b"0", b"-3", b"65535", b"999999999", b"1e9", b"\xef\xbc\x93", b"%d" % rng.randrange(1, 99))
    return _SPAN.sub(lambda m: m[0] if rng.random() < 0.5 else m[1] + b'="' + rng.choice(wide) + b'"', data)


def emptied(rng: random.Random, data: bytes) -> bytes:
    """Every second quote, bracket or digit gone."""
    return bytes(byte for byte in data if byte not in b"\"'<>()0123456789" or rng.random() < 0.5)


def entities(rng: random.Random, data: bytes) -> bytes:
    """A document type before the root: entities that grow, a file of this machine, an address."""
    grown = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 50) for n in range(1, 12))
    stated = rng.choice(
        (
            b'<!ENTITY e0 "ha">' + grown,
            b'<!ENTITY e11 SYSTEM "file:///etc/hostname">',
            b'<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;',
        )
    )
    head = re.match(rb"\s*<\?xml[^>]*>", data)
    start = head.end() if head else 0
    named = (
        data[start:].replace(b"</w:t>", b"&e11;</w:t>").replace(b"</t>", b"&e11;</t>").replace(b"</td>", b"&e11;</td>")
    )
    return data[:start] + b"<!DOCTYPE x [" + stated + b"]>" + named


def nested(rng: random.Random, data: bytes) -> bytes:
    """A tag of the document opened again and again in its middle."""
    tags = re.findall(rb"<[a-z:]+", data)
    at = rng.randrange(len(data) + 1)
    return data[:at] + (rng.choice(tags or [b"<div"]) + b">") * rng.choice((50, 300, DEEP)) + data[at:]


def one_line(rng: random.Random, data: bytes) -> bytes:
    return data.translate(None, b"\r\n")


def noise(rng: random.Random, data: bytes) -> bytes:
    return rng.choice(_MAGIC) + rng.randbytes(rng.choice((0, 7, 500, 20_000)))


PLAIN: tuple[Mutation, ...] = (
    *(truncated, beheaded, flipped, inserted, dropped, repeated, moved, controls, recoded, absurd_spans, one_line),
    *(emptied, entities, nested, noise),
)


def inside(rng: random.Random, data: bytes) -> bytes:
    """The document with a part of it damaged, the container whole: a part of a zip file, a stream of a PDF file."""
    mutate = rng.choice(PLAIN)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        chosen = rng.choice([name for name in parts if name.endswith((".xml", ".rels"))])
        return zipped(parts | {chosen: mutate(rng, parts[chosen])})
    streams = list(_STREAM.finditer(data)) if data.startswith(b"%PDF") else []
    if not streams:
        return mutate(rng, data)
    found = rng.choice(streams)
    try:
        content = zlib.compress(mutate(rng, zlib.decompress(found[1])))
    except zlib.error:
        content = mutate(rng, found[1])
    return data[: found.start(1)] + content + data[found.end(1) :]


def swapped(rng: random.Random, data: bytes) -> bytes:
    """The parts of an Office file under each other's names, or under the names of the other kind; many of them."""
    if not data.startswith(b"PK"):
        return moved(rng, repeated(rng, data))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        contents = [archive.read(name) for name in names]
    match rng.randrange(3):
        case 0:
            rng.shuffle(contents)
        case 1:
            names = [re.sub(r"^(word|xl)/", rng.choice(("word/", "xl/", "")), name) for name in names]
        case _:
            contents = [content * rng.choice((1, 2, 400)) for content in contents]
    return zipped(dict(zip(names, contents, strict=True)))


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


@dataclass(frozen=True)
class Mutant:
    """A damaged document: what was done to which, its bytes, and what a site says of it, which may be wrong."""

    what: str
    data: bytes
    content_type: str | None
    url: str | None


def mutants(rng: random.Random, count: int) -> Iterator[Mutant]:
    """Damaged documents of every medium."""
    originals = corpus()
    for _ in range(count):
        name = rng.choice(list(originals))
        mutate = rng.choice((*PLAIN, inside, inside, inside, swapped))
        data, done = mutate(rng, originals[name]), mutate.__name__
        if rng.random() < 0.2:
            again = rng.choice(PLAIN)
            data, done = again(rng, data), f"{done}, {again.__name__}"
        content_type = rng.choice(_TYPES) if rng.random() < 0.3 else None
        url = f"http://www.lingzhou.example/a.{rng.choice(_ENDINGS)}" if rng.random() < 0.3 else None
        yield Mutant(f"{name}: {done}", data, content_type, url)

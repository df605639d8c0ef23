"""A published archive whose reports are documents of every medium, kept in real WARC files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.kept.warc import Exchange, WarcWriter
from archive.publish import publish, var_directory
from archive.states import SourceState
from archive.store import Archive, Snapshot, SourceLine
from archive.storing.reading import Reading
from parsers import parse
from parsers.model import Report, SourceHint

DOCUMENTS = Path(__file__).parents[1] / "documents"
SITE = "https://www.lingzhou.example/"
TYPES = {
    ".html": "text/html",
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class KeptExample:
    """A document of the archive: the file, its address, its report, and the report's key."""

    path: Path
    url: str
    report: Report
    key: str
    sha256: str


def keep_documents(db: Path) -> dict[str, KeptExample]:
    """Reads one document of each medium, keeps its bytes, and publishes the archive; gives them by file ending."""
    working = var_directory(db) / "working.db"
    working.parent.mkdir(parents=True)
    moment = datetime(2026, 1, 5, 2, 3, 4, tzinfo=UTC)
    examples = {}
    with Archive(working) as archive:
        archive.register([SourceLine("lz", "990100", "凌州市人民政府", SITE)])
        run = archive.begin_run("crawl")
        with WarcWriter(var_directory(db) / "warc", run) as writer:
            for ending, kind in TYPES.items():
                path = next(path for path in sorted(DOCUMENTS.glob(f"*{ending}")) if _whole(path))
                url = f"{SITE}{path.name}"
                exchange = Exchange(url, moment, 200, [(b"Content-Type", kind.encode())], path.read_bytes())
                place = writer.write(exchange)
                hint = SourceHint("990100", f"凌州市第{len(examples) + 1}局")
                report = parse(exchange.body, kind, url, hint)
                kept = archive.keep(
                    Snapshot(
                        request_key=f"GET {url}",
                        url=url,
                        fetched=moment.isoformat(),
                        status=200,
                        content_type=kind,
                        length=len(exchange.body),
                        sha256=exchange.sha256,
                        warc=place.file,
                        offset=place.offset,
                    )
                )
                stored = archive.store(
                    Reading.of(report), source_id="lz", url=url, snapshots=[(kept, "article")], run_id=run
                )
                assert stored.report_key is not None, path
                examples[ending] = KeptExample(path, url, report, stored.report_key, exchange.sha256)
        archive.set_state(run, "lz", SourceState.OK, {"reports": len(examples)})
        archive.end_run(run, True, {})
    publish(working, db)
    return examples


def _whole(path: Path) -> bool:
    report = parse(path.read_bytes(), url=path.name, hint=SourceHint("990100", "凌州市某局"))
    return report.ok and report.year is not None and "requests.granted.total" in report.figures

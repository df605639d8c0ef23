"""Measures how much of annual reports is read right, missed or read wrong: `python -m benchmarks.accuracy [SET …]`.

Every document is read through the door alone, without what the registry knows of its source. What must be read was
written down by hand or by the generator of the example municipality, which knows nothing of the readers. The readers
were mended with all of these at hand: the counts say that it holds for documents like these. What the readers did with
material on the day they first met it stands apart (first_readings.toml) and says more of what nobody has seen.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import math
import tomllib
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import demo
import parsers
from parsers import narrative
from parsers.model import Report, Section, json_number

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent / "tests"
SAMPLES = HERE.parent.parent / "shared" / "samples"
FIELDS = ("agency", "region_code", "level", "kind", "field", "year", "published")
Z = 1.959964  # of the normal distribution, for 95 %

Outcome = Literal["right", "missing", "wrong"]
OUTCOMES: tuple[Outcome, ...] = ("right", "missing", "wrong")
Number = int | float | None


@dataclass(frozen=True, slots=True)
class Truth:
    """What a document holds. `figures` and `identity`: a name with None must be null; `claims`: code and value.

    `report` is False for a document that is no annual report; `blank_for_zero` says that a blank cell may be meant by
    a 0; `all_claims` that there are no claims but these; None stands for what nobody wrote down.
    """

    report: bool = True
    figures: Mapping[str, Number] | None = None
    identity: Mapping[str, Any] = field(default_factory=dict)
    claims: Sequence[tuple[str, Number]] | None = None
    all_claims: bool = True
    blank_for_zero: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's truth beside what was read from it; `medium` and `form` are what the table is broken down by."""

    medium: str
    form: str
    truth: Truth
    report: Report


@dataclass(frozen=True, slots=True)
class Sample:
    """A set of documents: where its truth comes from, in a sentence, and whether it was written by hand."""

    name: str
    origin: str
    by_hand: bool
    readings: Callable[[], Iterator[Reading]]


# --- comparing ------------------------------------------------------------------------------------------------------


def outcomes(reading: Reading) -> Iterator[tuple[str, Outcome]]:
    """Yield what became of each thing that can be read: ("cells", "right"), ("agency", "missing") …"""
    truth, report = reading.truth, reading.report
    yield "told apart", "right" if report.ok == truth.report else "wrong"
    if not truth.report or not report.ok:
        return
    for name, value in truth.identity.items():
        yield name, _outcome(value, getattr(report, name))
    if truth.figures is not None:
        yield from (("cells", outcome) for outcome in _cells(truth, report))
    if truth.claims is not None:
        yield from (("claims", outcome) for outcome in _claims(truth, report))


def _outcome(expected: object, found: object) -> Outcome:
    if found == expected:
        return "right"
    return "missing" if found is None else "wrong"


def _cells(truth: Truth, report: Report) -> Iterator[Outcome]:
    expected = truth.figures or {}
    for indicator, value in expected.items():
        figure = report.figures.get(indicator)
        found = json_number(figure.value) if figure else None
        yield "right" if found is None and value == 0 and truth.blank_for_zero else _outcome(value, found)
    for indicator, figure in report.figures.items():
        if indicator not in expected and figure.value is not None:
            yield "wrong"


def _claims(truth: Truth, report: Report) -> Iterator[Outcome]:
    """Each claim that must be read, then, where the truth names them all, each that must not."""
    expected = Counter(truth.claims or ())
    found = Counter((claim.code, json_number(claim.value)) for claim in report.claims)
    both = expected & found
    strange = Counter(code for code, _ in (found - both).elements())
    for _ in both.elements():
        yield "right"
    for code, _ in (expected - both).elements():
        yield "wrong" if strange[code] else "missing"
        strange[code] -= 1
    for _ in strange.elements() if truth.all_claims else ():
        yield "wrong"


# --- the sets -------------------------------------------------------------------------------------------------------


def _samples() -> Iterator[Reading]:
    if not SAMPLES.is_dir():
        return
    hand = tomllib.loads((HERE / "hand_read.toml").read_text("utf-8"))
    for name, known in json.loads((SAMPLES / "figures.json").read_text("utf-8")).items():
        read = hand[name]
        truth = Truth(
            figures=known["figures"],
            identity={name: read.get(name) for name in FIELDS},
            claims=[(code, value) for code, value in read["claims"]],
            blank_for_zero=known["blank_may_be_zero"],
        )
        yield Reading(_medium(name), known["form"], truth, parsers.parse((SAMPLES / name).read_bytes(), url=name))


def _documents() -> Iterator[Reading]:
    for path in sorted(path for path in (TESTS / "documents").iterdir() if path.suffix != ".json"):
        known = json.loads(path.with_suffix(".json").read_text("utf-8"))
        truth = Truth(report=False)
        if known["ok"]:
            rows = known["figures"].items()
            truth = Truth(
                figures={f"{row}.{column}": _value(cell) for row, cells in rows for column, cell in cells.items()},
                identity={name: known[name] for name in FIELDS},
                claims=[(code, value) for code, value, *_ in known["claims"]],
            )
        yield Reading(_medium(path.name), known.get("form") or "none", truth, parsers.parse(path.read_bytes()))


def _value(cell: Any) -> Number:
    """The number of a cell as the expectations write it: itself, or the first of [value, kind, raw, …]."""
    value: Number = cell[0] if isinstance(cell, list) else cell
    return value


def _demo() -> Iterator[Reading]:
    with demo.serve() as site:
        for known in demo.expected():
            read = [_fetched(site.port, known.host, path) for path in (known.path, *known.attachments)]
            truth = Truth(
                figures=known.figures,
                identity={
                    "agency": known.agency,
                    "region_code": known.region_code,
                    "year": known.year,
                    "published": known.published.isoformat(),
                },
                claims=list(known.claims.items()),
                all_claims=False,
            )
            yield Reading(known.media, known.form, truth, parsers.merge(read))


def _fetched(port: int, host: str, path: str) -> Report:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host})
    with urllib.request.urlopen(request) as answer:
        return parsers.parse(answer.read(), answer.headers.get("Content-Type"), f"http://{host}{path}")


def _titles() -> Iterator[Reading]:
    with (TESTS / "parsers" / "identity_situations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said = {name: row[column] for name, column in (("region_code", "code"), *((n, n) for n in FIELDS[2:6]))}
            said["agency"] = row["agency"]
            known: dict[str, Any] = {name: text or None for name, text in said.items() if text != "?"}
            known["year"] = int(row["year"]) if row["year"] else None
            page = _page(row["title"], [tuple(part.split("=", 1)) for part in row["also"].split("|") if part])
            yield Reading("html", "none", Truth(identity=known), parsers.parse(page.encode()))
    for title in (TESTS / "parsers" / "identity_near_misses.txt").read_text("utf-8").splitlines():
        page = f"<title>{title}</title><p>正文的一段，说的是别的事情。</p>" + "<p>正文的又一段。</p>" * 20
        yield Reading("html", "none", Truth(report=False), parsers.parse(page.encode()))


def _page(title: str, beside: Iterable[tuple[str, ...]]) -> str:
    """A page with a title, what stands beside it in a row of the situations, and the six sections."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for name, text in beside:
        said[name].append(html.escape(text))
    metas = "".join(
        f'<meta name="{name}" content="{text}">'
        for name, key in (("SiteName", "site"), ("ContentSource", "agency"))
        for text in said[key]
    )
    facts = "".join(f"<p>索引号：{text.removeprefix('索引号：')}</p>" for text in said["index"])
    lines = [*said["line"], "一、总体情况", "我局公开信息12条。", "二、主动公开政府信息情况"]
    lines += ["三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"]
    lines += ["五、存在的主要问题及改进情况", "六、其他需要报告的事项", *said["end"]]
    body = "".join(f"<p>{line}</p>" for line in lines)
    body += "".join(f"<table><tr><th>信息内容</th>{f'<td>{value}</td>' * 30}</tr></table>" for value in said["form"])
    return f"<html><head><title>{html.escape(title)}</title>{metas}</head><body>{facts}<div>{body}</div></body></html>"


def _sentences() -> Iterator[Reading]:
    headings = {3: "收到和处理政府信息公开申请情况", 4: "政府信息公开行政复议、行政诉讼情况"}
    written = tomllib.loads((TESTS / "parsers" / "narrative_sentences.toml").read_text("utf-8"))
    for sentence in written["sentence"]:
        number = sentence.get("section", 1)
        section = Section(number, headings.get(number, ""), sentence["text"])
        found, _ = narrative.claims([section], sentence.get("year", 2023))
        claims = [(code, _number(value)) for code, value, *_ in (claim.split() for claim in sentence["claims"])]
        yield Reading("text", "none", Truth(claims=claims), Report(ok=True, claims=found))


def _number(printed: str) -> Number:
    return None if printed == "None" else float(printed) if "." in printed else int(printed)


def _medium(name: str) -> str:
    suffix = name.rpartition(".")[2].lower()
    return {"txt": "text", "md": "text", "docx": "word", "xlsx": "sheet", "xls": "sheet", "htm": "html"}.get(
        suffix, suffix
    )


SETS = (
    Sample("samples", "real reports; every cell, every figure of the text and the agency read by hand", True, _samples),
    Sample(
        "documents",
        "invented documents, each with a layout or a damage that was seen in real ones; what was read was checked by "
        "hand beside the document",
        True,
        _documents,
    ),
    Sample("titles", "titles and page heads written by hand, the truth with them", True, _titles),
    Sample("sentences", "sentences written by hand, the truth with them", True, _sentences),
    Sample(
        "demo",
        "reports that the example municipality generates; its generator states the truth, not all of the text's",
        False,
        _demo,
    ),
)


# --- counting and showing -------------------------------------------------------------------------------------------


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson, in percent; 0 to 100 for nothing counted."""
    if not whole:
        return 0.0, 100.0
    share = part / whole
    middle = share + Z * Z / (2 * whole)
    spread = Z * math.sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole))
    low, high = ((middle + sign * spread) / (1 + Z * Z / whole) for sign in (-1, 1))
    return max(0.0, 100 * low), min(100.0, 100 * high)


def measure(samples: Iterable[Sample]) -> dict[str, Any]:
    """Read the sets and count: what `--json` writes. A count is one set's, medium's and form's, of one thing."""
    counts: defaultdict[tuple[str, str, str, str], Counter[str]] = defaultdict(Counter)
    sets = []
    for sample in samples:
        readings = list(sample.readings())
        for reading in readings:
            for what, outcome in outcomes(reading):
                counts[sample.name, reading.medium, reading.form, what][outcome] += 1
        known = {"set": sample.name, "origin": sample.origin, "by_hand": sample.by_hand}
        sets.append(known | {"documents": len(readings)})
    first = tomllib.loads((HERE / "first_readings.toml").read_text("utf-8"))["reading"]
    return {
        "interval": "Wilson, 95 %",
        "sets": sets,
        "counts": [_count(*key, Counter(found)) for key, found in counts.items()],
        "first_readings": [known | {"wrong_percent": _interval(known)} for known in first],
    }


def _count(name: str, medium: str, form: str, what: str, found: Counter[str]) -> dict[str, Any]:
    return {
        "set": name,
        "medium": medium,
        "form": form,
        "what": what,
        **{outcome: found[outcome] for outcome in OUTCOMES},
        "wrong_percent": _interval(found),
    }


def _interval(found: Mapping[str, int]) -> list[float]:
    low, high = wilson(found["wrong"], sum(found[outcome] for outcome in OUTCOMES))
    return [round(low, 3), round(high, 3)]


def shown(measured: Mapping[str, Any]) -> Iterator[str]:
    """The lines that are printed: the sets; their counts a medium and form, the fields of the identity together; and
    what is counted a thing, apart by who wrote the truth."""
    line = "{:<10} {:<6} {:<10} {:<12} {:>7} {:>8} {:>6}   {}".format
    written = {}
    for sample in measured["sets"]:
        written[sample["set"]] = "by hand" if sample["by_hand"] else "generated"
        yield f"{sample['set']}: {sample['documents']}, truth {written[sample['set']]}: {sample['origin']}"
    together: defaultdict[tuple[str, str, str, str], Counter[str]] = defaultdict(Counter)
    total: defaultdict[tuple[str, str, str, str], Counter[str]] = defaultdict(Counter)
    for count in measured["counts"]:
        found: Counter[str] = Counter({outcome: count[outcome] for outcome in OUTCOMES})
        what = "identity" if count["what"] in FIELDS else count["what"]
        together[count["set"], count["medium"], count["form"], what] += found
        total["all", "", written[count["set"]], count["what"]] += found
    yield ""
    yield line(
        "set", "medium", "form", "what", "right", "missing", "wrong", "wrong of all, with its 95 % interval (Wilson)"
    )
    for counts in (together.items(), sorted(total.items())):
        for key, found in counts:
            yield line(*key, *(found[outcome] for outcome in OUTCOMES), _of(_count(*key, found)))
        yield ""
    yield "read for the first time, nothing mended:"
    for known in measured["first_readings"]:
        of = "  {what:<11} {right:>4} right {missing:>3} missing {wrong:>3} wrong".format_map(known)
        yield f"{of}   {_of(known)}   {known['of']}"


def _of(count: Mapping[str, Any]) -> str:
    low, high = count["wrong_percent"]
    whole = count["right"] + count["missing"] + count["wrong"]
    return f"{100 * count['wrong'] / whole:.2f} % ({low:.2f}-{high:.2f})"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the sets that are named, else all of them, and print the table."""
    options = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy", description=(__doc__ or "").partition("\n")[0]
    )
    options.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(sample.name for sample in SETS)}")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the counts to a file as well")
    asked = options.parse_args(arguments)
    unknown = set(asked.sets) - {sample.name for sample in SETS}
    if unknown:
        options.error(f"no such set: {', '.join(sorted(unknown))}")
    measured = measure(sample for sample in SETS if not asked.sets or sample.name in asked.sets)
    print("\n".join(shown(measured)))
    if asked.json:
        measured = {"measured": f"{datetime.now(UTC):%Y-%m-%d}", **measured}
        asked.json.write_text(json.dumps(measured, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

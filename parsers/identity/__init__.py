"""Tells whose report a document is, and for which year; whether it is an annual report at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from parsers.characters import usual
from parsers.dates import iso_date
from parsers.documents.titles import LONGEST, opening_titles
from parsers.identity import agencies
from parsers.identity.authors import acting_in, announced_in, opening_of, organs_in
from parsers.identity.index_numbers import registrar
from parsers.identity.organs import Organ, Resolver, organ_name, own_site, related, same_organ
from parsers.identity.periods import is_one_year, is_whole_year, stated_period, year_of_text
from parsers.identity.regions import leading, regions
from parsers.identity.report_titles import Verdict, beside, clean, judge, publishes, tight
from parsers.model import Document, Problem, Section, SourceHint
from parsers.tables import numbers

_PUBLISHED_LINE = re.compile(
    r"(?:发布|公开|公布|发文)(?:日期|时间)?[:：]\s*(20\d\d[-/.年].{3,8})|^\s*(20\d\d[-/]\d\d?[-/]\d\d?)\s+\d\d?:\d\d"
)
_DAY_BEHIND = re.compile(r"[(\[]?20\d\d年\d{1,2}月\d{1,2}日[)\]]?$")
# Names that a page gives as its source though they only put it there.
_PRESS = re.compile("融媒体|日报|晚报|晨报|电视台|新闻|网站|编辑部|信息中心|电子政务")
_TELLTALES = (
    *(
        "第二十条第",
        "本年新收政府信息公开申请数量",
        "上年结转政府信息公开申请数量",
        "商业企业",
        "法律服务机构",
        "结转下年度继续办理",
    ),
    *("属于三类内部事务信息", "结果维持", "复议后起诉", "尚未审结", "信息内容"),
    *("主动公开政府信息数", "收到申请数", "申请办结数", "回应公众关注热点", "行政复议数量", "举报投诉数量", "统计指标"),
)
_PART_OF_YEAR = re.compile("[一二三四1-4]季度|[上下]半年|月报")
_SIX = range(1, 7)
_LONGEST_LISTED = 80
_BETWEEN_LISTED = re.compile(r"[•·●◆■▪>]+|[\[(]?20\d\d[-/.年]\d\d?[-/.月]\d\d?日?[\])]?")
_FEWEST_FIGURES = 20
_NOTICE_LINES = 40  # in which the report that a notice publishes begins


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a report as a whole; unknown fields are None. `why_not` says why it is no annual report."""

    title: str | None
    agency: str | None = None
    region_code: str | None = None
    region: str | None = None
    level: str | None = None
    kind: str | None = None
    field: str | None = None
    year: int | None = None
    period: tuple[str, str] | None = None
    published: str | None = None
    published_source: str | None = None
    problems: tuple[Problem, ...] = ()
    is_annual_report: bool = True
    why_not: str | None = None


@dataclass(frozen=True, slots=True)
class _Title:
    text: str
    verdict: Verdict
    said: str


def identify(document: Document, sections: Sequence[Section], hint: SourceHint | None = None) -> Identity:
    """Return the identity of a document: from its titles, its text, its page, and the hint where these are silent.

    Where the document contradicts itself or the hint, that is a problem (`year_mismatch`, `agency_mismatch`); what
    remains uncertain is None.
    """
    lines = [usual(paragraph.text) for paragraph in document.paragraphs]
    titles = _titles(document, lines, hint)
    best = _best(titles)
    why_not = _why_not(document, sections, lines, titles, best)
    title = best or next((title for title in titles if not _only_signs(title.text)), None)
    if why_not:
        return Identity(title.text if title else None, is_annual_report=False, why_not=why_not)
    problems: list[Problem] = []
    if best is None and title and title.verdict.annex:
        message = "The title is that of a report's tables; they were read, the report's text is not in this document."
        problems.append(Problem("tables_only", message))
    period = stated_period(lines)
    opening = opening_of(lines)
    announced = list(announced_in(opening))
    year = _year(titles, best, period, lines, {year for _, year in announced}, problems)
    organ = _organ(document, lines, opening, [who for who, _ in announced], titles, best, hint, problems)
    published, source = _published(document, lines, year, hint)
    region = organ.region if organ else None
    return Identity(
        title=title.text if title else None,
        agency=(organ.name or None) if organ else None,
        region_code=region.code if region else None,
        region=region.name if region else None,
        level=organ.level if organ else None,
        kind=organ.kind if organ else None,
        field=organ.field if organ else None,
        year=year,
        period=period,
        published=published,
        published_source=source,
        problems=tuple(problems),
    )


def _titles(document: Document, lines: Sequence[str], hint: SourceHint | None) -> list[_Title]:
    """Return what may be the title, best first: what the page and the file call it, how it opens, how it was listed."""
    opening = opening_titles(lines)
    said = [*document.titles, *_joined(opening[1:] or opening), *((hint.title,) if hint and hint.title else ())]
    if any(map(publishes, said)):
        below = (line for line in lines[:_NOTICE_LINES] if len(line) <= LONGEST and not line.startswith("附件"))
        said += [line for line in below if judge(line).report]
    raw: dict[str, str] = {}
    for text in dict.fromkeys(said):
        if len(text) <= 200:
            raw.setdefault(clean(text), text)
    return [_Title(text, judge(said, text), said) for text, said in raw.items() if text]


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Yield the titles that a document's first lines make, each alone and with those that follow."""
    for start in range(len(lines)):
        for end in range(start + 1, len(lines) + 1):
            yield "".join(lines[start:end])


def _best(titles: Sequence[_Title]) -> _Title | None:
    """Return the title of an annual report that says most (year and agency), of those the first, without more words."""
    reports = [title for title in titles if title.verdict.report]
    if not reports:
        return None
    telling = [_telling(title) for title in reports]
    most = max(telling)
    best = reports[telling.index(most)]
    alike = (title for title, told in zip(reports, telling, strict=True) if told == most and _within(title, best))
    return min(alike, key=_length)


def _within(title: _Title, longer: _Title) -> bool:
    """Return whether a title stands in a longer one, which does not name the zone that the agency is an office of."""
    inner, whole = organ_name(title.verdict.who), organ_name(longer.verdict.who)
    body = leading(whole[: -len(inner)]).rest if inner and whole.endswith(inner) else ""
    zone = agencies.level(body, None) == "zone" and not leading(inner).candidates and body not in inner
    return title.text in longer.text and not zone


def _only_signs(text: str) -> bool:
    """Return whether words are nothing but a day, an agency's name, or both."""
    plain = _DAY_BEHIND.sub("", tight(text))
    return not plain or agencies.is_organ_name(plain)


def _telling(title: _Title) -> int:
    return 2 * bool(title.verdict.years) + bool(organ_name(title.verdict.who))


def _length(title: _Title) -> int:
    return len(title.text)


def _why_not(
    document: Document, sections: Sequence[Section], lines: Sequence[str], titles: Sequence[_Title], best: _Title | None
) -> str | None:
    """Return the sentence that says why a document is no annual report, None for one that is.

    The title decides where it says something; the six sections and the form's words outweigh a title that speaks
    of something else, but not that of a notice or a template, unless the form in it is filled in.
    """
    six = {section.number for section in sections} & set(_SIX)
    telltales = _telltales(document) if len(six) < 5 else 0
    strong = (len(six) >= 4 and telltales >= 2) or telltales >= 6 or len(six) >= 5
    notice = next((title.text for title in titles if best and publishes(title.text)), "")
    other = next((title for title in titles if title.verdict.report is False and title.text not in notice), None)
    if (
        other
        and (best is None or titles.index(other) < titles.index(best))
        and (not strong or (other.verdict.template and not _filled_in(document)))
    ):
        return f"The title is that of another kind of document: {other.text[:60]}"
    part = next((title.text for title in titles if best is None and _PART_OF_YEAR.search(title.text)), None)
    if part and ((period := stated_period(lines)) is None or not is_whole_year(period)):
        return f"The title is that of a report on a part of a year: {part[:60]}"
    if strong:
        return None
    if _lists_reports(lines):
        return "The page lists annual reports; it is none itself."
    if best is None and len(six) > 2 and any(title.verdict.years and "公开" in title.text for title in titles):
        return None
    if best is None:
        return "Neither the title nor the text is that of an annual report on government information."
    if not best.verdict.years and not six and not telltales and sum(map(len, lines)) < 400:
        return (
            "The page has the title of an annual report, but names no year and holds neither its text nor its tables."
        )
    return None


def _telltales(document: Document) -> int:
    """Count the words of the forms that the tables print."""
    words = tight(" ".join(cell.text for table in document.tables for cell in table.cells))
    return sum(word in words for word in _TELLTALES)


def _filled_in(document: Document) -> bool:
    cells = [cell.text for table in document.tables for cell in table.cells]
    return sum(numbers.read(cell).value is not None for cell in cells) >= _FEWEST_FIGURES


def _lists_reports(lines: Sequence[str]) -> bool:
    """Return whether four reports or more are named, a line each or in lines of nothing else."""
    listed = {
        title for line in lines if "公开" in line and ("年报" in line or "报告" in line) for title in _listed(line)
    }
    found = [verdict for title in listed if (verdict := judge(title)).report and verdict.years]
    return len(found) >= 4 and len({(verdict.who, verdict.years) for verdict in found}) >= 4


def _listed(line: str) -> list[str]:
    """Return what may be titles of reports in a line: itself, or the parts of one that lists them with their days."""
    if len(line) < _LONGEST_LISTED:
        return [tight(line)]
    parts = [part for part in _BETWEEN_LISTED.split(tight(line)) if part]
    return parts if all(len(part) < _LONGEST_LISTED for part in parts) else []


def _year(
    titles: Sequence[_Title],
    best: _Title | None,
    period: tuple[str, str] | None,
    lines: Sequence[str],
    announced: Set[int],
    problems: list[Problem],
) -> int | None:
    """Return the report year: the title's, else the period's, else the one the text announces or speaks of."""
    named = best.verdict.years if best else ()
    if not named and not announced:
        named = next((title.verdict.years for title in titles if title.verdict.years), ())
    ended = int(period[1][:4]) if period and is_one_year(period) else None
    if ended and named and ended not in named:
        message = f"The title names {named[0]}, the period of statistics ends in {ended}."
        problems.append(Problem("year_mismatch", message))
    if ended and not named and len(announced) == 1 and ended not in announced:
        (told,) = announced
        message = f"The text announces the report of {told}, the period of statistics ends in {ended}."
        problems.append(Problem("year_mismatch", message))
        return year_of_text(lines)
    if ended and (not named or ended in named):
        return ended
    if len(named) > 1:
        problems.append(Problem("year_unclear", f"The title names several years: {', '.join(map(str, named))}."))
        return None
    if period and not ended:
        problems.append(Problem("year_unclear", f"The period of statistics is not one year: {' to '.join(period)}."))
        return named[0] if named else None
    if named:
        return named[0]
    return next(iter(announced)) if len(announced) == 1 else year_of_text(lines)


def _organ(
    document: Document,
    lines: Sequence[str],
    opening: Sequence[str],
    announced: Sequence[str],
    titles: Sequence[_Title],
    best: _Title | None,
    hint: SourceHint | None,
    problems: list[Problem],
) -> Organ | None:
    """Return the agency: as the title names it, completed by the page and the text; the hint's where they name none."""
    hinted = regions().get(hint.region_code) if hint and hint.region_code else None
    site, stated = document.meta.get("site", ""), document.meta.get("agency", "")
    texts = (*(title.text for title in titles), stated, site, *lines)
    resolver = Resolver(texts, site, hinted, registrar(document.meta.get("index_number", "")))
    reports = [title for title in titles if title.verdict.report]
    names = [*((best.verdict.who,) if best else ()), *(title.verdict.who for title in reports or titles)]
    names += map(own_site, beside(best.said)) if best else ()
    names += announced
    names += ["" if _PRESS.search(stated) else stated, *organs_in(opening, lines), own_site(site)]
    organ = resolver.resolve(names)
    known = resolver.resolve([hint.agency]) if hint and hint.agency else None
    if organ is None:
        return known or resolver.resolve([acting_in(opening)])
    if known and known.region and not organ.region and same_organ(organ, known):
        return known
    elsewhere = hinted and organ.region and not related(organ.region, hinted)
    if (known and not same_organ(organ, known)) or elsewhere:
        expected = hint.agency or (hinted.name if hinted else "") if hint else ""
        problems.append(
            Problem("agency_mismatch", f"The document is {organ.name}'s; the registry expected {expected}.")
        )
    return organ


def _published(
    document: Document, lines: Sequence[str], year: int | None, hint: SourceHint | None
) -> tuple[str | None, str | None]:
    """Return the day of publication and where it stands (RULES E): the earliest stated day that the year allows.

    A page that is older than its report's year is not that old: the column is, or the site counts otherwise.
    """
    stated = [
        (document.meta.get("address_date"), "url"),
        (document.meta.get("published"), document.meta.get("published_source", "page")),
        (_published_in(lines), "text"),
    ]
    days = [(day, source) for day, source in stated if day]
    if not days and hint and hint.published:
        days = [(day, "listing") for day in (iso_date(hint.published),) if day]
    if not days:
        return None, None
    return min((entry for entry in days if year is None or entry[0] >= f"{year}-12-01"), default=(None, None))


def _published_in(lines: Sequence[str]) -> str | None:
    for line in (*lines[:8], *lines[-3:]):
        found = _PUBLISHED_LINE.search(line[:200])
        if found and (day := iso_date(found[1] or found[2])):
            return day
    return None

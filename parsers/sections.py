"""Finds the six sections of an annual report by the words of their titles, never by their numerals."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from parsers.characters import usual
from parsers.model import Document, Paragraph, Section

_NUMERALS = "一二三四五六七八九十"
_NUMERAL = re.compile(
    rf"(?:第[{_NUMERALS}]+(?:部分|章|节)[、:.\s]*|[{_NUMERALS}]{{1,3}}[、.,:\s]|(?P<arabic>\d{{1,2}}[、.,])"
    rf"|(?P<sub>[(（](?:[{_NUMERALS}]+|\d+)[)）][、.]?))\s*"
)
_PLAIN = re.compile(r"[。.:;,、\s]+$")
_SENTENCE = re.compile("[。;!?]")
_LONGEST = 40
_TITLES = (
    (1, r"[^,]{0,24}(?:总体|基本)(?:工作)?(?:情况|概况|概述)|(?:工作)?(?:情况)?概述|[^,]{0,12}工作概况"),
    (4, r".{0,20}复议.{0,16}(?:情况|事项)|.{0,12}复议[、,和及与].{0,8}诉讼"),
    (3, r"[^,]{0,12}(?:收到|受理|处理|办理|答复)[^,]{0,14}申请[^,]{0,6}情况|[^,]{0,12}依?申请公开[^,]{0,12}情况"),
    (2, r"(?!.*依申请)[^,]{0,14}主动公开[^,]{0,10}(?:情况|信息)"),
    (5, r".{0,14}(?:问题|不足|困难).{0,10}(?:改进|整改|措施|打算|计划|下一步|安排|建议|情况).{0,8}"),
    (
        6,
        r"其[他它].{0,8}(?:报告|说明|公开|重要).{0,4}(?:事项|情况|内容)|需要?(?:报告|说明)的?其[他它]事项|其[他它]事项",
    ),
)
_OPENINGS = (
    (1, r"(?:政府信息公开)?(?:工作)?总体情况"),
    (4, r"因?(?:政府信息公开(?:工作)?)?被?(?:申请)?行政复议[、和及与,]?被?(?:提起)?行政诉讼的?情况"),
    (3, r"收到[和及并]?处理政府信息公开申请的?情况"),
    (2, r"主动公开政府信息的?情况"),
    (5, r"(?:政府信息公开工作)?存在的?主要问题[及和与、](?:改进|整改)(?:情况|措施)"),
    (6, r"其[他它]需要?(?:报告|说明)的?事项"),
)
# Titles too short to be told from other lines, were it not for a Chinese numeral before them.
_NUMBERED_TITLES = (
    (1, r"(?:主要)?工作(?:概述|情况|开展情况)"),
    (5, r"[^,]{0,14}(?:问题|不足)|下一?步[^,]{0,8}(?:打算|安排|计划|措施|重点|方向)"),
    (6, r"其[他它]|需要?(?:说明|报告)的?(?:其[他它])?事项.{0,6}"),
)
_WHOLE = tuple((number, re.compile(words)) for number, words in _TITLES)
_NUMBERED = tuple((number, re.compile(words)) for number, words in _NUMBERED_TITLES)
_AT_START = tuple((number, re.compile(words)) for number, words in _OPENINGS)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may head one of the six sections.

    `rest` is what follows the title in the same line; `weight` grows with the likeness to a heading of the first
    order: 1 for a numeral in brackets, 2 for an Arabic or a lost one, 3 for a Chinese one.
    """

    number: int
    text: str
    rest: str
    weight: int


@lru_cache(maxsize=1024)  # readers, layout and division ask about the same lines
def heading(line: str) -> Heading | None:
    """Return the section heading that a line is or opens with, None for any other line.

    The titles are those of the State Council's forms of 2019 and 2021, with the variants in use, and those of the
    Regulation of 2007 (article 32) as far as they mean the same.
    """
    plain = unicodedata.normalize("NFKC", line[:200])
    if len(plain) != len(line[:200]):
        line = plain + line[200:]
    numeral = _NUMERAL.match(plain.lstrip())
    indent = len(plain) - len(plain.lstrip())
    start = indent + (numeral.end() if numeral else 0)
    weight = 2
    if numeral:
        weight = 1 if numeral["sub"] else 2 if numeral["arabic"] else 3
    body = _PLAIN.sub("", plain[start:])
    sentence = _SENTENCE.search(body) or (numeral is None and _SENTENCE.search(plain))
    if len(body) <= _LONGEST and len(line) <= 200 and not sentence:
        tight = "".join(body.split())
        for number, words in (*_WHOLE, *(_NUMBERED if weight == 3 else ())):
            if words.fullmatch(tight):
                return Heading(number, "".join(line[start : start + len(body)].split()), "", weight)
    if numeral and weight > 1:
        for number, words in _AT_START:
            opening = words.match(plain, start)
            if opening:
                rest = line[opening.end() :].lstrip("。.：:；;，,、 \u3000\xa0")
                return Heading(number, opening[0], rest, weight)
    return None


@dataclass(frozen=True, slots=True)
class Division:
    """A document's sections in its order, and for each of its blocks the number of the one it stands in, or None."""

    sections: tuple[Section, ...]
    of_block: tuple[int | None, ...]


def divide(document: Document) -> Division:
    """Return the sections, each with the text of its paragraphs (tables left out).

    What stands before the first heading belongs to none. A report in free form, in which fewer than two of the six
    titles stand, is one section with the number 0 and no heading, so that its text is kept; its blocks have none.
    """
    headings = _headings(document)
    if len(headings) < 2:
        text = usual("\n".join(paragraph.text for paragraph in document.paragraphs))
        return Division((Section(0, "", text),) if text else (), (None,) * len(document.blocks))
    starts = sorted(headings)
    sections = []
    of_block: list[int | None] = [None] * starts[0]
    for start, end in zip(starts, [*starts[1:], len(document.blocks)], strict=True):
        head = headings[start]
        lines = [head.rest] if head.rest else []
        lines += [block.text for block in document.blocks[start + 1 : end] if isinstance(block, Paragraph)]
        sections.append(Section(head.number, usual(head.text), usual("\n".join(lines))))
        of_block += [head.number] * (end - start)
    return Division(tuple(sections), tuple(of_block))


def _headings(document: Document) -> dict[int, Heading]:
    """Choose among the lines that may be headings those that follow each other as sections do, by block index."""
    found = [
        (index, candidate)
        for index, block in enumerate(document.blocks)
        if isinstance(block, Paragraph) and (candidate := heading(block.text))
    ]
    chain = _heaviest_chain(found)
    if sum(head.weight == 3 for _, head in chain) >= 3:
        chain = [(index, head) for index, head in chain if head.weight > 1]
    return dict(chain)


def _heaviest_chain(found: list[tuple[int, Heading]]) -> list[tuple[int, Heading]]:
    """Return the heaviest run of headings whose numbers rise; the lines of a table of contents weigh less."""
    best: dict[int, tuple[int, list[tuple[int, Heading]]]] = {0: (0, [])}
    indices = {index for index, _ in found}
    for index, head in found:
        own = 2 * head.weight + (index + 1 not in indices)
        weight, chain = max((best[number] for number in best if number < head.number), key=lambda entry: entry[0])
        if weight + own > best.get(head.number, (0, []))[0]:
            best[head.number] = (weight + own, [*chain, (index, head)])
    return max(best.values(), key=lambda entry: entry[0])[1]

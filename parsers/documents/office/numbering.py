"""The numbers Word prints before paragraphs and does not keep in their text ("三、", "（一）", "1.")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from parsers.documents.office.wordml import child, children, integer, value

LEVELS = 9
STYLE_DEPTH = 12
CHINESE = "零一二三四五六七八九"
CHINESE_FORMATS = {
    *("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"),
    *("taiwaneseCountingThousand", "ideographDigital", "japaneseDigitalTenThousand", "koreanDigital2"),
}
STEMS = "甲乙丙丁戊己庚辛壬癸"
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"))
ROMAN_SMALL = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(slots=True)
class _Level:
    start: int
    form: str
    text: str
    style: str | None


@dataclass(slots=True)
class _Style:
    based_on: str | None
    number: str | None
    level: int | None


@dataclass(slots=True)
class _List:
    """A numbered list of the document: its levels and how far each has counted."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts a document's numbered paragraphs, in document order.

    Takes the roots of the numbering part and of the styles part; either may be missing.
    """

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._numbers: dict[str, tuple[_List, dict[int, int]]] = {}
        self._begun: set[str] = set()
        for style in children(styles, "style") if styles is not None else ():
            properties = child(style, "pPr", "numPr")
            level = child(properties, "ilvl")
            self._styles[value(style, "styleId") or ""] = _Style(
                value(child(style, "basedOn")),
                value(child(properties, "numId")),
                integer(level, 0, LEVELS - 1) if level is not None else None,
            )
        if numbering is not None:
            self._read_lists(numbering)

    def _read_lists(self, numbering: etree._Element) -> None:
        lists = {
            value(abstract, "abstractNumId"): _List(
                {_level_number(value(level, "ilvl")): _read_level(level) for level in children(abstract, "lvl")}
            )
            for abstract in children(numbering, "abstractNum")
        }
        for number in children(numbering, "num"):
            numbered = lists.get(value(child(number, "abstractNumId")))
            if numbered is not None:
                restarts = {
                    _level_number(value(override, "ilvl")): integer(start, 1, 10_000)
                    for override in children(number, "lvlOverride")
                    if (start := child(override, "startOverride")) is not None
                }
                self._numbers[value(number, "numId") or ""] = (numbered, restarts)

    def label(self, properties: etree._Element | None) -> str:
        """What Word prints before the paragraph with these properties (`pPr`); counts it."""
        number, level = self._place(properties)
        if number not in self._numbers:
            return ""
        numbered, restarts = self._numbers[number]
        if level not in numbered.levels:
            return ""
        if number not in self._begun:
            self._begun.add(number)
            for restarted, start in restarts.items():
                numbered.counts[restarted] = start - 1
        for deeper in [other for other in numbered.counts if other > level]:
            del numbered.counts[deeper]
        numbered.counts[level] = numbered.counts.get(level, numbered.levels[level].start - 1) + 1
        return re.sub(r"%([1-9])", lambda mark: _counted(numbered, int(mark[1]) - 1), numbered.levels[level].text)

    def _place(self, properties: etree._Element | None) -> tuple[str | None, int]:
        """The list and the level of a paragraph: its own, or those of its style and of the styles under that."""
        direct = child(properties, "numPr")
        number = value(child(direct, "numId"))
        if number is not None:
            return number, integer(child(direct, "ilvl"), 0, LEVELS - 1)
        name = value(child(properties, "pStyle"))
        for _ in range(STYLE_DEPTH):
            style = self._styles.get(name or "")
            if style is None:
                break
            if style.number is not None:
                level = style.level if style.level is not None else self._level_of_style(style.number, name)
                return style.number, level
            name = style.based_on
        return None, 0

    def _level_of_style(self, number: str, style: str | None) -> int:
        numbered, _ = self._numbers.get(number, (_List({}), {}))
        return next((level for level, found in numbered.levels.items() if found.style == style), 0)


def _level_number(text: str | None) -> int:
    """A level's number, 0 where it is not one."""
    return int(text) if text is not None and re.fullmatch(r"[0-8]", text) else 0


def _read_level(level: etree._Element) -> _Level:
    form = value(child(level, "numFmt")) or "decimal"
    text = value(child(level, "lvlText")) or ""
    return _Level(
        integer(child(level, "start"), 1, 10_000),
        form,
        "" if form in ("bullet", "none") else text,
        value(child(level, "pStyle")),
    )


def _counted(numbered: _List, level: int) -> str:
    known = numbered.levels.get(level)
    if known is None:
        return ""
    return printed(numbered.counts.get(level, known.start), known.form)


def printed(number: int, form: str) -> str:
    """A count as Word prints it in a number format (`w:numFmt`); formats that Chinese reports do not use as digits."""
    if form in CHINESE_FORMATS and 0 <= number < 100:
        tens, ones = divmod(number, 10)
        if not tens:
            return CHINESE[ones]
        return ("" if tens == 1 else CHINESE[tens]) + "十" + (CHINESE[ones] if ones else "")
    if form == "ideographTraditional" and 1 <= number <= len(STEMS):
        return STEMS[number - 1]
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form == "decimalFullWidth":
        return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    if form in ("upperLetter", "lowerLetter") and number >= 1:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        roman = ""
        for worth, sign in (*ROMAN, *ROMAN_SMALL):
            roman += sign * (number // worth)
            number %= worth
        return roman if form == "upperRoman" else roman.lower()
    return str(number)

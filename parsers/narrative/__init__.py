"""Finds the figures that a report states in running text, each with its sentence and its place: best effort.

A figure is taken only where listed words reach from its noun to its number, so that a claim is rather missed than
wrong. Figures of other years, of other agencies, plans and averages are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from parsers.model import Claim, Problem, Section
from parsers.narrative import assessments, pairings, quantities
from parsers.narrative.phrasings import NAME_IN_QUOTES, Around, Phrasebook, Phrased, noun_codes, phrasebook
from parsers.narrative.prose import Prose
from parsers.narrative.quantities import Quantity

MOST_QUANTITIES = 20_000
SHORT_REFLECTION = 30
WIDEST = 60
FIRST_WORDS = 40
WORD_IN_NOUN = 12

_REPORT_YEAR = re.compile(r"(20\d\d)年")
_MISSING = re.compile(
    r"(?:公开|发布|信息|申请|共计?|总计|累计|合计|收到|受理|办结|答复|建议|提案|结转)"
    r"(?:[ \t\u3000\xa0_＿]{1,12}|[×XxＸ＊*]{1,4})[余多]?(?:条|件|次|篇|份|个|期|场|人次)(?=[，。；、,;）)\s]|$)"
)
# A number ends its phrase where no further noun goes with it.
_PHRASE_END = re.compile(
    r"$|[^\u4e00-\u9fff]|其中|全部|均|已|并|占|同比|环比|相|比|较|[和及与或等共、]|分别|涉及|合计|总计|有效"
)
_LIST_BEFORE = re.compile(
    rf"(?:(?<!委)、|以及|(?<![以涉普])及(?!时)|(?<![在于])和(?!谐)|(?<!参)与|或)"
    rf"(?:{NAME_IN_QUOTES}|(?:(?!等|制作|推出|发布|编发|形成)[^，。；、:：（()）“”\"]){{0,10}})\Z"
)
_NOT_DONE = re.compile(
    r"每|平均|人均|日均|月均|力争|计划|预计|拟于|目标|不少于|不低于|不超过|至少|最多"
    r"|(?:开通|上线|成立|运行|建立|施行|实施|创办|建站)以来|历年|历史"
)
_NUMBER_BEGINS = re.compile(
    r"(?:其中|其余|剩余|有|共|和|及|与|将|对|含|包括|(?:配备|设立|设置|建成|建立|明确|安排|确定|落实|打造|开设|制作|办理|承办|承接"
    r"|收到|公开|发布|举办|召开|开展)了?)$"
)
_PHRASE = re.compile(r"[^，。；,;、（(\n]*")
_TO_COME = re.compile(r"下一步|下步|下一年|今后|明年|来年|将(?:继续|进一步|组织|举办|开展|持续|不断|力争)")
_NOTHING = re.compile("(?:目前|本年度?|本机关|我[局镇])?(?:暂?无|没有|不存在|未)")
_PART = re.compile(r"其中|包括|包含|分别|[(（]含")


@dataclass(slots=True)
class _Spot:
    """A quantity where it stands: in the sentence that begins at `opening`, `window` as far back as is looked, `reach`
    the end of the quantity before or `window`, `ended` whether its phrase ends with it."""

    quantity: Quantity
    start: int
    end: int
    opening: int
    window: int
    reach: int
    ended: bool


@dataclass(slots=True)
class _Reader:
    """Reads one section; remembers the figure before, which some phrasings follow."""

    prose: Prose
    book: Phrasebook
    year: int | None
    claims: list[Claim] = field(default_factory=list)
    last: tuple[int, tuple[str, ...]] = (-1, ())
    before: int = 0
    whole: bool = True

    def read(self) -> list[Claim]:
        """The claims of the section in the order of its text; `whole` then says whether all of it was read."""
        for count, quantity in enumerate(quantities.find(self.prose.text)):
            if count == MOST_QUANTITIES:
                self.whole = False
                break
            self._quantity(quantity)
            self.before = quantity.end
        nothing = islice(self.book.nothing.finditer(self.prose.text), MOST_QUANTITIES)
        found = [*self.claims, *(claim for negation in nothing for claim in self._nothing(negation))]
        found += [*self._paired(), *self._assessed()]
        return sorted(found, key=lambda claim: claim.span)

    def _paired(self) -> Iterator[Claim]:
        """The claims of lists of names with their numbers behind them (分别), each read in a sentence of its own."""
        for pair in pairings.find(self.prose):
            alone = _Reader(Prose(Section(self.prose.number, self.prose.heading, pair.text)), self.book, self.year)
            for quantity in quantities.find(alone.prose.text):
                if quantity.span[0] == pair.place:
                    alone._quantity(quantity)
            for claim in alone.claims:
                yield claim._replace(sentence=self.prose.sentence(*pair.span), span=self.prose.original(*pair.span))

    def _assessed(self) -> Iterator[Claim]:
        """How others judged the agency this year."""
        for found in assessments.find(self.prose):
            if self._other_year(self.prose.sentence_start(found.span[0]), found.span[0]):
                continue
            judged = Quantity(found.value or 0, found.value, found.value, found.grade, found.unit or "", found.span, 0)
            yield self._made(assessments.CODE, judged, found.span)._replace(value=found.value)

    def _quantity(self, quantity: Quantity) -> None:
        candidates = self.book.by_unit.get(quantity.unit)
        if not candidates or (quantity.unit not in ("%", "元") and not isinstance(quantity.value, int)):
            return
        text, start, end = self.prose.text, quantity.span[0], quantity.end
        opening = self.prose.sentence_start(start)
        window = max(opening, start - WIDEST)
        ended = _PHRASE_END.match(text, end) is not None
        spot = _Spot(quantity, start, end, opening, window, max(window, self.before), ended)
        if self.last[0] < opening:
            self.last = (-1, ())
        codes: tuple[str, ...] = ()
        topic = self._topic(spot)
        if topic:
            self._claim(topic, quantity)
        if topic or self._is_not_done(spot):
            candidates = ()
        elif _TO_COME.search(text, opening, start) or self._other_year(opening, start):
            candidates = tuple(phrased for phrased in candidates if phrased.of_another_year)
        for phrased in candidates:
            if (codes and not phrased.also) or (phrased.after and not self.last[1]):
                continue
            word = phrased.words.search(text, window, end + WIDEST)
            if word:
                codes += self._match(phrased, spot, word.start())
        if codes:
            self.last = (end, codes)

    def _match(self, phrased: Phrased, spot: _Spot, word: int) -> tuple[str, ...]:
        """The codes under which a quantity was claimed, () where the phrasings do not fit.

        `word` is where the first of the phrasing's words stands near the number.
        """
        codes: tuple[str, ...]
        for around in phrased.phrasings:
            if phrased.after:
                found = self._follows(around, spot)
                codes = tuple(phrased.after[code] for code in self.last[1] if found and code in phrased.after)[:1]
            else:
                found = self._fits(around, spot, word)
                codes = self._codes(phrased, found, spot) if found else ()
            if not codes or not found or not self._needed(phrased, around, spot):
                continue
            if not self._allowed(phrased, spot, found):
                continue
            if phrased.adds and self.claims and self.claims[-1].code == codes[0]:
                self._add(spot.quantity)
            else:
                less = phrased.less is not None and phrased.less.search(found[0])
                for code in codes:
                    self._claim(code, _negative(spot.quantity) if less else spot.quantity)
            return codes
        return ()

    def _fits(self, around: Around, spot: _Spot, word: int) -> re.Match[str] | None:
        """The match that names the figure: before the number where something must stand there, else behind it."""
        text = self.prose.text
        behind = around.behind.match(text, spot.end, spot.end + WIDEST) if around.behind else None
        if behind is None and (around.behind or not spot.ended):
            return None
        if around.before is None:
            return None if _joins(text, spot.start) else behind
        if "list" in around.before.groupindex:
            return around.before.search(text, max(spot.window, word - WORD_IN_NOUN), spot.start)
        before = around.before.search(text, spot.window, spot.start)
        return behind if before and behind and "list" in behind.re.groupindex else before

    def _follows(self, around: Around, spot: _Spot) -> re.Match[str] | None:
        """The match of all that stands between the claim before and the number."""
        if around.before is None or not (around.behind or spot.ended):
            return None
        if around.behind and not around.behind.match(self.prose.text, spot.end, spot.end + WIDEST):
            return None
        return around.before.match(self.prose.text, self.last[0], spot.start)

    def _codes(self, phrased: Phrased, found: re.Match[str], spot: _Spot) -> tuple[str, ...]:
        if phrased.code:
            return (phrased.code,)
        codes = phrased.codes(found["list"])
        if phrased.many == "each":
            return codes
        first = found.start("list")
        if first < spot.start and self._tied(first):
            return ()
        if len(codes) > 1:
            joint = phrased.joined or "+".join(sorted(codes))
            return () if phrased.many == "none" else (joint,)
        return codes

    def _tied(self, start: int) -> bool:
        """Whether a joint ties a noun to an unknown one before it, so that the number is not the noun's alone."""
        other = _LIST_BEFORE.search(self.prose.text, max(self.prose.sentence_start(start), start - 40), start)
        return other is not None and other.start() != self.before

    def _needed(self, phrased: Phrased, around: Around, spot: _Spot) -> bool:
        """Whether what the phrasing asks for stands in the sentence, the paragraph, or the section's heading."""
        prose = self.prose
        behind = min(prose.sentence_end(spot.end), spot.end + WIDEST)
        for needed, since, until in (
            (phrased.needs, spot.opening, behind if around.behind else spot.start),
            (phrased.needs_paragraph, prose.paragraph_start(spot.start), behind),
        ):
            if needed and not needed.search(prose.heading) and not needed.search(prose.text, since, until):
                return False
        return True

    def _allowed(self, phrased: Phrased, spot: _Spot, found: re.Match[str]) -> bool:
        """Whether nothing around the number speaks against the claim; what may stand in no claim at all was looked for
        before."""
        text, start, opening = self.prose.text, spot.start, spot.opening
        if phrased.unless and phrased.unless.search(text, spot.reach, start):
            return False
        if phrased.unless_sentence:
            phrase = _PHRASE.match(text, spot.end, spot.end + WIDEST)
            if phrased.unless_sentence.search(text, opening, phrase.end() if phrase else spot.end):
                return False
        if not phrased.part and _PART.search(text, max(opening, text.rfind("；", opening, start)), start):
            return False
        return not (phrased.alone and found.start() < start and self._tied(found.start()))

    def _is_not_done(self, spot: _Spot) -> bool:
        """Whether the clause speaks of what is planned, of an average, or of all years together."""
        text, start = self.prose.text, spot.start
        clause = max(spot.reach, text.rfind("，", spot.reach, start), text.rfind(",", spot.reach, start))
        return _NOT_DONE.search(text, clause, start) is not None

    def _other_year(self, opening: int, start: int) -> bool:
        """Whether the words before a number speak of another year than the report's."""
        spoken = self.prose.year_spoken_of(opening, start)
        return spoken is not None and self.year is not None and spoken != self.year

    def _topic(self, spot: _Spot) -> str | None:
        """The code of a figure that belongs to what its paragraph is said to be about in its first words."""
        text, since = self.prose.text, self.prose.paragraph_start(spot.start)
        for topic in self.book.topics:
            if spot.quantity.unit not in topic.units or not spot.ended:
                continue
            if topic.about.search(text, since, min(spot.start, since + FIRST_WORDS)):
                named = topic.before.search(text, max(since, spot.start - WIDEST), spot.start)
                return topic.code if named else None
        return None

    def _claim(self, code: str, quantity: Quantity) -> None:
        self.claims.append(self._made(code, quantity, quantity.span))

    def _made(self, code: str, quantity: Quantity, span: tuple[int, int]) -> Claim:
        return Claim(
            code,
            quantity.value,
            quantity.low,
            quantity.high,
            quantity.qualifier,
            quantity.unit or None,
            self.prose.number,
            self.prose.sentence(*span),
            self.prose.original(*span),
        )

    def _add(self, quantity: Quantity) -> None:
        last = self.claims[-1]
        if last.value is None or last.low is None or quantity.low is None:
            return
        exact = last.high is not None and quantity.high is not None
        self.claims[-1] = last._replace(
            value=last.value + quantity.value,
            low=last.low + quantity.low,
            high=last.high + quantity.high if last.high is not None and quantity.high is not None else None,
            qualifier="sum" if exact else last.qualifier or quantity.qualifier,
            span=(last.span[0], self.prose.original(*quantity.span)[1]),
        )

    def _nothing(self, found: re.Match[str]) -> Iterator[Claim]:
        negated = self.book.negated[found.lastgroup or ""]
        prose, (start, end) = self.prose, found.span()
        opening, closing = prose.sentence_start(start), prose.sentence_end(end)
        if negated.needs and not (
            negated.needs.search(prose.text, prose.paragraph_start(start), closing)
            or negated.needs.search(prose.heading)
        ):
            return
        if negated.unless and negated.unless.search(prose.text, opening, end):
            return
        if self._other_year(opening, start) or _NOT_DONE.search(prose.text, max(opening, start - 20), start):
            return
        codes = (negated.code,) if negated.code else noun_codes(negated.nouns, found[0]) if negated.nouns else ()
        nothing = Quantity(0, 0, 0, "negated", negated.unit, (start, end), end)
        for code in codes:
            yield self._made(code, nothing, (start, end))


def claims(sections: Sequence[Section], year: int | None = None) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """Every figure that the sections' text states, in the order of the text, and what was seen to be missing.

    `year` is the report's; where it is None, the year that the text names most. A claim's span counts characters of
    its section's text. `value` is the number as stated; `low` and `high` bound it where a word such as 余 or 近
    (`qualifier`) makes it approximate; a statement of nothing has the qualifier "negated", numbers that were added up
    (2次, 3次 of one thing in one sentence) have "sum"; a grade in an assessment has no value and is its own qualifier.
    A section five of fewer than 30 characters gives the claim `problems_text`, its length; the last section, in whose
    middle the document may end, only where it says that there are none. Problems: `number_missing` where a unit stands
    without its number, `text_not_read_whole` past 20,000 numbers.
    """
    book = phrasebook()
    year = year or _most_named_year(sections)
    found: list[Claim] = []
    problems: list[Problem] = []
    for section in sections:
        reader = _Reader(Prose(section), book, year)
        found += reader.read()
        if section is not sections[-1] or _NOTHING.match(section.text.strip()):
            found += _short_reflection(section)
        problems += _problems(section)
        if not reader.whole:
            message = f"the text holds more than {MOST_QUANTITIES} numbers; the rest of it gave no claims"
            problems.append(Problem("text_not_read_whole", message, f"section {section.number}"))
    return tuple(found), tuple(problems)


def _problems(section: Section) -> Iterator[Problem]:
    for missing in islice(_MISSING.finditer(section.text), MOST_QUANTITIES):
        start = max(0, missing.start() - 12)
        message = f"a number was never filled in: {section.text[start : missing.end()].strip()}"
        yield Problem("number_missing", message, f"section {section.number}, character {missing.start()}")


def _short_reflection(section: Section) -> Iterator[Claim]:
    """What the agency says of its own problems, where that is next to nothing: a fact, understood."""
    text = section.text.strip()
    if section.number == 5 and len(text) < SHORT_REFLECTION:
        length = len(text)
        yield Claim("problems_text", length, length, length, None, "字", 5, text, (0, len(section.text)))


def _most_named_year(sections: Sequence[Section]) -> int | None:
    named = Counter(found for section in sections for found in _REPORT_YEAR.findall(section.text))
    return int(max(named, key=lambda year: (named[year], year))) if named else None


def _negative(quantity: Quantity) -> Quantity:
    low, high = (None if bound is None else -bound for bound in (quantity.high, quantity.low))
    return quantity._replace(value=-quantity.value, low=low, high=high)


def _joins(text: str, start: int) -> bool:
    """Whether a number with nothing before it goes on from a word, so that the noun behind it is not its own."""
    before = text[start - 1 : start]
    return bool(before) and "\u4e00" <= before <= "\u9fff" and not _NUMBER_BEGINS.search(text, max(0, start - 3), start)

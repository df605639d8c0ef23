"""Resolves whose report a document is: the agency's full name, and the division it belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from parsers.identity import agencies
from parsers.identity.regions import (
    Region,
    ancestors,
    is_mentioned,
    is_parted,
    leading,
    leading_short,
    lies_in,
    mentions,
    regions,
    short_mentions,
)
from parsers.identity.report_titles import tight

_STATE_PREFIX = re.compile(
    r"^(?:国家税务总局|中华人民共和国|国家统计局|国家金融监督管理总局|中国人民银行|国网|中国共产党|中共)"
)
_LEVEL_WORD = re.compile(
    r"^我?(?P<level>省|市(?!场|容|辖|府[^办]|政(?!府|务|协)|民(?!政|族|宗|防))|县(?!域)|区(?!域|块|划)|州|旗|盟)(?P<rest>.{2,})$"
)
_BRANCH = re.compile(r"[局处](?P<short>[^局处]{2,4}?)[区县市]?分[局处]$")
_BRANCH_IN_FRONT = re.compile(
    r"^(?P<short>[^局处]{2,3}?)[区县市]?(?=公安|生态环境|自然资源|市场监管|市场监督|规划).*分[局处]$"
)
_ABBREVIATED = re.compile(
    r"发改|教体|教科|人社|住建|卫健|工信|经信|文旅|文广|文体|农牧|国资委|国资局|医保|城管|民宗|科工|资规|自规|环保局|安监|食药|林草|市监|应急局"
)
_SITE_WORDS = re.compile(
    r"(?:政府|政务)?(?:门户|官方)?(?:网站?|网站群|官网|信息网|信息公开(?:网|平台|专栏)?|公众信息网)$"
)
# The desk at which an agency's report is written: the report is the agency's.
_DESK = re.compile(
    r"(?<=.{3})(?:(?<!人民)政府)?(?:(?:信息|政务)公开(?:工作)?领导小组|信息公开)(?:办公室|办)$"
    r"|(?<=.{4}局)(?:综合|政务公开)?办公室$"
    r"|(?:(?<=[镇乡]人民政府)|(?<=苏木人民政府)|(?<=街道办事处))(?:党政|综合|政务|党建|党群)?[^局委]{0,6}(?:办公室|办)$"
)
_TWICE = re.compile(r"(?<=[局厅])[局厅]$")  # 水务局局: a misprint
# Words that mean another organ in every place.
_ANY = re.compile(
    r"^(?:经济|技术|产业|高新)*(?:开发|园|高新|经开|新)区(?:管委会|管理委员会)?$|^(?:党政|综合|[局委办厅院])?办公室$"
)
_GLOSS = re.compile(r"\([^()]*\)$")
_GOVERNMENT_IN_SHORT = re.compile(r"(?<=[省市区县旗州盟])政府(?=$|办)|(?<=[镇乡])政府(?=$|[党综办])")
# Where an agency that a report tells people to write to has its desk: in its own division.
_ADDRESS = re.compile(r"地址[:：]?(?P<where>[\u4e00-\u9fff]{4,24})")
_NEAR = ("政务", "政府", "人民政府", "门户", "委办", "委、")


@dataclass(frozen=True, slots=True)
class Organ:
    """An agency as resolved: full name, division (None where it is not certain), name without the division."""

    name: str
    region: Region | None
    rest: str

    @property
    def kind(self) -> str:
        """What kind of organ it is."""
        return agencies.kind(self.rest)

    @property
    def field(self) -> str:
        """What it works on."""
        return agencies.field(self.rest)

    @property
    def level(self) -> str | None:
        """Which level of government it belongs to."""
        return agencies.level(self.rest, self.region)


@dataclass
class Resolver:
    """Completes and places agency names by what a document says around them.

    `texts` are all the words of the document and its page; `site` the name of the site; `registrar` the division that
    its index number tells; `hinted` the one that the registry knows, asked only where the document leaves it open.
    """

    texts: Sequence[str]
    site: str = ""
    hinted: Region | None = None
    registrar: Region | None = None

    @cached_property
    def text(self) -> str:
        """All the words, in one line."""
        return tight("\n".join(self.texts))

    def resolve(self, names: Sequence[str]) -> Organ | None:
        """Return the organ that the first usable of some names means, completed by the others; None without one."""
        usable = [name for name in dict.fromkeys(map(organ_name, names)) if name]
        if not usable:
            return None
        first = self._placed(usable[0])
        others = [self._placed(name) for name in usable[1:]]
        for other in others:
            if other.region and _is_longer_name_of(other, first):
                return other
        if first.region or leading(_STATE_PREFIX.sub("", usable[0])).candidates:
            return first
        return self._called_in_short(first) or self._completed(first)

    def _placed(self, name: str) -> Organ:
        """Return an organ with the division its name begins with, None where that may be several."""
        state = _STATE_PREFIX.match(name)
        place = leading(name[state.end() :] if state else name)
        region = self._one_of(place.candidates)
        rest = (state[0] if state else "") + place.rest
        branch = _BRANCH.search(rest) or _BRANCH_IN_FRONT.search(rest)
        if branch and region:
            inner = [r for r in regions().values() if r.short_name == branch["short"] and lies_in(r, region)]
            region = inner[0] if len(inner) == 1 else region
        if not place.rest and region:
            rest = _government_of(region)
            name += rest
        return Organ(name, region, rest)

    def _one_of(self, candidates: Sequence[Region]) -> Region | None:
        outlived = [
            r for r in candidates if r.code not in regions() and any(r != o and lies_in(r, o) for o in candidates)
        ]
        candidates = [region for region in candidates if region not in outlived]
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        ranked = sorted(candidates, key=self._support, reverse=True)
        if self._support(ranked[0]) > self._support(ranked[1]):
            return ranked[0]
        hinted = [region for region in candidates if self.hinted and related(region, self.hinted)]
        if len(hinted) == 1:
            return hinted[0]
        # A county that became a city kept its name: today's is meant as well as any.
        today = [region for region in candidates if region.code in regions()]
        return today[0] if len(today) == 1 and len({region.code[:2] for region in candidates}) == 1 else None

    def _support(self, region: Region) -> int:
        """Count how many of the divisions around one the document names."""
        return sum(is_mentioned(outer, self.text) for outer in ancestors(region))

    def _called_in_short(self, organ: Organ) -> Organ | None:
        """Return an organ whose name begins with its division in short (抚顺教育局, 天津经济技术开发区管理委员会)."""
        state = _STATE_PREFIX.match(organ.name)
        place = leading_short(organ.name[state.end() :] if state else organ.name)
        named = [r for r in place.candidates if r.name in self.text or r == self.registrar]
        if not named and agencies.level(place.rest, None) == "zone":
            named = [region for region in place.candidates if region.level != "county"]
        if not named:
            named = [
                r for r in place.candidates if r.level != "county" and all(lies_in(o, r) for o in place.candidates)
            ]
        if len(named) != 1 or not agencies.is_organ_name(place.rest):
            return None
        region = named[0]
        if state or agencies.level(place.rest, region) == "zone":
            further = leading_short(place.rest)
            # A zone may have become a division under its own name; it was the zone's report.
            inside = (r for r in further.candidates if r != region and lies_in(r, region))
            inner = [r for r in inside if not place.rest.startswith(r.name)]
            region, rest = (inner[0], further.rest) if len(inner) == 1 else (region, place.rest)
            return Organ(organ.name, region, (state[0] if state else "") + rest)
        return Organ(region.name + place.rest, region, place.rest)

    def _completed(self, organ: Organ) -> Organ:
        """Return an organ whose name leaves its division out (市教育局, 教育局) with the one the document tells of."""
        short = _LEVEL_WORD.match(organ.name)
        word, rest = (short["level"], short["rest"]) if short else ("", organ.name)
        region = self._told_of(word, rest)
        if region is None and self.registrar and word and _is_of_level(self.registrar, word):
            region = self.registrar
        if region is None and self.hinted and (not word or self.hinted.name.endswith(word)):
            region = self.hinted
        return Organ(organ_name(region.name + rest), region, rest) if region else Organ(organ.name, None, rest)

    def _told_of(self, word: str, rest: str) -> Region | None:
        """Return the division that clearly stands out among those a text names, in full or beside the agency's work."""
        township = agencies.level(rest, None) == "township"

        def can_be(region: Region) -> bool:
            return _is_of_level(region, word) and not (township and is_parted(region))

        scores: Counter[Region] = Counter()
        for region, end in mentions(self.text):
            if can_be(region):
                scores[region] += 5 if self.text.startswith((rest[:2], *_NEAR), end) else 2
        site = leading(tight(self.site)).candidates
        if len(site) == 1 and can_be(site[0]):
            scores[site[0]] += 8
        for near in {rest[:2] + "网", rest[:2] + "局", rest, "政府网", "政务网"}:
            for region in short_mentions(self.text, near):
                if can_be(region):
                    scores[region] += 2
        if word or township:
            scores.update(dict.fromkeys(filter(can_be, self._at_addresses()), 4))
        ranked = scores.most_common(2)
        if not ranked or ranked[0][1] < 4 or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
            return None
        return ranked[0][0]

    def _at_addresses(self) -> Iterator[Region]:
        """Yield the divisions, from the innermost out, in which the addresses lie that a document states."""
        for found in _ADDRESS.finditer(self.text):
            region = self._one_of(leading(found["where"]).candidates)
            if region:
                yield from (region, *ancestors(region))


@lru_cache(maxsize=4096)  # titles, page and text name the same few
def organ_name(text: str) -> str:
    """Return the words of a candidate as the name of an agency, "" where they cannot be one."""
    framed = _GLOSS.sub("", tight(text))
    name = framed.strip("-_.,:;·()《》“”\"'[]【】")
    if name.count("(") < name.count(")") and f"({name}" in framed:
        name = f"({name}"  # (石咢)嘉镇: a character that many fonts lack, written as its parts
    name = _SITE_WORDS.sub("", name) if not name.endswith(("人民政府", "办公室")) else name
    name = _GOVERNMENT_IN_SHORT.sub("人民政府", name)
    name = _TWICE.sub("", _DESK.sub("", name))
    if name.endswith("街道"):
        name += "办事处"
    place = leading(name)
    if place.candidates and not place.rest:
        return name
    if any(region.name in place.rest for region in place.candidates):
        return ""  # two agencies of one division: neither is the author alone
    if name.endswith(("镇", "乡")) and place.candidates:
        name += "人民政府"
    return name if agencies.is_organ_name(name) and not _ANY.search(name) else ""


def _government_of(region: Region) -> str:
    """Return what the government of a division is called: a league and a region under a province have an office."""
    return "行政公署" if region.level == "city" and region.name.endswith(("盟", "地区")) else "人民政府"


def own_site(site: str) -> str:
    """Return the agency whose site has a name; "" for a government's, where all its agencies publish."""
    name = organ_name(site)
    rest = leading(name).rest
    portal = agencies.kind(rest) == "government" and agencies.level(rest, None) != "township"
    return "" if portal else name


def same_organ(one: Organ, other: Organ) -> bool:
    """Return whether two names can mean one agency: divisions that agree, and the same words or field of work."""
    if one.region and other.region and not related(one.region, other.region):
        return False
    return (
        one.rest in other.rest
        or other.rest in one.rest
        or (one.field == other.field != "other" and one.kind == other.kind)
    )


def _is_longer_name_of(longer: Organ, shorter: Organ) -> bool:
    """Return whether a name says in full what another says in short: 淄博市教育局 for 市教育局, or for 淄博市教体局."""
    short = _LEVEL_WORD.match(shorter.rest) if not shorter.region else None
    rest = short["rest"] if short else shorter.rest
    if shorter.region and longer.region != shorter.region:
        return False
    if short and longer.region and not _is_of_level(longer.region, short["level"]):
        return False
    if rest == longer.rest:
        return not shorter.region
    return (
        bool(_ABBREVIATED.search(rest))
        and longer.field == agencies.field(rest) != "other"
        and is_abbreviation(rest, longer.rest)
    )


def is_abbreviation(short: str, long: str) -> bool:
    """Return whether the characters of a short name stand in a longer one in their order."""
    characters: Iterable[str] = iter(long)
    return all(character in characters for character in short)


def _is_of_level(region: Region, word: str) -> bool:
    """Return whether 市, 区, 县 … before an agency's name can mean a division."""
    return region.name.endswith(word) and (word != "省" or region.level == "province")


def related(one: Region, other: Region) -> bool:
    """Return whether one of two divisions lies in the other."""
    return lies_in(one, other) or lies_in(other, one)

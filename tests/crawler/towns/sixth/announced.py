# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns whose scripts say in ways of their own how many pages or items their lists have, and of which not all can be
read."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import quote

from towns.fifth.parts import listed
from towns.lists import rows, served
from towns.sixth.parts import agency
from towns.web import Page, Town, frame

YEARS = (2023, 2022, 2021, 2020, 2019)


def _paged(name: str, pager: Callable[[int, int], str], further: str) -> Town:
    """A list of two rows a page; `pager` writes its script for a page from nought of so many."""
    whose = agency()
    found = listed(whose, "/zwgk/nb/{key}.html", YEARS)
    cut = [found[at : at + 2] for at in range(0, len(found), 2)]
    pages: dict[str, Page] = {
        "/zwgk/nb/" if number == 0 else f"/zwgk/nb/{further.format(n=number)}": frame(
            f"<ul class='list'>{rows(shown)}</ul><div id='pages'></div>{pager(number, len(cut))}"
        )
        for number, shown in enumerate(cut)
    }
    return Town(name, whose, "/zwgk/nb/", {**served(found), **pages}, YEARS)


def _in_names(number: int, pages: int) -> str:
    return f"<script>Pager({{size:{pages}, current:{number}, prefix:'index',suffix:'html'}});</script>"


def _in_options(number: int, pages: int) -> str:
    return f"<script>var pager_options={{ currentPage:parseInt('{number}')+1, countPage:parseInt('{pages}'), PAGE_NAME:'index', PAGE_EXT:'html' }};</script>"


def _in_base64(number: int, pages: int) -> str:
    links = "".join(
        f"<a href='/zwgk/nb/index_{each}.html'>{each + 1}</a>" for each in range(1, pages) if each != number
    )
    packed = base64.b64encode(quote(f"<span>{number + 1}</span>{links}", safe="").encode()).decode()
    return (
        f"<div id='to'>{packed}</div><script>$('#to').html(decodeURIComponent(window.atob($('#to').text())))</script>"
    )


def _more_than_shown() -> Town:
    """The page shows the first of its items, and says how many there are; where the rest is nobody can tell."""
    whose = agency()
    found = listed(whose, "/zwgk/nb/{key}.html", YEARS)
    script = "<script>require(['list2.trsapi'],function(){listModel({maxStaticIndex:1,pagebar:{prepage:6,recordCount:'213'}})});</script>"
    page = frame(f"<ul class='gl-ul'>{rows(found)}<li ms-repeat='list'><a ms-attr-href='el.url'></a></li></ul>{script}")
    return Town("n-more", whose, "/zwgk/nb/", {**served(found), "/zwgk/nb/": page}, YEARS, state="cut_short")


def _in_groups() -> Town:
    """All pages of the list stand in the first, a group each."""
    whose = agency()
    found = listed(whose, "/zwgk/nb/{key}.html", YEARS)
    groups = [
        {"infolist": [{"title": e.title, "url": e.url, "daytime": e.date} for e in found[at : at + 2]]}
        for at in range(0, len(found), 2)
    ]
    told = json.dumps({"curPageNo": 1, "pageTotal": len(groups)})
    page = frame(f"<div id='list'></div><script>var dataList={json.dumps(groups, ensure_ascii=False)};var pagesData={told};</script>")  # fmt: skip
    return Town("n-groups", whose, "/zwgk/nb/", {**served(found), "/zwgk/nb/": page}, YEARS)


def towns() -> list[Town]:
    return [
        _paged("n-names", _in_names, "index_{n}.html"),
        _paged("n-options", _in_options, "index_{n}.html"),
        _paged("n-packed", _in_base64, "index_{n}.html"),
        _more_than_shown(),
        _in_groups(),
    ]

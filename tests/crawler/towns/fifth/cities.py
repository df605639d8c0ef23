# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Cities whose column leads to the reports of many agencies, in the clothes of real pages: articles with neighbours,
menus, boxes of news, and texts that lie elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from towns.fifth.cluttered import FOOT, MENU, NEWS, SIDE, WAY
from towns.fifth.parts import agency, dumped
from towns.lists import pdf
from towns.web import Page, Town, docx, text, title

BOTH = (2023, 2022)
Made = Callable[[str, int, str], "tuple[Page, Mapping[str, Page]]"]


def _page(inside: str) -> str:
    return f"<html><head><meta charset='utf-8'><title>政府信息公开年报</title></head><body>{MENU}{SIDE}{WAY}<div class='main'>{inside}</div>{NEWS}{FOOT}</body></html>"


def _article(whose: str, year: int, inside: str) -> str:
    named = title(whose, year)
    beside = f"<p>上一篇：<a href='/prev.html'>关于做好工作的通知</a></p><p>下一篇：<a href='/next.html'>{title(whose, 2010)}</a></p>"
    return f"<html><head><title>{named}</title></head><body>{MENU}{WAY}<h1>{named}</h1><div id='zoom'>{inside}</div>{beside}{NEWS}{FOOT}</body></html>"


def _whole(whose: str, year: int, key: str) -> tuple[Page, Mapping[str, Page]]:
    return _article(whose, year, text(whose, year)), {}


def _framed(whose: str, year: int, key: str) -> tuple[Page, Mapping[str, Page]]:
    return _article(whose, year, f"<iframe src='/nr/{key}.html'></iframe>"), {
        f"/nr/{key}.html": f"<html><body>{text(whose, year)}</body></html>"
    }


def _viewed(whose: str, year: int, key: str) -> tuple[Page, Mapping[str, Page]]:
    return _article(whose, year, f"<iframe src='/pdfjs/web/viewer.html?file=%2Ff%2F{key}.pdf'></iframe>"), {
        f"/f/{key}.pdf": pdf(whose, year)
    }


def _fetched(whose: str, year: int, key: str) -> tuple[Page, Mapping[str, Page]]:
    address = f"/api/content/detail?id=88{key}"
    data = dumped({"data": {"title": title(whose, year), "content": text(whose, year)}})
    return _article(
        whose,
        year,
        f"<div id='c'></div><script>$.get('{address}', function(r){{ $('#c').html(r.data.content); }});</script>",
    ), {address: data}


def _written(whose: str, year: int, key: str) -> tuple[Page, Mapping[str, Page]]:
    return _article(
        whose,
        year,
        f"<div id='c'></div><script>$('#c').html({json.dumps(text(whose, year), ensure_ascii=False)});</script>",
    ), {}


def _document(whose: str, year: int, key: str) -> tuple[Page, Mapping[str, Page]]:
    return docx(whose, year), {}


def city(name: str, dress: str, made: Made = _whole, extension: str = "html") -> Town:
    """A column of three agencies; `dress` says how it leads to their reports, `made` what these are."""
    names = [agency() for _ in range(3)]
    at: dict[tuple[str, int], str] = {}
    pages: dict[str, Page] = {}
    for n, a in enumerate(names):
        for y in BOTH:
            at[a, y] = f"/gk/nb/{y + 1}01/t{y + 1}0120_{n}{y}.{extension}"
            pages[at[a, y]], beside = made(a, y, f"{n}{y}")
            pages |= beside

    def rows(agencies: list[str], years: tuple[int, ...] = BOTH) -> str:
        return (
            "<ul>"
            + "".join(
                f"<li><a href='{at[a, y]}'>{title(a, y)}</a><span>{y + 1}-01-20</span></li>"
                for a in agencies
                for y in years
            )
            + "</ul>"
        )

    def links(a: str) -> str:
        return " ".join(f"<a href='{at[a, y]}'>{y}年</a>" for y in BOTH)

    heads = {
        "cells": "<table>"
        + "".join(f"<tr><td>{n}</td><td>{a}</td><td>{links(a)}</td></tr>" for n, a in enumerate(names, 1))
        + "</table>",
        "namesakes": "<table><tr><th>单位</th><th>指南</th><th>年报</th></tr>"
        + "".join(
            f"<tr><td>{a}</td><td><a href='/gk/zn/{n}.html'>公开指南</a></td><td><a href='{at[a, 2023]}'>政府信息公开年报</a></td></tr>"
            for n, a in enumerate(names)
        )
        + "</table>",
        "terms": "<dl>" + "".join(f"<dt>{a}</dt><dd>{links(a)}</dd>" for a in names) + "</dl>",
        "tabs": "".join(
            f"<div class='tab'>{y}年</div><div class='con'><ul>"
            + "".join(f"<li><a href='{at[a, y]}'>{a}</a></li>" for a in names)
            + "</ul></div>"
            for y in BOTH
        ),
        "folders": "<ul>" + "".join(f"<li><a href='/gk/nb/d{n}/'>{a}</a></li>" for n, a in enumerate(names)) + "</ul>",
        "chosen": "<select onchange='location.href=this.value'><option value=''>选择单位</option>"
        + "".join(f"<option value='/gk/nb/d{n}/'>{a}</option>" for n, a in enumerate(names))
        + "</select>",
        "nodes": "<div id='l'></div><script>var depts=["
        + ",".join(f"{{name:'{a}',url:'/gk/nb/d{n}/'}}" for n, a in enumerate(names))
        + "];</script>",
        "sections": "".join(
            f"<div class='box'><h3>{y}年<a class='more' href='/gk/nb/{y}n/'>更多</a></h3>{rows(names[:1], (y,))}</div>"
            for y in BOTH
        ),
        "summaries": "<ul>"
        + "".join(f"<li><a href='/gk/nb/{y}n/'>{y}年度政府信息公开年报汇总</a></li>" for y in BOTH)
        + "</ul>",
    }
    for n, a in enumerate(names):
        pages[f"/gk/nb/d{n}/"] = _page(rows([a]))
    for y in BOTH:
        pages[f"/gk/nb/{y}n/"] = _page(rows(names, (y,)))
    if dress == "namesakes":
        at = {(a, y): address for (a, y), address in at.items() if y == BOTH[0]}
    return Town(name, "", "/gk/nb/", {**pages, "/gk/nb/": _page(heads[dress])}, (), frozenset(at))


def towns() -> list[Town]:
    return [
        city("y-cells", "cells"),
        city("y-cellsfetched", "cells", _fetched),
        city("y-namesakes", "namesakes"),
        city("y-terms", "terms", _written),
        city("y-termsfiles", "terms", _document, "docx"),
        city("y-termsframed", "terms", _framed),
        city("y-tabs", "tabs"),
        city("y-tabsframed", "tabs", _framed),
        city("y-folders", "folders", _viewed),
        city("y-chosen", "chosen", _fetched),
        city("y-nodes", "nodes"),
        city("y-sections", "sections"),
        city("y-summaries", "summaries", _written),
    ]

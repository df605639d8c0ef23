# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns of one maker's modules: data stores that are scripts, lists that a call names, a tree of kinds, a frame."""

from __future__ import annotations

from urllib.parse import parse_qs

from towns.fifth.parts import cut_pages, key, listed
from towns.lists import Entry, served
from towns.sixth import announced
from towns.sixth.parts import agency
from towns.web import Asked, Page, Reply, Town, frame

YEARS = (2023, 2022, 2021, 2020)
CALL = """<script>function funclick(a,b,c){ loadDynamic('/module/xxgk/search.jsp?standardXxgk=1&infotypeId='+a+'&vc_title='+encodeURI(b)+'&vc_number='+encodeURI(c)+'&area=11990199', 'div4', '0','0','950','7','',''); }</script>"""


def _row(entry: Entry) -> str:
    return f"<li><a href='{entry.url}' title='{entry.title}'>{entry.cut}</a><span>{entry.date}</span></li>"


def _rows(found: list[Entry]) -> str:
    rows = "".join(
        f"<tr class='tr_main_value_{'odd' if n % 2 else 'even'}'><td><a href='{e.url}' mc='{e.title}' class='bt_link'>{e.cut}</a></td><td>{e.date}</td></tr>"
        for n, e in enumerate(found)
    )
    return f"<table width='100%'>{rows}</table>"


def _scripted_store() -> Town:
    whose = agency()
    found = listed(whose, "/art/2024/1/15/art_47_{key}.html", YEARS)
    first, rest = found[:3], found[3:]
    store = ",\n".join(f'"{_row(e)}"' for e in first)
    page = f"""<div id='1806'></div><script>$(function(){{ $('#1806').jpage({{ perPage:1, totalRecord:{len(found)}, proxyUrl:'/module/jslib/jquery/jpage/dataproxy.jsp', proxyParam:{{'columnid':47,'unitid':'1806','webname':'凌州','appid':1,'webid':7,'path':'/','permissiontype':0}}, dataStore:[
{store}] }}); }});</script>"""

    def answer(asked: Asked) -> Reply:
        sent = parse_qs(asked.body)
        if sent.get("columnid") != ["47"] or sent.get("unitid") != ["1806"] or asked.query.get("startrecord") != "4":
            return Reply("totalRecord=0;totalPage = 0;dataStore = []", kind="text/javascript; charset=utf-8")
        store = ",".join(f'"{_row(e)}"' for e in rest)
        return Reply(f"\r\n\r\ntotalRecord={len(found)}.0;totalPage = 5;dataStore = [{store}]", kind="text/javascript; charset=utf-8")  # fmt: skip

    pages: dict[str, Page] = {"/col/col47/index.html": frame(page), "POST /module/jslib/jquery/jpage/dataproxy.jsp": answer}  # fmt: skip
    return Town("m-store", whose, "/col/col47/index.html", {**served(found), **pages}, YEARS)


def _called(name: str, listing: str, tree: bool) -> Town:
    whose = agency()
    found = listed(whose, "/art/2024/1/15/art_13_{key}.html", YEARS)

    def answer(asked: Asked) -> str:
        sent = parse_qs(asked.body, keep_blank_values=True)
        told = (sent.get("infotypeId"), sent.get("jdid"), sent.get("divid"), sent.get("area"))
        if told != (["A08"], ["7"], ["div4"], ["11990199"]) or asked.query.get("infotypeId") != "A08":
            return "<table><tr><td>没有相关信息</td></tr></table>"
        return f"{_rows(list(cut_pages(found, 3, int(sent['currpage'][0]))))}<table><tr><td>&nbsp;共{len(found)}条&nbsp;共2页</td></tr></table>"

    nodes = "".join(
        f"<div class='dTreeNode'><a class='node' href=\"javascript:parent.funclick('{kind}','','')\">{named}</a></div>"
        for kind, named in (("A01", "机构概况"), ("A07", "政府信息公开指南"), ("A08", "政府信息公开年报"))
    )
    shell = frame(
        f"<iframe src='/module/xxgk/tree.jsp?standardXxgk=1&amp;area=11990199&amp;divid=div4'></iframe><div id='div4'></div>{CALL}"
    )
    pages: dict[str, Page] = {"/col/col13/index.html": shell, "POST /module/xxgk/search.jsp": answer}
    if tree:
        pages["/module/xxgk/tree.jsp"] = f"<html><body><div class='dtree'>{nodes}</div></body></html>"
    return Town(name, whose, listing, {**served(found), **pages}, YEARS)


def _framed() -> Town:
    whose = agency()
    found = listed(whose, "/art/2024/1/15/art_16_{key}.html", YEARS)

    def answer(asked: Asked) -> str:
        if asked.query.get("fieldConfigId") != "38" or asked.query.get("infotypeId") != "A08":
            return "<html><body></body></html>"
        shown = list(cut_pages(found, 2, int(asked.query.get("currpage", "1"))))
        return f"<html><body>{_rows(shown)}<div>共{len(found)}条&nbsp;共3页 <a href='javascript:void(0)' onclick='topage(2)'>下一页</a></div></body></html>"

    page = frame(
        "<iframe src='/module/xxgk/search_custom.jsp?fieldConfigId=38&amp;infotypeId=A08&amp;jdid=1'></iframe>"
    )
    pages: dict[str, Page] = {"/col/col16/index.html": page, "/module/xxgk/search_custom.jsp": answer}
    return Town("m-frame", whose, "/col/col16/index.html", {**served(found), **pages}, YEARS)


def _counted_values() -> Town:
    whose = agency()
    found = listed(whose, "/art/2024/1/15/art_23_{key}.html", YEARS)
    values = "".join(
        f"urls[i]='{e.url}';headers[i]=\"{e.title}\";year[i]='{e.date[:4]}';month[i]='{e.date[5:7]}';day[i]='{e.date[8:]}';i++;\n"
        for e in sorted(found, key=key)
    )
    page = frame(f"<div class='list'><script>var i=0;var urls=new Array(),headers=new Array(),year=new Array(),month=new Array(),day=new Array();\n{values}</script></div>")  # fmt: skip
    return Town("m-counter", whose, "/col/col23/index.html", {**served(found), "/col/col23/index.html": page}, YEARS)


def towns() -> list[Town]:
    return [
        _scripted_store(),
        _called("m-number", "/col/col13/index.html?vc_xxgkarea=11990199&number=A08", tree=False),
        _called("m-tree", "/col/col13/index.html?vc_xxgkarea=11990199", tree=True),
        _framed(),
        _counted_values(),
        *announced.towns(),
    ]

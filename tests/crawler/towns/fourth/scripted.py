# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Lists whose links a script writes, opens or holds as data."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence

from towns.fourth.parts import dressed, listed, rows, town, whose
from towns.lists import Entry
from towns.web import Page, Reply, Town

Body = Callable[[Sequence[Entry]], str]


def written(found: Sequence[Entry]) -> str:
    lines = "".join(
        f"document.write(\"<li><a href='{e.url}' title='{e.title}'>{e.title}</a><span>{e.date}</span></li>\");\n"
        for e in found
    )
    return f"<ul><script type='text/javascript'>\n{lines}</script></ul>"


def opened(found: Sequence[Entry]) -> str:
    return (
        "<ul>"
        + rows(
            found, "<li onclick=\"window.open('{e.url}')\" style='cursor:pointer'>{e.title}<span>{e.date}</span></li>"
        )
        + "</ul>"
    )


def located(found: Sequence[Entry]) -> str:
    return (
        "<ul>"
        + rows(
            found,
            "<li><a href='javascript:void(0)' onclick=\"location.href='{e.url}'\">{e.title}</a><span>{e.date}</span></li>",
        )
        + "</ul>"
    )


def called(found: Sequence[Entry]) -> str:
    return (
        "<ul>"
        + rows(found, "<li><a href=\"javascript:openUrl('{e.url}','_blank');\">{e.title}</a> {e.date}</li>")
        + "</ul>"
    )


def numbered(found: Sequence[Entry]) -> str:
    script = "<script>function showInfo(id){ window.open('/info/' + id + '.html'); }</script>"
    lines = "".join(
        f"<li><a href='javascript:;' onclick=\"showInfo('{e.url[6:-5]}')\">{e.title}</a><span>{e.date}</span></li>"
        for e in found
    )
    return f"<ul>{lines}</ul>{script}"


def numbered_in_href(found: Sequence[Entry]) -> str:
    script = '<script>\nfunction toDetail(infoId) {\n  var url = "/info/" + infoId + ".html";\n  window.location.href = url;\n}</script>'
    lines = "".join(
        f'<tr><td><a href="javascript:toDetail({e.url[6:-5]})">{e.title}</a></td><td>{e.date}</td></tr>' for e in found
    )
    return f"<table>{lines}</table>{script}"


def held(found: Sequence[Entry]) -> str:
    return (
        "<ul>"
        + rows(found, "<li class='row' data-url='{e.url}'><span class='t'>{e.title}</span><span>{e.date}</span></li>")
        + "</ul><script>$('.row').click(function(){window.open($(this).data('url'))})</script>"
    )


def held_in_link(found: Sequence[Entry]) -> str:
    return "<ul>" + rows(found, "<li><a href='#' data-href='{e.url}'>{e.title}</a><span>{e.date}</span></li>") + "</ul>"


def loose_array(found: Sequence[Entry]) -> str:
    data = ",\n".join(f"{{title:'{e.title}',url:'{e.url}',date:'{e.date}'}}" for e in found)
    return f"<div id='list'></div><script>var listData = [\n{data}\n];\nfor (var i = 0; i < listData.length; i++) {{ addRow(listData[i]); }}</script>"


def strict_array(found: Sequence[Entry]) -> str:
    data = json.dumps([{"docTitle": e.title, "docPubUrl": e.url, "docPubTime": e.date} for e in found]).replace(
        "/", "\\/"
    )
    return f"<div id='list'></div><script>var json = {data}; renderList(json);</script>"


def parsed(found: Sequence[Entry]) -> str:
    data = json.dumps([{"title": e.title, "href": e.url, "time": e.date} for e in found], ensure_ascii=False)
    return f"<div id='list'></div><script>var list = JSON.parse('{data}'); show(list);</script>"


def island(found: Sequence[Entry]) -> str:
    data = json.dumps(
        {"columns": [{"name": "年报", "list": [{"title": e.title, "url": e.url, "date": e.date} for e in found]}]},
        ensure_ascii=False,
    )
    return f"<div id='app'></div><script type='application/json' id='page-data'>{data}</script>"


def nuxt(found: Sequence[Entry]) -> str:
    data = json.dumps(
        {
            "state": {
                "list": {
                    "total": len(found),
                    "rows": [
                        {"id": n, "title": e.title, "link": e.url, "createTime": e.date} for n, e in enumerate(found)
                    ],
                }
            }
        },
        ensure_ascii=False,
    )
    return f"<div id='__nuxt'></div><script>window.__INITIAL_STATE__={data};(function(){{var s;}}());</script>"


def prop(found: Sequence[Entry]) -> str:
    data = html.escape(
        json.dumps([{"title": e.title, "url": e.url, "date": e.date} for e in found], ensure_ascii=False)
    )
    return f'<div id="app"><news-list :items="{data}" :page-size="10"></news-list></div>'


def xml_island(found: Sequence[Entry]) -> str:
    lines = "".join(
        f"<item><title><![CDATA[{e.title}]]></title><url><![CDATA[{e.url}]]></url><pubdate>{e.date}</pubdate></item>"
        for e in found
    )
    return f"<xml id='xmldata' style='display:none'><data>{lines}</data></xml><div id='list'></div>"


def template(found: Sequence[Entry]) -> str:
    return f"<textarea id='tpl' style='display:none'><ul>{rows(found)}</ul></textarea><div id='list'></div><script>$('#list').html($('#tpl').val())</script>"


def joined(found: Sequence[Entry]) -> str:
    lines = "".join(
        f"str += '<li><a href=\"{e.url}\" target=\"_blank\">' + '{e.title}' + '</a><span>{e.date}</span></li>';\n"
        for e in found
    )
    return f"<ul id='u'></ul><script>var str = '';\n{lines}$('#u').html(str);</script>"


def pushed(found: Sequence[Entry]) -> str:
    lines = "".join(f'arr.push(new Array("{e.title}","{e.url}","{e.date}"));\n' for e in found)
    return f"<div id='d'></div><script>var arr = new Array();\n{lines}</script>"


BODIES: dict[str, tuple[Body, str]] = {
    "c-written": (written, "/nb/{key}.html"),
    "c-opened": (opened, "/nb/{key}.html"),
    "c-located": (located, "/nb/{key}.html"),
    "c-called": (called, "/nb/{key}.html"),
    "c-numbered": (numbered, "/info/{key}.html"),
    "c-to-detail": (numbered_in_href, "/info/{key}.html"),
    "c-data-url": (held, "/nb/{key}.html"),
    "c-data-href": (held_in_link, "/nb/{key}.html"),
    "c-loose": (loose_array, "/nb/{key}.html"),
    "c-strict": (strict_array, "/nb/{key}.html"),
    "c-parsed": (parsed, "/nb/{key}.html"),
    "c-island": (island, "/nb/{key}.html"),
    "c-state": (nuxt, "/nb/{key}.html"),
    "c-prop": (prop, "/nb/{key}.html"),
    "c-xml": (xml_island, "/nb/{key}.html"),
    "c-template": (template, "/nb/{key}.html"),
    "c-joined": (joined, "/nb/{key}.html"),
    "c-pushed": (pushed, "/nb/{key}.html"),
}


def towns() -> list[Town]:
    made = []
    for name, (body, link) in BODIES.items():
        agency = whose()
        found = listed(agency, link)
        made.append(town(name, agency, "/nb/index.html", found, {"/nb/index.html": dressed(body(found))}))
    agency = whose()
    found = listed(agency, "/nb/{key}.html")
    script = Reply(
        "\n".join(f"document.write('<li><a href=\"{e.url}\">{e.title}</a> {e.date}</li>');" for e in found),
        kind="application/javascript; charset=utf-8",
    )
    outer: dict[str, Page] = {
        "/nb/index.html": dressed("<ul><script src='./list_nb.js'></script></ul>"),
        "/nb/list_nb.js": script,
    }
    made.append(town("c-file", agency, "/nb/index.html", found, outer))
    return made

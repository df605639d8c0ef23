# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns whose lists are data in the page or in a file beside it, which scripts make into rows."""

from __future__ import annotations

import json
from collections.abc import Callable

from towns.fifth.parts import plain, records, site
from towns.lists import Entry
from towns.web import Reply, Town, frame


def _filled(name: str, written: Callable[[list[Entry]], str], link: str = "/xxgk/nb/{key}.html") -> Town:
    return site(name, lambda found: frame(written(found)), link=link, listing="/xxgk/nb/index.html")


def _elsewhere(name: str, tag: str, path: str, written: Callable[[list[Entry]], str]) -> Town:
    """A page whose list is in a script file beside it."""
    return site(
        name,
        lambda found: frame(f"<div id='list'></div>{tag}"),
        link="/xxgk/nb/{key}.html",
        listing="/xxgk/nb/index.html",
        more=lambda found: {path: Reply(written(found), kind="application/javascript; charset=utf-8")},
    )


def _objects(found: list[Entry]) -> str:
    return ",".join(f"{{title:'{e.title}', url:'{e.url}', time:'{e.date}'}}" for e in found)


def towns() -> list[Town]:
    return [
        _filled(
            "a-state",
            lambda found: (
                "<div id='app'></div><script>window.__INITIAL_STATE__="
                + json.dumps({"list": {"items": records(found), "total": len(found)}}, ensure_ascii=True)
                + ";(function(){var s;})();</script>"
            ),
        ),
        _filled(
            "a-next",
            lambda found: (
                "<div id='__next'></div><script id='__NEXT_DATA__' type='application/json'>"
                + json.dumps({"props": {"pageProps": {"list": records(found, url="href")}}}, ensure_ascii=False)
                + "</script>"
            ),
        ),
        _filled(
            "a-vue",
            lambda found: (
                "<ul id='app'><li v-for='i in list'><a :href='i.url'>{{i.title}}</a></li></ul><script>new Vue({ el:'#app', data:{ page:1, list:["
                + _objects(found)
                + "] } });</script>"
            ),
        ),
        _filled(
            "a-push",
            lambda found: (
                "<ul id='u'></ul><script>var arr = new Array();"
                + "".join(f"arr.push(['{e.title}','{e.url}','{e.date}']);" for e in found)
                + "for(var i=0;i<arr.length;i++){ $('#u').append('<li><a href='+arr[i][1]+'>'+arr[i][0]+'</a></li>'); }</script>"
            ),
        ),
        _filled(
            "a-arrays",
            lambda found: (
                "<script>var titles=new Array(), urls=new Array();"
                + "".join(f'titles[{n}]="{e.title}"; urls[{n}]="{e.url}";' for n, e in enumerate(found))
                + "for(i=0;i<titles.length;i++) document.write('<li><a href='+urls[i]+'>'+titles[i]+'</a></li>');</script>"
            ),
        ),
        _filled(
            "a-writeln",
            lambda found: (
                "<script>"
                + "\n".join(
                    f'document.writeln("<li><a href=\\"{e.url.replace("/", chr(92) + "/")}\\" title=\\"{e.title}\\">{e.cut}<\\/a><\\/li>");'
                    for e in found
                )
                + "</script>"
            ),
        ),
        _filled(
            "a-nginit",
            lambda found: (
                "<div ng-init='items="
                + json.dumps(records(found), ensure_ascii=False).replace('"', "&quot;")
                + "'><li ng-repeat='x in items'><a href='{{x.url}}'>{{x.title}}</a></li></div>"
            ),
        ),
        _filled(
            "a-island",
            lambda found: (
                "<xml id='dso'><rows>"
                + "".join(f"<row><title>{e.title}</title><url>{e.url}</url><date>{e.date}</date></row>" for e in found)
                + "</rows></xml><table datasrc='#dso'><tr><td><a datafld='url'><span datafld='title'></span></a></td></tr></table>"
            ),
        ),
        _filled(
            "a-hiddenarea",
            lambda found: (
                "<textarea id='data' style='display:none'>"
                + "".join(map(plain, found)).replace("<", "&lt;").replace(">", "&gt;")
                + "</textarea><div id='list'></div><script>$('#list').html($('#data').val());</script>"
            ),
        ),
        _elsewhere(
            "a-jsfile",
            "<script src='/data/js/gknb.js?v=20240105'></script>",
            "/data/js/gknb.js",
            lambda found: "var gknbList = [" + _objects(found) + "];",
        ),
        _elsewhere(
            "a-jswrite",
            "<script language='javascript' src='/js/newslist_12.js'></script>",
            "/js/newslist_12.js",
            lambda found: "".join(
                f"document.write(\"<li><a href='{e.url}' target=_blank>{e.title}</a> {e.date}</li>\");\n" for e in found
            ),
        ),
        _elsewhere(
            "a-loaddata",
            "<script>loadData('gknb_data.json'); function loadData(f){ $.ajax({ url: '/xxgk/nb/' + f, success: function(r){ render(r); } }); }</script>",
            "/xxgk/nb/gknb_data.json",
            lambda found: json.dumps(records(found), ensure_ascii=False),
        ),
    ]

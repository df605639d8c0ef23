# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Towns whose lists are asked for in ways of their own: lists of values, names in brackets, another host of the site,
a column that is clicked, pages numbered in the name."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from towns.fifth.parts import cut_pages, dumped, key, listed
from towns.lists import served
from towns.sixth.parts import agency
from towns.web import Asked, Page, Reply, Town, frame

YEARS = (2023, 2022, 2021, 2020)


def _several_values() -> Town:
    """jQuery writes a list of values as name[]=…"""
    whose = agency()
    found = listed(whose, "/lzswj/gknb/{key}.shtml", YEARS)

    def answer(asked: Asked) -> Reply:
        sent = parse_qs(asked.body)
        if sent.get("channelCode[]") != ["gknb"] or sent.get("webSiteCode[]") != ["lzswj"]:
            return dumped({"code": 200, "data": {"total": 0, "results": []}})
        shown = cut_pages(found, 3, int(sent["current"][0]))
        results = [
            {
                "id": key(e),
                "source": {
                    "showTitle": e.title,
                    "title": e.title,
                    "pubDate": e.date,
                    "urls": json.dumps({"pc": e.url, "wap": ""}),
                    "content": {"content": "<p>摘要</p>"},
                },
            }
            for e in shown
        ]
        return dumped({"code": 200, "data": {"total": len(found), "size": 3, "results": results}})

    script = "<div id='list'></div><script>$.ajax({url:'/queryList',type:'post',data:{current:1,pageSize:3,webSiteCode:['lzswj'],channelCode:['gknb'],sort:'sortNum',order:'desc'},success:function(r){render(r.data.results)}});</script>"
    pages: dict[str, Page] = {"/lzswj/gknb/index.html": frame(script), "POST /queryList": answer}
    return Town("q-several", whose, "/lzswj/gknb/index.html", {**served(found), **pages}, YEARS)


def _names_in_brackets() -> Town:
    whose = agency()
    found = listed(whose, "/zfxxgk/nb/t{key}.shtml", YEARS)

    def answer(asked: Asked) -> Reply:
        if asked.query.get("filter[SITEID]") != "3" or asked.query.get("filter[AVAILABLE]") != "true":
            return dumped({"page": {"total": "0", "content": []}})
        shown = cut_pages(found, 3, int(asked.query["pageNumber"]))
        content = [
            {"SITENAME": "凌州市门户网站", "DOCTITLE": e.title, "PUBDATE": f"{e.date}T02:30:00.000Z", "DOCPUBURL": e.url, "AVAILABLE": True}
            for e in shown
        ]  # fmt: skip
        return dumped({"filter": {}, "page": {"content": content, "total": str(len(found)), "pageSize": 3}})

    script = "<div id='list'></div><script>$.ajax({url:'/igs/front/search/list.html',type:'get',dataType:'json',data:{'index':'lz-alias','type':'documents','filter[AVAILABLE]':true,'filter[FileName,DOCCONTENT,fileNum-or]':'','filter[SITEID]':'3','pageNumber':1,'pageSize':3,'orderProperty':'PUBDATE'},success:function(d){show(d.page.content)}});</script>"
    pages: dict[str, Page] = {"/zfxxgk/nb/": frame(script), "/igs/front/search/list.html": answer}
    return Town("q-brackets", whose, "/zfxxgk/nb/", {**served(found), **pages}, YEARS)


def _another_host() -> list[Town]:
    """The list comes from the search server of the whole site, its titles in objects of their own."""
    whose = agency()
    found = listed(whose, "/nb/{key}.html", YEARS)

    def listing(asked: Asked) -> str:
        other = asked.headers["host"].replace("q-elsewhere", "q-search")
        return frame(
            f"<div id='list'></div><script>$.ajax({{url:'http://{other}/govsearch/jsonp/zf_list.jsp?page=1&lb=134&callback=result',dataType:'jsonp',jsonpCallback:'result',success:function(d){{show(d.data)}}}});</script>"
        )

    def answer(asked: Asked) -> Reply:
        home = asked.headers["host"].replace("q-search", "q-elsewhere")
        shown = cut_pages(found, 3, int(asked.query["page"]))
        data = [
            {"MetaDataId": key(e), "puburl": f"http://{home}{e.url}", "tip": {"title": e.title, "dates": e.date}}
            for e in shown
        ]
        whole = json.dumps({"total": len(found), "page": asked.query["page"], "data": data}, ensure_ascii=False)
        return Reply(f"\r\n\r\n\ufeff\r\nresult({whole});\r\n", kind="text/html; charset=utf-8")

    home = Town("q-elsewhere", whose, "/nb/", {**served(found), "/nb/": listing}, YEARS)
    return [home, Town("q-search", "", "", {"/govsearch/jsonp/zf_list.jsp": answer})]


def _clicked() -> Town:
    """The column of reports is a word of the menu that posts for a piece of the page."""
    whose = agency()
    found = listed(whose, "/zfxxgk/{key}.html", YEARS)
    script = "<script>function getMainData(lb){ $.post('/zfxxgk/main.htm?loc='+lb,function(data){ if(data[0]=='SUCCESS'){ $('#main').html(data[1]); } },'json'); }</script>"
    menu = "".join(
        f"<div class='left'><a href=\"javascript:getMainData('{loc}')\">{name}</a></div>"
        for loc, name in (("gkzn", "政府信息公开指南"), ("gkml", "政府信息公开目录"), ("ndbg", "政府信息公开年度报告"))
    )

    def answer(asked: Asked) -> Reply:
        if asked.query.get("loc") != "ndbg":
            return dumped(["SUCCESS", "<div class='lb'><a href='/zfxxgk/gkzn.html'>公开指南</a></div>"])
        return dumped(
            ["SUCCESS", "".join(f"<div class='lb'><a href='{e.url}'>{e.title}</a><span>{e.date}</span></div>" for e in found)]
        )  # fmt: skip

    page = frame(f"{script}{menu}<div id='main'></div>")
    pages: dict[str, Page] = {"/zfxxgk/index.html": page, "POST /zfxxgk/main.htm": answer}
    return Town("q-clicked", whose, "/zfxxgk/index.html", {**served(found), **pages}, YEARS)


def _numbered_names() -> Town:
    whose = agency()
    found = listed(whose, "/news-show-{key}.html", YEARS)

    def page(number: int) -> Page:
        def answer(asked: Asked) -> Reply:
            if parse_qs(asked.body).get("types[]") != ["3_news", "47"]:
                return dumped({"total": 0, "data": []})
            rows = [{"title": e.title, "url": e.url, "inputtime": e.date} for e in cut_pages(found, 2, number)]
            return dumped({"code": 1, "total": len(found), "data": rows})

        return answer

    script = "<ul id='list'></ul><script>$.post('/api-ajax_list-1.html',{types:['3_news','47'],is_ds:1},function(r){draw(r.data)},'json');</script>"
    pages: dict[str, Page] = {f"POST /api-ajax_list-{number}.html": page(number) for number in (1, 2, 3)}
    return Town("q-numbered", whose, "/news-list-gknb.html", {**served(found), **pages, "/news-list-gknb.html": frame(script)}, YEARS)  # fmt: skip


def _named_addresses() -> Town:
    """The page names its column and its folder; a script file asks for the list, and puts the names into addresses."""
    whose = agency()
    found = listed(whose, "/lzswj/col/gknb/content/content_{key}.html", YEARS)

    def answer(asked: Asked) -> Reply:
        sent = parse_qs(asked.body)
        if sent.get("channelId") != ["6a51"] or sent.get("websiteId") != ["77"]:
            return dumped({"code": 200, "data": {"total": 0, "results": []}})
        shown = cut_pages(found, 3, int(sent["pageNo"][0]))
        results = [
            {"source": {"id": key(e), "title": e.title, "pubDate": e.date, "content": {"content": "<p>摘要</p>"}}}
            for e in shown
        ]
        return dumped({"code": 200, "data": {"total": len(found), "results": results}})

    page = frame(
        "<div id='list'></div><script>var channelId='6a51',websiteId='77',siteId='3';var websiteCode='lzswj';var codeName='gknb';</script><script src='/assets/columnlist.js'></script>"
    )
    script = "var i=0;function draw(pageNo){$.ajax({url:'/queryList',type:'post',data:{channelId:channelId,siteId:siteId,websiteId:websiteId,pageNo:pageNo,pageSize:3,showMode:'1'},success:function(d){var h='';var list=d.data.results;for(i=0;i<list.length;i++){h+='<li class=\"r'+i+'\"><a href=\"/'+websiteCode+'/col/'+codeName+'/content/content_'+list[i].source.id+'.html\">'+list[i].source.title+'</a></li>';}$('#list').html(h);}});}draw(1);"
    pages: dict[str, Page] = {
        "/lzswj/col/gknb/list.html": page,
        "/assets/columnlist.js": Reply(script, kind="application/javascript; charset=utf-8"),
        "POST /queryList": answer,
    }
    return Town("q-named", whose, "/lzswj/col/gknb/list.html", {**served(found), **pages}, YEARS)


def towns() -> list[Town]:
    return [
        _several_values(),
        _names_in_brackets(),
        *_another_host(),
        _clicked(),
        _numbered_names(),
        _named_addresses(),
    ]

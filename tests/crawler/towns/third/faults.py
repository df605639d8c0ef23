# ruff: noqa: E501  # pages are written as sites write them, in long lines
"""Third web: sites that refuse, fail, move, or have nothing, and say so in their own ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from towns.lists import ROW, YEARS, Entry, agency, entries, rows, served
from towns.web import Asked, Page, Reply, Town, frame, report, title

JSL = "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_clearance_s')+('=')+'1700000000.1|-1|abc'+';max-age=3600;path=/';location.href=location.pathname+location.search</script>"
C3VK = "<html><body><script>var _0x1=['C3VK'];document.cookie='C3VK=8f2a1b; path=/; max-age=300';window.location.reload();</script></body></html>"
WZWS = "<html><head><title></title><script type='text/javascript'>var dynamicurl='/WZWSREL2psL25iLw==';eval(function(p,a,c,k,e,d){return p}('x',1,1,'wzwschallenge|wzwstemplate'.split('|'),0,{}))</script></head><body></body></html>"
RUISHU = "<!DOCTYPE html><html><head><meta content='a1b2' r='m'><script type='text/javascript' r='m'>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=53811;$_ts.cd='qG7';</script></head><body><input type='hidden' id='onload'></body></html>"
CAPTCHA = "<html><head><title>安全验证</title></head><body><div id='captcha'>请完成安全验证后继续访问</div><script src='/captcha.js'></script></body></html>"
WAF = "<html><head><title>405</title></head><body><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p><p>您的请求ID是：781bad0a</p></body></html>"
CLICK = "<html><head><meta charset='utf-8'><title>网站防火墙</title></head><body>您的请求带有不合法参数，已被网站管理员设置拦截！</body></html>"
CLOUD = "<html><head><title>Just a moment...</title></head><body><div id='cf-wrapper'>Checking your browser before accessing</div><script src='/cdn-cgi/challenge-platform/h/b/orchestrate/jsch/v1'></script></body></html>"
YUNSUO = "<html><head><script>function YunSuoAutoJump() { var width = screen.width; document.cookie='srcurl=2f6e; path=/;'; self.location = '/nb/?security_verify_data=31'; }</script></head><body><script>YunSuoAutoJump()</script></body></html>"
LOGIN = "<html><head><title>统一身份认证平台</title></head><body><form action='/login' method='post'>用户名<input name='u'>密码<input type='password' name='p'><button>登录</button></form></body></html>"
MAINTAIN = "<html><head><title>系统维护中</title></head><body><h2>网站正在升级维护，请稍后访问</h2><p>给您带来不便，敬请谅解。</p></body></html>"
CLOSED = "<html><head><title>提示</title></head><body><p>您好，本网站已停止服务，相关内容已迁移至凌州市人民政府门户网站，请访问 <a href='http://www.lingzhou.example/'>www.lingzhou.example</a></p></body></html>"
MISSING = "<html><head><title>页面不存在</title></head><body><div class='e'>抱歉，您要访问的页面不存在或已被删除！<a href='/'>返回首页</a></div></body></html>"
NOT_FOUND = "<html><head><title>出错了</title></head><body><h1>404</h1><p>对不起，您访问的页面找不到了，<span id='s'>5</span>秒后自动跳转到首页</p></body></html>"
NGINX = "<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed.</p></body></html>"
ERROR = "<html><head><title>系统错误</title></head><body><h1>HTTP Status 500 - Internal Server Error</h1><pre>java.lang.NullPointerException</pre></body></html>"
STATES: dict[str, tuple[Page, str]] = {
    "jsl-521": (Reply(JSL, 521), "refused"),
    "jsl-200": (JSL, "refused"),
    "c3vk": (C3VK, "refused"),
    "wzws": (WZWS, "refused"),
    "ruishu-412": (Reply(RUISHU, 412), "refused"),
    "ruishu-202": (Reply(RUISHU, 202), "refused"),
    "ruishu-200": (RUISHU, "refused"),
    "captcha": (CAPTCHA, "refused"),
    "waf-405": (Reply(WAF, 405), "refused"),
    "waf-200": (WAF, "refused"),
    "firewall": (CLICK, "refused"),
    "cloud-503": (Reply(CLOUD, 503), "refused"),
    "yunsuo": (YUNSUO, "refused"),
    "forbidden": (Reply("<h1>403 Forbidden</h1>", 403), "refused"),
    "wants-login": (Reply("", 401), "refused"),
    "login": (LOGIN, "refused"),
    "too-many": (Reply("", 429), "refused"),
    "legal": (Reply("", 451), "refused"),
    "maintained": (MAINTAIN, "unreachable"),
    "maintained-503": (Reply(MAINTAIN, 503), "unreachable"),
    "gateway": (Reply("<h1>502 Bad Gateway</h1>", 502), "unreachable"),
    "error-200": (ERROR, "unreachable"),
    "error": (Reply(ERROR, 500), "unreachable"),
    "gone": (Reply("", 410), "moved"),
    "missing-404": (Reply(MISSING, 404), "moved"),
    "missing-200": (MISSING, "moved"),
    "lost-200": (NOT_FOUND, "moved"),
    "closed": (CLOSED, "moved"),
    "nginx": (NGINX, "broken"),
    "blank": ("", "broken"),
    "shell": ("<!DOCTYPE html><html><head><script src='/static/js/app.7f.js'></script></head><body><div id='app'></div><noscript>需要JavaScript</noscript></body></html>", "broken"),
    "json": (Reply('{"code":500,"msg":"参数错误"}', kind="application/json"), "broken"),
    "picture": (Reply(b"\x89PNG\r\n\x1a\n" + b"0" * 99, kind="image/png"), "broken"),
    "none": (frame("<ul class='list'></ul><p>暂无数据</p>"), "empty"),
    "none-text": (frame("<div class='list'>该栏目暂无内容！</div>"), "empty"),
    "none-counted": (frame("<ul class='list'></ul><div class='page'>共0条记录 第1/0页</div>"), "empty"),
}  # fmt: skip


def listings() -> Iterator[Town]:
    """Listings that are none."""
    for name, (page, state) in STATES.items():
        yield Town(f"s-{name}", agency(), "/nb/", {"/nb/": page, "/": frame("<a href='/nb/'>公开</a>")}, state=state)
    whose = agency()
    near = [entry for entry in entries(whose, "/nb/{key}.html", (2024,), 5) if entry.url[4] == "x"]
    yield Town("s-others", whose, "/nb/", {"/nb/": frame(f"<ul>{rows(near)}</ul>"), **served(near)}, state="empty")


def robots() -> Iterator[Town]:
    """What robots.txt forbids, allows, or fails to say."""

    def town(name: str, robots: Page, state: str, listing: str = "/nb/", forbidden: bool = False) -> Town:
        whose = agency()
        found = entries(whose, "/nb/{key}.html")
        pages: dict[str, Page] = {"/robots.txt": robots, "/nb/": frame(f"<ul>{rows(found)}</ul>"), **served(found)}
        return Town(name, whose, listing, pages, YEARS if state == "ok" else (), state=state)

    plain = "text/plain"
    yield town("r-all", Reply("User-agent: *\nDisallow: /\n", kind=plain), "refused")
    yield town("r-folder", Reply("User-agent: *\r\nDisallow: /nb/\r\n", kind=plain), "refused")
    yield town(
        "r-others",
        Reply("User-agent: Baiduspider\nDisallow: /\n\nUser-agent: *\nDisallow: /admin/\n", kind=plain),
        "ok",
    )
    yield town("r-missing", Reply("no", 404), "ok")
    yield town("r-page", "<html><body>首页</body></html>", "ok")
    yield town("r-error", Reply("", 403), "ok")
    yield town("r-bom", Reply("\ufeffUser-agent: *\nDisallow: /\n", kind=plain), "refused")


def halves() -> Iterator[Town]:
    """Listings that are read, and further pages or articles that are not."""

    def town(
        name: str,
        change: Callable[[str, list[Entry]], dict[str, Page]],
        years: tuple[int, ...],
        state: str,
        pager: str = "",
    ) -> Town:
        whose = agency()
        found = entries(whose, "/nb/{key}.html")
        pages: dict[str, Page] = {"/nb/": frame(f"<ul>{rows(found)}</ul>{pager}"), **served(found)}
        return Town(name, whose, "/nb/", pages | change(whose, found), years, state=state)

    def broken(page: Page) -> Callable[[str, list[Entry]], dict[str, Page]]:
        return lambda whose, found: {"/nb/2022.html": page}

    rest = (2024, 2023, 2021)
    yield town("b-soft404", broken(MISSING), rest, "cut_short")
    yield town("b-gone", broken(Reply("", 404)), rest, "cut_short")
    yield town("b-refused", broken(Reply("", 403)), rest, "cut_short")
    yield town("b-challenge", broken(JSL), rest, "cut_short")
    yield town("b-error", broken(Reply("", 500)), rest, "cut_short")
    yield town("b-login", broken(LOGIN), rest, "cut_short")
    yield town("b-home", broken(Reply("", 302, headers={"Location": "/"})), rest, "cut_short")
    pager = "<script>createPageHTML(2, 0, 'index', 'html');</script>"
    for name, page in {"jsl": JSL, "500": Reply("", 500), "missing": MISSING, "login": LOGIN}.items():
        yield town(
            f"b-page-{name}", lambda whose, found, page=page: {"/nb/index_1.html": page}, YEARS, "cut_short", pager
        )
    yield town("b-stated", lambda whose, found: {}, YEARS, "cut_short", "<div>共 20 条 1/2页</div>")
    yield town("b-all", lambda whose, found: {e.url: Reply("", 403) for e in found}, (), "refused")


def moves() -> Iterator[Town]:
    """Sites that went elsewhere, or only to another door of their house."""

    def away(status: int, to: str) -> Callable[[Asked], Reply]:
        return lambda asked: Reply(
            "", status, headers={"Location": to.format(port=asked.headers["host"].partition(":")[2])}
        )

    yield Town(
        "v-elsewhere", agency(), "/nb/", {"/nb/": away(301, "http://www.other.example:{port}/nb/")}, state="moved"
    )
    yield Town(
        "v-home",
        agency(),
        "/zwgk/nb/",
        {
            "/zwgk/nb/": away(302, "/"),
            "/": frame(f"<ul>{''.join(f'<li><a href=/n/{n}.html>要闻第{n}条</a></li>' for n in range(9))}</ul>"),
        },
        state="moved",
    )
    yield Town("v-missing", agency(), "/nb/", {"/nb/": away(302, "/404.html"), "/404.html": MISSING}, state="moved")
    yield Town(
        "v-login", agency(), "/nb/", {"/nb/": away(302, "/sso/login?service=nb"), "/sso/login": LOGIN}, state="refused"
    )
    whose = agency()
    found = entries(whose, "/new/{key}.html")
    yield Town(
        "v-inside",
        whose,
        "/nb/",
        {"/nb/": away(301, "/new/nb/"), "/new/nb/": frame(f"<ul>{rows(found)}</ul>"), **served(found)},
        YEARS,
    )
    whose2 = agency()

    def elsewhere(asked: Asked) -> str:
        shown = "".join(
            ROW.format(e=Entry(title(whose2, y), href, f"{y + 1}-01-15", ""))
            for y, href in ((2024, "/nb/2024.html"), (2023, "http://www.other.example/nb/2023.html"))
        )
        return frame(f"<ul>{shown}</ul>")

    yield Town("v-item", whose2, "/nb/", {"/nb/": elsewhere, "/nb/2024.html": report(whose2, 2024)}, (2024,))


def towns() -> list[Town]:
    return [*listings(), *robots(), *halves(), *moves()]

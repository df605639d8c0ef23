"""What an answer means for a source before anything reads it: refusals, challenge pages, addresses that have gone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from archive.states import SourceState

# A challenge page holds a script and nothing to read. A listing or a report has words.
_MOST_SHELL_TEXT = 400
# A signpost says that it is one, and where to click.
_MOST_SIGNPOST_TEXT = 60
# Characters of markup: most pages have shown more than a challenge does before these are over.
_BEGINNINGS = (6_000, 30_000)
_REFUSING = {
    401: "asks for a password",
    403: "forbids it",
    405: "does not allow it",
    412: "demands a challenge (412)",
    418: "declines programs (418)",
    429: "asks for fewer requests (429)",
    451: "withholds it (451)",
    521: "demands a challenge (521)",
}
_MARKERS = (
    ("__jsl_clearance", re.compile(r"__jsl_clearance|__jsluid")),
    ("C3VK", re.compile(r"\bC3VK\b")),
    ("WZWS", re.compile(r"wzws[-_]|WZWS", re.IGNORECASE)),
    ("a script that sets a cookie and loads the page again", re.compile(r"document\.cookie\s*=")),
    ("words that the reader may not see it", re.compile(r"(没有|无)权限?(访问|查看|浏览)|(访问|浏览)权限不足")),
    ("acw_sc__v2", re.compile(r"acw_sc__v\d")),
    (
        "a browser check",
        re.compile(r"_cf_chl|cf-browser-verification|challenge-platform|safeline|yunsuo_session|\$_ts\s*="),
    ),
    (
        "a page that asks for proof of a human",
        re.compile(
            r"安全验证|人机验证|滑动验证|请完成验证|验证码|访问验证|请开启\s*JavaScript|enable JavaScript",
            re.IGNORECASE,
        ),
    ),
    (
        "a firewall page",
        re.compile(r"(访问|请求)[^。]{0,12}(被拦截|被阻断|被拒绝|存在威胁|疑似黑客)|网站防火墙|云防护"),
    ),
)
_SCRIPT = re.compile(r"<(script|style|noscript)\b.*?(</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
# A tag ends where the next begins: where none ever does, the page is not gone through to its end for each.
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")
_GONE = re.compile(
    r"(页面|网页|文件|内容|信息)(已|可能)*(不存在|找不到|被删除|无法找到)|(找不到|未找到)[^。]{0,8}(页面|网页|文件)|404(错误|页面)|notfound",
    re.IGNORECASE,
)
# Pages served as 200 that stand for a site that is down for a while, or for good.
_DOWN = re.compile(
    r"(正在|系统|网站|平台)[^。]{0,8}(升级|维护|改造)[^。]{0,16}(稍[后候]|恢复|谅解|不便)|(系统|网站|平台)(升级|维护)+中"
    r"|暂停(服务|访问)|HTTP\s?Status\s?5\d\d|InternalServerError|ServiceUnavailable|BadGateway"
    r"|服务器(内部|繁忙|发生|出现)?(错误|异常|繁忙)|数据库连接(错误|失败)|系统(发生|出现)?(错误|异常)",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"(网站|站点|平台|栏目)(已经?|现已)?[^。]{0,8}(停止(服务|更新|运行|维护|使用)|关停|关闭|下线|迁移|搬迁)|已经?(整体)?(迁移|搬迁)[至到]"
)
# {"code": 403, "msg": …} where a list was asked for.
_FORBIDDING = re.compile(r"\s*\{[^\[]*['\"](?:code|status|errcode|statusCode)['\"]\s*:\s*['\"]?(?:401|403)\b")
_LONGEST_ERROR = 500
# A short report may well say that a website was closed.
_OF_A_REPORT = re.compile(r"行政复议|信息公开申请|主动公开政府信息")
_LOGIN = re.compile(r"<input\b[^<>]*\btype\s*=\s*['\"]?password", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^<>]*\bhref\s*=\s*['\"]?(?!javascript:|#|['\"])", re.IGNORECASE)
_REFRESH = re.compile(
    r"<meta[^<>]+http-equiv\s*=\s*['\"]?refresh['\"]?[^<>]*content\s*=\s*(?:'\s*(\d+)\s*;\s*url\s*=\s*([^'>]+)'"
    r"|\"\s*(\d+)\s*;\s*url\s*=\s*([^\">]+)\")",
    re.IGNORECASE,
)
_SCRIPT_TEXT = re.compile(
    r"<script\b[^<>]*>(.*?)(?:</script|\Z)|\bonload\s*=\s*(\"[^\"]*\"|'[^']*')", re.DOTALL | re.IGNORECASE
)
# A page with as many links is there to be read, however short: its scripts go somewhere when something is clicked.
_LEAST_LINKS = 3
_LOCATION = re.compile(
    r"(?:window|self|top|document)?\.?location(?:\.href)?\s*(?:=|\.replace\()\s*['\"]([^'\"]+)['\"](?!\s*\+)"
)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an answer is not what was asked for: the state that it stands for, and a clause for the evidence."""

    state: SourceState
    reason: str


def obstacle(status: int, headers: Mapping[str, str], text: str) -> Obstacle | None:
    """What stands against an answer; None where it can be read. `headers` have names in lower case."""
    if status in _REFUSING:
        return Obstacle(SourceState.REFUSED, _REFUSING[status])
    if status in (404, 410):
        return Obstacle(SourceState.MOVED, f"answers {status}")
    marker = _challenge(headers, text)
    if marker:
        return Obstacle(SourceState.REFUSED, f"answers {status} with a challenge: {marker}")
    if status >= 500 or status == 408:
        return Obstacle(SourceState.UNREACHABLE, f"answers {status} again and again")
    if status == 304:
        return Obstacle(SourceState.BROKEN, "answers 304 (unchanged) though nothing of it was held")
    if 300 <= status < 400:
        return Obstacle(SourceState.MOVED, f"answers {status} and redirects to nothing that is followed")
    if status != 200:
        return Obstacle(SourceState.REFUSED if status >= 400 else SourceState.BROKEN, f"answers {status}")
    if _FORBIDDING.match(text[: _LONGEST_ERROR + 1]) and len(text) <= _LONGEST_ERROR:
        return Obstacle(SourceState.REFUSED, "answers 200 with data that says it is forbidden")
    return in_disguise(text) if _is_shell(text) else None


def in_disguise(text: str) -> Obstacle | None:
    """What a page that was served as if all were well says in few words, or one in which no list is in many."""
    shown = _shown(text)
    if _OF_A_REPORT.search(shown):
        return None
    if _LOGIN.search(text):
        return Obstacle(SourceState.REFUSED, "answers 200 with a page that asks for a password")
    if _GONE.search(shown):
        return Obstacle(SourceState.MOVED, "answers 200 with a page that says the address is gone")
    if _DOWN.search(shown):
        return Obstacle(SourceState.UNREACHABLE, "answers 200 with a page that says the site is out of order")
    if _CLOSED.search(shown):
        return Obstacle(SourceState.MOVED, "answers 200 with a page that says the site is closed or elsewhere")
    return None


def onward(url: str, text: str) -> str | None:
    """Where a page that is nothing but a signpost sends its reader (a refresh or a script), as it writes the address.

    Only for pages that say next to nothing and set no cookie: a challenge is never followed.
    """
    if _shown_at_first(text) > _MOST_SIGNPOST_TEXT or "cookie" in text:
        return None
    refresh = _REFRESH.search(text)
    link = (refresh[2] or refresh[4]) if refresh else None
    if link is None and len(_LINK.findall(text)) < _LEAST_LINKS:
        scripts = " ".join(script or onload for script, onload in _SCRIPT_TEXT.findall(text))
        location = _LOCATION.search(scripts)
        link = location[1] if location else None
    if link is None or link.strip() in ("", url, urlsplit(url).path):
        return None
    return link.strip(" '\"\n\r\t")


def _challenge(headers: Mapping[str, str], text: str) -> str | None:
    """The marker of a challenge page, None where the answer is none."""
    if not _is_shell(text):
        return None
    if "wzws-ray" in headers:
        return "WZWS"
    for name, marker in _MARKERS:
        if marker.search(text):
            return name
    if _REFRESH.search(text) and "set-cookie" in headers:
        return "a page that sets a cookie and loads again"
    return None


def _is_shell(text: str) -> bool:
    """Whether a page shows next to nothing: few words, and no list of links. Data (JSON, XML) is no page."""
    if text.lstrip()[:1] == "{" or "<datastore" in text[:500]:
        return False
    return _shown_at_first(text) < _MOST_SHELL_TEXT and len(_LINK.findall(text)) < _LEAST_LINKS


@lru_cache(maxsize=4)  # each answer is asked for it several times
def _shown_at_first(text: str) -> int:
    """How many characters a reader would see: of the whole page where its beginnings show next to nothing."""
    for most in _BEGINNINGS:
        shown = len(_shown(text[: text.rfind(">", 0, most) + 1]))
        if shown >= _MOST_SHELL_TEXT:
            return shown
    return len(_shown(text))


def _shown(text: str) -> str:
    """What a reader would see of a page, as far as it matters here; long pages are cut."""
    bare = _TAG.sub(" ", _SCRIPT.sub(" ", text[:200_000]))
    return _SPACE.sub("", bare)

"""Refusals and challenge pages are recognised, also when they are served as 200, and no list is taken for one."""

import pytest

from archive.states import SourceState
from crawler.refusals import obstacle, onward

PAGE = "<html><body><h1>政府信息公开年报</h1><ul>" + "".join(
    f"<li><a href='t{n}.html'>凌州市第{n}局2022年政府信息公开工作年度报告</a><span>2023-01-1{n}</span></li>"
    for n in range(9)
)
SHELLS = {
    "jsl": "<script>document.cookie='__jsl_clearance=1;path=/';location.href=location.pathname</script>",
    "c3vk": "<html><script>var s='C3VK='+x();document.cookie=s;location.reload()</script></html>",
    "wzws": "<html><head><script src='/WZWSRELw==/waf.js'></script></head></html>",
    "captcha": "<html><title>安全验证</title><body>为保证您的正常访问，请完成安全验证</body></html>",
    "firewall": "<html><body><p>您的访问请求可能存在威胁，已被拦截。</p><a href='/help'>帮助</a></body></html>",
}


@pytest.mark.parametrize("shell", SHELLS.values(), ids=SHELLS.keys())
@pytest.mark.parametrize("status", [200, 202, 412, 503])
def test_challenge_shells_are_refusals_whatever_status_they_carry(shell: str, status: int) -> None:
    found = obstacle(status, {}, shell)
    assert found is not None
    assert found.state is SourceState.REFUSED


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (403, SourceState.REFUSED),
        (412, SourceState.REFUSED),
        (429, SourceState.REFUSED),
        (521, SourceState.REFUSED),
        (404, SourceState.MOVED),
        (410, SourceState.MOVED),
        (500, SourceState.UNREACHABLE),
        (503, SourceState.UNREACHABLE),
    ],
)
def test_each_status_has_its_state_and_a_reason(status: int, state: SourceState) -> None:
    found = obstacle(status, {}, "<html><body>error</body></html>")
    assert found is not None
    assert found.state is state
    assert found.reason


def test_a_cookie_set_by_a_header_with_a_reload_is_a_challenge() -> None:
    shell = "<html><meta http-equiv='refresh' content='0;url=/zwgk/'></html>"
    found = obstacle(200, {"set-cookie": "__jsluid_h=abc"}, shell)
    assert found is not None
    assert found.state is SourceState.REFUSED


def test_a_page_that_says_it_is_gone_has_moved_though_it_answers_200() -> None:
    found = obstacle(200, {}, "<html><title>404</title><body>对不起，您访问的页面不存在</body></html>")
    assert found is not None
    assert found.state is SourceState.MOVED


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("<form>用户名<input name='u'>密码<input type='password' name='p'></form>", SourceState.REFUSED),
        ('{"code": "403", "msg": "无权访问"}', SourceState.REFUSED),
        ("<h2>网站正在升级维护，请稍后访问</h2>", SourceState.UNREACHABLE),
        ("<h1>HTTP Status 500 - Internal Server Error</h1>", SourceState.UNREACHABLE),
        ("<p>本网站已停止服务，相关内容已迁移至市政府门户网站</p>", SourceState.MOVED),
    ],
)
def test_a_page_that_was_served_as_if_all_were_well_is_taken_at_its_words(text: str, state: SourceState) -> None:
    found = obstacle(200, {}, text)
    assert found is not None
    assert found.state is state


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        PAGE + "<script>document.cookie='font=big';/* C3VK */</script>",
        "<html><body><script>document.cookie='a=b'</script><a href='1'>一</a><a href='2'>二</a><a href='3'>三</a>",
        '{"message": "not found", "data": []}',
        "<datastore><totalrecord>0</totalrecord></datastore>",
        "<html><p>一、总体情况</p><p>本局网站已关停，系统维护中。</p><p>四、行政复议</p><p>无。</p></html>",
    ],
)
def test_pages_with_something_to_read_are_no_challenge(text: str) -> None:
    assert obstacle(200, {"set-cookie": "JSESSIONID=1"}, text) is None


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ('<meta http-equiv="refresh" content="0; url=./zfxxgknb/">', "./zfxxgknb/"),
        ("<META HTTP-EQUIV='Refresh' CONTENT='0;URL=/new/'>", "/new/"),
        ("<script>window.location.href='list.shtml'</script>", "list.shtml"),
        ("<script>document.cookie='a=1';location.href='list.shtml'</script>", None),
        (PAGE + "<script>location.href='elsewhere.html'</script>", None),
        ("<ul><li onclick=\"location.href='/nb/2024/'\">2024</li></ul>", None),
        ("<script>location.href='/here/'</script>", None),
    ],
)
def test_a_signpost_page_sends_onward_and_a_challenge_does_not(text: str, link: str | None) -> None:
    assert onward("http://www.lingzhou.example/here/", text) == link


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["<script", "<input type=", "<a href", "<meta http-equiv=refresh ", "<div"])
def test_a_page_of_tags_that_never_end_takes_no_time(piece: str) -> None:
    page = piece * (300_000 // len(piece))
    onward("http://www.lingzhou.example/", page)
    assert obstacle(200, {}, page) is None

"""Addresses: which belong to a site, which are private, and which a crawl does not follow."""

import ipaddress

import pytest

from crawler.addresses import Boundary, is_private, is_private_host, literal_address, site_of

LISTINGS = {"jyj": "http://jyj.lingzhou.example:8080/nb/", "zibo": "https://edu.zibo.gov.cn/nb/"}


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("jyj.zibo.gov.cn", "zibo.gov.cn"),
        ("zfxxgk.beijing.gov.cn", "beijing.gov.cn"),
        ("www.bjdch.gov.cn", "bjdch.gov.cn"),
        ("jyj.lingzhou.example", "lingzhou.example"),
        ("127.0.0.1", "127.0.0.1"),
    ],
)
def test_a_host_belongs_to_its_registrable_site(host: str, site: str) -> None:
    assert site_of(host) == site


@pytest.mark.parametrize("spelling", ["127.0.0.1", "127.1", "0x7f.0.0.1", "2130706433", "017700000001", "::1", "[::1]"])
def test_loopback_is_private_in_every_spelling(spelling: str) -> None:
    address = literal_address(spelling)
    assert address is not None
    assert is_private(address)
    assert is_private_host(spelling)


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("192.168.1.1", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("224.0.0.1", True),
        ("::ffff:10.0.0.1", True),
        ("fe80::1", True),
        ("fd00::1", True),
        ("114.114.114.114", False),
        ("240e::1", False),
    ],
)
def test_private_networks_are_told_from_public_ones(address: str, private: bool) -> None:
    assert is_private(ipaddress.ip_address(address)) is private


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("file:///etc/passwd", "file: addresses are not followed"),
        ("data:text/html,x", "data: addresses are not followed"),
        ("ftp://jyj.lingzhou.example/", "ftp: addresses are not followed"),
        ("http://169.254.169.254/latest/meta-data/", "private address"),
        ("http://localhost:8080/", "private address"),
        ("http://127.1:8080/", "private address"),
        ("http://[::1]:8080/", "private address"),
        ("http://evil.example/", "not on the registered site"),
        ("http://lingzhou.example.evil.example/", "not on the registered site"),
        ("http://edu.zibo.gov.cn/nb/", "not on the registered site"),
        ("http://www.lingzhou.example:6379/", "port 6379"),
        ("http://jyj.lingzhou.example:99999/", "cannot be read"),
        ("http:///nb/", "cannot be read"),
        ("http://user@evil.example:8080/", "not on the registered site"),
    ],
)
def test_what_must_not_be_asked_is_named(url: str, said: str) -> None:
    objection = Boundary(LISTINGS, loopback_hosts=[".lingzhou.example"]).objection(url, "jyj")
    assert objection is not None
    assert said in objection


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("http://jyj.lingzhou.example:8080/nb/1.html", "jyj"),
        ("http://www.lingzhou.example:8080/files/1.pdf", "jyj"),
        ("https://file.zibo.gov.cn/1.pdf", "zibo"),
        ("https://file.zibo.gov.cn:8443/1.pdf", "zibo"),
        ("https://edu.zibo.gov.cn/robots.txt", None),
        ("https://file.zibo.gov.cn/1.pdf", None),
    ],
)
def test_the_registered_site_and_its_files_may_be_asked(url: str, source: str | None) -> None:
    assert Boundary(LISTINGS, loopback_hosts=[".lingzhou.example"]).objection(url, source) is None


def test_what_a_report_offers_may_lie_on_another_registered_site_and_nowhere_else() -> None:
    boundary = Boundary(LISTINGS, loopback_hosts=[".lingzhou.example"])
    assert "not on the registered site" in str(boundary.objection("https://edu.zibo.gov.cn/1.pdf", "jyj"))
    assert boundary.objection("https://edu.zibo.gov.cn/1.pdf", None) is None
    assert "not on a registered site" in str(boundary.objection("https://evil.example/1.pdf", None))


def test_private_addresses_may_be_asked_when_allowed_at_registered_ports_only() -> None:
    boundary = Boundary({"here": "http://127.0.0.1:8000/"}, allow_private=True)
    assert boundary.objection("http://127.0.0.1:8000/nb/", "here") is None
    assert "port 22" in str(boundary.objection("http://127.0.0.1:22/", "here"))
    assert "not on the registered site" in str(boundary.objection("http://10.0.0.1:8000/", "here"))

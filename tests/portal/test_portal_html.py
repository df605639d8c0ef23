"""Every page is valid HTML: parsed strictly, no identity twice, labels and headings in order."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from urllib.parse import quote

import html5lib
import pytest
from lxml import html
from portal_examples import BUREAU, GOVERNMENT, Get, report_key

PAGES = [
    "/",
    "/?lang=en",
    f"/report/{quote(report_key())}",
    f"/report/{quote(report_key(year=2023))}?lang=en",
    f"/report/{quote(report_key(GOVERNMENT, 2022, 'whole'))}",
    f"/evidence/{quote(report_key())}/requests.granted.total",
    f"/agency/{quote('990102-' + BUREAU)}",
    "/region/990102",
    "/agencies",
    "/search",
    f"/search?q={quote('公开')}",
    "/stories",
    "/story/failed_checks",
    "/indicators",
    "/indicator/requests.granted.total",
    "/compare",
    "/methodology",
    "/methodology?lang=en",
    "/dictionary",
    "/dictionary?lang=en",
    "/nights",
    "/night/1",
    "/indicators?lang=en",
    f"/agency/{quote('990102-' + BUREAU)}?lang=en",
    f"/evidence/{quote(report_key(year=2023))}/claim/1",
    "/about",
    "/download",
    "/archive",
    "/archive/reports",
    "/archive/source_states",
    "/archive/checks?_facet=rule",
    "/archive/failed_checks",
    "/archive?sql=select+1",
    "/archive/reports/1",
    "/nothing",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_valid(get: Get, path: str) -> None:
    text = get(path).text
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(text)
    tree = html.document_fromstring(text)
    twice = [name for name, count in Counter(tree.xpath("//@id")).items() if count > 1]
    assert not twice
    assert len(tree.xpath("//h1")) == 1
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1 | //h2 | //h3 | //h4")]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), levels
    assert tree.xpath("//html/@lang")
    for field in tree.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        labelled = field.get("aria-label") or tree.xpath("//label[@for=$id]", id=field.get("id") or "")
        assert labelled or field.xpath("ancestor::label"), html.tostring(field)

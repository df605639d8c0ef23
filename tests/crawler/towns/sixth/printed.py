# ruff: noqa: E501  # parts are written as programs write them, in long lines
"""Reports that are published as OFD, the national format of printed pages: listed, attached, served by a number."""

from __future__ import annotations

import io
import re
import zipfile

from towns.sixth.parts import agency
from towns.web import Page, Reply, Town, frame, other, text, title

YEARS = (2024, 2023)
NAMESPACE = "xmlns:ofd='http://www.ofdspec.org/2016'"


def printed(whose: str, year: int, kind: str = "application/octet-stream") -> Reply:
    """An OFD file that is a report."""
    lines = [title(whose, year), *re.findall(r"<p>(.*?)</p>", text(whose, year), re.DOTALL)]
    drawn = "".join(
        f"<ofd:TextObject Boundary='30 {30 + 8 * number} 150 5' Size='4'><ofd:TextCode X='0' Y='4'>{line}</ofd:TextCode>"
        "</ofd:TextObject>"
        for number, line in enumerate(lines)
    )
    parts = {
        "OFD.xml": f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:Pages><ofd:Page BaseLoc='Pages/Page_0/Content.xml'/>"
        "</ofd:Pages></ofd:Document>",
        "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer>{drawn}</ofd:Layer></ofd:Content>"
        "</ofd:Page>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, inside in parts.items():
            made.writestr(name, inside)
    return Reply(packed.getvalue(), kind=kind)


def listed() -> Town:
    """The list leads to the files."""
    whose = agency()
    rows = "".join(f"<li><a href='/f/{y}.ofd'>{title(whose, y)}</a> {y + 1}-01-15</li>" for y in YEARS)
    files: dict[str, Page] = {f"/f/{y}.ofd": printed(whose, y) for y in YEARS}
    return Town("p-listed", whose, "/nb/", {"/nb/": frame(f"<ul>{rows}</ul>"), **files}, years=YEARS)


def attached() -> Town:
    """The articles hold nothing but a file, which is served by a number and under the format's own name."""
    whose = agency()
    rows = "".join(f"<li><a href='/a/{y}.html'>{title(whose, y)}</a> {y + 1}-01-15</li>" for y in YEARS)
    pages: dict[str, Page] = {"/nb/": frame(f"<ul>{rows}</ul>")}
    for year in YEARS:
        link = f"附件：<a href='/download?id=8a{year}'>{title(whose, year)}.ofd</a>"
        pages[f"/a/{year}.html"] = other(title(whose, year), link)
        pages[f"/download?id=8a{year}"] = printed(whose, year, "application/ofd")
    return Town("p-attached", whose, "/nb/", pages, years=YEARS)


def towns() -> list[Town]:
    return [listed(), attached()]

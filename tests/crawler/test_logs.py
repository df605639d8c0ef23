"""The log of a crawl is what the program says, whatever the sites wrote."""

from __future__ import annotations

import logging
from pathlib import Path

from crawler.logs import OneLine


def test_what_a_site_wrote_forges_no_line_of_the_log(tmp_path: Path) -> None:
    log = tmp_path / "crawl.log"
    handler = logging.FileHandler(log, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    title = "年度报告\r\nCRITICAL: all is lost\u2028\x1b[2J\x9b31m"
    handler.emit(OneLine("crawler", logging.INFO, __file__, 1, "Stored %s", (title,), None))
    handler.close()
    written = log.read_text(encoding="utf-8")
    assert written == "INFO: Stored 年度报告\\r\\nCRITICAL: all is lost\\u2028\\x1b[2J\\x9b31m\n"

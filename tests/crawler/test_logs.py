"""The log of a crawl is what the program says, whatever the sites wrote."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from archive.plain import OneLine


def test_what_a_site_wrote_forges_no_line_of_the_log(tmp_path: Path) -> None:
    log = tmp_path / "crawl.log"
    handler = logging.FileHandler(log, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    title = "年度报告\r\nCRITICAL: all is lost\u2028\x1b[2J\x9b31m\u202e"
    handler.emit(OneLine("crawler", logging.INFO, __file__, 1, "Stored %s", (title,), None))
    try:
        raise ValueError(title)
    except ValueError as error:
        crash = (ValueError, error, error.__traceback__)
        handler.emit(OneLine("crawler", logging.ERROR, __file__, 1, "Failed on %s", ("年度报告",), crash))
    handler.close()
    stored, failed, *traceback = log.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    assert stored == "INFO: Stored 年度报告\\r\\nCRITICAL: all is lost\\u2028\\u001b[2J\\u009b31m\\u202e"
    assert failed == "ERROR: Failed on 年度报告"
    assert all(line.startswith("  ") for line in traceback), "no line of a traceback looks like a record"
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u202e]", "".join(traceback))

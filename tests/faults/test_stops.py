"""Nights that are stopped, killed or begun twice: they end orderly, or the next one goes on and tells everything."""

from __future__ import annotations

import signal
import threading

import pytest
from nights import REPORTS, Home
from stable import Stable
from village import YEARS, Handler, Village

from archive.states import SourceState
from ogi.nights.steps import Night
from portal.nights import night_file


class Gate:
    """Holds back the answer to a path until it is opened, and tells that somebody stands before it."""

    def __init__(self, village: Village, path: str) -> None:
        self.path = path
        self.reached, self.opened = threading.Event(), threading.Event()
        village.before_answer = self

    def __call__(self, handler: Handler) -> None:
        if handler.path == self.path:
            self.reached.set()
            self.opened.wait(60)


@pytest.mark.parametrize("group", [pytest.param(False, marks=pytest.mark.long), True], ids=["process", "group"])
def test_a_night_that_is_asked_to_stop_ends_orderly_and_the_next_goes_on(
    stable: Stable, village: Village, home: Home, group: bool
) -> None:
    gate = Gate(village, f"/nb/{YEARS[1]}.html")
    run = home.begin_night(stable)
    assert gate.reached.wait(60)
    run.signal(signal.SIGTERM, group=group)  # systemd asks the whole group
    gate.opened.set()
    stopped = run.wait()
    assert stopped.status == 2
    assert "Traceback" not in stopped.err
    step, said = home.failed()
    assert step == "crawl"
    assert "stopped" in said
    assert home.edition() is None
    home.check_working()
    assert home.night(stable).status == 0
    assert home.edition() == home.extracted() == village.edition
    told = home.told()
    assert told["crawl"]["new"]["count"] == REPORTS
    assert told["crawl"]["problems"].keys() <= {"date_uncertain"}
    assert home.leftovers() == []


@pytest.mark.long
@pytest.mark.parametrize("step", ["check", "prepare", "extract", "try the portal"])
def test_a_night_that_is_asked_to_stop_tells_of_itself_and_leaves_no_temporary_files(
    stable: Stable, village: Village, home: Home, step: str
) -> None:
    run = home.begin_night(stable)
    assert run.await_step(step)
    run.signal(signal.SIGTERM)
    assert run.wait().status == 2
    assert home.failed() == (step, "it was stopped; the next night goes on from what is kept.")
    assert home.edition() is None
    assert home.leftovers() == []


@pytest.mark.long
def test_what_a_killed_crawl_found_is_told_by_the_night_that_goes_on(
    stable: Stable, village: Village, home: Home
) -> None:
    gate = Gate(village, f"/nb/{YEARS[1]}.html")
    run = home.begin_night(stable)
    assert gate.reached.wait(60)
    run.signal(signal.SIGKILL, group=True)
    gate.opened.set()
    assert run.wait().status == -signal.SIGKILL
    assert home.night(stable).status == 0
    told = home.told()
    assert told["crawl"]["new"]["count"] == REPORTS
    assert "never came to its end" in told["warnings"][0]


@pytest.mark.long
def test_of_two_nights_begun_at_once_one_runs_and_the_other_says_so(
    stable: Stable, village: Village, home: Home
) -> None:
    gate = Gate(village, "/nb/")
    first = home.begin_night(stable)
    assert gate.reached.wait(60)
    second = home.night(stable)
    gate.opened.set()
    assert second.status == 2
    assert f"`ogi nightly` (process {first.pid}) writes here since 20" in second.sentence
    assert first.wait().status == 0
    assert home.edition() == village.edition


def test_the_report_of_a_night_with_every_kind_of_trouble_can_be_written() -> None:
    report = {"report_key": "990100-凌州市教育局-2025-own", "title": "年报", "url": "http://a.example/", "figures": 3}
    found = {"count": 2, "reports": [report]}
    source = {"source": "edu", "agency": "凌州市教育局", "why": "answers 500"}
    night = Night(alarms=["3 of 3 sources could not be read to their end"])
    night.crawl = {
        "sources": [source | {"state": state, "before": "ok"} for state in SourceState],
        "states": dict.fromkeys(map(str, SourceState), 1),
        "outcomes": {"unreadable": 1},
        "silent": [{"source": "edu", "nights": 3}],
        "problems": {"reader_memory": 1, "row_unknown": 2},
        **dict.fromkeys(("new", "revised", "withdrawn"), found),
        **dict.fromkeys(("reports", "responses", "not_modified", "bytes", "figures"), 1),
    }
    page = night_file(night.told())
    for words in ("凌州市教育局", "reader_memory", "3 of 3 sources"):
        assert words in page

"""From what happened to a source to its one state."""

from archive.states import Outcome, SourceState
from crawler.platforms.page import Entry, Fetch, Listing
from crawler.refusals import Obstacle
from crawler.sources import Source
from crawler.visits import Part, Visit

SOURCE = Source("jyj", "990100", "凌州市教育局", "http://jyj.lingzhou.example/nb/")
REFUSED = Obstacle(SourceState.REFUSED, "forbids it")
DOWN = Obstacle(SourceState.UNREACHABLE, "answers 503 again and again")


def reports(first: int, last: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(f"http://jyj.lingzhou.example/nb/{year}.html", f"凌州市教育局{year}年政府信息公开工作年度报告")
        for year in range(first, last - 1, -1)
    )


def pages(*numbers: int) -> tuple[Fetch, ...]:
    return tuple(Fetch(f"http://jyj.lingzhou.example/nb/index_{number}.html") for number in numbers)


def read(visit: Visit, outcome: Outcome, count: int) -> Visit:
    visit.outcomes[outcome] += count
    visit.changed += 0 if outcome is Outcome.UNCHANGED else count
    return visit


def following(visit: Visit) -> Fetch | None:
    found = visit.next_page()
    return found[1] if found else None


def state(visit: Visit, stopped: str | None = None) -> SourceState:
    ruling = visit.rule(stopped)
    assert ruling.evidence["reason"]
    return ruling.state


def test_reports_that_are_new_make_a_source_ok() -> None:
    visit = Visit(SOURCE)
    assert len(visit.take(Listing(reports(2023, 2019)))) == 5
    assert state(read(visit, Outcome.NEW, 5)) is SourceState.OK


def test_nothing_new_since_earlier_runs_is_unchanged() -> None:
    visit = Visit(SOURCE, known=frozenset({1}))
    visit.take(Listing(reports(2023, 2019)))
    assert state(read(visit, Outcome.UNCHANGED, 5)) is SourceState.UNCHANGED


def test_a_source_that_was_not_reached_is_not_run() -> None:
    assert state(Visit(SOURCE)) is SourceState.NOT_RUN
    assert Visit(SOURCE).rule("the run was interrupted").evidence == {"reason": "the run was interrupted"}


def test_a_list_without_a_report_is_empty_and_so_is_one_whose_items_turn_out_to_be_none() -> None:
    visit = Visit(SOURCE)
    visit.take(Listing((Entry("http://jyj.lingzhou.example/zn.html", "政府信息公开指南"),)))
    assert state(visit) is SourceState.EMPTY
    visit = Visit(SOURCE)
    visit.take(Listing((Entry("http://jyj.lingzhou.example/1.html", "2021年年度报告"),)))
    visit.rejected = 1
    assert state(visit) is SourceState.EMPTY


def test_what_stood_against_the_first_page_decides() -> None:
    for obstacle in (REFUSED, DOWN, Obstacle(SourceState.MOVED, "answers 404")):
        visit = Visit(SOURCE)
        visit.fail(Part.FIRST_PAGE, SOURCE.listing_url, obstacle)
        assert state(visit) is obstacle.state


def test_a_list_that_nobody_understands_is_broken_and_so_is_a_mistake_of_ours() -> None:
    visit = Visit(SOURCE)
    visit.understood = False
    assert state(visit) is SourceState.BROKEN
    visit = Visit(SOURCE)
    visit.take(Listing(reports(2023, 2019)))
    visit.crash = "ValueError: x"
    assert state(visit) is SourceState.BROKEN


def test_fewer_items_or_pages_than_the_site_states_are_cut_short() -> None:
    visit = Visit(SOURCE)
    visit.take(Listing(reports(2023, 2019), items=9))
    assert state(read(visit, Outcome.NEW, 5)) is SourceState.CUT_SHORT
    visit = Visit(SOURCE)
    visit.take(Listing(reports(2023, 2019), pages=3))
    assert state(read(visit, Outcome.NEW, 5)) is SourceState.CUT_SHORT


def test_a_further_page_or_a_report_that_fails_cuts_short_what_was_read() -> None:
    for part in (Part.FURTHER_PAGE, Part.REPORT):
        visit = Visit(SOURCE)
        visit.take(Listing(reports(2023, 2019)))
        visit.fail(part, "http://jyj.lingzhou.example/nb/x.html", REFUSED)
        assert state(read(visit, Outcome.NEW, 4)) is SourceState.CUT_SHORT


def test_where_no_listed_report_can_be_had_the_common_reason_is_the_state() -> None:
    visit = Visit(SOURCE)
    for entry in visit.take(Listing(reports(2023, 2022))):
        visit.fail(Part.REPORT, entry.url, REFUSED)
    assert state(visit) is SourceState.REFUSED


def test_an_attachment_that_fails_is_told_and_changes_no_state() -> None:
    visit = Visit(SOURCE)
    visit.take(Listing(reports(2023, 2023)))
    visit.fail(Part.ATTACHMENT, "http://jyj.lingzhou.example/nb/1.pdf", DOWN)
    ruling = read(visit, Outcome.NEW, 1).rule()
    assert ruling.state is SourceState.OK
    assert ruling.evidence["failures"][0]["for"] == "attachment"


def test_a_run_that_ends_early_cuts_short_what_was_begun_and_leaves_what_was_done() -> None:
    begun = Visit(SOURCE)
    begun.take(Listing(reports(2023, 2019)))
    begun.pending = 2
    assert state(begun, "the run was interrupted") is SourceState.CUT_SHORT
    done = Visit(SOURCE)
    done.take(Listing(reports(2023, 2019)))
    assert state(read(done, Outcome.NEW, 5), "the run was interrupted") is SourceState.OK


def test_a_list_that_repeats_itself_ends_though_more_pages_are_stated() -> None:
    visit = Visit(SOURCE)
    visit.take(Listing(reports(2023, 2019), following=pages(1, 2, 3, 4), pages=5))
    for _ in range(2):
        assert visit.next_page() is not None
        assert visit.take(Listing(reports(2023, 2019), pages=5)) == []
    assert visit.next_page() is None
    assert state(read(visit, Outcome.NEW, 5)) is SourceState.OK


def test_empty_further_pages_of_a_list_that_states_more_are_no_repetition() -> None:
    visit = Visit(SOURCE)
    visit.take(Listing(reports(2023, 2019), following=pages(1, 2, 3), pages=4))
    while visit.next_page() is not None:
        visit.take(Listing())
    assert state(read(visit, Outcome.NEW, 5)) is SourceState.CUT_SHORT


def test_another_way_to_page_is_tried_only_while_items_are_lacking() -> None:
    first = Listing(reports(2023, 2021), following=pages(1), otherwise=(pages(7, 8),), items=5)
    lacking, complete = Visit(SOURCE), Visit(SOURCE)
    for visit, more in ((lacking, ()), (complete, reports(2020, 2019))):
        visit.take(first)
        assert following(visit) == pages(1)[0]
        visit.take(Listing(more, items=5))
    assert following(lacking) == pages(7)[0]
    assert complete.next_page() is None
    assert state(read(complete, Outcome.NEW, 5)) is SourceState.OK


def test_no_page_is_asked_for_twice() -> None:
    visit = Visit(SOURCE)
    visit.asked(pages(1)[0])
    visit.take(Listing(reports(2023, 2022), following=pages(1, 2, 2, 1)))
    assert following(visit) == pages(2)[0]
    assert visit.next_page() is None


def test_pages_that_fail_beyond_what_is_stated_change_nothing() -> None:
    visit = Visit(SOURCE)
    visit.take(Listing(reports(2023, 2022), following=pages(1), items=2))
    assert following(visit)
    visit.fail(Part.FURTHER_PAGE, pages(1)[0].url, Obstacle(SourceState.MOVED, "answers 404"))
    assert state(read(visit, Outcome.NEW, 2)) is SourceState.OK


def test_each_column_is_counted_against_its_own_totals() -> None:
    visit = Visit(SOURCE)
    year = Fetch("http://jyj.lingzhou.example/nb/2019n/")
    visit.take(Listing(reports(2023, 2021), columns=(year,), items=3))
    column, fetch = visit.next_page() or (None, None)
    assert fetch is year
    visit.take(Listing(reports(2020, 2020), items=2), column)
    assert visit.rule().state is SourceState.CUT_SHORT
    visit.take(Listing(reports(2019, 2019), items=2), column)
    assert state(read(visit, Outcome.NEW, 5)) is SourceState.OK


def test_a_way_that_was_only_tried_and_leads_nowhere_is_no_failure_of_its_own() -> None:
    visit = Visit(SOURCE)
    visit.take(Listing(reports(2023, 2022), otherwise=(pages(1, 2), pages(7)), pages=2))
    assert following(visit) == pages(1)[0]
    visit.fail(Part.FURTHER_PAGE, pages(1)[0].url, Obstacle(SourceState.MOVED, "answers 404"))
    assert following(visit) == pages(7)[0]
    visit.take(Listing(reports(2021, 2020)))
    assert state(read(visit, Outcome.NEW, 4)) is SourceState.OK


def test_stubs_after_the_last_page_end_a_list_that_states_more_pages() -> None:
    visit = Visit(SOURCE)
    visit.take(Listing(reports(2023, 2019), following=pages(1, 2, 3), pages=4))
    while visit.next_page() is not None:
        visit.take(Listing(), stub=True)
    assert state(read(visit, Outcome.NEW, 5)) is SourceState.OK


def test_a_list_whose_titles_nobody_can_make_out_is_broken_and_not_empty() -> None:
    named = "凌州市教育局2024年政府信息公开工作年度报告"
    twice = named.encode().decode("gb18030", "replace")
    for title in (twice, named.encode().decode("latin-1"), "?" * 7 + "2024" + "?" * 14, "\ufffd" * 9):
        visit = Visit(SOURCE)
        visit.take(Listing((Entry("http://jyj.lingzhou.example/nb/1.html", title),)))
        assert state(visit) is SourceState.BROKEN, title
    visit = Visit(SOURCE)
    visit.take(Listing((Entry("http://jyj.lingzhou.example/zn.html", "指南"), Entry(SOURCE.listing_url, "2024 - 1"))))
    assert state(visit) is SourceState.EMPTY


def test_what_could_not_be_read_is_said_beside_what_could() -> None:
    visit = Visit(SOURCE, unreadable="the page ends in the middle")
    visit.take(Listing(reports(2023, 2022)))
    ruling = read(read(visit, Outcome.NEW, 1), Outcome.UNREADABLE, 1).rule()
    assert ruling.state is SourceState.OK
    assert ruling.evidence["reason"].endswith(", 1 could not be read: the page ends in the middle")

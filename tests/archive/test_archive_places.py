"""Places of cells: whatever a reader says of them comes back word for word, and a regular table takes little room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.tables.places import CellPlace, pack, unpack

ROWS = [f"row_{number}" for number in range(25)]
COLUMNS = [f"column_{number}" for number in range(7)]


def grid(place: str) -> dict[str, CellPlace]:
    return {
        f"{row}.{column}": CellPlace(
            f"table 3 row {i + 4} column {j + 4}",
            place.format(
                line=147 + 11 * i + j, tr=i + 4, td=j + 1 + (i == 0), x=f"{70.2 + 33.9 * j:.1f}", y=567 + 23 * i
            ),
        )
        for i, row in enumerate(ROWS)
        for j, column in enumerate(COLUMNS)
    }


def test_a_regular_table_takes_little_room_in_every_medium() -> None:
    for place in ("line {line}", "((//table)[3]//tr)[{tr}]/*[{td}]", "page 4 box {x},{y},396.4,590.7", ""):
        places = grid(place)
        packed = pack(places)
        assert unpack(packed) == places
        assert len(packed.layout) < 1500
        assert len(packed.places) < 60


def test_a_table_further_down_the_page_has_the_same_layout() -> None:
    first, second = (
        pack({cell: CellPlace(at.at, f"line {int(at.place[5:]) + moved}") for cell, at in grid("line {line}").items()})
        for moved in (0, 38)
    )
    assert first.layout == second.layout
    assert first.places != second.places


def test_cells_that_are_not_there_stay_away() -> None:
    places = grid("line {line}")
    for cell in ("row_3.column_2", "row_0.column_0", "row_24.column_6"):
        del places[cell]
    assert unpack(pack(places)) == places


TEXT = st.one_of(
    st.builds("line {}".format, st.integers(0, 400)),
    st.builds("page {} box {:.1f},{:.1f}".format, st.integers(1, 9), st.floats(0, 900), st.floats(0, 900)),
    st.builds("Sheet{}!{}{}".format, st.integers(1, 3), st.sampled_from("ABC"), st.integers(1, 99)),
    st.text(max_size=12),
)


@given(
    st.dictionaries(
        st.builds("{}.{}".format, st.sampled_from(ROWS), st.sampled_from(COLUMNS)),
        st.builds(CellPlace, TEXT, TEXT),
        min_size=1,
        max_size=30,
    )
)
def test_any_places_come_back_word_for_word(places: dict[str, CellPlace]) -> None:
    assert unpack(pack(places)) == places

"""Puts labels together that were broken over lines: the labels of rows and columns, and whole headers of a form."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby, pairwise

from parsers.forms import FormTable, forms
from parsers.tables import labels
from parsers.tables.header import LABELS_HEADS

Placed = tuple[str, int, int]
"""A cell: its text, and the first and last line it stands on."""

MOST_PIECES = 8
_SHORTEST_TOGETHER = 8
_LONGEST_HEADER = 100
"""No header of a form, every word of it by itself, has more pieces."""
_MARKS = re.compile(r"[^\w]+|_")
_GLOSS_BEHIND = re.compile(r"\s*[(（][^()（）]*[)）]$")
_NUMERAL = re.compile(r"\s*(?:[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十\d]+[、.．])\s*")
_ITEM = re.compile(r"\s*\d{1,2}\s*[.、．]")
_NOTE = re.compile("勾稽关系|第三项加第四项之和")
_PRINTED_NOTE = "本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和"
_BESIDES = ("", "申请人情况", _PRINTED_NOTE, _PRINTED_NOTE + "申请人情况")
"""What the form prints beside the columns of section three."""


def is_known(text: str) -> bool:
    """Return whether a form has a row, a column, a group or the head of a column of labels of exactly these words."""
    return labels.wording(text) in labels.STUBS or labels.is_label(text)


def is_piece(text: str) -> bool:
    """Return whether a text is a piece of a form's wording, and no label of its own."""
    return _squeezed(text) in _all_wordings() and not is_known(text)


def is_scrap(text: str) -> bool:
    """Return whether a text is a note of the form, or a short piece of its wording that says nothing by itself."""
    return bool(_NOTE.search(text)) or (len(_squeezed(text)) <= MOST_PIECES and is_piece(text))


def row_label(before: list[Placed], following: list[Placed], own: int) -> Placed | None:
    """Take the label of a row out of the pieces before and behind its values, None where the pieces make none.

    Pieces of other labels may stand between, but not the beginning of the next one (2.…). The last `own` pieces before
    the values stand on their line: at least one of them belongs to the label.
    """
    near, behind = before[-MOST_PIECES:], following[:MOST_PIECES]
    pieces = [*near, *behind]
    must = set(range(len(near) - own, len(near))) if own else set(range(len(near)))
    items = {at for at, (text, _, _) in enumerate(near) if _ITEM.match(text)}
    chains = [
        chain
        for chain in _chains([text for text, _, _ in pieces])
        if must & set(chain) and all(at <= chain[0] for at in items - set(chain))
    ]
    if not chains:
        return None
    best = min(chains, key=lambda chain: (sum(at >= len(near) for at in chain), len(near) - chain[0], len(chain)))
    offset = len(before) - len(near)
    for at in reversed(best):
        if at < len(near):
            del before[offset + at]
        else:
            del following[at - len(near)]
    return joined([pieces[at] for at in best])


def _chains(texts: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """Yield the places of the texts that, joined in order, are the words of a form's row."""
    known = _row_words()
    stack: list[tuple[tuple[int, ...], str]] = []
    for start, text in enumerate(texts):
        stack += [((start,), said) for said in {labels.wording(text), _unnumbered(text)}]
    while stack:
        chain, said = stack.pop()
        if said in known and (len(chain) == 1 or said not in _begin_groups() or _NUMERAL.match(texts[chain[0]])):
            yield chain
        if len(chain) < MOST_PIECES:
            for after in range(chain[-1] + 1, len(texts)):
                more = said + _squeezed(texts[after])
                if any(words.startswith(more) for words in known):
                    stack.append(((*chain, after), more))


def whole_labels(pieces: Sequence[Placed], sizes: Sequence[int] = range(1, MOST_PIECES + 1)) -> Iterator[Placed]:
    """Yield pieces, those that follow each other and make one label joined; notes on the form are left out.

    `sizes` are the numbers of pieces that are tried, one after the other.
    """
    pieces = [piece for piece in pieces if not _NOTE.search(piece[0])]
    index = 0
    while index < len(pieces):
        for count in sizes:
            label = joined(pieces[index : index + count])
            if is_known(label[0]) or labels.article(label[0]):
                index += count
                yield label
                break
        else:
            yield pieces[index]
            index += 1


@lru_cache(maxsize=4096)
def columns_run_together(text: str) -> tuple[str, ...]:
    """Return the columns of a form that a text names with nothing between them; () where it is not made of columns.

    The words that head the labels of the rows may stand before them, a gloss behind the last.
    """
    if len(text) < _SHORTEST_TOGETHER or is_known(text):
        return ()
    head = next((words for words in LABELS_HEADS if text.startswith(words)), "")
    if not head:
        return _columns(_squeezed(text))
    gloss = _GLOSS_BEHIND.search(text)
    named = _columns(_squeezed(_GLOSS_BEHIND.sub("", text.removeprefix(head))))
    return (head, *named[:-1], named[-1] + (gloss[0] if gloss else "")) if named else ()


def _columns(said: str) -> tuple[str, ...]:
    known = labels.columns()
    for words in (*known.leaves, *known.children):
        if said.startswith(words):
            rest = said[len(words) :]
            further = _columns(rest)
            if not rest or further:
                return (words, *further)
    return ()


def joined(pieces: Sequence[Placed]) -> Placed:
    """Return pieces as one."""
    return "".join(text for text, _, _ in pieces), pieces[0][1], pieces[-1][2]


def form_header(pieces: Sequence[Placed]) -> tuple[FormTable, list[list[Placed]]] | None:
    """Return the form's table whose header pieces make, and its rows; None unless all of that header is among them.

    On paper a header stands in boxes; as lines of text its rows are mixed, and its words broken anywhere. The columns
    must have the form's order.
    """
    if len(pieces) > _LONGEST_HEADER:
        return None
    return _of_whole_labels(pieces) or _of_scraps(pieces)


def in_part(pieces: Sequence[Placed]) -> bool:
    """Return whether pieces name some columns of a form's table and not all: figures may then stand under others."""
    said = {labels.columns().match(text) for text, _, _ in pieces}
    tables = [{labels.wording(column.path[-1]) for column in table.columns} for table, _ in _headers()]
    whole = {words for leaves in tables if leaves <= said for words in leaves}
    if any(said & leaves - whole for leaves in tables):
        return True
    named = said & {words for leaves in _plain_headers() for words in leaves}
    return bool(named) and named not in _plain_headers()


def _of_whole_labels(pieces: Sequence[Placed]) -> tuple[FormTable, list[list[Placed]]] | None:
    lines = _side_by_side([list(group) for _, group in groupby(pieces, key=lambda piece: piece[1])])
    found: dict[str, deque[Placed]] = defaultdict(deque)
    for line in lines:
        for piece in line:
            said = labels.wording(piece[0])
            if said in labels.columns().leaves or said in labels.columns().children:
                found[said].append(piece)
            elif said not in labels.STUBS and (_NUMERAL.match(piece[0]) or not is_scrap(piece[0])):
                return None
    counts = {said: len(places) for said, places in found.items()}
    table = next((table for table, wanted in _headers() if wanted == counts), None)
    if table is None or not all(_is_in_order(line, table) for line in lines) or not _are_in_order(pieces, table):
        return None
    depth = max(len(column.path) for column in table.columns)
    return table, [
        [found[labels.wording(path[level])].popleft() for path in _paths(table, level)] for level in range(depth)
    ]


def _of_scraps(pieces: Sequence[Placed]) -> tuple[FormTable, list[list[Placed]]] | None:
    """Return a header whose words were broken anywhere: its characters are exactly those of the form's header."""
    there = Counter(_squeezed("".join(text for text, _, _ in pieces)))
    for table, wanted in _headers():
        characters = Counter("".join(label * count for label, count in wanted.items()))
        if not any(there == characters + Counter(besides) for besides in _BESIDES):
            continue
        if not all(_scraps_in_order([t for t, _, _ in line], table) for _, line in _by_line(pieces)):
            continue
        whole = list(whole_labels(pieces, range(MOST_PIECES, 0, -1)))  # 其他 is a label, and the beginning of another
        if not _are_in_order(whole if all(is_known(text) for text, _, _ in whole) else pieces, table):
            continue
        first, last = min(piece[1] for piece in pieces), max(piece[2] for piece in pieces)
        depth = max(len(column.path) for column in table.columns)
        return table, [[(path[-1], first, last) for path in _paths(table, level)] for level in range(depth)]
    return None


def _by_line(pieces: Sequence[Placed]) -> Iterator[tuple[int, list[Placed]]]:
    for number, group in groupby(pieces, key=lambda piece: piece[1]):
        yield number, list(group)


def _scraps_in_order(line: Sequence[str], table: FormTable) -> bool:
    """Return whether the scraps of columns on one line follow each other as the columns do."""
    leaves = [_squeezed(column.path[-1]) for column in table.columns]
    groups = "|".join((*_BESIDES, *(_squeezed(label) for column in table.columns for label in column.path[:-1])))
    at = 0
    for text in line:
        scrap = _squeezed(text)
        if scrap in groups or not any(scrap in leaf for leaf in leaves):
            continue
        at = next((place for place in range(at, len(leaves)) if scrap in leaves[place]), -1)
        if at < 0:
            return False
        at += scrap == leaves[at]
    return True


def _are_in_order(pieces: Sequence[Placed], table: FormTable) -> bool:
    """Return whether the whole columns of each row of the header come in the form's order, line after line."""
    said = [labels.wording(text) for text, _, _ in pieces]
    times = Counter(labels.wording(column.path[-1]) for column in table.columns)
    for level in range(1, 1 + max(len(column.path) for column in table.columns)):
        row = [labels.wording(column.path[-1]) for column in table.columns if len(column.path) == level]
        once = [words for words in row if times[words] == 1]
        rest = iter(once)
        if not all(words in rest for words in said if words in once):
            return False
    if len({number for _, number, _ in pieces}) < len(pieces):
        return True
    cycle = [words for words in times if times[words] > 1]
    ranks = [cycle.index(words) for words in said if words in cycle]
    return all((after - before) % len(cycle) == 1 for before, after in pairwise(ranks))


def _side_by_side(lines: list[list[Placed]]) -> list[list[Placed]]:
    """Return lines, those joined that hold the halves of a row of columns (结果 结果 其他 | 维持 纠正 结果)."""
    rest = deque(lines)
    found = []
    while rest:
        line = rest.popleft()
        for other in list(rest)[:MOST_PIECES]:
            whole = _halves(line, other)
            if whole:
                rest.remove(other)
                line = whole
                break
        found.append(line)
    return found


def _halves(upper: Sequence[Placed], lower: Sequence[Placed]) -> list[Placed] | None:
    """Return the columns that two lines make word by word, None where they do not; words of the upper may be parted."""
    left = deque(upper)
    found = []
    for half in lower:
        taken: list[Placed] = []
        while left and len(taken) < 3:
            taken.append(left.popleft())
            if labels.wording(joined([*taken, half])[0]) in labels.columns().leaves:
                break
        else:
            return None
        found.append(joined([*taken, half]))
    return found if found and not left else None


def _is_in_order(line: Sequence[Placed], table: FormTable) -> bool:
    order = iter([labels.wording(column.path[-1]) for column in table.columns])
    leaves = {labels.wording(column.path[-1]) for column in table.columns}
    return all(said in order for text, _, _ in line if (said := labels.wording(text)) in leaves)


def _paths(table: FormTable, level: int) -> list[tuple[str, ...]]:
    """Return the labels of one row of a table's header, each once, as paths."""
    return list(dict.fromkeys(column.path[: level + 1] for column in table.columns if len(column.path) > level))


@cache
def _headers() -> tuple[tuple[FormTable, Mapping[str, int]], ...]:
    """Return the tables whose headers have several rows, with how often each label stands in them."""
    tables = [table for form in forms().values() for table in form.tables]
    several = [table for table in tables if any(len(column.path) > 1 for column in table.columns)]
    depths = {id(table): max(len(column.path) for column in table.columns) for table in several}
    found = []
    for table in several:
        paths = (path for level in range(depths[id(table)]) for path in _paths(table, level))
        found.append((table, dict(Counter(labels.wording(path[-1]) for path in paths))))
    return tuple(found)


def plain_header(pieces: Sequence[Placed]) -> int:
    """Return how many columns pieces name that make the one-row header of a form's table, 0 where they make none."""
    said = [labels.wording(text) for text, _, _ in pieces if labels.article(text) is None]
    columns = [words for words in said if words not in labels.STUBS - labels.columns().leaves.keys()]
    return len(columns) if frozenset(columns) in _plain_headers() else 0


@cache
def _plain_headers() -> tuple[frozenset[str], ...]:
    """Return the columns of the tables whose header is one row."""
    tables = [table for form in forms().values() for table in form.tables]
    plain = [table for table in tables if all(len(column.path) == 1 for column in table.columns)]
    return tuple(frozenset(labels.wording(column.path[-1]) for column in table.columns) for table in plain)


@cache
def _all_wordings() -> str:
    """Return every word of the forms, without marks."""
    lines = [line for form in forms().values() for table in form.tables for line in (*table.rows, *table.columns)]
    return "|".join(_squeezed(label) for line in lines for label in (*line.path, *line.also))


@cache
def _begin_groups() -> frozenset[str]:
    """Return the labels of rows (其他) that a group's name begins with: on narrow paper its letters are pieces."""
    leaves = labels.rows().leaves
    return frozenset(words for words in leaves for group in labels.rows().children if group[: len(words)] == words)


@cache
def _row_words() -> frozenset[str]:
    """Return the rows' labels as wordings, and with what they say in brackets."""
    rows = [row for form in forms().values() for table in form.tables for row in table.rows]
    return frozenset(labels.rows().leaves) | {_unnumbered(label) for row in rows for label in row.wordings}


def _unnumbered(text: str) -> str:
    return _squeezed(_NUMERAL.sub("", unicodedata.normalize("NFKC", text), count=1))


def _squeezed(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))

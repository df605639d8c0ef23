"""Compares what a report's text states with what its tables state, and the text with itself.

Every fail is a question to the agency: text and table may count different things (the office and the whole city, new
requests and those carried over). So a rule passes where one of the readings in use fits, and says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from parsers.model import Check, Claim, Figure, Number, Section, Severity
from parsers.reconcile import prose as reconcile_prose
from parsers.reconcile.prose import DISCLOSED, OUTCOME_CODES, Claims, by_code, stated
from parsers.tables.places import indicators

Figures = Mapping[str, Figure]
Reading = tuple[str, Number | None]

MAKES_REGULATIONS = frozenset({"province", "city"})
GOVERNMENTS = frozenset({"government", "office"})
ORGANISATIONS = ("org_business", "org_research", "org_public_benefit", "org_legal_service", "org_other")
OUTCOME_ROWS = (("granted_part",), ("refused_",), ("unavailable_",), ("notprocessed_",), ("other",))
SHARES = {
    "req_granted_pct": "req_granted_text",
    "req_granted_part_pct": "req_granted_part_text",
    "req_granted_part_pct+req_granted_pct": DISCLOSED,
    "req_refused_pct": "req_refused_text",
    "req_unavailable_pct": "req_unavailable_text",
    "req_notprocessed_pct": "req_notprocessed_text",
    "req_other_pct": "req_other_text",
}
SHARE_TOLERANCE = Decimal("0.05")

_FEE = re.compile("处理费|收费|费用")
_WIDER = re.compile("全市|全省|全区|全县|全州|全系统|各级|本级")
_INTO = re.compile(r"上一?年|去年")
_OUT_OF = re.compile(r"下一?年|次年|明年|顺延")
_CLAUSE_MARKS = "，,；;。（()）、\n"


def check(
    figures: Figures,
    *,
    level: str | None,
    kind: str | None,
    year: int | None,
    sections: Sequence[Section],
    claims: Sequence[Claim],
) -> tuple[Check, ...]:
    """The rules A7, A9, A13 and D1–D11 on one report, in their order; a rule with nothing to compare gives no check.

    `level` and `kind` are the agency's, `year` the report's, `claims` those of the text of `sections`. D9 compares
    with last year's report: it is not assessable here, its left side is what last year's report must then say.
    """
    comparison = _Comparison(figures, level, kind, year, sections, by_code(claims))
    return tuple(comparison.checks())


@dataclass(frozen=True)
class _Comparison:
    figures: Figures
    level: str | None
    kind: str | None
    year: int | None
    sections: Sequence[Section]
    claims: Claims

    def checks(self) -> Iterator[Check]:
        if self.figures:
            for rule in (self._a7, self._a9, self._a13, self._d1, self._d2, self._d3, self._d4):
                yield from rule()
            for rule in (self._d5, self._d6, self._d7, self._d8):
                yield from rule()
        yield from reconcile_prose.check(self.sections, self.claims, self.year)

    # --- rules on the tables that need to know the agency or the text ---------------------------------------------

    def _a7(self) -> Iterator[Check]:
        """A7: only provinces and cities with districts make regulations (规章); Legislation Law, articles 91 and 93."""
        made = self._sum(_regulations())
        if made is None:
            return
        if self.level is None or self.kind is None:
            yield Check("A7", "regulations", made, 0, "not_assessable", "M", "the agency's level or kind is not known")
        elif not made:
            yield Check("A7", "regulations", made, 0, "pass", "M")
        elif self.level not in MAKES_REGULATIONS or self.kind not in GOVERNMENTS:
            sentence = "an agency of this kind makes no regulations (规章): were normative documents meant?"
            yield Check("A7", "regulations", made, 0, "fail", "M", sentence)

    def _a9(self) -> Iterator[Check]:
        """A9: requests dropped for an unpaid fee mean that fees were asked for, which section six has to report."""
        unpaid = self._value("requests.other_fee_unpaid.total")
        if not unpaid:
            return
        told = any(section.number in (0, 6) and _FEE.search(section.text) for section in self.sections)
        sentence = None if told else "requests were dropped for an unpaid fee; what does section six say about fees?"
        yield Check("A9", "other_fee_unpaid", unpaid, None, "pass" if told else "fail", "L", sentence)

    def _a13(self) -> Iterator[Check]:
        """A13: tables of zeros beside a text that counts requests, or the reverse, were left unfilled."""
        counted = stated(self.claims, "req_received_text", negated=True)
        if not counted:
            return
        cells = [figure.value for name, figure in self.figures.items() if name.startswith("requests.")]
        filled = [value for value in cells if value is not None]
        if not filled:
            return
        # A text that counts the whole city beside the agency itself is borne out by either number.
        least, most = (choose(claim.value or 0 for claim in counted) for choose in (min, max))
        new = self._value("requests.new_received.total")
        if not any(filled) and least > 0:
            sentence = "every cell of section three is 0, but the text counts requests: was the table left unfilled?"
            yield Check("A13", "requests", least, 0, "fail", "H", sentence)
        elif new and not most:
            sentence = "the text says that there were no requests, but the table counts some"
            yield Check("A13", "requests", 0, new, "fail", "H", sentence)
        else:
            yield Check("A13", "requests", most if any(filled) else least, new, "pass", "H")

    # --- text against tables ------------------------------------------------------------------------------------

    def _d1(self) -> Iterator[Check]:
        """D1: requests received, as new ones or together with those carried in."""
        new, carried = self._value("requests.new_received.total"), self._value("requests.carried_in.total")
        if new is None:
            new = self._value("requests14.received.value")
        readings = (("the new requests", new), ("the new requests and those carried in", _plus(new, carried)))
        yield from self._compare("D1", "received", "req_received_text", readings)

    def _d2(self) -> Iterator[Check]:
        """D2: requests closed, carried in and carried out."""
        closed = self._value("requests.closed_total.total")
        if closed is None:
            closed = self._value("requests14.closed.value")
        yield from self._compare("D2", "closed", "req_closed_text", (("the closed total", closed),))
        for scope, wanted in (("carried_in", _INTO), ("carried_out", _OUT_OF)):
            claims = [claim for claim in stated(self.claims, "req_carried_text") if self._direction(claim) is wanted]
            reading = (scope.replace("_", " "), self._value(f"requests.{scope}.total"))
            yield from self._judge("D2", scope, claims, (reading,))

    def _d3(self) -> Iterator[Check]:
        """D3: the outcomes, each against the sum of its rows."""
        granted, part = self._outcome("granted"), self._outcome("granted_part")
        readings = (("granted", granted), ("granted and granted in part", _plus(granted, part)))
        yield from self._compare("D3", "granted", "req_granted_text", readings, ("granted", "granted_part"))
        for code, rows in zip(OUTCOME_CODES, OUTCOME_ROWS, strict=True):
            if code in self.claims:
                scope = rows[0].rstrip("_")
                yield from self._compare("D3", scope, code, ((scope, self._outcome(*rows)),), rows)

    def _d4(self) -> Iterator[Check]:
        """D4: disclosed in full and in part together, and the shares of the outcomes in the requests closed."""
        disclosed = _plus(self._outcome("granted"), self._outcome("granted_part"))
        yield from self._compare("D4", "disclosed", DISCLOSED, (("granted and granted in part", disclosed),))
        closed = self._value("requests.closed_total.total")
        new, carried = self._value("requests.new_received.total"), self._value("requests.carried_in.total")
        said = [claim.value for claim in stated(self.claims, "req_closed_text")]
        bases = [base for base in (closed, *said, new, _plus(new, carried)) if base]
        for code, counted in SHARES.items():
            for share in stated(self.claims, code):
                number = self._number_of(share, counted)
                if number is None or share.value is None or not bases:
                    continue
                yield _share(code, share.value, number, bases)

    def _d5(self) -> Iterator[Check]:
        """D5: natural persons and organisations among the requests, new or together with those carried in."""
        for scope, code, columns in (
            ("natural_person", "req_natural_text", ("natural_person",)),
            ("organisations", "req_org_text", ORGANISATIONS),
        ):
            if code not in self.claims:
                continue
            new, carried, closed = (
                self._sum(f"requests.{row}.{column}" for column in columns)
                for row in ("new_received", "carried_in", "closed_total")
            )
            readings = (("new requests", new), ("new and carried in", _plus(new, carried)), ("closed requests", closed))
            yield from self._compare("D5", scope, code, readings)

    def _d6(self) -> Iterator[Check]:
        """D6: reconsiderations and suits."""
        reviews, suits = self._value("remedies.cases.review_total"), self._suits()
        yield from self._compare("D6", "reviews", "reviews_text", (("reconsiderations", reviews),))
        yield from self._compare("D6", "suits", "suits_text", (("suits of both kinds", suits),))
        both = (("reconsiderations and suits", _plus(reviews, suits)),)
        yield from self._compare("D6", "remedies", "reviews_text+suits_text", both)

    def _d7(self) -> Iterator[Check]:
        """D7: where the text says that there was nothing, the cells are 0."""
        cells = {
            "req_received_text": self._value("requests.new_received.total"),
            "reviews_text": self._value("remedies.cases.review_total"),
            "suits_text": self._suits(),
        }
        for code, value in cells.items():
            if any(claim.qualifier == "negated" for claim in self.claims.get(code, ())):
                yield self._verdict("D7", code.removesuffix("_text"), 0, (("the table", value),), fits=value == 0)

    def _d8(self) -> Iterator[Check]:
        """D8: normative documents issued, repealed and in force."""
        row = "a20_1.normative_documents"
        issued = self._value(f"{row}.issued")
        if issued is None:
            issued = self._value(f"{row}.newly_made")
        for scope, code, value in (
            ("issued", "normative_issued_text", issued),
            ("repealed", "normative_repealed_text", self._value(f"{row}.repealed")),
            ("in_force", "normative_in_force_text", self._value(f"{row}.in_force")),
        ):
            claims = stated(self.claims, code, negated=True)
            yield from self._judge("D8", scope, claims, ((f"normative documents {scope}", value),), severity="L")

    # --- sides --------------------------------------------------------------------------------------------------

    def _value(self, name: str) -> Number | None:
        figure = self.figures.get(name)
        return None if figure is None else figure.value

    def _sum(self, names: Iterable[str]) -> Number | None:
        """The sum of cells, blanks as nothing; None where none of them holds a number."""
        values = [value for name in names if (value := self._value(name)) is not None]
        return sum(values) if values else None

    def _outcome(self, *rows: str) -> Number | None:
        """The total of an outcome: of the row of that name, or of all rows whose name begins so."""
        return self._sum(_totals(rows))

    def _suits(self) -> Number | None:
        return self._sum(f"remedies.cases.{kind}_total" for kind in ("suit_direct", "suit_after_review"))

    def _direction(self, claim: Claim) -> re.Pattern[str] | None:
        """Whether a carried number came in from last year or goes on to the next, by the words of its clause."""
        clause = self._clause(claim)
        if _INTO.search(clause) or (self.year and f"{self.year - 1}年" in clause):
            return _INTO
        if _OUT_OF.search(clause) or (self.year and f"{self.year + 1}年" in clause):
            return _OUT_OF
        return None

    def _clause(self, claim: Claim) -> str:
        text = next((section.text for section in self.sections if section.number == claim.section), "")
        start, end = claim.span
        first = max(text.rfind(mark, max(0, start - 40), start) for mark in _CLAUSE_MARKS)
        places = (text.find(mark, end, end + 40) for mark in _CLAUSE_MARKS)
        last = min((place for place in places if place >= 0), default=min(len(text), end + 40))
        return text[max(first + 1, start - 40) : last]

    def _number_of(self, share: Claim, counted: str) -> Number | None:
        """The number whose share is stated: the last one of its code before it in the section."""
        before = [
            claim.value
            for claim in stated(self.claims, counted)
            if claim.section == share.section and claim.span[1] <= share.span[0]
        ]
        return before[-1] if before else None

    # --- judging ------------------------------------------------------------------------------------------------

    def _compare(
        self, rule: str, scope: str, code: str, readings: Sequence[Reading], rows: Sequence[str] = ()
    ) -> Iterator[Check]:
        yield from self._judge(rule, scope, stated(self.claims, code), readings, rows)

    def _judge(
        self,
        rule: str,
        scope: str,
        claims: Sequence[Claim],
        readings: Sequence[Reading],
        rows: Sequence[str] = (),
        severity: Severity = "M",
    ) -> Iterator[Check]:
        """One check of all claims of a kind: it passes where one of them, or all added up, fits one of the readings."""
        exact = [claim for claim in claims if claim.low is not None or claim.high is not None]
        if not exact:
            return
        for name, value in readings:
            for claim in exact:
                if value is not None and _within(claim, value):
                    explanation = f"the text counts {name}" if len(readings) > 1 else None
                    yield Check(rule, scope, claim.value, value, "pass", severity, explanation)
                    return
        together = sum(claim.value or 0 for claim in exact)
        if len(exact) > 1 and any(value == together for _, value in readings):
            explanation = "the numbers of the text add up to the table's"
            yield Check(rule, scope, together, together, "pass", severity, explanation)
            return
        yield self._verdict(rule, scope, exact[0].value, readings, rows, severity, claim=exact[0])

    def _verdict(
        self,
        rule: str,
        scope: str,
        left: Number | None,
        readings: Sequence[Reading],
        rows: Sequence[str] = (),
        severity: Severity = "M",
        *,
        fits: bool = False,
        claim: Claim | None = None,
    ) -> Check:
        right = next((value for _, value in readings if value is not None), None)
        if right is None:
            return Check(rule, scope, left, None, "not_assessable", severity, "the table's cell is blank or missing")
        if fits:
            return Check(rule, scope, left, right, "pass", severity)
        said = " or ".join(f"{name} ({value})" for name, value in readings if value is not None)
        explanation = f"the text says {left}, the table {said}"
        cell = next((name for name in _cells(tuple(rows)) if left and self._value(name) == left), None)
        if cell:
            explanation += f"; {left} is the one cell {cell}"
        elif claim is not None and _WIDER.search(claim.sentence):
            explanation += "; do they count the same bodies?"
        return Check(rule, scope, left, right, "fail", severity, explanation)


@cache
def _regulations() -> tuple[str, ...]:
    """The cells of the regulations (规章) that a report counts."""
    return tuple(name for name in indicators() if name.startswith("a20_1.regulations."))


@cache
def _cells(rows: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of section three in the rows of these names, and in all whose name begins so (refused_, other)."""
    beginnings = tuple(f"{wanted.rstrip('_')}_" for wanted in rows if wanted.endswith("_") or wanted == "other")
    cells = ((name, cell.row) for name, cell in indicators().items() if cell.table == "requests")
    return tuple(name for name, row in cells if row in rows or row.startswith(beginnings))


@cache
def _totals(rows: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `_cells` in the column of totals."""
    return tuple(name for name in _cells(rows) if name.endswith(".total"))


def _plus(one: Number | None, other: Number | None) -> Number | None:
    """The sum of two cells, a blank as nothing; None where the first is unknown."""
    return None if one is None else one + (other or 0)


def _within(claim: Claim, value: Number) -> bool:
    return (claim.low is None or claim.low <= value) and (claim.high is None or value <= claim.high)


def _share(code: str, stated: Number, number: Number, bases: Sequence[Number]) -> Check:
    """D4 for one share: the stated percentage against the number's share in one of the totals that it may mean."""
    exponent = Decimal(stated).as_tuple().exponent
    printed = Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) else SHARE_TOLERANCE
    tolerance = max(SHARE_TOLERANCE, printed)
    shares = [Decimal(number) * 100 / Decimal(base) for base in bases]
    scope = code.removeprefix("req_")
    for base, share in zip(bases, shares, strict=True):
        if abs(share - stated) <= tolerance:
            explanation = None if base == bases[0] else f"the text's share is one of {base}, not of {bases[0]}"
            return Check("D4", scope, stated, share.quantize(Decimal("0.01")), "pass", "L", explanation)
    first = shares[0].quantize(Decimal("0.01"))
    return Check(
        "D4", scope, stated, first, "fail", "L", f"{number} of {bases[0]} is {first} %, the text says {stated} %"
    )

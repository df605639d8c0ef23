"""The rules on a report's text alone: changes since last year, the fee and its tariff, totals and their parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from parsers.model import Check, Claim, Section
from parsers.narrative import breakdowns

DISCLOSED = "req_granted_part_text+req_granted_text"
OUTCOME_CODES = (
    "req_granted_part_text",
    "req_refused_text",
    "req_unavailable_text",
    "req_notprocessed_text",
    "req_other_text",
)
FEE_STEP = 10
FEE_SINCE = 2021


Claims = Mapping[str, Sequence[Claim]]


def check(sections: Sequence[Section], claims: Claims, year: int | None) -> Iterator[Check]:
    """Yields the checks of D9, D10 and D11, in their order; the claims are those `by_code`."""
    yield from _d9(claims)
    yield from _d10(claims, year)
    yield from _d11(sections, claims)


def by_code(claims: Sequence[Claim]) -> Claims:
    """The claims of each code, in their order."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.code, []).append(claim)
    return found


def stated(claims: Claims, code: str, negated: bool = False) -> list[Claim]:
    """The claims of a code; those of nothing (未收到, 无) only where asked for."""
    return [claim for claim in claims.get(code, ()) if negated or claim.qualifier != "negated"]


def _d9(claims: Claims) -> Iterator[Check]:
    """D9: what last year's report must say if the stated change is right; the archive has to compare."""
    received = next((claim.value for claim in stated(claims, "req_received_text")), None)
    for claim in stated(claims, "req_change_abs"):
        if received is not None and claim.value is not None:
            sentence = "with this change, last year's report must count the number on the left"
            yield Check("D9", "received", received - claim.value, None, "not_assessable", "L", sentence)
    for claim in stated(claims, "req_change_pct"):
        sentence = "a change in percent since last year: last year's report is needed"
        yield Check("D9", "received_pct", claim.value, None, "not_assessable", "L", sentence)


def _d10(claims: Claims, year: int | None) -> Iterator[Check]:
    """D10: the information-processing fee by its tariff (国办函〔2020〕109号): in steps of 10 yuan a case."""
    amounts = [claim.value for claim in stated(claims, "info_fee_amount") if claim.value is not None]
    cases = [claim.value for claim in stated(claims, "info_fee_cases") if claim.value is not None]
    if not amounts or (year or FEE_SINCE) < FEE_SINCE:
        return
    amount = max(amounts)
    holds = amount % FEE_STEP == 0
    sentence = None if holds else "the tariff knows only multiples of 10 yuan: is the amount right?"
    yield Check("D10", "fee_step", amount, FEE_STEP, "pass" if holds else "fail", "L", sentence)
    if len(cases) == 1 and len(amounts) == 1:
        least = cases[0] * FEE_STEP
        holds = amount >= least and bool(amount) == bool(cases[0])
        sentence = None if holds else "the amount does not go with the number of charged requests under the tariff"
        yield Check("D10", "fee_cases", amount, least, "pass" if holds else "fail", "L", sentence)


def _d11(sections: Sequence[Section], claims: Claims) -> Iterator[Check]:
    """D11: totals and their parts; categories may overlap, so a difference is only worth a look."""
    for broken in (broken for section in sections for broken in breakdowns.find(section)):
        parts = sum(broken.parts)
        if parts == broken.total:
            yield Check("D11", f"section {broken.section}", broken.total, parts, "pass", "L")
        elif parts > broken.total or broken.whole:
            sentence = f"the parts do not make the total: {broken.sentence[:80]}"
            yield Check("D11", f"section {broken.section}", broken.total, parts, "fail", "L", sentence)
    yield from _outcomes_add_up(claims)
    yield from _representatives_add_up(claims)


def _outcomes_add_up(claims: Claims) -> Iterator[Check]:
    """The outcomes that the text counts, against the number that it says were closed."""
    closed = [claim.value for claim in stated(claims, "req_closed_text")]
    codes = ("req_granted_text", DISCLOSED, *OUTCOME_CODES)
    outcomes = [claim for code in codes for claim in stated(claims, code)]
    named = {claim.code for claim in outcomes}
    if not closed or len(named) != len(outcomes) or not {"req_refused_text", "req_other_text"} <= named:
        return
    parts = sum(claim.value or 0 for claim in outcomes)
    if parts in closed:
        yield Check("D11", "outcomes", closed[0], parts, "pass", "L")
    else:
        sentence = "the outcomes that the text counts do not make the number that it says were closed"
        yield Check("D11", "outcomes", closed[0], parts, "fail", "L", sentence)


def _representatives_add_up(claims: Claims) -> Iterator[Check]:
    parts = [stated(claims, code) for code in ("npc_suggestions", "cppcc_proposals")]
    totals = stated(claims, "npc_cppcc_total")
    if len(totals) != 1 or any(len(claims) != 1 for claims in parts):
        return
    total, made = totals[0].value, sum(claims[0].value or 0 for claims in parts)
    sentence = None if total == made else "suggestions and proposals do not make the stated total"
    yield Check("D11", "npc_cppcc", total, made, "pass" if total == made else "fail", "L", sentence)

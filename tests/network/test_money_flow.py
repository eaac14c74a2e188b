"""Money as links and as a drawing: no sum is made up, converted, or counted twice."""

import random
from decimal import Decimal

import pytest

from migkg.network.compare import Tie
from migkg.network.evidence import Amount, Claim, Source
from migkg.network.flow import Funding, Link, currencies, select, trace_money, worth
from migkg.network.sankey import HEIGHT, THIN, draw_flow
from support.browsing import node

KINDS = {"G": "Government", "A": "NonGovernmentalOrganisation", "P": "Programme", "E": "Event", "L": "Place"}


def sum_of(name: str, value: str = "100", currency: str = "USD", source: str = "s") -> Funding:
    """A sum such as ``"G1 P1"`` or, with a recipient, ``"G1 P1 A1"``."""
    funder, item, *recipient = name.split()
    amount = Amount(value, currency)
    iri = f"urn:{name}:{value}:{currency}"
    return Funding(iri, funder, item, recipient[0] if recipient else None, amount, frozenset({source}))


def trace(ties: str, *fundings: Funding, within: dict[str, str] | None = None) -> list[Link]:
    parsed: list[Tie] = []
    for tie in filter(None, ties.split(", ")):
        subject, predicate, object_ = tie.split()
        parsed.append((subject, predicate, object_, (Claim(f"urn:{tie}", tie, Source("urn:s", issued="2015")),)))
    names = {name for tie in parsed for name in (tie[0], tie[2])}
    names |= {name for f in fundings for name in (f.funder, f.item, f.recipient) if name}
    return trace_money({name: node(name, KINDS[name[0]]) for name in names}, parsed, fundings, within or {})


def told(links: list[Link]) -> list[str]:
    return [f"{k.source[1]}>{k.target[1]}" + "".join(f" {a.value} {a.currency}" for a in k.amounts) for k in links]


@pytest.mark.parametrize(
    ("ties", "fundings", "links"),
    [
        pytest.param("G1 funds P1", [], ["G1>P1"], id="no sum"),
        pytest.param("G1 funds P1", [sum_of("G1 P1")], ["G1>P1 100 USD"], id="a sum"),
        pytest.param("G1 funds A1", [sum_of("G1 A1")], ["G1>A1 100 USD"], id="to an actor"),
        pytest.param(
            "G1 funds P1, G1 funds A1, A1 implements P1",
            [sum_of("G1 P1 A1")],
            ["G1>P1 100 USD", "P1>A1 100 USD"],
            id="who receives it is told: one sum, not two",
        ),
        pytest.param(
            "G1 funds P1, A1 implements P1, P1 covers L1",
            [sum_of("G1 P1")],
            ["G1>P1 100 USD", "P1>A1", "P1>MRT"],
            id="nobody says how much the implementer got",
        ),
        pytest.param("A1 implements P1, P1 covers L1", [], [], id="nobody pays: no flow"),
        pytest.param("G1 funds P1", [sum_of("G9 P9")], ["G1>P1", "G9>P9 100 USD"], id="a sum without its edge"),
        pytest.param("P1 funds P2, G1 funds P1", [], ["G1>P1", "P1>P2"], id="a fund pays a project"),
        pytest.param("G1 funds E1, E1 takesPlaceIn L2", [], ["G1>E1", "E1>L2"], id="a place of no one country"),
    ],
)
def test_steps_and_sums(ties: str, fundings: list[Funding], links: list[str]) -> None:
    assert told(trace(ties, *fundings, within={"L1": "MRT"})) == links


@pytest.mark.parametrize(
    ("value", "number"),
    [("4500000", "4500000"), ("44111898.0", "44111898"), ("much", "0"), ("NaN", "0"), ("-5", "0"), ("Infinity", "0")],
)
def test_what_a_sum_is_worth(value: str, number: str) -> None:
    assert worth(Amount(value, "EUR")) == Decimal(number)


def test_currencies_are_never_added_and_two_sums_of_one_tie_neither() -> None:
    links = trace("G1 funds P1", sum_of("G1 P1", "5"), sum_of("G1 P1", "7"), sum_of("G1 P1", "9", "EUR"))
    (link,) = links
    assert (link.value("USD"), link.value("EUR"), link.value("GBP")) == (7, 9, 0)
    assert currencies(links) == [("EUR", 1), ("USD", 1)]


def test_a_drawing_has_what_one_currency_reaches_and_the_rest_is_apart() -> None:
    ties = "G1 funds P1, G2 funds P1, P1 covers L1, G1 funds P2, G3 funds P3, P3 covers L1"
    links = trace(ties, sum_of("G1 P1"), sum_of("G1 P2", currency="EUR"))
    assert told(select(links, "USD")) == ["G1>P1 100 USD", "G2>P1", "P1>L1"]
    assert told(select(links, "EUR")) == ["G1>P2 100 EUR"]
    assert told(select(links, None)) == ["G3>P3", "P3>L1"]


def test_bands_are_as_wide_as_sums_and_thin_without() -> None:
    links = trace("G1 funds P1, G2 funds P1, P1 covers L1", sum_of("G1 P1", "300"), sum_of("G2 P1", "100"))
    boxes, bands = draw_flow(links, "USD")
    widths = {(boxes[b.source].key[1], boxes[b.target].key[1]): b.width for b in bands}
    assert widths["G1", "P1"] == pytest.approx(3 * widths["G2", "P1"])
    assert widths["G1", "P1"] + widths["G2", "P1"] == pytest.approx(HEIGHT)
    assert widths["P1", "L1"] == THIN
    assert [(box.key[1], box.column) for box in boxes] == [("G1", 0), ("G2", 0), ("P1", 1), ("L1", 2)]
    for band in bands:
        for box, middle in ((boxes[band.source], band.start), (boxes[band.target], band.end)):
            assert box.y <= middle - band.width / 2 + 1e-6
            assert middle + band.width / 2 <= box.y + box.height + 1e-6


def test_one_sum_that_is_told_of_two_funders_ends_in_one_place() -> None:
    links = trace("G1 funds P1, P2 funds P1", sum_of("G1 P1"), sum_of("P2 P1"))
    boxes, bands = draw_flow(links, "USD")
    assert bands[0].end == bands[1].end
    assert {box.key[1]: box.height for box in boxes}["P1"] == pytest.approx(bands[0].width)
    apart = trace("G1 funds P1, P2 funds P1", sum_of("G1 P1"), sum_of("P2 P1", source="another"))
    assert len({band.end for band in draw_flow(apart, "USD")[1]}) == 2


def test_a_ring_of_funds_is_drawn_all_the_same() -> None:
    boxes, bands = draw_flow(trace("P1 funds P2, P2 funds P3, P3 funds P1, P1 funds P1, P1 funds A1"), None)
    assert (len(boxes), len(bands)) == (4, 5)
    assert sorted({box.column for box in boxes}) == list(range(max(box.column for box in boxes) + 1))


def test_nothing_is_drawn_of_nothing() -> None:
    assert draw_flow([], "USD") == ([], [])


def test_the_order_of_the_input_changes_nothing() -> None:
    ties = [f"G{a} funds P{b}" for a in range(5) for b in range(5)] + [f"A{b} implements P{b}" for b in range(5)]
    sums = [sum_of(f"G{a} P{a}", str(10 * a + 10)) for a in range(5)]
    first = draw_flow(trace(", ".join(ties), *sums), "USD")
    mixed = random.Random(3).sample(ties, len(ties))
    assert draw_flow(trace(", ".join(mixed), *reversed(sums)), "USD") == first

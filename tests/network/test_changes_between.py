"""Periods, what belongs to them, and what changed between two sets of ties."""

import random

import pytest

from migkg.errors import UsageError
from migkg.network.compare import (
    Tie,
    compare_ties,
    count_changes,
    count_undated,
    parse_period,
    sources_in,
    ties_in,
    time_of,
)
from migkg.network.evidence import Claim, Source


def claim(name: str, issued: str | None = None, status: str = "stated", source: str | None = None) -> Claim:
    return Claim(f"urn:{name}", name, Source(source or f"urn:source:{name}", issued=issued), status)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2009..2012", "2009-01-01", "2012-12-31"),
        ("2013-02..2013-02", "2013-02-01", "2013-02-28"),
        ("2012-02..2012-02-29", "2012-02-01", "2012-02-29"),
        ("..2012", None, "2012-12-31"),
        ("2016..", "2016-01-01", None),
        ("2015", "2015-01-01", "2015-12-31"),
        (" 2015 ", "2015-01-01", "2015-12-31"),
    ],
)
def test_a_period_is_read(text: str, first: str | None, last: str | None) -> None:
    period = parse_period(text)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "..", "2012..2009", "soon", "2013-13..2014", "2013..soon", "2013-02-30..2014", "2009/2012", "XXXX..2012"],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="period"):
        parse_period(text)


@pytest.mark.parametrize(
    ("when", "issued", "period", "inside"),
    [
        pytest.param("2015-03/2017-03", "2015-06-12", "2016..2017", True, id="a programme lasts, whenever it was told"),
        pytest.param("2015-03/2017-03", "2015-06-12", "2018..", False, id="and ends"),
        pytest.param("2013-12-31/2014-01-01", None, "2014", True, id="an event over the turn of the year"),
        pytest.param("2013/..", None, "2020..", True, id="an open end"),
        pytest.param("XXXX-02-27", "2013-03-02", "2013", True, id="a day without a year: the document decides"),
        pytest.param("XXXX-02-27", None, "..2030", False, id="and without a date of the document, none"),
        pytest.param(None, "2013", "2013-06..2013-07", True, id="a document of which the year alone is known"),
        pytest.param(None, None, "..2030", False, id="undated"),
        pytest.param("2009", "2013-01-05", "2013", False, id="told in 2013 of a meeting of 2009"),
    ],
)
def test_a_tie_belongs_to_a_period(when: str | None, issued: str | None, period: str, inside: bool) -> None:
    tie: Tie = ("urn:a", "participatesIn", "urn:e", (claim("c", issued),))
    found = ties_in(parse_period(period), [tie], {"urn:e": when})
    assert bool(found) is inside


def test_only_what_is_stated_makes_a_tie_in_a_period() -> None:
    planned, denied = claim("p", "2013", "planned"), claim("d", "2013", "denied")
    said = claim("s", "2015")
    ties: list[Tie] = [("urn:a", "funds", "urn:b", (said, planned, denied))]
    assert ties_in(parse_period("2013"), ties, {}) == {}
    assert ties_in(parse_period("2013..2015"), ties, {}) == {("urn:a", "funds", "urn:b"): (said, planned, denied)}


def test_undated_ties_are_counted() -> None:
    ties: list[Tie] = [
        ("urn:a", "funds", "urn:b", (claim("1"), claim("2", "2013"))),
        ("urn:a", "funds", "urn:c", (claim("3"),)),
        ("urn:a", "organises", "urn:e", (claim("4"),)),
        ("urn:a", "funds", "urn:d", ()),
    ]
    assert count_undated(ties, {"urn:e": "2014"}) == 2
    assert time_of(claim("1"), None, "2014") == ("2014-01-01", "2014-12-31")


def test_documents_of_a_period() -> None:
    documents = [Source("urn:1", issued="2013-12"), Source("urn:2", issued="2014"), Source("urn:3")]
    assert [source.iri for source in sources_in(parse_period("..2013"), documents)] == ["urn:1"]


ONE, TWO, AGAIN = claim("1"), claim("2"), claim("3", source="urn:source:1")


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        pytest.param(None, (ONE,), "added", id="added"),
        pytest.param((ONE,), None, "gone", id="gone"),
        pytest.param((ONE,), (ONE, TWO), "stronger", id="a second document"),
        pytest.param((ONE, TWO), (TWO,), "weaker", id="a document less"),
        pytest.param((ONE,), (TWO,), "same", id="another document"),
        pytest.param((ONE,), (ONE, AGAIN), "same", id="two sentences of one document are one document"),
        pytest.param((), (ONE,), "same", id="a tie without claims, as in a graph of others"),
        pytest.param((ONE,), (ONE, claim("4", status="denied")), "same", id="who denies it does not make it stronger"),
    ],
)
def test_kinds_of_change(before: tuple[Claim, ...] | None, after: tuple[Claim, ...] | None, kind: str) -> None:
    edge = ("urn:a", "funds", "urn:b")
    (change,) = compare_ties({edge: before} if before is not None else {}, {edge: after} if after is not None else {})
    assert change.kind == kind
    assert count_changes([change])[kind] == 1


def test_the_order_does_not_depend_on_the_order_of_the_input() -> None:
    edges = [(f"urn:{a}", "funds", f"urn:{b}") for a in range(6) for b in range(6)]
    before = dict.fromkeys(edges[::2], (ONE,))
    after = dict.fromkeys(edges[::3], (ONE, TWO))
    first = compare_ties(before, after)
    mixed = random.Random(7).sample(edges, len(edges))
    again = compare_ties({e: before[e] for e in mixed if e in before}, {e: after[e] for e in mixed if e in after})
    assert first == again
    assert [c.kind for c in first] == sorted((c.kind for c in first), key=["added", "gone", "stronger"].index)

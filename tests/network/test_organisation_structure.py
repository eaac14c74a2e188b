"""Where units, posts and people stand in an organisation: the traps of real organisation pages as small cases."""

from typing import Any

import networkx as nx
import pytest

from migkg.errors import UsageError
from migkg.network.compare import Tie
from migkg.network.evidence import Claim, Source
from migkg.network.structure import (
    Holder,
    find_organisation,
    first_said,
    holds_post,
    is_said,
    read_structure,
)
from support.browsing import node

KINDS = {"O": "IntergovernmentalOrganisation", "U": "OrganisationalUnit", "P": "Post", "H": "Person", "E": "Event"}


def claim(number: int = 0, issued: str | None = None, post: str | None = None, source: int = 0) -> Claim:
    return Claim(f"urn:claim:{number}", "words", Source(f"urn:source:{source}", issued=issued), post=post)


def read(*ties: str | Tie, root: str = "O") -> Any:
    """A structure from ties such as ``"U1 partOf O"``; the first letter of a name is its kind."""
    parsed: list[Tie] = []
    for tie in ties:
        subject, predicate, object_ = tie.split() if isinstance(tie, str) else tie[:3]
        parsed.append((subject, predicate, object_, (claim(),) if isinstance(tie, str) else tie[3]))
    names = {name for tie in parsed for name in (tie[0], tie[2])} | {root}
    return read_structure(root, {name: node(name, KINDS[name[0]]) for name in names}, parsed)


@pytest.mark.parametrize(
    ("ties", "drawn"),
    [
        pytest.param(["U1 partOf O", "U2 partOf U1"], ["O", "U1<O", "U2<U1"], id="a line"),
        pytest.param(["U1 partOf O", "U2 partOf U1", "U2 partOf O"], ["O", "U1<O", "U2<U1"], id="under the narrower"),
        pytest.param(["U1 partOf O", "O partOf U1"], ["O", "U1<O"], id="a ring through the organisation"),
        pytest.param(
            ["U1 partOf O", "U2 partOf U1", "U1 partOf U2"], ["O", "U1<O", "U2<U1"], id="a ring below it is cut"
        ),
        pytest.param(
            ["U1 partOf O", "U2 partOf U1", "U3 partOf U2", "U1 partOf U3", "U3 partOf O"],
            ["O", "U1<O", "U2<U1", "U3<O"],
            id="a longer ring with two ways in",
        ),
        pytest.param(["U1 partOf O", "U1 partOf U1"], ["O", "U1<O"], id="part of itself"),
        pytest.param(["U1 partOf O", "U9 partOf U8"], ["O", "U1<O"], id="of another organisation"),
        pytest.param(["U1 partOf O", "E1 partOf O"], ["O", "U1<O"], id="an event is no unit"),
        pytest.param(["P1 partOf U1", "U1 partOf O"], ["O", "U1<O"], id="a post stands in its unit"),
    ],
)
def test_what_is_drawn_under_what(ties: list[str], drawn: list[str]) -> None:
    units = read(*ties).units
    assert sorted(u.iri + (f"<{u.parent}" if u.parent else "") for u in units) == sorted(drawn)
    assert units[0].iri == "O"
    places = {unit.iri: number for number, unit in enumerate(units)}
    assert all(places[unit.parent] < places[unit.iri] for unit in units[1:] if unit.parent)


def test_two_wholes_are_told_and_the_one_that_more_documents_name_is_drawn() -> None:
    twice = (claim(1, source=1), claim(2, source=2))
    structure = read("U1 partOf O", "U2 partOf O", "U3 partOf U1", ("U3", "partOf", "U2", twice))
    (unit,) = [unit for unit in structure.units if unit.iri == "U3"]
    assert (unit.parent, [whole for whole, _ in unit.also]) == ("U2", ["U1"])


def test_reporting_lines_stand_apart() -> None:
    structure = read("U1 partOf O", "P1 partOf O", "U1 reportsTo P1", "U8 reportsTo P9")
    assert [line[:2] for line in structure.reports] == [("U1", "P1")]
    assert [post for post, _ in structure.units[0].posts] == ["P1"]
    assert structure.units[1].parent == "O"


def test_who_has_two_offices_stands_there_twice() -> None:
    said = (claim(1, post="Director"), claim(2, post="Head of Mission; Spokesperson"), claim(3))
    (unit,) = read(("H1", "worksFor", "O", said)).units
    assert [(h.post, len(h.claims)) for h in unit.holders] == [
        ("Director", 1),
        ("Head of Mission", 1),
        ("Spokesperson", 1),
    ]


@pytest.mark.parametrize(
    ("said", "post", "same"),
    [
        ("Director General", "Director General", True),
        ("directeur général", "Directeur  Général", True),
        ("Chairman", "Chairman, Gis Governing Council", True),
        ("Director", "Director General", False),  # of a department, not of the organisation
        ("", "Director", False),
        ("Deputy Director General", "Director General", False),
    ],
)
def test_an_office_is_a_post_of_that_name(said: str, post: str, same: bool) -> None:
    assert holds_post(Holder("H1", said, ()), post) is same


@pytest.mark.parametrize(
    ("dates", "day", "first", "said"),
    [
        (["2013-05", "2015"], "2013-05-01", "2013-05-01", True),
        (["2013-05", "2015"], "2013-04-30", "2013-05-01", False),
        (["2013-05", None], "2012-01-01", "2013-05-01", True),  # an undated document may be older
        ([None], "2012-01-01", None, True),
        (["2013-05"], None, "2013-05-01", True),
        ([], "2012-01-01", None, True),
    ],
)
def test_what_was_said_by_a_day(dates: list[str | None], day: str | None, first: str | None, said: bool) -> None:
    claims = tuple(claim(number, issued) for number, issued in enumerate(dates))
    assert (first_said(claims), is_said(claims, day)) == (first, said)


def test_of_two_of_a_name_the_one_with_a_structure_is_found() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri in ("urn:1", "urn:2"):
        graph.add_node(iri, **node("Ministry", "GovernmentBody"))
    graph.add_node("urn:unit", **node("Directorate", "OrganisationalUnit"))
    graph.add_edge("urn:unit", "urn:2", "partOf", claims=())
    assert find_organisation(graph, "ministry") == "urn:2"
    assert find_organisation(graph, "directorate") == "urn:unit"
    with pytest.raises(UsageError, match="nothing in the graph is called"):
        find_organisation(graph, "Atlantis")

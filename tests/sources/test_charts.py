"""Charts drawn in plain text become nested items: (text of the chart, nesting of its lines)."""

import pytest

from migkg.sources.plain import join_lines, read_lines

LEAD = "The Agency is led by a Director General and has, under the law of 2010, the structure that follows here.\n\n"
CHARTS = [
    pytest.param("Head\n    Cabinet\n    Deputy\n        Land Unit\n", "1 2 2 3", id="indents"),
    pytest.param("Head\n\tCabinet\n\tDeputy\n\t\tLand Unit\n", "1 2 2 3", id="tabs"),
    pytest.param("- Cabinet\n-- Press Unit\n- Legal\n-- Law Unit\n--- Team\n", "1 2 1 2 3", id="repeated dashes"),
    pytest.param("* Cabinet\n** Press Unit\n* Legal\n", "1 2 1", id="repeated stars"),
    pytest.param(
        "1. Cabinet\n2. Legal\n2.1 Law Unit\n2.1.1 Team\n2.2 Press\n", "1 1 2 3 2", id="numbers of several parts"
    ),
    pytest.param(
        "├── Cabinet\n│   ├── Press Unit\n│   └── Law Unit\n└── Audit\n    └── Team\n", "1 2 2 1 2", id="tree lines"
    ),
    pytest.param("|-- Cabinet\n|   |-- Press Unit\n+-- Legal\n    +-- Law Unit\n", "1 2 1 2", id="tree lines in ASCII"),
    pytest.param("--> Cabinet\n------> Press Unit\n--> Legal\n", "1 2 1", id="arrows"),
]


@pytest.mark.parametrize(("chart", "levels"), CHARTS)
def test_chart_lines_are_nested_items(chart, levels):
    items = [d for d in join_lines(read_lines(LEAD + chart)) if d.kind == "item"]
    assert " ".join(str(d.level) for d in items) == levels
    assert all(d.text[0].isalnum() for d in items)


NOT_CHARTS = [
    pytest.param("The Agency met in Geneva.\n   It will meet again.\n   Nobody knows when.\n", id="indented sentences"),
    pytest.param("Home\n  About us\n  Contact\n\n" + LEAD, id="menu before the text"),
    pytest.param(LEAD + "2.5 million dollars were given.\n", id="decimal number"),
    pytest.param(LEAD + "Head\nCabinet\nDeputy\n", id="no indents"),
]


@pytest.mark.parametrize("text", NOT_CHARTS)
def test_other_lines_stay_paragraphs(text):
    assert not [d for d in join_lines(read_lines(text)) if d.kind == "item"]

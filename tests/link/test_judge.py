"""When an entry of a register is the thing: each case with the trap that it covers."""

import pytest

from migkg.link.judge import demote_shared, judge
from migkg.link.model import Candidate, Thing
from migkg.model.identifiers import ID
from migkg.model.link import Link

NRC = Thing(
    f"{ID}org/nrc",
    "Norwegian Refugee Council",
    (("Norwegian Refugee Council", "en"), ("Conseil norvégien pour les réfugiés", "fr")),
    ("NRC",),
    frozenset({"NonGovernmentalOrganisation"}),
    "NOR",
)
POLICE = Thing(f"{ID}x/p", "National Police", (("National Police", "en"),), (), frozenset({"GovernmentBody"}), "PRY")
NOWHERE = Thing(f"{ID}x/n", "Border Police", (("Border Police", "en"),), (), frozenset({"GovernmentBody"}), None)
COUNCIL = Thing(f"{ID}x/c", "National Council", (("National Council", "en"),), (), NRC.types, "NOR")
NGO = frozenset({"NonGovernmentalOrganisation"})
STATE = frozenset({"GovernmentBody"})
FIRM = frozenset({"Company"})


def entry(
    name: str, types: frozenset[str] = NGO, country: str | None = "NOR", key: str = "1", **more: object
) -> Candidate:
    return Candidate(f"https://register.example/{key}", name, (name,), (), types, country, **more)  # type: ignore[arg-type]


def decide(thing: Thing, *candidates: Candidate) -> list[Link]:
    return judge(thing, candidates, "Register", "register.json", "2026-11-25")


@pytest.mark.parametrize(
    ("thing", "candidates", "expected"),
    [
        pytest.param(NRC, [entry("Norwegian Refugee Council")], ["exact"], id="name, country and kind"),
        pytest.param(NRC, [entry("The Norwegian Refugee Council")], ["exact"], id="an article makes no other name"),
        pytest.param(NRC, [entry("CONSEIL NORVEGIEN POUR LES REFUGIES")], ["exact"], id="in another language"),
        pytest.param(NRC, [entry("Norwegian Refugee Council", frozenset())], ["exact"], id="country is enough"),
        pytest.param(NRC, [entry("Norwegian Refugee Council", NGO, None)], ["exact"], id="kind is enough for an NGO"),
        pytest.param(NRC, [entry("Norwegian Refugee Council", frozenset(), None)], ["proposed"], id="the name alone"),
        pytest.param(NRC, [entry("Norwegian Refugee Council", NGO, "USA")], ["proposed"], id="another country"),
        pytest.param(NRC, [entry("Norwegian Refugee Council", FIRM)], ["proposed"], id="another kind"),
        pytest.param(NRC, [entry("Norwegian Refugee Council", remark="inactive")], ["proposed"], id="not active"),
        pytest.param(
            NRC,
            [entry("Norwegian Refugee Council", key="1"), entry("Norwegian Refugee Council", key="2")],
            ["proposed", "proposed"],
            id="two entries of one name",
        ),
        pytest.param(
            NRC,
            [entry("Norwegian Refugee Council", key="1"), entry("Norwegian Refugee Council", frozenset(), None, "2")],
            ["proposed", "proposed"],
            id="a second one of that name of which nothing is known",
        ),
        pytest.param(
            NRC,
            [entry("Norwegian Refugee Council", key="1"), entry("Norwegian Refugee Council", NGO, "USA", "2")],
            ["exact", "proposed"],
            id="the second one is elsewhere",
        ),
        pytest.param(
            NRC,
            [entry("Norwegian Refugee Council", key="1"), entry("Norwegian Refugee Council", frozenset(), None, "1")],
            ["exact"],
            id="one entry said twice",
        ),
        pytest.param(NRC, [entry("Norwegian Refugees Council")], ["close"], id="nearly the name, in the country"),
        pytest.param(NRC, [entry("Norwegian Refugees Council", NGO, None)], ["proposed"], id="nearly the name alone"),
        pytest.param(NRC, [entry("Danish Refugee Council")], [], id="the neighbour"),
        pytest.param(NRC, [entry("Council")], [], id="a head word alone"),
        pytest.param(
            NRC,
            [Candidate("https://register.example/1", "National Research Council", (), ("NRC",), NGO, "CAN")],
            [],
            id="an acronym in another country",
        ),
        pytest.param(
            NRC,
            [Candidate("https://register.example/1", "Flyktninghjelpen", ("Flyktninghjelpen",), ("NRC",), NGO, "NOR")],
            ["proposed"],
            id="an acronym in the country is never enough",
        ),
        pytest.param(COUNCIL, [entry("National Council", NGO, None)], ["proposed"], id="a name that many bear"),
        pytest.param(COUNCIL, [entry("National Council")], ["exact"], id="and that one bears in a country"),
        pytest.param(POLICE, [entry("National Police", STATE, "PRY")], ["exact"], id="a state body of its country"),
        pytest.param(POLICE, [entry("National Police", STATE, None)], ["proposed"], id="every state has that body"),
        pytest.param(
            NOWHERE, [entry("Border Police", STATE, "PRY")], ["proposed"], id="whose police it is, is not said"
        ),
        pytest.param(
            POLICE, [entry("National Police", STATE, None, country_agrees=True)], ["exact"], id="the service agrees"
        ),
        pytest.param(
            POLICE,
            [entry("National Police", STATE, None, country_agrees=False)],
            ["proposed"],
            id="the service does not",
        ),
    ],
)
def test_match(thing: Thing, candidates: list[Candidate], expected: list[str]) -> None:
    assert [link.match for link in decide(thing, *candidates)] == expected


def test_a_reader_sees_why() -> None:
    (link,) = decide(NRC, entry("Norwegian Refugee Council", FIRM, None))
    assert (link.why, link.score, link.date) == ("same name; country unknown; other kind", 1.0, "2026-11-25")


def test_only_the_best_are_shown() -> None:
    found = decide(NRC, *(entry(f"Norwegian Refugee Councill{i}", key=str(i)) for i in range(9)))
    assert 0 < len(found) <= 5


def test_one_entry_for_two_things_is_only_proposed() -> None:
    other = Thing(f"{ID}x/y", NRC.label, NRC.names, (), NRC.types, "NOR")
    links = [*decide(NRC, entry(NRC.label)), *decide(other, entry(NRC.label))]
    assert [link.match for link in links] == ["exact", "exact"]
    assert {(link.match, "other things match it too" in link.why) for link in demote_shared(links)} == {
        ("proposed", True)
    }

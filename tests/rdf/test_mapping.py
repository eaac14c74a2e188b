"""From an extraction to the lines of its graph: whole, well formed, and nothing that may not enter a store."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from migkg.errors import SourceSkip
from migkg.lines import read_literal, split_line
from migkg.model import Block, Document, Entity, Evidence, Extraction, Mention, Statement
from migkg.rdf import graph_iri, to_nquads
from migkg.rdf import namespaces as ns
from migkg.resolve import resolve_extraction
from support.gold import read_all

TEXT = (
    "Hanoi – The Government of Canada gave IOM CAD 2 million for the Mekong Project. "
    "The seminar was opened by Ann Lee, Chief of Mission of IOM, and by Tom Roe. "
    "IOM may fund the Mekong Project. Contact: Sue Poe, Press Service."
)


def find(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def entity(ref: str, kind: str, label: str, *said: str, **facts: str | bool | None) -> Entity:
    mentions = tuple(Mention(words, *find(words)) for words in (said or (label,)))
    return Entity(ref, kind, label, mentions, **facts)  # type: ignore[arg-type]


def say(subject: str, predicate: str, object_: str, words: str, **facts: object) -> Statement:
    return Statement(subject, predicate, object_, Evidence(words, *find(words)), **facts)  # type: ignore[arg-type]


ENTITIES = (
    entity("can", "Government", "Government of Canada", country="CAN"),
    entity("iom", "IntergovernmentalOrganisation", "IOM", key="org:iom"),
    entity("project", "Programme", "Mekong Project", start="2013", end="2015-06"),
    entity("seminar", "Event", "seminar", "The seminar", start="--02-27", named=False),
    entity("hanoi", "Place", "Hanoi"),
    entity("lee", "Person", "Ann Lee"),
    entity("roe", "Person", "Tom Roe"),
    entity("poe", "Person", "Sue Poe"),
    entity("press", "OrganisationalUnit", "Press Service"),
)
GIFT = "The Government of Canada gave IOM CAD 2 million for the Mekong Project"
OPENED = "The seminar was opened by Ann Lee, Chief of Mission of IOM, and by Tom Roe"
CAD: dict[str, object] = {"amount": Decimal("2000000.00"), "currency": "CAD"}
STATED = (
    say("can", "funds", "project", GIFT, **CAD, amount_kind="disbursed", confidence=0.8, rule="f1"),
    say("can", "funds", "iom", GIFT, **CAD),
    say("lee", "worksFor", "iom", "Ann Lee, Chief of Mission of IOM", post="Chief of Mission"),
    say("lee", "chairs", "seminar", OPENED),
    say("roe", "chairs", "seminar", OPENED),
    say("poe", "worksFor", "press", "Sue Poe, Press Service", post="Press officer"),
    say("iom", "organises", "seminar", "The seminar was opened by Ann Lee, Chief of Mission of IOM"),
)  # fmt: skip
PLANNED = (say("iom", "funds", "project", "IOM may fund the Mekong Project", status="planned"),)


def make(**changes: object) -> Extraction:
    contact = find("Contact: Sue Poe, Press Service.")
    blocks = (Block("paragraph", 0, contact[0] - 1), Block("contact", *contact))
    document = Document("x.txt", "x.txt", TEXT, blocks, "en", title="Tom Roe and the border", publisher="IOM")
    extraction = Extraction(replace(document, **changes), ENTITIES, STATED, PLANNED)  # type: ignore[arg-type]
    return resolve_extraction(extraction)


Facts = dict[str, dict[str, set[str]]]


def read(lines: Iterable[str]) -> Facts:
    """Values by predicate by subject, IRIs without their base."""
    facts: Facts = {}
    for line in lines:
        quad = split_line(line)
        value = read_literal(quad.object).text if quad.object.startswith('"') else short(quad.object)
        facts.setdefault(short(quad.subject), {}).setdefault(short(quad.predicate), set()).add(value)
    return facts


def short(iri: str) -> str:
    for prefix, base in (("", ns.ID), ("mg:", ns.MG), ("rdf:", ns.RDF)):
        if iri.startswith(f"<{base}"):
            return prefix + iri[1:-1].removeprefix(base)
    return iri[1:-1].rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def things(facts: Facts, kind: str) -> list[str]:
    return sorted(key for key, values in facts.items() if f"mg:{kind}" in values.get("rdf:type", ()))


def test_lines_are_sorted_and_of_one_graph() -> None:
    extraction = make()
    lines = to_nquads(extraction)
    assert lines == sorted(set(lines))
    assert {split_line(line).graph for line in lines} == {f"<{graph_iri(extraction.document)}>"}


def test_the_source() -> None:
    extraction = make(url="https://e.org/a b<c>?d=é", published="2013-03-18", publisher="Le Calame", title="A “title”")
    facts = read(to_nquads(extraction))[f"source/{extraction.document.id}"]
    assert facts == {
        "rdf:type": {"mg:Source"},
        "language": {"en"},
        "identifier": {"x.txt"},
        "title": {"A “title”"},
        "issued": {"2013-03-18"},
        "url": {"a%20b%3Cc%3E?d=%C3%A9"},
        "mg:documentKind": {"release"},
        "mg:contentHash": {extraction.document.id},
        "mg:publisherName": {"Le Calame"},
    }


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://e.org/a?b=c&d#e", "https://e.org/a?b=c&d#e"),
        ("https://e.org/ñ/%C3%B1/100%/[x]#a#b", "https://e.org/%C3%B1/%C3%B1/100%25/%5Bx%5D#a%23b"),
        ("http://münchen.de:8080/", "http://xn--mnchen-3ya.de:8080/"),
        ("http://e.org/a\n> <http://e.org/b", "http://e.org/a%0A%3E%20%3Chttp://e.org/b"),
        ("http://user:secret@e.org/", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://", None),
        ("http://a b/", None),
        ("http://[::1]/", None),
        ("/relative", None),
        (None, None),
    ],
)
def test_addresses(url: str | None, written: str | None) -> None:
    found = [split_line(line).object for line in to_nquads(make(url=url)) if f"<{ns.SCHEMA}url>" in line]
    assert found == ([f"<{written}>"] if written else [])


@pytest.mark.parametrize(
    ("published", "written"),
    [("2013-03-18", f"^^<{ns.XSD}date>"), ("2013-03", '"2013-03"'), ("--03-18", None), ("soon", None), (None, None)],
)
def test_the_day_of_publication(published: str | None, written: str | None) -> None:
    issued = [line for line in to_nquads(make(published=published)) if "issued" in line]
    assert [written in line for line in issued if written] == ([True] if written else [])
    assert len(issued) == (written is not None)


def test_a_publisher_in_the_text_is_an_entity() -> None:
    extraction = make()
    facts = read(to_nquads(extraction))[f"source/{extraction.document.id}"]
    assert facts["publisher"] == {"org/iom"}
    assert "mg:publisherName" not in facts


def test_entities() -> None:
    facts = read(to_nquads(make()))
    assert facts["government/CAN"]["rdf:type"] == {"mg:Government"}
    assert facts["government/CAN"]["label"] == {"Government of Canada"}
    assert facts["government/CAN"]["mg:country"] == {"CAN"}
    (project,) = things(facts, "Programme")
    assert facts[project]["mg:when"] == {"2013/2015-06"}
    (seminar,) = things(facts, "Event")
    assert facts[seminar]["mg:when"] == {"XXXX-02-27"}


def test_a_stated_edge_has_a_claim_with_the_words() -> None:
    extraction = make()
    facts = read(to_nquads(extraction))
    (project,) = things(facts, "Programme")
    assert project in facts["government/CAN"]["mg:funds"]
    (claim,) = [
        facts[key]
        for key in things(facts, "Claim")
        if facts[key]["rdf:object"] == {project} and facts[key]["mg:status"] == {"status/stated"}
    ]
    assert claim["mg:quote"] == {GIFT}
    assert TEXT[int(*claim["mg:start"]) : int(*claim["mg:end"])] == GIFT
    assert claim["mg:confidence"] == {"0.8"}
    assert claim["mg:rule"] == {"f1"}
    assert claim["mg:source"] == {f"source/{extraction.document.id}"}


def test_what_is_only_planned_has_a_claim_but_no_edge() -> None:
    facts = read(to_nquads(make()))
    planned = [facts[key] for key in things(facts, "Claim") if facts[key]["mg:status"] == {"status/planned"}]
    assert [claim["mg:quote"] for claim in planned] == [{"IOM may fund the Mekong Project"}]
    assert "mg:funds" not in facts["org/iom"]


def test_one_edge_said_twice_is_one_claim_with_the_best_evidence() -> None:
    weak = replace(STATED[0], confidence=0.3, evidence=Evidence("CAD 2 million", *find("CAD 2 million")))
    for order in ((weak, STATED[0]), (STATED[0], weak)):
        facts = read(to_nquads(replace(make(), statements=order, unasserted=())))
        (claim,) = things(facts, "Claim")
        assert facts[claim]["mg:quote"] == {GIFT}


def test_one_sum_for_a_programme_and_its_carrier_is_one_funding() -> None:
    facts = read(to_nquads(make()))
    (funding,) = things(facts, "Funding")
    (project,) = things(facts, "Programme")
    assert facts[funding]["funder"] == {"government/CAN"}
    assert facts[funding]["fundedItem"] == {project}
    assert facts[funding]["mg:recipient"] == {"org/iom"}
    assert facts[funding]["mg:amount"] == {"2000000"}
    assert facts[funding]["currency"] == {"CAD"}
    assert facts[funding]["mg:amountKind"] == {"amount-kind/disbursed"}


def test_the_same_grant_in_another_release_is_the_same_funding() -> None:
    one, other = (things(read(to_nquads(make(name=name))), "Funding") for name in ("a.txt", "b.txt"))
    assert one == other


@pytest.mark.parametrize(
    ("amount", "currency"),
    [(None, "EUR"), ("5", None), ("0", "EUR"), ("NaN", "EUR"), ("5", "euros"), ("-1", "EUR")],
)
def test_without_a_sum_there_is_no_funding(amount: str | None, currency: str | None) -> None:
    statement = replace(STATED[0], amount=Decimal(amount) if amount else None, currency=currency)
    facts = read(to_nquads(replace(make(), statements=(statement,))))
    assert things(facts, "Funding") == []
    assert "mg:funds" in facts["government/CAN"]


def test_parts_in_events_and_offices() -> None:
    facts = read(to_nquads(make()))
    (seminar,) = things(facts, "Event")
    (lee,) = things(facts, "Person")
    roles = {(*facts[key]["agent"], *facts[key]["hadRole"]) for key in things(facts, "Participation")}
    assert roles == {(lee, "role/chair"), ("org/iom", "role/organiser")}
    assert facts[seminar]["qualifiedAssociation"] == set(things(facts, "Participation"))
    (office,) = [values for values in facts.values() if "Membership" in values["rdf:type"]]
    assert office["member"] == {lee}
    assert office["organization"] == {"org/iom"}
    assert office["mg:postName"] == {"Chief of Mission"}


def test_cooperation_has_one_direction_whoever_is_named_first() -> None:
    words = "Government of Canada gave IOM"
    one, other = (
        to_nquads(replace(make(), statements=(say(*pair, words),), unasserted=()))
        for pair in (("can", "cooperatesWith", "iom"), ("iom", "cooperatesWith", "can"))
    )
    assert one == other


def test_no_edge_from_a_thing_to_itself() -> None:
    twin = replace(ENTITIES[1], id="twin")
    statement = say("iom", "partOf", "twin", "IOM")
    extraction = resolve_extraction(Extraction(make().document, (ENTITIES[1], twin), (statement,)))
    assert things(read(to_nquads(extraction)), "Claim") == []


# --- People and contact blocks ---


def test_contact_blocks_never_enter() -> None:
    for people in ("named", "roles", "none"):
        text = "\n".join(to_nquads(make(), people))  # type: ignore[arg-type]
        assert "Poe" not in text
        assert "Press" not in text


def test_named_keeps_who_has_an_office_and_nothing_of_who_has_none() -> None:
    lines = to_nquads(make())
    facts = read(lines)
    assert [facts[key]["label"] for key in things(facts, "Person")] == [{"Ann Lee"}]
    assert "Roe" not in "\n".join(lines)
    quotes = {quote for key in things(facts, "Claim") for quote in facts[key]["mg:quote"]}
    assert "The seminar was opened by Ann Lee, Chief of Mission of IOM, and by" in quotes
    assert facts[f"source/{make().document.id}"]["title"] == {"[…] and the border"}


def test_roles_keep_the_office_without_the_name() -> None:
    lines = to_nquads(make(), "roles")
    facts = read(lines)
    assert "Lee" not in "\n".join(lines)
    assert "lee" not in "\n".join(lines)
    (holder,) = things(facts, "Person")
    assert holder.startswith("role-holder/chief-of-mission-iom-")
    assert facts[holder]["label"] == {"Chief of Mission, IOM"}
    assert facts[holder]["mg:worksFor"] == {"org/iom"}


def test_none_drops_people_and_what_they_do() -> None:
    lines = to_nquads(make(), "none")
    facts = read(lines)
    assert things(facts, "Person") == []
    assert "Lee" not in "\n".join(lines)
    assert not any("worksFor" in line or "chairs" in line for line in lines)
    assert facts["org/iom"]["mg:organises"]


@pytest.mark.parametrize("people", ["named", "roles", "none"])
def test_quotes_are_the_words_at_their_offsets(people: str) -> None:
    count = 0
    for extraction in (make(), *map(resolve_extraction, read_all())):
        facts = read(to_nquads(extraction, people))  # type: ignore[arg-type]
        for key in things(facts, "Claim"):
            start, end = int(*facts[key]["mg:start"]), int(*facts[key]["mg:end"])
            assert facts[key]["mg:quote"] == {extraction.document.text[start:end]}
            count += 1
    assert count > 1000


def test_an_event_named_after_a_person_loses_the_name() -> None:
    visit = Entity("visit", "Event", "visit of Tom Roe", (Mention("Tom Roe", *find("Tom Roe")),))
    extraction = resolve_extraction(Extraction(make().document, (visit, ENTITIES[6]), ()))
    lines = to_nquads(extraction)
    assert "roe" not in "\n".join(lines).lower()
    assert '"visit of […]"@en' in "\n".join(lines)


# --- Hostile text ---


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_becomes_lines_that_two_engines_read_alike(label: str, text: str) -> None:
    text = text or "x"
    body = Document("s", label or "n", text, (), "en", title=label, url=f"http://e/{label}", publisher=label)
    evidence = Evidence(text, 0, len(text))
    things_said = (
        Entity("a", "NonGovernmentalOrganisation", label, country=label[:3]),
        Entity("b", "Programme", text, start=label),
    )
    statement = Statement("a", "implements", "b", evidence, rule=label, post=label)
    extraction = resolve_extraction(Extraction(body, things_said, (statement,)))
    if any("\ud800" <= c <= "\udfff" for c in label + text):
        with pytest.raises(SourceSkip, match="surrogate"):
            to_nquads(extraction)
        return
    lines = to_nquads(extraction)
    data = "".join(f"{line}\n" for line in lines)
    quads = list(pyoxigraph.parse(data.encode(), pyoxigraph.RdfFormat.N_QUADS))
    assert sorted(f"{quad} ." for quad in quads) == lines
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format="nquads")
    assert len(list(dataset.quads())) == len(lines)
    quotes = {quad.object.value for quad in quads if quad.predicate.value == f"{ns.MG}quote"}
    assert quotes == {text}


def test_an_unresolved_entity_is_told() -> None:
    extraction = replace(make(), entities=ENTITIES)
    with pytest.raises(SourceSkip, match="not resolved"):
        to_nquads(extraction)

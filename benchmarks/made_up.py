"""Makes up networks for the benchmarks, always the same for the same seed, as the N-Quads that migkg writes.

Communities are unequal and few nodes are strong, as in networks of releases. A sentence is made of stretches of
sentences of the annotated documents, cut at random places: so it deflates as ordinary prose does, which repeated
templates do not. Nothing in them is true.
"""

import random
import re
import zlib
from functools import cache
from pathlib import Path

from migkg.lexicon.gazetteer import read_table
from migkg.lines import write_literal
from migkg.rdf import namespaces as ns

TESTS = Path(__file__).resolve().parent.parent / "tests"
LANGUAGES = ("en", "fr", "es")
TYPES = (
    "Government", "GovernmentBody", "GovernmentBody", "IntergovernmentalOrganisation", "NonGovernmentalOrganisation",
    "OrganisationalUnit", "Programme", "Event", "Place",
)  # fmt: skip
RELATIONS = ("funds", "implements", "organises", "participatesIn", "cooperatesWith", "partOf", "takesPlaceIn")


@cache
def words_of(language: str) -> list[str]:
    """All words of the annotated documents of a language, in order."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(TESTS.glob(f"*/*.{language}.txt"))]
    return re.findall(r"\S+", " ".join(texts))


def sentence(chance: random.Random, language: str, length: int = 150) -> str:
    """About so many characters of prose that says nothing."""
    words = words_of(language)
    parts: list[str] = []
    while sum(map(len, parts)) < length:
        start = chance.randrange(len(words) - 9)
        parts.append(" ".join(words[start : start + chance.randint(3, 9)]))
    return " ".join(parts)[:length].capitalize()


def deflated(count: int = 2000) -> float:
    """The share of its size that such prose deflates to."""
    chance = random.Random(0)
    text = "\n".join(sentence(chance, LANGUAGES[n % 3]) for n in range(count)).encode()
    return len(zlib.compress(text, 7)) / len(text)


class Network:
    """The lines of a made-up network."""

    def __init__(self, nodes: int, edges: int, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.nodes, self.edges = nodes, edges
        self.names = [row["name_en"].split() for row in read_table("organisations") if row["name_en"]]
        self.themes = [row["code"] for row in read_table("migration_themes") if row["code"].startswith("iom:")]

    def graphs(self) -> dict[str, list[str]]:
        """The N-Quads of each source, one for every 15 edges."""
        chance = self.chance
        groups = [int(chance.paretovariate(0.6)) % max(5, int(self.nodes**0.5 / 2)) for _ in range(self.nodes)]
        members: dict[int, list[int]] = {}
        for node, group in enumerate(groups):
            members.setdefault(group, []).append(node)
        fitness = [chance.paretovariate(1.6) for _ in range(self.nodes)]
        weights = {group: [fitness[node] for node in some] for group, some in members.items()}
        described = [self._node(node) for node in range(self.nodes)]
        graphs: dict[str, list[str]] = {}
        for number in range(self.edges):
            subject = number % self.nodes
            inside = chance.random() < 0.86
            some, weight = (
                (members[groups[subject]], weights[groups[subject]]) if inside else (range(self.nodes), fitness)
            )
            target = chance.choices(some, weight)[0]
            graph = f"{ns.SOURCE}{number // 15:016x}"
            language = LANGUAGES[(number // 15) % 3]
            if graph not in graphs:
                graphs[graph] = self._source(graph, language)
            graphs[graph] += [*described[subject], *described[target]]
            graphs[graph] += self._edge(graph, number, subject, target, language)
        return {graph: [f"{line} <{graph}> ." for line in dict.fromkeys(lines)] for graph, lines in graphs.items()}

    def _day(self) -> str:
        return f"{self.chance.randint(2005, 2025)}-{self.chance.randint(1, 12):02d}-{self.chance.randint(1, 28):02d}"

    def _source(self, graph: str, language: str) -> list[str]:
        day, title = self._day(), sentence(self.chance, language, 70)
        address = f"https://www.example.org/{language}/news/" + re.sub(r"[^a-z]+", "-", title.lower())
        facts = [
            f"<{graph}> <{ns.RDF}type> <{ns.MG}Source>",
            f"<{graph}> <{ns.DCTERMS}title> {write_literal(title, language)}",
            f"<{graph}> <{ns.DCTERMS}language> {write_literal(language)}",
            f"<{graph}> <{ns.DCTERMS}subject> <{ns.THEME}{self.chance.choice(self.themes)}>",
            f"<{graph}> <{ns.SCHEMA}url> {write_literal(address)}",
        ]
        if self.chance.random() < 0.7:
            facts.append(f"<{graph}> <{ns.DCTERMS}issued> {write_literal(day, None, ns.XSD + 'date')}")
        return facts

    def _node(self, node: int) -> list[str]:
        kind = TYPES[node % len(TYPES)]
        first, second = self.chance.choice(self.names), self.chance.choice(self.names)
        name = " ".join([*first[: len(first) // 2 + 1], *second[len(second) // 2 :]])
        facts = [
            f"{_iri(node)} <{ns.RDF}type> <{ns.MG}{kind}>",
            f"{_iri(node)} <{ns.RDFS}label> {write_literal(f'{name} {node}', 'en')}",
        ]
        if kind in {"Programme", "Event"}:
            start = self.chance.randint(2005, 2024)
            span = f"{start}/{start + self.chance.randint(1, 4)}" if kind == "Programme" else self._day()
            facts.append(f"{_iri(node)} <{ns.MG}when> {write_literal(span)}")
        return facts

    def _edge(self, graph: str, number: int, subject: int, target: int, language: str) -> list[str]:
        claim, relation = f"<{ns.CLAIM}{number:016x}>", self.chance.choice(RELATIONS)
        sure = f"{self.chance.uniform(0.5, 1):.2f}"
        return [
            f"{_iri(subject)} <{ns.MG}{relation}> {_iri(target)}",
            f"{claim} <{ns.RDF}type> <{ns.MG}Claim>",
            f"{claim} <{ns.RDF}subject> {_iri(subject)}",
            f"{claim} <{ns.RDF}predicate> <{ns.MG}{relation}>",
            f"{claim} <{ns.RDF}object> {_iri(target)}",
            f"{claim} <{ns.MG}source> <{graph}>",
            f"{claim} <{ns.MG}quote> {write_literal(sentence(self.chance, language))}",
            f"{claim} <{ns.MG}status> <{ns.STATUSES['stated']}>",
            f"{claim} <{ns.MG}confidence> {write_literal(sure, None, ns.XSD + 'decimal')}",
        ]


def _iri(node: int) -> str:
    return f"<{ns.ID}thing/{node * 2654435761 % 2**32:08x}>"

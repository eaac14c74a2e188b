"""The network page: CPU time to write it from a store, its size, and seconds until it is drawn in headless Chromium.

Aim: 1,000 nodes and 2,500 edges written in under 2 s and opened in under 1.5 s. The networks are made up: unequal
communities, few strong nodes, and sentences of the sample releases as evidence.
"""

import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import corpus
import report

from migkg.lines import write_literal
from migkg.network.projection import project
from migkg.rdf import namespaces as ns
from migkg.render.page import render_page
from migkg.store import open_store

TYPES = ("Government", "GovernmentBody", "IntergovernmentalOrganisation", "NonGovernmentalOrganisation", "Programme")
RELATIONS = ("funds", "implements", "organises", "participatesIn", "cooperatesWith", "partOf")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1400,900",
)  # fmt: skip


def make_quads(nodes: int, edges: int, seed: int = 1) -> dict[str, list[str]]:
    """The lines of made-up source graphs, one for each 15 edges, as migkg writes them."""
    chance = random.Random(seed)
    _, sentences = corpus.read_paragraphs("en")
    groups = [int(chance.paretovariate(1.2)) % max(5, int(nodes**0.5 / 2)) for _ in range(nodes)]
    members: dict[int, list[int]] = {}
    for node, group in enumerate(groups):
        members.setdefault(group, []).append(node)
    fitness = [chance.paretovariate(1.6) for _ in range(nodes)]
    weights = {group: [fitness[node] for node in some] for group, some in members.items()}
    graphs: dict[str, list[str]] = {}
    for number in range(edges):
        subject = number % nodes
        inside = chance.random() < 0.86
        some, weight = (members[groups[subject]], weights[groups[subject]]) if inside else (range(nodes), fitness)
        target = chance.choices(some, weight)[0]
        graph = f"{ns.SOURCE}{number // 15:016x}"
        quote = f"{chance.choice(sentences)[:150]} ({number})"  # no sentence comes twice, as the worst case
        lines = graphs.setdefault(graph, _source(graph, number // 15))
        lines += [*_node(subject), *_node(target)]
        lines += _edge(graph, number, subject, chance.choice(RELATIONS), target, quote)
    return {graph: [f"{line} <{graph}> ." for line in dict.fromkeys(lines)] for graph, lines in graphs.items()}


def _source(graph: str, number: int) -> list[str]:
    return [
        f"<{graph}> <{ns.RDF}type> <{ns.MG}Source>",
        f"<{graph}> <{ns.DCTERMS}title> {write_literal(f'Release {number}', 'en')}",
        f"<{graph}> <{ns.DCTERMS}language> {write_literal('en')}",
        f"<{graph}> <{ns.SCHEMA}url> {write_literal(f'https://example.org/{number}')}",
    ]


def _iri(node: int) -> str:
    return f"<{ns.ID}thing/{node}>"


def _node(node: int) -> list[str]:
    kind = TYPES[node % len(TYPES)]
    return [
        f"{_iri(node)} <{ns.RDF}type> <{ns.MG}{kind}>",
        f"{_iri(node)} <{ns.RDFS}label> {write_literal(f'{kind} of the benchmark, number {node}', 'en')}",
    ]


def _edge(graph: str, number: int, subject: int, relation: str, target: int, quote: str) -> list[str]:
    claim = f"<{ns.CLAIM}{number:016x}>"
    return [
        f"{_iri(subject)} <{ns.MG}{relation}> {_iri(target)}",
        f"{claim} <{ns.RDF}type> <{ns.MG}Claim>",
        f"{claim} <{ns.RDF}subject> {_iri(subject)}",
        f"{claim} <{ns.RDF}predicate> <{ns.MG}{relation}>",
        f"{claim} <{ns.RDF}object> {_iri(target)}",
        f"{claim} <{ns.MG}source> <{graph}>",
        f"{claim} <{ns.MG}quote> {write_literal(quote)}",
        f"{claim} <{ns.MG}status> <{ns.STATUSES['stated']}>",
        f"{claim} <{ns.MG}confidence> {write_literal('0.9', None, ns.XSD + 'decimal')}",
    ]


def write(folder: Path, nodes: int, edges: int, limit: int | None) -> tuple[dict[str, Any], Path]:
    """CPU seconds from an opened store to the page on disk, and the page."""
    store = open_store(folder / "store")
    for name, lines in make_quads(nodes, edges).items():
        store.replace_graph(name, lines)
    start = time.process_time()
    graph = project(store, limit=limit)
    read = time.process_time()
    page = folder / "network.html"
    page.write_text(render_page(graph), encoding="utf-8")
    done = time.process_time()
    store.close()
    shown = f"{len(graph):,} / {graph.number_of_edges():,}"
    size = page.stat().st_size / 1e6
    return {"shown": shown, "read CPU s": read - start, "draw and write CPU s": done - read, "MB": size}, page


def opened(page: Path) -> dict[str, float]:
    """Seconds until the network is drawn, and from a choice to its evidence on the screen."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.support.ui import WebDriverWait

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            driver.get(page.as_uri())
            drawn = "return Number(document.documentElement.dataset.drawn)"
            seconds = float(WebDriverWait(driver, 60).until(lambda d: d.execute_script(drawn))) / 1000
            choice = """const done = arguments[0], start = performance.now(); migkg.choose({node: 0});
                requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)))"""
            return {"drawn s": seconds, "click s": float(driver.execute_async_script(choice)) / 1000}
        finally:
            driver.quit()


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--repeats", type=int, default=3, help="the fastest is shown: the machine may be shared")
    chosen = parser.parse_args()
    rows = []
    for nodes, edges, limit in ((150, 376, None), (1000, 2535, 400), (1000, 2535, None)):
        runs = []
        for _ in range(chosen.repeats):
            with tempfile.TemporaryDirectory() as folder:
                row, page = write(Path(folder), nodes, edges, limit)
                runs.append(row | opened(page))
        best = {name: min(run[name] for run in runs) for name in runs[0]}
        rows.append({"nodes / edges in the store": f"{nodes:,} / {edges:,}"} | best)
    report.show("The network page", rows, chosen.json)


if __name__ == "__main__":
    main()

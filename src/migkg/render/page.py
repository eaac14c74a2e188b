"""One HTML file that shows a network: pyvis builds and renders it, vis-network draws it, nothing is fetched.

pyvis' own template runs text as code and loads from the web; so it gets our template, an environment that escapes, and
the vis-network file of the pyvis package inside the page. Scripts are named by their hash in the page's content
security policy: a script that came in with a text would not run even if it were not escaped.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from migkg.network.layout import lay_out, node_radius
from migkg.render.payload import clip, page_data, ranked
from migkg.render.words import country_names, load_style, load_words, page_words
from migkg.resources import interface_languages

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network

    Graph = nx.MultiDiGraph[str]

# The order is the order in the page: later parts use what earlier ones define.
SCRIPTS = ("data.js", "language.js", "drawing.js", "details.js", "filters.js", "search.js", "table.js", "start.js")

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "tooltipDelay": 100, "selectConnectedEdges": False},
    "nodes": {"borderWidth": 0, "chosen": False},
    "edges": {"smooth": False, "chosen": False, "selectionWidth": 0, "hoverWidth": 0},
}
LARGE = 300  # nodes above which edges are not drawn while the view moves


def render_page(graph: "Graph", *, language: str = "en", title: str | None = None) -> str:
    """The network as one HTML page that needs no network.

    Args:
        graph: a projection (see ``migkg.network.projection.project``).
        language: language of the page's own words: ``en``, ``fr`` or ``es``.
        title: heading of the page; by default the words of its language.

    Raises:
        UsageError: the page does not speak this language.
    """
    words, style = load_words(language), load_style()
    data = page_data(graph, {code: country_names(code) for code in interface_languages()})
    network = _build(graph, data, style)
    # What pyvis passes to the template are nodes, edges and options; the rest are globals of its environment.
    script = _wrap("\n".join(_asset(name) for name in SCRIPTS))
    network.templateEnv.globals.update(
        language=language,
        title=clip(title) if title else words["page"]["title"],
        titled=bool(title),
        words=words,
        spoken={code: page_words(code) for code in interface_languages()},
        style=style,
        data=data,
        library=drawing_library(),
        script=script,
        sheet=_asset("page.css"),
        hashes={"scripts": [_hash(drawing_library()), _hash(script)], "sheets": [_hash(_asset("page.css"))]},
    )
    return str(network.generate_html())


def _build(graph: "Graph", data: dict[str, Any], style: dict[str, Any]) -> "Network":
    from jinja2 import Environment, FileSystemLoader
    from pyvis.network import Network

    network = Network(height="100%", width="100%", directed=True)
    network.set_template_dir(str(files("migkg.render") / "assets"), "page.html.j2")
    network.templateEnv = Environment(
        loader=FileSystemLoader(network.template_dir), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    network.templateEnv.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    network.options = OPTIONS | {
        "interaction": OPTIONS["interaction"] | {f"hideEdgesOn{move}": len(graph) > LARGE for move in ("Drag", "Zoom")}
    }
    positions = lay_out(graph)
    for number, iri in enumerate(ranked(graph)):
        x, y = positions[iri]
        size = node_radius(data["nodes"][number].get("links", 0))
        network.add_node(number, label=" ", shape="custom", size=size, x=x, y=y)
    network.edges = _edges(data["edges"], style)
    return network


def _edges(edges: list[dict[str, Any]], style: dict[str, Any]) -> list[dict[str, Any]]:
    """Edges as vis-network wants them (filled as a list: pyvis looks through all nodes at every add_edge)."""
    drawn: list[dict[str, Any]] = []
    together: dict[tuple[int, int], int] = {}
    for number, edge in enumerate(edges):
        line = style["relations"].get(edge["relation"], {})
        ends = (edge["from"], edge["to"])
        pair = (min(ends), max(ends))
        nth = together[pair] = together.get(pair, -1) + 1
        shape: dict[str, Any] = {"id": number, "from": ends[0], "to": ends[1]}
        shape["width"] = line.get("width", 1) * (1 + min(len(edge["claims"]), 8) / 4)
        if not line.get("symmetric"):
            shape["arrows"] = "to"
        if line.get("dashed"):
            shape["dashes"] = [8, 8]
        if nth and ends[0] != ends[1]:
            # Edges between the same two nodes are bent apart, each pair of them to both sides.
            turn = "curvedCW" if (nth % 2 == 1) == (ends == pair) else "curvedCCW"
            shape["smooth"] = {"enabled": True, "type": turn, "roundness": min(0.12 * ((nth + 1) // 2), 0.8)}
        drawn.append(shape)
    return drawn


@cache
def drawing_library() -> str:
    """vis-network as the pyvis package brings it, without the line that would send a debugger to the web."""
    text = (files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8")
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL"))


@cache
def _asset(name: str) -> str:
    return (files("migkg.render") / "assets" / name).read_text(encoding="utf-8")


def _wrap(script: str) -> str:
    return f'(() => {{\n"use strict";\n{script}\n}})();'


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

"""One HTML file that shows a network: pyvis builds and renders it, vis-network draws it, nothing is fetched.

pyvis' own template runs text as code and loads from the web; so it gets our template, an environment that escapes, and
the vis-network file of the pyvis package inside the page. Scripts are named by their hash in the page's content
security policy: a script that came in with a text would not run even if it were not escaped.

vis-network is given the strongest nodes only. The page paints all others into one picture behind them, and hands a node
over when it is clicked: so a page of 20,000 nodes moves as easily as one of 200 (decision 32).
"""

import base64
import hashlib
import itertools
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from migkg.network.layout import lay_out
from migkg.render.packing import pack
from migkg.render.payload import Content, clip, page_data
from migkg.render.words import country_names, load_style, load_words, page_words, theme_names
from migkg.resources import interface_languages

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network

    Graph = nx.MultiDiGraph[str]

# The order is the order in the page: later parts use what earlier ones define.
SCRIPTS = (
    "tools.js",
    "lists.js",
    "data.js",
    "language.js",
    "shown.js",
    "drawing.js",
    "picture.js",
    "labels.js",
    "view.js",
    "details.js",
    "actor.js",
    "claims.js",
    "filters.js",
    "years.js",
    "search.js",
    "paths.js",
    "ties.js",
    "table.js",
    "address.js",
    "image.js",
    "gexf.js",
    "save.js",
    "keyboard.js",
    "start.js",
)

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "tooltipDelay": 100, "selectConnectedEdges": False},
    "nodes": {"borderWidth": 0, "chosen": False},
    "edges": {"smooth": False, "chosen": False, "selectionWidth": 0, "hoverWidth": 0},
}
ALL_LIVE = 400  # a network of so many nodes is vis-network's alone
LIVE = 300  # of a larger one it holds so many, which leaves room for what a reader opens
LIVE_EDGES = 1200
LARGE = 300  # links above which they are not drawn while the view moves


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
    content = page_data(
        graph,
        lay_out(graph),
        {spoken: country_names(spoken) for spoken in interface_languages()},
        {spoken: theme_names(spoken) for spoken in interface_languages()},
    )
    network = _build(content)
    # What pyvis passes to the template are nodes, edges and options; the rest are globals of its environment.
    script, sheet = _wrap("\n".join(_asset(name) for name in SCRIPTS)), _asset("colours.css") + _asset("page.css")
    network.templateEnv.globals.update(
        language=language,
        # Half of a surrogate pair, as a file name may hold, is no text; it becomes a question mark.
        title=clip(title.encode("utf-8", "replace").decode()) if title else words["page"]["title"],
        titled=bool(title),
        words=words,
        spoken={code: page_words(code) for code in interface_languages()},
        style=style,
        graph=pack(content.graph),
        evidence=pack(content.evidence),
        library=drawing_library(),
        script=script,
        sheet=sheet,
        hashes={"scripts": [_hash(drawing_library()), _hash(script)], "sheets": [_hash(sheet)]},
    )
    return str(network.generate_html())


def _build(content: Content) -> "Network":
    from jinja2 import Environment, FileSystemLoader
    from pyvis.network import Network

    network = Network(height="100%", width="100%", directed=True)
    network.set_template_dir(str(files("migkg.render") / "assets"), "page.html.j2")
    network.templateEnv = Environment(
        loader=FileSystemLoader(network.template_dir), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    network.templateEnv.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    # Both are filled as lists: pyvis looks through all nodes at every add_edge.
    network.nodes = _live_nodes(content.graph["nodes"])
    network.edges = _live_edges(content.graph["edges"], len(network.nodes))
    still = len(network.edges) > LARGE or len(content.graph["nodes"]["label"]) > ALL_LIVE
    network.options = OPTIONS | {
        "interaction": OPTIONS["interaction"] | {f"hideEdgesOn{move}": still for move in ("Drag", "Zoom")}
    }
    return network


def _live_nodes(nodes: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The nodes that vis-network holds from the start, as it wants them; the strongest come first."""
    count = len(nodes["label"])
    live = range(count if count <= ALL_LIVE else LIVE)
    keys = ("x", "y", "size")
    return [{"id": n, "label": " ", "shape": "custom"} | {key: nodes[key][n] for key in keys} for n in live]


def _live_edges(edges: dict[str, list[Any]], live: int) -> list[dict[str, Any]]:
    """The links between those, the best founded ones where there are very many. The page says how they look."""
    subjects = itertools.accumulate(edges["from"])
    among = [(e, s, o) for e, (s, o) in enumerate(zip(subjects, edges["to"], strict=True)) if s < live and o < live]
    if len(among) > LIVE_EDGES:
        among = sorted(sorted(among, key=lambda edge: (-edges["count"][edge[0]], edge[0]))[:LIVE_EDGES])
    return [{"id": e, "from": s, "to": o} for e, s, o in among]


@cache
def drawing_library() -> str:
    """vis-network as the pyvis package brings it, without the line that would send a debugger to the web."""
    text = (files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js").read_text(encoding="utf-8")
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL"))


@cache
def _asset(name: str) -> str:
    return (files("migkg.render") / "assets" / name).read_text(encoding="utf-8")


def _wrap(script: str) -> str:
    return f'(async () => {{\n"use strict";\n{script}\n}})();'


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

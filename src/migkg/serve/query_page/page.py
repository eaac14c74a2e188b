"""Writes the page in one file.

Its modules are those of the service; two folders are looked into, the page's own first, so that its ``connection.js``
stands where the one that speaks HTTP would. Scripts and the sheet are named by their hashes in the content security
policy, and nothing may be fetched: a text that breaks out of its place would still do nothing.
"""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from migkg.errors import DataFileError
from migkg.rdf.turtle import write_trig
from migkg.render.page import drawing_library
from migkg.serve.page.files import EDITOR_STYLE
from migkg.serve.query_page.contents import read_contents
from migkg.serve.query_page.modules import join_modules
from migkg.store.base import Store

# What a browser may do: run what this file was written with, start the engine, and put it into a worker.
POLICY = (
    "default-src 'none'; script-src {scripts} 'wasm-unsafe-eval'; "
    f"style-src {{sheet}} 'unsafe-hashes' {EDITOR_STYLE}; "
    "worker-src blob:; base-uri 'none'; form-action 'none'"
)
_SHEET = re.compile(r'<link rel="stylesheet" href="page/([^"]+)">\n')
_SCRIPT = re.compile(r'<script (?:type="module" )?src="page/([^"]+)"(?: defer)?></script>\n')
_ICON = re.compile(r'<img src="page/(icon\.svg)" alt="" (width="\d+" height="\d+")>')
_BREAKS_OUT = re.compile(r"<(?=/script|!--)", re.IGNORECASE)


def render_query_page(store: Store, seconds: float | None = None) -> str:
    """The page with a graph inside; the same graph gives the same text.

    Args:
        store: the graph.
        seconds: how long a query may take in the page; ``None``: as long as at the service.

    Raises:
        DataFileError: a file that the page is made from is malformed or missing.
        MigkgError: the store cannot be read.
    """
    contents = json.dumps(read_contents(store, seconds), ensure_ascii=False, separators=(",", ":"))
    graph = (piece.encode() for piece in write_trig(store.dump()))
    parts = {"contents": _pack([contents.encode()]), "graph": _pack(graph), "engine": _engine(), "worker": _worker()}
    blocks = [f'<script type="text/plain" id="{name}">{text}</script>' for name, text in parts.items()]
    sheet, (first, *scripts) = _sheet(), _scripts()
    policy = POLICY.format(scripts=" ".join(map(_hash, [first, *scripts])), sheet=_hash(sheet))
    head = f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    styled = f"<style>{sheet}</style>\n<script>{first}</script>\n</head>"
    end = "\n".join([*blocks, *(f"<script>{script}</script>" for script in scripts), "</body>"])
    page = _frame()
    for place, instead in (('<meta charset="utf-8">', head), ("</head>", styled), ("</body>", end)):
        before, found, after = page.partition(place)
        if not found:
            raise DataFileError(f"index.html: there is no {place}")
        page = before + instead + after
    return page


@cache
def _frame() -> str:
    """The markup of the page without what it would load."""
    icon = _read("icon.svg").strip()
    page = _SCRIPT.sub("", _SHEET.sub("", _read("index.html"))).replace('href="./"', 'href="#"')
    page = page.replace('<link rel="icon" href="page/icon.svg">\n', "").replace(" Programs ask at /sparql.", "")
    page = _ICON.sub(lambda match: icon.replace("<svg ", f'<svg aria-hidden="true" {match[2]} ', 1), page)
    if found := re.search(r"""(?:src|href)=["'](?!#)[^"']*""", page):
        raise DataFileError(f"index.html: {found[0]} would be loaded; migkg.serve.query_page has to know it")
    return page


@cache
def _sheet() -> str:
    return "\n".join(_read(name) for name in _SHEET.findall(_read("index.html")))


@cache
def _scripts() -> list[str]:
    """What runs in the page: before anything is drawn, the editor, vis-network, and the page's own modules."""
    own = join_modules("start.js", _read)
    return [_inline(script) for script in (_read("theme.js"), _read("vendor/yasqe.js"), drawing_library(), own)]


@cache
def _worker() -> str:
    """The script of the worker: the engine's own, and ours."""
    return _inline(_read("vendor/oxigraph.js") + "\n" + join_modules("worker.js", _read))


@cache
def _engine() -> str:
    return _pack([(files("migkg.serve.page") / "vendor" / "oxigraph.wasm").read_bytes()])


def _read(name: str) -> str:
    """A file of the page: its own where there is one of this name, else that of the service."""
    page = files("migkg.serve.page")
    folder, _, file = name.rpartition("/")
    places = [page / folder / file] if folder else [files(__package__) / "static" / file, page / "static" / file]
    for place in places:
        if place.is_file():
            return place.read_text(encoding="utf-8")
    raise DataFileError(f"the page has no file {name}")


def _pack(pieces: Iterable[bytes]) -> str:
    """Deflated, in base64."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join([*map(packer.compress, pieces), packer.flush()])
    return base64.b64encode(packed).decode("ascii")


def _inline(script: str) -> str:
    """A script as it can stand between its tags: in the strings where it occurs, what is escaped means the same."""
    return _BREAKS_OUT.sub(r"<\\", script)


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii") + "'"

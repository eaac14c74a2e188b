"""The files that the page is made of, each read once, and the policy under which a browser shows it.

Nothing here comes from the graph: what the page knows of it, it asks the routes of the service for.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from migkg.resources import interface_languages
from migkg.serve.page.words import page_words

# The style attribute with which the editor underlines the words that it would have expected at a place.
EDITOR_STYLE = "'sha256-EntWS0hFrz2vH7susM+dPUxvHlL6sBswmM8K80E5oUk='"
# The page may run its own scripts, use its own sheets and ask its own host, and nothing else.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' 'unsafe-hashes' {EDITOR_STYLE}",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

MEDIA_TYPES = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}
DRAWING = "vendor/vis-network.js"
# Vendored for the page in one file (migkg.serve.query_page); the service answers with an engine of its own.
NOT_SERVED = frozenset({"vendor/oxigraph.js", "vendor/oxigraph.wasm"})


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file of the page.

    Attributes:
        body: its bytes.
        media_type: value of its Content-Type header.
        etag: value of its ETag header; another one where the bytes are others.
    """

    body: bytes
    media_type: str
    etag: str


@cache
def page_file(path: str) -> PageFile | None:
    """The file at a path, ``None`` where there is none.

    Args:
        path: ``""`` for the page itself; the others as the page names them after ``page/`` (``start.js``,
            ``words/fr.json``, ``vendor/yasqe.js``).
    """
    path = path or "index.html"
    if path not in page_paths():
        return None
    body = _read(path)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return PageFile(body, MEDIA_TYPES[path.rpartition(".")[2]], etag)


@cache
def page_paths() -> frozenset[str]:
    """All paths that ``page_file`` knows; a path of a request is looked up here and never joined to a folder."""
    folder = files("migkg.serve.page")
    own = {entry.name for entry in (folder / "static").iterdir() if entry.is_file()}
    vendored = {f"vendor/{entry.name}" for entry in (folder / "vendor").iterdir() if entry.is_file()}
    licences = {f"vendor/licences/{entry.name}" for entry in (folder / "vendor" / "licences").iterdir()}
    words = {f"words/{language}.json" for language in interface_languages()}
    return frozenset(own | vendored | licences | words | {DRAWING}) - NOT_SERVED


def _read(path: str) -> bytes:
    if path == DRAWING:
        from migkg.render.page import drawing_library

        return drawing_library().encode()
    folder, _, name = path.rpartition("/")
    if folder == "words":
        return json.dumps(page_words(name.removesuffix(".json")), ensure_ascii=False).encode()
    return (files("migkg.serve.page") / (folder or "static") / name).read_bytes()

"""What the page knows without asking the graph: everything that the routes of the service would tell it."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from migkg.query.catalogue import load_catalogue
from migkg.query.parameters import known_names
from migkg.rdf.namespaces import PREFIXES
from migkg.resources import interface_languages
from migkg.serve import evidence, overview
from migkg.serve.page.words import load_service_words, page_words
from migkg.serve.settings import Settings
from migkg.store.base import Store
from migkg.store.binding import find_slots


def read_contents(store: Store, seconds: float | None = None) -> dict[str, Any]:
    """The contents, as JSON values.

    Args:
        store: the graph; it is asked for its size and its words.
        seconds: how long a query may take in the page; ``None``: as long as at the service.

    Returns:
        ``files`` (address at the service → what it would answer), ``questions`` and ``evidence`` (see
        ``migkg.store.binding.find_slots``), ``most`` (claims in one answer), ``names`` (see
        ``migkg.query.parameters.known_names``), ``prefixes``, ``limits`` (``seconds``, ``bytes`` and ``rows``) and
        ``notes`` (language → what only this page says).

    Raises:
        DataFileError: a file of words or questions is malformed.
    """
    limits = Settings(Path())
    notes = {language: load_service_words(language, "query_page") for language in interface_languages()}
    return {
        "files": {
            **{f"{name}.json": write(store) for name, write in overview.PARTS.items()},
            **{f"page/words/{language}.json": _words(language, said) for language, said in notes.items()},
            "page/vendor/world.json": json.loads((files("migkg.serve.page") / "vendor/world.json").read_bytes()),
        },
        "questions": {
            query.name: find_slots(_without_header(query.text), [parameter.name for parameter in query.parameters])
            for query in load_catalogue().values()
        },
        "evidence": find_slots(evidence.CLAIMS, evidence.PARTS),
        "most": evidence.MOST,
        "names": known_names(),
        "prefixes": PREFIXES,
        "limits": {"seconds": seconds or limits.timeout, "bytes": limits.max_bytes, "rows": limits.max_rows},
        "notes": {language: said["errors"] for language, said in notes.items()},
    }


def _words(language: str, said: dict[str, Any]) -> dict[str, Any]:
    words = page_words(language)
    return {**words, "editor": {**words["editor"], **said["editor"]}}


def _without_header(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip() + "\n"

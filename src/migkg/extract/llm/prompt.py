"""What is asked of a language model: data/prompts/extract.yaml, filled from the ontology's vocabulary."""

import json
from functools import cache

from migkg.errors import DataFileError
from migkg.lexicon.language import load_language, read_yaml
from migkg.model import Document
from migkg.model.vocabulary import ACTOR_TYPES, ENTITY_TYPES, RELATIONS
from migkg.resources import data_path

# An office is no entity of its own here: it is the post of a claim.
TYPES = ENTITY_TYPES - {"Post"}
Message = dict[str, str]


def write_messages(document: Document) -> list[Message]:
    """The messages for one document: what is wanted, and the document as a JSON string of its own.

    Raises:
        DataFileError: data/prompts/extract.yaml has no text under ``system``.
    """
    language = load_language(document.language).code
    system = _system().replace("{language}", language)
    user = json.dumps({"kind": document.kind, "language": language, "document": document.text}, ensure_ascii=False)
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


@cache
def _system() -> str:
    path = data_path("prompts/extract.yaml")
    text = read_yaml(path).get("system")
    if not isinstance(text, str):
        raise DataFileError(f"{path}: system: a text is expected")
    relations = "\n".join(
        f"{name}: {_write(r.subjects)} -> {_write(r.objects)}" for name, r in sorted(RELATIONS.items())
    )
    return text.replace("{types}", ", ".join(sorted(TYPES))).replace("{relations}", relations)


def _write(types: frozenset[str]) -> str:
    """The types in a form that is easy to read: all kinds of organisation are written as one."""
    actors = ["any organisation or government"] if types >= ACTOR_TYPES else sorted(types & ACTOR_TYPES)
    return ", ".join([*actors, *sorted(types & TYPES - ACTOR_TYPES)])

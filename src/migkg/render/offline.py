"""One HTML file of its own for a comparison, a difference, a chart, a map or a money flow; it asks nobody.

Every text of the graph reaches the page as JSON and is shown by ``textContent``. The content security policy names the
one script and the one sheet by their hashes and allows nothing else.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from migkg.render.payload import clip
from migkg.render.words import load_style, load_view_words, load_words

KINDS = ("compare", "chart", "map", "flow", "network", "diff")
# What these pages share with the network page.
SHARED = ("page", "tools", "details", "table", "status", "amount_kinds", "languages", "types", "relations")


def render_offline(kind: str, data: dict[str, Any], *, language: str = "en", title: str | None = None) -> str:
    """The page as HTML.

    Args:
        kind: one of ``KINDS``, the name of its script.
        data: ``things``, ``claims``, ``sources``, ``quotes``, ``about`` (what was read) and ``view`` (what this kind
            of page shows), as JSON values.
        language: language of the page's own words: ``en``, ``fr`` or ``es``.
        title: heading of the page; by default the words of its language.

    Raises:
        UsageError: the page does not speak this language.
    """
    from jinja2 import Environment, FileSystemLoader

    words, say = load_words(language), load_view_words(language)
    environment = Environment(
        loader=FileSystemLoader(str(files("migkg.render") / "assets" / "views")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    sheet, script = _asset("colours.css") + _asset("views/views.css"), _script(kind)
    return environment.get_template("views.html.j2").render(
        kind=kind,
        language=language,
        title=clip(title) if title else say[kind]["title"],
        words={section: words[section] for section in SHARED},
        say=say,
        style=load_style(),
        data=data,
        sheet=sheet,
        script=script,
        hashes={"script": _hash(script), "sheet": _hash(sheet)},
    )


def thing_data(data: dict[str, Any], countries: dict[str, str]) -> dict[str, Any]:
    """What a page knows of one node of a projection: label, type, country, date, address in the graph."""
    country = data["country"]
    facts = {
        "label": clip(data["label"]),
        "type": data["type"],
        "country": clip(countries.get(country, country)) if country else None,
        "when": clip(data["when"]),
    }
    return {name: value for name, value in facts.items() if value}


def about_data(facts: dict[str, Any]) -> dict[str, Any]:
    """What was read: ``documents``, how many of them are ``dated``, and how many there are in each of ``languages``."""
    languages = {clip(language): count for language, count in facts.get("languages", {}).items()}
    return {"documents": facts.get("documents", 0), "dated": facts.get("dated", 0), "languages": languages}


def _script(kind: str) -> str:
    parts = (_asset("tools.js"), *(_asset(f"views/{name}.js") for name in ("common", "evidence", "stage", kind)))
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();"


@cache
def _asset(name: str) -> str:
    return (files("migkg.render") / "assets" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

"""The network page inside a notebook."""

import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# What the page may do inside the notebook: run its own scripts, save files, open the releases that it links to, and
# copy. It stays an origin of its own, so nothing in it can reach the notebook.
ALLOWED = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"

_PART = ("country", "theme", "relations", "first", "last")


def read_wishes(wishes: Mapping[str, Any], things: frozenset[str] | None = None) -> dict[str, Any]:
    """What ``Graph.view`` was asked for, as the options of ``migkg.network.projection.project``.

    Args:
        wishes: its keywords.
        things: IRIs of the nodes that are asked for.

    Raises:
        UsageError: a relation, country or theme is unknown.
    """
    from migkg.network.selection import Part, parse_relations
    from migkg.query.catalogue import Parameter
    from migkg.query.parameters import read_value
    from migkg.rdf.namespaces import THEME

    codes = {
        name: read_value(Parameter(name, name, name), wishes[name]).value.removeprefix(THEME)
        for name in ("country", "theme")
        if wishes.get(name)
    }
    relations = parse_relations(wishes.get("relations") or ())
    part = Part(**codes, things=things, relations=relations, first=wishes.get("first"), last=wishes.get("last"))
    options = {name: value for name, value in wishes.items() if name not in _PART}
    return {"depth": 1 if things is None else 0, "part": part, **options}


class View:
    """The network page of a graph. A notebook shows it in place, with or without a network; ``save`` makes a file.

    Attributes:
        page: the whole page as HTML.
        height: its height in a notebook, in pixels.
    """

    def __init__(self, page: str, summary: str, height: int) -> None:
        """Use ``Graph.view``.

        Args:
            page: the page.
            summary: what to print of it where pages cannot be shown.
            height: in pixels.
        """
        self.page = page
        self.height = height
        self._summary = summary

    def save(self, path: str | Path) -> Path:
        """Write the page as a file that opens by double click, whole or not at all; gives its path.

        Raises:
            MigkgError: it cannot be written.
        """
        from migkg.files import replace_file

        with replace_file(Path(path)) as file:
            file.write(self.page.encode("utf-8"))
        return Path(path)

    def _repr_html_(self) -> str:
        inside = html.escape(self.page, quote=True)
        style = f"width: 100%; height: {self.height}px; border: 1px solid #8888; border-radius: 6px"
        return (
            f'<iframe srcdoc="{inside}" sandbox="{ALLOWED}" allow="clipboard-write" referrerpolicy="no-referrer" '
            f'title="{html.escape(self._summary)}" style="{style}"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<{self._summary}>"

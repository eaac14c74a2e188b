"""The network page inside a notebook."""

import html
from pathlib import Path

# What the page may do inside the notebook: run its own scripts, save files, open the releases that it links to, and
# copy. It stays an origin of its own, so nothing in it can reach the notebook.
ALLOWED = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"


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

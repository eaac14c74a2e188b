"""migkg: a knowledge graph of migration governance, read from press releases, every edge with its sentence."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from migkg.graph import open_graph as open_graph

__version__ = "0.1.0"
__all__ = ["__version__", "open_graph"]


def __getattr__(name: str) -> Any:
    """Import the Python interface when it is asked for: the command line needs none of it to start."""
    if name == "open_graph":
        from migkg.graph import open_graph

        return open_graph
    raise AttributeError(f"module 'migkg' has no attribute {name!r}")

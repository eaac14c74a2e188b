"""migkg: a knowledge graph of migration governance, read from press releases, every edge with its sentence."""

__version__ = "0.1.0"

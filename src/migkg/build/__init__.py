"""The order of the stages: documents into a store, out of it again, and what is in it."""

from migkg.build.pipeline import Report, build, remove
from migkg.build.summary import Summary, summarise

__all__ = ["Report", "Summary", "build", "remove", "summarise"]

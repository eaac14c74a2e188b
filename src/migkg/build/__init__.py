"""The order of the stages: documents into a store, out of it again, and what is in it."""

from migkg.build.pipeline import Report, build, decide, remove
from migkg.build.summary import Summary, summarise

__all__ = ["Report", "Summary", "build", "decide", "remove", "summarise"]

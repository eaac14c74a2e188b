"""Fetching the pages of a described source, politely, and keeping everything that was read as WARC."""

from migkg.fetch.run import Report, fetch

__all__ = ["Report", "fetch"]

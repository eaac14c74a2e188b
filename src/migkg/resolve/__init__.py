"""Identity: which real thing each entity of a document is."""

from migkg.resolve.authority import authority_iris, authority_records, successions, theme_records
from migkg.resolve.identity import resolve_extraction

__all__ = ["authority_iris", "authority_records", "resolve_extraction", "successions", "theme_records"]

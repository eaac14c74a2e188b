"""The graph as RDF: what is written for each document, how it is exported, and what it is checked against."""

from migkg.rdf.mapping import graph_iri, select_record, to_nquads, write_record
from migkg.rdf.selection import PEOPLE, People

__all__ = ["PEOPLE", "People", "graph_iri", "select_record", "to_nquads", "write_record"]

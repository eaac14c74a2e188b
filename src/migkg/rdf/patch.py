"""RDF Patch: the lines that a graph loses and gains, to be applied by a tool that knows the format.

The format is Apache Jena's (https://jena.apache.org/documentation/rdf-patch/); rdflib and Jena Fuseki read it.
"""

from collections.abc import Iterable, Iterator

from migkg.rdf.delta import Touched


def write_patch(touched: Iterable[Touched], old: str, new: str) -> Iterator[str]:
    """One transaction that makes the new graph of the old one, in pieces that are to be written one after the other.

    Args:
        touched: see ``migkg.rdf.delta.compare_lines``.
        old, new: IRIs of the state before and after; they stand in the head of the patch.
    """
    yield f"H id <{new}> .\nH prev <{old}> .\nTX .\n"
    for _, before, after in touched:
        yield from (f"D {line}\n" for line in sorted(set(before).difference(after)))
        yield from (f"A {line}\n" for line in sorted(set(after).difference(before)))
    yield "TC .\n"

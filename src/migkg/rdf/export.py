"""The RDF formats that a graph is handed on in."""

from collections.abc import Callable, Iterable, Iterator

from migkg.rdf.jsonld import write_jsonld
from migkg.rdf.turtle import write_trig, write_turtle

Writer = Callable[[Iterable[str]], Iterator[str]]


def write_nquads(lines: Iterable[str]) -> Iterator[str]:
    """Lines with their line ends."""
    return (f"{line}\n" for line in lines)


# Each writer takes sorted N-Quads lines and gives pieces of text. Turtle and JSON-LD hold the union of all graphs,
# N-Quads and TriG the graphs one by one.
RDF_WRITERS: dict[str, Writer] = {
    "turtle": write_turtle,
    "nquads": write_nquads,
    "trig": write_trig,
    "jsonld": write_jsonld,
}

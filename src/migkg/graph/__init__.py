"""The Python interface: a graph that can be asked, for scripts and notebooks.

``from migkg import open_graph`` is the way in.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from migkg.errors import UsageError
from migkg.graph.answer import Answer, Value
from migkg.graph.view import View
from migkg.store.base import Rows, Store, Term

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

__all__ = ["Answer", "Graph", "Value", "View", "open_graph"]


def open_graph(source: str | Path | None = None, *, timeout: float = 60.0) -> "Graph":
    """Open a graph for asking. Close it, or use it in a ``with`` block.

    Args:
        source: the folder of a store; a file of RDF (``.ttl``, ``.nt``, ``.nq``, ``.trig``), which is copied aside; or
            the http or https address of a SPARQL endpoint (user and password as ``migkg query --endpoint`` takes them
            from the environment). ``None``: ``$MIGKG_STORE``, else ``./migkg-store``.
        timeout: seconds that an endpoint may take for one request.

    Raises:
        UsageError: there is nothing of this name, or it is none of these.
        StoreError: the store is held by a writing process or damaged.
    """
    from migkg.rdf.placing import place
    from migkg.store import file_store, open_store, remote_store

    name = str(source if source is not None else os.environ.get("MIGKG_STORE", "migkg-store"))
    if name.lower().startswith(("http://", "https://")):
        return Graph(remote_store(name, timeout), name)
    path = Path(name)
    if path.is_file():
        return Graph(file_store(path, place), name)
    return Graph(open_store(path, read_only=True), name)


class Graph:
    """A graph of actors with the sentences behind it, read only."""

    def __init__(self, store: Store, name: str = "graph") -> None:
        """Use ``open_graph``; a store of one's own may be given too, and is closed with the graph."""
        self.store = store
        self.name = name

    def query(self, question: str, parameters: Mapping[str, object] | None = None, /, **more: object) -> Answer:
        """Answer a named question: ``g.query("funders-of", country="VNM")``.

        Args:
            question: its name, see ``questions``.
            parameters: values by name, as on the command line (``org:iom``, a country's name, a year).
            more: the same as keywords; a name that Python keeps for itself takes an underscore (``from_=2010``).

        Raises:
            UsageError: no such question, or a parameter is unknown, missing or of the wrong type.
            QueryError: the store cannot answer it.
        """
        from difflib import get_close_matches

        from migkg.query.catalogue import find, load_catalogue

        if find(question) is None:
            near = " or ".join(get_close_matches(question, load_catalogue(), n=3))
            raise UsageError(
                f"there is no question {question!r}; {f'did you mean {near}?' if near else 'see questions()'}"
            )
        return self._ask(question, parameters, more)

    def sparql(self, query: str, parameters: Mapping[str, object] | None = None, /, **more: object) -> Answer:
        """Answer a SPARQL query; the prefixes of the graph need not be declared.

        Args:
            query: SELECT, ASK, CONSTRUCT or DESCRIBE.
            parameters: values of its variables by name, bound as values: ``<…>`` is an IRI, a whole number a number,
                the rest is text.
            more: the same as keywords.

        Raises:
            UsageError: the query has no such variable.
            QueryError: it is malformed, with line and column, or cannot be answered.
        """
        return self._ask(query, parameters, more)

    def questions(self, lang: str = "en") -> Answer:
        """The named questions: name, number among the thirty, what is asked, parameters (in brackets: optional).

        Args:
            lang: language of the questions, ``en``, ``fr`` or ``es``.

        Raises:
            UsageError: there are no questions in this language.
        """
        from migkg.query.catalogue import LANGUAGES, load_catalogue

        if lang not in LANGUAGES:
            raise UsageError(f"questions are asked in {', '.join(LANGUAGES)}, not in {lang!r}")
        rows = []
        for query in load_catalogue().values():
            names = ", ".join(p.name if p.required else f"[{p.name}]" for p in query.parameters)
            number = Term("literal", str(query.number), datatype=_INTEGER) if query.number else None
            rows.append((_text(query.name), number, _text(query.question[lang]), _text(names)))
        return Answer(Rows(("name", "number", "question", "parameters"), tuple(rows)))

    def find(self, text: str, lang: str = "en") -> Answer:
        """Things whose names contain a text, in any case; the most connected first."""
        return self.query("find", {"text": text, "lang": lang})

    def evidence(self, subject: str, predicate: str | None = None, object_: str | None = None) -> Answer:
        """The sentences behind what is said of a thing, or of one tie.

        Args:
            subject: IRI, short form (``org:iom``) or a name of the authority tables.
            predicate: one relation only, such as ``funds``.
            object_: the other end.

        Raises:
            UsageError: one of them is no IRI and no known name.
        """
        given = {"subject": subject, "predicate": predicate, "object": object_}
        return self.query("evidence-of", {name: value for name, value in given.items() if value is not None})

    def network(self, **options: Any) -> "nx.MultiDiGraph[str]":
        """The network as a networkx graph: a node for each thing, an edge for each relation, with its claims.

        Args:
            options: ``focus``, ``depth``, ``types``, ``min_confidence``, ``limit``, ``language``, ``isolated``; see
                ``migkg.network.projection.project``.
        """
        from migkg.network.projection import project

        return project(self.store, **options)

    def view(
        self,
        answer: Answer | None = None,
        *,
        lang: str = "en",
        title: str | None = None,
        height: int = 640,
        **wishes: Any,
    ) -> View:
        """The network page: a notebook shows it in place, ``save`` writes it as a file.

        Args:
            answer: only the things that this answer names, and the links among them (``depth``: what is around them).
            lang: language of the page and of the names in it, ``en``, ``fr`` or ``es``.
            title: heading of the page; by default the words of its language.
            height: in the notebook, in pixels.
            wishes: ``country`` and ``theme`` (a name or a code), ``relations``, ``first`` and ``last`` (years),
                ``focus``, ``depth``, ``types``, ``min_confidence``, ``limit``; as the options of ``migkg view``.

        Raises:
            UsageError: the page does not speak this language, a type, relation, country or theme is unknown, there is
                nothing of the name in ``focus``, or nothing is left to draw.
        """
        from migkg.graph.view import read_wishes
        from migkg.render.page import render_page
        from migkg.render.words import load_words

        load_words(lang)  # a wrong language is said before anything is read
        network = self.network(language=lang, **read_wishes(wishes, answer.things if answer is not None else None))
        if not network:
            raise UsageError("nothing is left to draw; ask for more types, a lower confidence or another focus")
        summary = f"migkg network: {len(network)} nodes, {network.number_of_edges()} links"
        return View(render_page(network, language=lang, title=title), summary, height)

    def to_rdflib(self) -> "rdflib.Graph":
        """Everything as one rdflib graph (the union of all sources), in memory."""
        from migkg.rdf.parsing import parse_graph

        return parse_graph(self.store.dump(), "nquads", self.name)

    def close(self) -> None:
        """Release files and connections; answers that were given stay usable."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<migkg graph {self.name}>"

    def _ask(self, text: str, parameters: Mapping[str, object] | None, more: Mapping[str, object]) -> Answer:
        from migkg.query.run import ask, prepare

        given = dict(parameters or {}) | {name.removesuffix("_"): value for name, value in more.items()}
        question = prepare(text, {name: str(value) for name, value in given.items() if value is not None})
        answer = ask(self.store, question)
        title = question.query.question["en"] if question.query else ""
        return Answer(answer, title, dict(question.query.columns) if question.query else {})


_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


def _text(value: str) -> Term:
    return Term("literal", value)

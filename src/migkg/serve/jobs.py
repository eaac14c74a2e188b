"""What a worker can be asked to do. A job is a small JSON object whose ``do`` names one of these functions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from migkg.errors import AnswerTooLarge, ServiceRefusal
from migkg.serve import negotiation
from migkg.serve.messages import Job, Reply
from migkg.store.base import Rows, Triples
from migkg.store.dataset import Dataset
from migkg.store.folder import FolderStore
from migkg.store.guard import MAX_LENGTH, Form
from migkg.store.results import Limits, write_answer

if TYPE_CHECKING:
    from migkg.query.run import Question

MAX_VALUE = 2000  # characters of one parameter


@dataclass(frozen=True, slots=True)
class Context:
    """What a worker has: its store, the limits of an answer, and the folder for long ones."""

    store: FolderStore
    limits: Limits
    spool: Path


def answer(context: Context, job: Job) -> Reply:
    """Do a job.

    Raises:
        MigkgError: it cannot be done; a ``ServiceRefusal`` says the status itself.
    """
    return _JOBS[job["do"]](context, job)


def ask_query(context: Context, job: Job) -> Reply:
    """A query of the protocol: ``query``, ``default``, ``named``, ``accept`` and ``format``."""
    sparql: str = job["query"]
    if len(sparql) > MAX_LENGTH:
        raise ServiceRefusal(413, f"the query is too long: {len(sparql):,} characters, at most {MAX_LENGTH:,}")
    chosen: list[tuple[str, str]] = []

    def choose(form: Form) -> str:
        offers = negotiation.RESULTS if form in {"SELECT", "ASK"} else negotiation.GRAPHS
        chosen.append(negotiation.choose(job.get("accept"), offers, job.get("format", ())))
        return chosen[0][0]

    dataset = Dataset(tuple(job.get("default", ())), tuple(job.get("named", ())))
    written = write_answer(context.store, sparql, choose, context.limits, dataset=dataset)
    kind, media_type = chosen[0]
    if isinstance(written, Triples):
        return _triples(context, written, kind, media_type)
    headers = {} if written.rows is None else {"Migkg-Rows": str(written.rows)}
    return Reply(200, media_type, written.data, headers=headers)


def ask_question(context: Context, job: Job) -> Reply:
    """A named query: ``name``, ``parameters``, ``lang``, ``accept`` and ``format``."""
    from migkg.query.run import ask

    found = ask(context.store, _prepare(job))
    offers = negotiation.GRAPHS if isinstance(found, Triples) else negotiation.RESULTS
    kind, media_type = negotiation.choose(job.get("accept"), offers, job.get("format", ()))
    if isinstance(found, Triples):
        return _triples(context, found, kind, media_type)
    from migkg.serve.tables import write_table

    headers = {"Migkg-Rows": str(len(found.rows))} if isinstance(found, Rows) else {}
    return Reply(200, media_type, write_table(found, kind, context.limits), headers=headers)


def bind_question(context: Context, job: Job) -> Reply:
    """The text of a named query with its values in place, to go on from: ``name``, ``parameters`` and ``lang``."""
    from migkg.store.binding import bind

    question = _prepare(job)
    lines = bind(question.text, question.bindings).splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#+")).strip() + "\n"
    return Reply(200, "text/plain; charset=utf-8", text.encode())


def _prepare(job: Job) -> "Question":
    from migkg.query.catalogue import find
    from migkg.query.run import prepare

    name: str = job["name"]
    parameters: Mapping[str, str] = job["parameters"]
    if find(name) is None:
        raise ServiceRefusal(404, f"there is no question {name[:80]!r}; /questions.json lists them")
    for key, value in parameters.items():
        if len(value) > MAX_VALUE:
            raise ServiceRefusal(400, f"the value of {key[:80]} is too long: at most {MAX_VALUE:,} characters")
    return prepare(name, parameters, job.get("lang"))


def show_overview(context: Context, job: Job) -> Reply:
    """``what``: the questions, the vocabulary or the summary, as JSON."""
    import json

    from migkg.serve import overview

    shown = overview.PARTS[job["what"]](context.store)
    return Reply(200, "application/json", json.dumps(shown, ensure_ascii=False).encode())


def show_evidence(context: Context, job: Job) -> Reply:
    """The claims of an edge: ``subject``, ``predicate`` and ``object``, each an IRI or absent."""
    import json

    from migkg.serve.evidence import read_evidence

    claims = read_evidence(context.store, job)
    return Reply(200, "application/json", json.dumps(claims, ensure_ascii=False).encode())


def describe(context: Context, job: Job) -> Reply:
    """The description of the service or of the graph (``what``) at the address ``base``; ``accept`` and ``format``."""
    from migkg.serve import description

    kind, media_type = negotiation.choose(job.get("accept"), negotiation.GRAPHS, job.get("format", ()))
    write = {"service": description.describe_service, "graph": description.describe_graph}[job["what"]]
    return _triples(context, Triples(write(context.store, job["base"])), kind, media_type)


def show_record(context: Context, job: Job) -> Reply:
    """The page of a thing (``iri``) in a language (``lang``), its links from number ``first`` on."""
    from migkg.serve.pages import render_record
    from migkg.serve.records import read_record

    record = read_record(context.store, job["iri"], job["first"])
    if record is None:
        raise _unknown(job["iri"])
    return Reply(200, "text/html; charset=utf-8", render_record(record, job["lang"]).encode())


def give_data(context: Context, job: Job) -> Reply:
    """The triples about a thing (``iri``); ``accept`` and ``format``."""
    from migkg.serve.records import read_data

    kind, media_type = negotiation.choose(job.get("accept"), negotiation.GRAPHS, job.get("format", ()))
    lines = read_data(context.store, job["iri"])
    if not lines:
        raise _unknown(job["iri"])
    return _triples(context, Triples(lines), kind, media_type)


def give_graph(context: Context, job: Job) -> Reply:
    """The whole graph as a file, in the format of a ``suffix``."""
    from migkg.serve.downloads import DUMPS, write_dump

    path = write_dump(context.store, job["suffix"], context.spool)
    return Reply(200, DUMPS[job["suffix"]].media_type, file=str(path))


def _unknown(iri: str) -> ServiceRefusal:
    return ServiceRefusal(404, f"the graph holds nothing about <{iri[:300]}>")


def _triples(context: Context, found: Triples, kind: str, media_type: str) -> Reply:
    from migkg.serve.tables import write_triples

    if len(found.lines) > context.limits.max_rows:
        raise AnswerTooLarge(f"the answer has more than {context.limits.max_rows:,} triples; ask for less")
    data = write_triples(found.lines, kind, context.limits)
    return Reply(200, media_type, data, headers={"Migkg-Triples": str(len(found.lines))})


_JOBS: Mapping[str, Callable[[Context, Job], Reply]] = {
    "query": ask_query,
    "question": ask_question,
    "bind": bind_question,
    "overview": show_overview,
    "evidence": show_evidence,
    "describe": describe,
    "record": show_record,
    "data": give_data,
    "graph": give_graph,
}

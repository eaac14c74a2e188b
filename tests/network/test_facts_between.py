"""``migkg diff`` on small graphs: what counts as added, changed and withdrawn, with the trap of each case."""

import csv
import io
import json
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from click.testing import CliRunner, Result

from migkg.cli import cli, main
from migkg.errors import MigkgError
from migkg.model.record import Former
from migkg.rdf import namespaces as ns
from support.graphs import ADDRESSES, derived, document, source

LATER = f"{ns.ID}thing/p-anew"
OTHER = f"{ns.ID}thing/another"
Lines = list[str]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="migkg")


def write(folder: Path, name: str, lines: Lines) -> Path:
    path = folder / name
    path.write_text("".join(f"{line}\n" for line in sorted(set(lines))), encoding="utf-8", newline="\n")
    return path


def facts(folder: Path, old: Lines, new: Lines, *options: object) -> list[dict[str, str]]:
    done = run("diff", write(folder, "old.nq", old), write(folder, "new.nq", new), "--format", "json", *options)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def told(found: list[dict[str, str]]) -> set[str]:
    """Facts as short lines."""
    lines = set()
    for fact in found:
        edge = " ".join(filter(None, (fact["subject"], fact["relation"], fact["object"])))
        what = f" [{fact['what']}]" if fact["what"] else ""
        sides = f" {fact['before']} > {fact['after']}" if fact["before"] or fact["after"] else ""
        lines.add(f"{fact['change']} {fact['kind']}: {edge}{what}{sides}")
    return lines


JAPAN, CANADA, IOM = "Government of Japan", "Government of Canada", "International Organization for Migration"
CASES = {
    "nothing": (document("a", "J funds P"), document("a", "J funds P"), set()),
    "a document more that says what another says": (
        document("a", "J funds P"),
        document("a", "J funds P") + document("b", "J funds P"),
        {f"changed ties: {JAPAN} funds Border project [documents]  > On b", "added documents: On b"},
    ),
    "a new tie between actors, a new thing": (
        document("a", "J cooperatesWith I"),
        document("a", "J cooperatesWith I") + document("b", "C memberOf I"),
        {
            f"added actors: {CANADA} memberOf {IOM}",
            f"added things: {CANADA}  > Government",
            "added documents: On b",
        },
    ),
    "the same page read again with other words: nothing is withdrawn": (
        document("a", "J funds P 0.9 quote=Japan-pays"),
        document("a", "J funds P 0.7 quote=Tokyo-pays", version="2"),
        {
            f"changed ties: {JAPAN} funds Border project [sentence] Japan-pays > Tokyo-pays",
            f"changed ties: {JAPAN} funds Border project [confidence] 0.9 > 0.7",
            "changed documents: On a [text] 6ca5d2d6a7b0b5a4 > x",
        },
    ),
    "what was planned is stated": (
        document("a", "J funds P planned"),
        document("a", "J funds P", version="2"),
        {f"changed ties: {JAPAN} funds Border project [status] planned > stated", "changed documents: On a [text] > "},
    ),
    "one document plans it still, another states it": (
        document("a", "J funds P planned"),
        document("a", "J funds P planned") + document("b", "J funds P"),
        {
            f"changed ties: {JAPAN} funds Border project [status] planned > stated",
            f"changed ties: {JAPAN} funds Border project [documents]  > On b",
            "added documents: On b",
        },
    ),
    "another sum, another office": (
        document("a", "J funds P USD=200", "H worksFor I post=Director"),
        document("a", "J funds P USD=300", "H worksFor I post=Chief", version="2"),
        {
            f"changed ties: {JAPAN} funds Border project [amount] 200 USD > 300 USD",
            f"changed ties: Ana Old worksFor {IOM} [office] Director > Chief",
            "changed documents: On a [text] > ",
        },
    ),
    "a sum that nobody stated before": (
        document("a", "J funds P"),
        document("a", "J funds P") + document("b", "J funds P USD=5"),
        {
            f"changed ties: {JAPAN} funds Border project [amount]  > 5 USD",
            f"changed ties: {JAPAN} funds Border project [documents]  > On b",
            "added documents: On b",
        },
    ),
    "another name, another date": (
        [*document("a", "J funds P", when={"P": "2015"}), *derived({"P": "Border project"})],
        [*document("a", "J funds P", when={"P": "2015-03"}), *derived({"P": "Borders"})],
        {
            "changed things: Borders [name] Border project > Borders",
            "changed things: Borders [date] 2015 > 2015-03",
        },
    ),
    "another address for the same thing of the same document": (
        document("a", "J funds P", "I implements P"),
        document("a", "J funds P", "I implements P", addresses={"P": LATER}),
        {f"changed identity: Border project [address] {ADDRESSES['P']} > {LATER}"},
    ),
    "two things that are one now": (
        document("a", "J funds P") + document("b", "C funds P", addresses={"P": OTHER}),
        document("a", "J funds P") + document("b", "C funds P"),
        {f"changed identity: Border project [merged] {OTHER} > {ADDRESSES['P']}"},
    ),
    "one thing that is two now": (
        document("a", "J funds P") + document("b", "C funds P"),
        document("a", "J funds P") + document("b", "C funds P", addresses={"P": OTHER}),
        {f"changed identity: Border project [split] {ADDRESSES['P']} > {OTHER}"},
    ),
    "a verdict says that two are one, though no document has both names": (
        document("a", "J funds P") + document("b", "C funds P", addresses={"P": OTHER}, names={"P": "Frontières"}),
        [
            *document("a", "J funds P"),
            *document("b", "C funds P", version="2"),
            f"<{ADDRESSES['P']}> <{ns.SKOS}exactMatch> <{OTHER}> <{ns.ID}graph/verdicts> .",
        ],
        {
            f"changed identity: Border project [merged] {OTHER} > {ADDRESSES['P']}",
            "changed things: Border project [name] Border project, Frontières > Border project",
            "changed documents: On b [text] > ",
        },
    ),
    "two things of one name in a document are not guessed at": (
        document("a", "J funds P", "J funds E", names={"P": "It", "E": "It"}),
        document("a", "J funds P", "J funds E", names={"P": "It", "E": "It"}, addresses={"P": LATER}),
        {f"changed identity: It [address] {ADDRESSES['P']} > {LATER}"},  # of two types, so they are told apart
    ),
    "a changed page calls one thing something else and says the same of it": (
        document("a", "J funds E", "I organises E", "E takesPlaceIn V"),
        document(
            "a", "J funds E", "I organises E", "C funds E", version="2", addresses={"E": OTHER}, names={"E": "Course"}
        ),
        {
            f"changed identity: Course [address] {ADDRESSES['E']} > {OTHER}",
            "changed things: Course [name] Workshop in Hanoi > Course",
            f"added ties: {CANADA} funds Course",
            f"added things: {CANADA}  > Government",
            "withdrawn ties: Course takesPlaceIn Viet Nam",
            "withdrawn things: Viet Nam Place > ",
            "changed documents: On a [text] > ",
        },
    ),
    "a changed page tells of another event: one tie in common is not enough": (
        document("a", "J funds E", "I organises E"),
        document("a", "J funds E", "C organises E", version="2", addresses={"E": OTHER}, names={"E": "Course"}),
        {
            f"withdrawn ties: {JAPAN} funds Workshop in Hanoi",
            f"withdrawn ties: {IOM} organises Workshop in Hanoi",
            f"added ties: {JAPAN} funds Course",
            f"added ties: {CANADA} organises Course",
            f"added things: {CANADA}  > Government",
            "added things: Course  > Event",
            f"withdrawn things: {IOM} IntergovernmentalOrganisation > ",
            "withdrawn things: Workshop in Hanoi Event > ",
            "changed documents: On a [text] > ",
        },
    ),
    "a document that is gone": (
        document("a", "J funds P") + document("b", "C funds P"),
        document("a", "J funds P"),
        {
            f"withdrawn ties: {CANADA} funds Border project",
            f"withdrawn things: {CANADA} Government > ",
            "withdrawn documents: On b",
        },
    ),
    "what a page said before is kept, and is not said any more": (
        document("a", "J funds P", "C funds P"),
        [
            *document("a", "J funds P", version="2"),
            *document(
                "a",
                "J funds P",
                "C funds P",
                former=Former(f"{ns.ID}version/1", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", source("a", "2")),
            ),
        ],
        {
            f"withdrawn ties: {CANADA} funds Border project",
            f"withdrawn things: {CANADA} Government > ",
            "changed documents: On a [text] > ",
        },
    ),
    "a page that its server no longer has: its facts stand": (
        document("a", "J funds P"),
        [
            *document("a", "J funds P"),
            f'<{source("a")}> <{ns.MG}withdrawn> "2026-11-25T10:00:00Z"^^<{ns.XSD}dateTime> <{source("a")}> .',
        ],
        {"added documents: On a [source withdrawn]  > 2026-11-25T10:00:00Z"},
    ),
    "without direction": (
        document("a", "J cooperatesWith I"),
        document("a", "J cooperatesWith I", addresses={"J": f"{ns.ID}thing/zzz"}),
        {f"changed identity: {JAPAN} [address] {ADDRESSES['J']} > {ns.ID}thing/zzz"},
    ),
}


@pytest.mark.parametrize(("old", "new", "wanted"), CASES.values(), ids=CASES)
def test_what_differs(tmp_path: Path, old: Lines, new: Lines, wanted: set[str]) -> None:
    found = told(facts(tmp_path, old, new))
    texts = {line for line in found if "[text]" in line}  # fingerprints, which say no more than that there are some
    assert found - texts == {line for line in wanted if "[text]" not in line}
    assert len(texts) == sum("[text]" in line for line in wanted)


@pytest.mark.parametrize(("old", "new", "wanted"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("kind", ["quads", "triples"])
def test_a_patch_makes_the_new_graph_of_the_old(
    tmp_path: Path, old: Lines, new: Lines, wanted: set[str], kind: str
) -> None:
    suffix = "nq" if kind == "quads" else "nt"
    if kind == "triples":
        old, new = ([f"{line.rsplit(' <', 1)[0]} ." for line in lines] for lines in (old, new))
    paths = [write(tmp_path, f"{name}.{suffix}", lines) for name, lines in (("old", old), ("new", new))]
    done = run("diff", *paths, "--format", "patch")
    assert done.exit_code == 0, done.output
    form = "nquads" if kind == "quads" else "nt"
    patched, after = rdflib.Dataset(), rdflib.Dataset()
    patched.parse(paths[0], format=form)
    patched.parse(data=done.stdout, format="patch")
    after.parse(paths[1], format=form)
    assert set(patched.quads()) == set(after.quads())
    assert run("diff", *paths, "--format", "patch").stdout == done.stdout


def apply(changeset: str, old: Lines) -> set[str]:
    """The graph that the sets of changes make of an older one; each statement is read with its named graph."""
    store = pyoxigraph.Store()
    store.load(changeset.encode(), pyoxigraph.RdfFormat.TRIG)
    query = """PREFIX cs: <http://purl.org/vocab/changeset/schema#> PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?s ?p ?o ?g { GRAPH ?bundle { ?set a cs:ChangeSet ; cs:subjectOfChange ?s ; cs:KIND ?node .
          ?node a rdf:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; dcterms:isPartOf ?g } }"""
    lines = set(old)
    for kind in ("removal", "addition"):
        answer = store.query(query.replace("KIND", kind))
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        rows = {f"{' '.join(str(term) for term in row)} ." for row in answer}
        assert rows <= lines if kind == "removal" else not rows & lines
        lines = lines - rows if kind == "removal" else lines | rows
    return lines


@pytest.mark.parametrize(("old", "new", "wanted"), CASES.values(), ids=CASES)
def test_a_changeset_makes_the_new_graph_of_the_old(tmp_path: Path, old: Lines, new: Lines, wanted: set[str]) -> None:
    paths = (write(tmp_path, "old.nq", old), write(tmp_path, "new.nq", new))
    done = run("diff", *paths, "--format", "trig")
    assert done.exit_code == 0, done.output
    assert apply(done.stdout, old) == set(new)
    assert "_:" not in done.stdout
    turtle = run("diff", *paths, "--format", "turtle").stdout
    union = rdflib.Graph().parse(data=turtle, format="turtle")
    quads = pyoxigraph.parse(done.stdout.encode(), pyoxigraph.RdfFormat.TRIG)
    assert len(union) == len({str(quad.triple) for quad in quads}) >= 6
    assert ("isReplacedBy" in turtle) == any("identity" in line for line in wanted)


def test_the_two_states_are_named_by_what_they_hold_and_dated_only_on_demand(tmp_path: Path) -> None:
    paths = (write(tmp_path, "old.nq", CASES["nothing"][0]), write(tmp_path, "new.nq", document("b", "C funds P")))
    plain = run("diff", *paths, "--format", "turtle").stdout
    assert "dateTime" not in plain and "createdDate" not in plain
    dated = run("diff", *paths, "--format", "turtle", "--date", "2026-11-25").stdout
    assert '"2026-11-25T00:00:00Z"^^xsd:dateTime' in dated and "createdDate" in dated
    copy = write(tmp_path, "copy.nq", CASES["nothing"][0])
    same = run("diff", copy, paths[1], "--format", "turtle").stdout
    assert same == plain.replace('"old.nq"', '"copy.nq"')


def test_a_store_and_its_file_are_the_same(tmp_path: Path, root: Path) -> None:
    pages = root / "data" / "samples"
    documents = [pages / name for name in ("kish-border-workshop.en.txt", "mozambique-cerf-floods.en.txt")]
    assert run("build", *documents, "--store", tmp_path / "two").exit_code == 0
    assert run("build", documents[0], "--store", tmp_path / "one").exit_code == 0
    for suffix in ("nq", "trig", "ttl"):
        file = tmp_path / f"two.{suffix}"
        assert run("export", "--store", tmp_path / "two", "-o", file).exit_code == 0
        done = run("diff", tmp_path / "two", file, "--format", "csv")
        assert (done.exit_code, done.stdout.count("\n")) == (0, 1), done.output
    less = run("diff", tmp_path / "two", tmp_path / "one", "--format", "csv", "--only", "actors,ties")
    rows = list(csv.DictReader(io.StringIO(less.stdout, newline="")))
    assert {row["change"] for row in rows} == {"withdrawn"} and all(row["quote"] and row["source"] for row in rows)
    patched = rdflib.Dataset()
    patched.parse(tmp_path / "two.nq", format="nquads")
    patched.parse(data=run("diff", tmp_path / "two", tmp_path / "one", "--format", "patch").stdout, format="patch")
    assert run("export", "--store", tmp_path / "one", "-o", tmp_path / "one.nq").exit_code == 0
    assert set(patched.quads()) == set(rdflib.Dataset().parse(tmp_path / "one.nq", format="nquads").quads())


@pytest.mark.parametrize(
    ("options", "differs", "code"), [([], True, 0), (["--exit-code"], True, 1), (["--exit-code"], False, 0)]
)
@pytest.mark.parametrize("kind", ["csv", "patch"])
def test_the_exit_code_says_on_demand_whether_they_differ(
    tmp_path: Path, options: list[str], differs: bool, code: int, kind: str
) -> None:
    old = write(tmp_path, "old.nq", document("a", "J funds P"))
    new = write(tmp_path, "new.nq", document("b", "C funds P")) if differs else old
    with pytest.raises(SystemExit) as stop:
        main(["diff", str(old), str(new), "--format", kind, *options])
    assert stop.value.code == code


def test_the_exit_code_minds_what_is_left_out(tmp_path: Path) -> None:
    old, new = (write(tmp_path, f"{sure}.nq", document("a", f"J funds P {sure}")) for sure in ("0.9", "0.8"))
    for options, code in ((["--ignore", "confidence"], 0), (["--only", "actors"], 0), (["--only", "ties"], 1)):
        with pytest.raises(SystemExit) as stop:
            main(["diff", str(old), str(new), "--exit-code", *options])
        assert stop.value.code == code


def test_the_table_fits_and_names_actors_first(tmp_path: Path) -> None:
    old, new, _ = CASES["a new tie between actors, a new thing"]
    paths = [write(tmp_path, "a.nq", old), write(tmp_path, "b.nq", new)]
    done = run("diff", *paths)
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["change", "subject", "relation", "object", "what", "source"]
    assert "memberOf" in lines[2] and "On b: “C memberOf I.”" in lines[2]
    assert "(added 3, changed 0, withdrawn 0" in done.stderr
    kinds = [fact["kind"] for fact in facts(tmp_path, [], document("a", "J funds P", "C memberOf I"))]
    assert kinds == sorted(kinds, key=["actors", "ties", "things", "documents"].index)


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (None, [], "there is no such store or file"),
        ("", ["--only", "edges"], "'edges' is no kind of facts"),
        ("", ["--date", "today"], "'today' is no day"),
        ("", ["-o", "diff.docx"], "give --format, or a file that ends in"),
        ("<a> <b> .", [], "is malformed"),
        ('_:x <urn:p> "1" .\n', [], "blank nodes"),
        ("\x00\xff", [], "is malformed"),
        ("<urn:a> <urn:b> <<( <urn:c> <urn:d> <urn:e> )>> .\n", [], "statements about statements"),
        ("<urn:a> <urn:b> <<( <urn:c> <urn:d> <urn:e> )>> .\n", ["--format", "patch"], "statements about statements"),
        ('<urn:a> <urn:b> "\\uD800" .\n', [], "is malformed"),
    ],
)
def test_wrong_use_is_one_clear_line(tmp_path: Path, content: str | None, options: list[str], message: str) -> None:
    new = tmp_path / "new.nq"
    if content is not None:
        new.write_text(content, encoding="latin-1")
    done = run("diff", write(tmp_path, "old.nq", document("a", "J funds P")), new, *options)
    assert isinstance(done.exception, MigkgError), done.output
    assert message in str(done.exception) and "\n" not in str(done.exception)


def test_a_folder_that_is_no_store_is_said(tmp_path: Path) -> None:
    done = run("diff", tmp_path, write(tmp_path, "a.nq", []))
    assert "is not a store of migkg" in str(done.exception)


HOSTILE = ["=HYPERLINK(1)", "\x1b[31mred", "a\nb", "‮evil", "<script>alert(1)</script>", "x" * 5000]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_gets_out_of_its_cell(tmp_path: Path, text: str) -> None:
    old, new = document("a", "J funds P"), document("a", "J funds P", names={"J": text, "P": text}, version="2")
    paths = (write(tmp_path, "old.nq", old), write(tmp_path, "new.nq", new))
    table = run("diff", *paths).stdout
    assert not any(character in table for character in ("\x1b", "‮"))
    for row in csv.reader(io.StringIO(run("diff", *paths, "--format", "csv").stdout, newline="")):
        assert not any(cell.startswith(("=", "\t")) for cell in row)

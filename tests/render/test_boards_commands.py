"""``migkg compare``, ``chart``, ``map`` and ``flow`` as a user runs them, on a store that is built for them."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migkg.cli import cli
from migkg.errors import MigkgError

DOCUMENTS = (
    "tests/gold/icmpd-directorates.en.txt",
    "tests/gold/iom-office-director-general.en.html",
    "tests/gold/koweit-don-yemen.fr.txt",
    "tests/gold/mauritania-poc-cierre.es.txt",
    "data/samples/mauritanie-mali-japon-frontieres.fr.html",
    "data/samples/espana-oim-cuatro-millones.es.txt",
    "data/samples/vientiane-japan-border.en.html",
    "data/samples/oim-viet-nam-lutte-trafic.fr.txt",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A store that is built from organisation pages and releases in three languages."""
    folder = tmp_path_factory.mktemp("boards") / "store"
    done = run("build", *(root / name for name in DOCUMENTS), "--store", folder)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def file(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("boards") / "graph.nq"
    assert run("export", "--store", store, "-o", path).exit_code == 0
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="migkg")


def rows(*arguments: object) -> list[dict[str, str]]:
    done = run(*arguments, "--format", "csv")
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout, newline="")))


COMMANDS = [
    ["compare", "--periods", "..2016", "2017.."],
    ["chart", "ICMPD"],
    ["map"],
    ["flow"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_format_and_every_input(store: Path, file: Path, tmp_path: Path, command: list[str]) -> None:
    table = run(*command, "--store", store)
    assert table.exit_code == 0, table.output
    assert len(table.stdout.splitlines()) > 5
    assert re.search(r"documents read \d+, \d+ of them dated", table.stderr)
    records = json.loads(run(*command, "--input", file, "--format", "json").stdout)
    assert len(records) == len(rows(*command, "--store", store))
    page = tmp_path / "page.html"
    done = run(*command, "--store", store, "--lang", "fr", "--title", "A < B", "-o", page)
    assert (done.exit_code, done.stdout) == (0, "")
    text = page.read_text(encoding="utf-8")
    assert text.startswith('<!doctype html>\n<html lang="fr">') and "<title>A &lt; B</title>" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["compare"], "give two stores or files, or --periods"),
        (["compare", "nowhere", "nowhere.ttl"], "nowhere"),
        (["compare", "a.ttl", "--periods", "2012", "2013"], "not both"),
        (["compare", "--periods", "soon", "2013"], "'soon' is no period"),
        (["compare", "--periods", "2012", "2013", "--types", "Town"], "unknown type 'Town'"),
        (["chart", "Atlantis"], "nothing in the graph is called 'Atlantis'"),
        (["chart", "Hanoi"], "nothing is known of the structure"),
        (["chart", "ICMPD", "--at", "soon"], "'soon' is no date"),
        (["map", "--period", "2013..2012"], "ends before it starts"),
        (["map", "-o", "map.svg"], "give --format, or a file that ends in"),
        (["flow", "-o", "missing/flow.html"], "cannot write missing/flow.html"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_one_clear_line(store: Path, arguments: list[str], message: str) -> None:
    done = run(*arguments, *(["--store", store] if arguments != ["compare", "nowhere", "nowhere.ttl"] else []))
    assert done.exit_code != 0
    assert isinstance(done.exception, MigkgError)
    assert message in str(done.exception) and "\n" not in str(done.exception)


def test_two_graphs_are_compared(store: Path, file: Path, tmp_path: Path) -> None:
    fewer = tmp_path / "fewer.nq"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = next(line for line in lines if line.split()[1].endswith("ont#organises>"))
    triple = " ".join(gone.split()[:3])
    fewer.write_text("".join(line for line in lines if not line.startswith(triple)), encoding="utf-8")
    (change,) = rows("compare", file, fewer)
    assert (change["change"], change["predicate"], change["after"]) == ("gone", "organises", "0")
    unchanged = rows("compare", store, file, "--unchanged")
    assert len(unchanged) > 100 and {row["change"] for row in unchanged} == {"same"}


def test_a_chart_tells_parts_posts_and_holders(store: Path) -> None:
    found = {(row["unit"], row["relation"], row["to"], row["post"]) for row in rows("chart", "icmpd", "--store", store)}
    icmpd = "International Centre for Migration Policy Development"
    assert ("Knowledge Management", "partOf", "Policy, Research & Strategy", "") in {
        (unit, relation, to.removeprefix("Directorate of "), post) for unit, relation, to, post in found
    }
    assert any(relation == "worksFor" and to == icmpd and post == "Director General" for _, relation, to, post in found)


def test_a_chart_of_a_day_leaves_out_what_was_said_later(store: Path) -> None:
    ever, then = (rows("chart", "IOM", "--store", store, *day) for day in ([], ["--at", "2014"]))
    assert 0 < len(then) < len(ever)
    assert all(row["firstSaid"] <= "2014-12-31" or not row["firstSaid"] for row in then if row["documents"] == "1")


def test_money_keeps_its_currency(store: Path) -> None:
    paid = [row for row in rows("flow", "--store", store) if row["amount"]]
    assert {row["currency"] for row in paid} >= {"USD", "EUR", "JPY"}
    assert all(float(row["amount"]) > 0 and row["documents"] for row in paid)
    assert {row["currency"] for row in rows("flow", "--store", store, "--period", "2018") if row["amount"]} == {"USD"}

"""What the page works with: the questions, the words and the size of the graph, the sentences behind an edge."""

import csv
import io
import json
from typing import Any

import pytest

from migkg.query.catalogue import load_catalogue
from migkg.rdf.namespaces import GOVERNMENT, MG
from support.service import Service

JAPAN = f"{GOVERNMENT}JPN"


def _json(service: Service, path: str, **parameters: str) -> Any:
    response = service.get(path, **parameters)
    assert (response.status, response.media_type) == (200, "application/json"), response.text
    return json.loads(response.body)


def test_every_named_question_is_listed_with_all_that_a_form_needs(service: Service) -> None:
    listed = {q["name"]: q for q in _json(service, "/questions.json")["questions"]}
    assert listed.keys() == load_catalogue().keys()
    question = listed["funders-of"]
    assert question["title"].keys() == {"en", "fr", "es"}
    assert question["parameters"][0] | {"description": ""} == {
        "name": "country",
        "type": "country",
        "required": True,
        "default": None,
        "description": "",
    }
    assert "SELECT" in question["sparql"]


def test_the_vocabulary_is_that_of_the_graph(service: Service) -> None:
    words = _json(service, "/vocabulary.json")
    classes = {term["iri"]: term for term in words["classes"]}
    assert classes[f"{MG}Government"]["label"]["es"] == "gobierno"
    assert classes[f"{MG}Government"]["uses"] > 0
    assert {f"{MG}funds", f"{MG}quote"} <= {term["iri"] for term in words["properties"]}


def test_the_summary_counts_what_answers_are_shares_of(service: Service) -> None:
    summary = _json(service, "/summary.json")
    assert summary["sources"] == 16
    assert sum(summary["languages"].values()) == 16
    assert summary["shareDated"] == round(summary["dated"] / 16, 4)


def test_evidence_gives_the_exact_words(service: Service) -> None:
    claims = _json(service, "/evidence", subject=JAPAN, predicate=f"{MG}funds")["claims"]
    assert any("220 million Japanese yen" in claim["quote"] for claim in claims)
    assert {claim["predicate"] for claim in claims} == {f"{MG}funds"}
    assert all(claim["source"] and claim["status"] == "stated" for claim in claims)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        pytest.param("/evidence", 400, "subject", id="of nothing"),
        pytest.param("/evidence?subject=x", 400, "IRI", id="no IRI"),
        pytest.param("/evidence?subject=http://e/%3E%20%7B", 400, "IRI", id="an IRI that would end itself"),
        pytest.param("/questions/nothing-such", 404, "no question", id="unknown question"),
        pytest.param("/questions/funders-of", 400, "needs", id="a value is missing"),
        pytest.param("/questions/funders-of?country=Atlantis", 400, "Atlantis", id="a value of the wrong kind"),
        pytest.param("/questions/funders-of?land=VNM", 400, "no parameter", id="unknown parameter"),
        pytest.param("/questions/funders-of?country=VNM&country=LAO", 400, "more than once", id="two values"),
        pytest.param("/questions/find?text=" + "x" * 5000, 400, "too long", id="a long value"),
        pytest.param("/questions/find?text=%FF", 400, "UTF-8", id="no UTF-8"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(service: Service, path: str, status: int, said: str) -> None:
    response = service.get(path)
    assert response.status == status
    assert said in response.text and response.text.count("\n") == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_question_gives_the_rows_of_the_command(service: Service, method: str) -> None:
    form = "country=Mauritanie&format=csv&lang=fr"
    if method == "GET":
        response = service.send("GET", f"/questions/funders-of?{form}")
    else:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        response = service.send("POST", "/questions/funders-of", form, headers)
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert response.headers["migkg-rows"] == str(len(rows))
    assert "Gouvernement du Japon" in {row["funderName"] for row in rows}
    assert {row["sourcesRead"] for row in rows} == {"16"}

"""Reconciliation services over HTTP: the protocol, its manners, and services that misbehave."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from migkg.errors import UsageError
from migkg.link import Outcome, Thing, link, read_things
from migkg.link.asking import Manners
from migkg.link.cache import Cache, cache_path
from migkg.link.reconciliation import ReconciliationService
from migkg.store import open_store
from support.reconciling import MANIFEST, Entry, Service, reconciling

ENTRIES = [
    Entry("NRC/1", "Norwegian Refugee Council", ["ngo"], "Norway"),
    Entry("2", "Danish Refugee Council", ["ngo"], "Denmark"),
    Entry("3", "Department for International Development", ["office"], "United Kingdom"),
    Entry("4", "International Organization for Migration", ["treaty"], ""),
]
NGO = {"ngo": frozenset({"NonGovernmentalOrganisation"})}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def service() -> Iterator[Service]:
    with reconciling(list(ENTRIES)) as running:
        yield running


@pytest.fixture
def things(built: Path) -> list[Thing]:
    with closing(open_store(built / "store", read_only=True)) as store:
        return read_things(store)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with closing(Cache(cache_path(tmp_path / "store"))) as opened:
        yield opened


def ask(service: Service, things: list[Thing], cache: Cache, waits: list[float] | None = None, **more: Any) -> Outcome:
    pauses = waits if waits is not None else []
    manners = Manners(delay=2.0, timeout=5.0, batch=more.pop("batch", 10), wait=pauses.append)
    return link(things, ReconciliationService(service.address, cache, manners, **more))


def matches(outcome: Outcome) -> dict[str, tuple[str, str]]:
    return {each.label: (each.match, each.identifier) for each in outcome.links}


def test_the_name_alone_is_proposed(service: Service, things: list[Thing], cache: Cache) -> None:
    outcome = ask(service, things, cache)
    assert matches(outcome) == {
        "Norwegian Refugee Council": ("proposed", "https://register.example/id/NRC%2F1"),
        "Department for International Development": ("proposed", "https://register.example/id/3"),
        "International Organization for Migration": ("proposed", "https://register.example/id/4"),
    }
    assert outcome.skipped == {} and {each.authority for each in outcome.links} == {"Register of bodies"}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param({"kinds": NGO}, {"Norwegian Refugee Council": "exact"}, id="the kind agrees"),
        pytest.param(
            {"country_property": "country"},
            {"Norwegian Refugee Council": "exact", "Department for International Development": "exact"},
            id="the service says that the country agrees",
        ),
        pytest.param(
            {"kinds": {"ngo": frozenset({"IntergovernmentalOrganisation"})}},
            {},
            id="the kind contradicts",
        ),
    ],
)
def test_a_second_agreement_makes_exact(
    service: Service, things: list[Thing], cache: Cache, options: dict[str, Any], expected: dict[str, str]
) -> None:
    found = {name: match for name, (match, _) in matches(ask(service, things, cache, **options)).items()}
    assert {name: match for name, match in found.items() if match == "exact"} == expected


def test_what_is_sent(service: Service, things: list[Thing], cache: Cache) -> None:
    """Names, kinds and countries as the protocol wants them; no names of persons."""
    ask(service, things, cache, kinds=NGO, country_property="P1")
    (batch,) = service.asked
    assert "Example" not in json.dumps(batch)
    mine = [query for query in batch.values() if query["query"] == "Norwegian Refugee Council"]
    assert mine == [
        {
            "query": "Norwegian Refugee Council",
            "limit": 10,
            "type": "ngo",
            "type_strict": "any",
            "properties": [{"pid": "P1", "v": "Norway"}],
        }
    ]
    assert {"Conseil norvégien pour les réfugiés", "Departamento de Desarrollo Internacional"} <= {
        query["query"] for query in batch.values()
    }


def test_nothing_is_asked_twice(service: Service, things: list[Thing], cache: Cache) -> None:
    first = ask(service, things, cache)
    asked = len(service.asked)
    assert matches(ask(service, things, cache)) == matches(first) and len(service.asked) == asked
    ask(service, things, cache, kinds=NGO)  # another question
    assert len(service.asked) == asked + 1


def test_a_damaged_answer_in_the_cache_is_asked_again(
    service: Service, things: list[Thing], cache: Cache, tmp_path: Path
) -> None:
    first = ask(service, things, cache)
    cache._db.execute("UPDATE answers SET answer = '[{'")
    assert matches(ask(service, things, cache)) == matches(first) and len(service.asked) == 2


def test_one_request_at_a_time_with_a_pause(service: Service, things: list[Thing], cache: Cache) -> None:
    waits: list[float] = []
    ask(service, things, cache, waits, batch=2)
    requests = -(-len(things) // 2)
    assert len(service.asked) == requests and waits == [2.0] * (requests - 1)


def test_the_server_is_the_one_of_the_protocol(service: Service) -> None:
    """The service of these tests as another client sees it, so that both sides are not wrong together."""
    body = b"queries=" + json.dumps({"q1": {"query": "Danish Council"}}).encode()
    with urllib.request.urlopen(service.address, body, timeout=5) as answer:
        (result, *_) = json.load(answer)["q1"]["result"]
    assert {"id": "2", "name": "Danish Refugee Council"}.items() <= result.items()


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        pytest.param(b"<html>", "not JSON", id="a page"),
        pytest.param(b"[" * 100_000, "not JSON", id="nested too deep"),
        pytest.param([], "no name", id="a list"),
        pytest.param({}, "no name", id="empty"),
        pytest.param({**MANIFEST, "name": 5}, "no name", id="a number as name"),
        pytest.param({**MANIFEST, "versions": ["1.0-draft"]}, "speaks version 1.0-draft", id="a later version"),
        pytest.param({**MANIFEST, "versions": "0.2"}, "speaks version none", id="versions that are no list"),
    ],
)
def test_a_manifest_that_is_none(service: Service, cache: Cache, manifest: Any, said: str) -> None:
    service.manifest = manifest
    with pytest.raises(UsageError, match=said) as error:
        ReconciliationService(service.address, cache, Manners())
    assert "\n" not in str(error.value) and service.address in str(error.value)


@pytest.mark.parametrize("address", ["ftp://x/", "file:///etc/passwd", "not an address", "http://127.0.0.1:1/none"])
def test_an_address_that_is_none(cache: Cache, address: str) -> None:
    with pytest.raises(UsageError):
        ReconciliationService(address, cache, Manners(timeout=2.0))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param((200, JSON, b"{"), "not JSON", id="cut JSON"),
        pytest.param((200, JSON, b"[" * 100_000), "not JSON", id="nested too deep"),
        pytest.param((200, JSON, b"[]"), "something else than an object", id="a list"),
        pytest.param((200, JSON, b"{}"), "does not answer a part", id="no answers"),
        pytest.param((200, JSON, b'{"q0": {"result": "none"}}'), "does not answer a part", id="a word as results"),
        pytest.param((404, {}, b"<h1>gone</h1>"), "answers 404", id="not found"),
        pytest.param((500, {}, b"trouble\nin two lines"), "answers 500 trouble in two lines", id="an error"),
        pytest.param((200, {"Content-Type": "text/html"}, b"<p>Hello"), "text/html that is not JSON", id="a page"),
        pytest.param(
            (307, {"Location": "http://169.254.169.254/x"}, b""), "sends on to another place", id="another host"
        ),
        pytest.param((307, {"Location": "file:///etc/passwd"}, b""), "no address", id="a file"),
        pytest.param((307, {"Location": "/reconcile"}, b""), "one address to the next", id="in circles"),
        pytest.param((503, {"Retry-After": "7200"}, b""), "come back in 7,200 seconds", id="busy for long"),
        pytest.param((200, JSON, b" " * (17 << 20)), "bigger than 16 MB", id="too big"),
    ],
)
def test_an_answer_that_is_none(
    service: Service, things: list[Thing], cache: Cache, answer: tuple[int, dict[str, str], bytes], said: str
) -> None:
    service.answers = [answer] * 5
    outcome = ask(service, things, cache)
    assert outcome.links == []
    ((reason, number),) = outcome.skipped.items()
    assert said in reason and "\n" not in reason and number == len(things)
    service.answers = []
    assert ask(service, things, cache).links, "a failure was kept as an answer"


def test_a_service_that_fails_is_left_in_peace(service: Service, things: list[Thing], cache: Cache) -> None:
    service.answers = [(500, {}, b"no")] * 9
    outcome = ask(service, things, cache, batch=1)
    assert len(service.asked) == 3 < len(things)
    assert sum(outcome.skipped.values()) == len(things)
    assert any("not asked any more" in reason for reason in outcome.skipped)


def test_a_busy_service_is_asked_again(service: Service, things: list[Thing], cache: Cache) -> None:
    service.answers = [(429, {"Retry-After": "0"}, b"")]
    assert ask(service, things, cache).links and len(service.asked) == 2


@pytest.mark.parametrize(
    "result",
    [
        pytest.param("text", id="a string"),
        pytest.param({"name": "Norwegian Refugee Council"}, id="no id"),
        pytest.param({"id": "", "name": "Norwegian Refugee Council"}, id="an empty id"),
        pytest.param({"id": 5, "name": "Norwegian Refugee Council"}, id="a number as id"),
        pytest.param({"id": "x", "name": None}, id="no name"),
        pytest.param({"id": "x" * 2000, "name": "Norwegian Refugee Council"}, id="an endless id"),
    ],
)
def test_an_entry_that_is_none_is_left_out_and_counted(
    service: Service, things: list[Thing], cache: Cache, result: Any
) -> None:
    good = {"id": "1", "name": "Norwegian Refugee Council", "score": "high", "type": [5, {}, None, "ngo"]}
    nrc = [thing for thing in things if thing.label == "Norwegian Refugee Council"]
    answer = {f"q{number}": {"result": [result, good]} for number in range(3)}
    service.answers = [(200, JSON, json.dumps(answer).encode())]
    outcome = ask(service, nrc, cache, kinds=NGO)
    assert [each.match for each in outcome.links] == ["exact"]
    ((reason, number),) = outcome.skipped.items()
    assert "entries without a name or an identifier" in reason and number == 3


@pytest.mark.parametrize(
    ("change", "identifier", "expected"),
    [
        pytest.param({}, "Q1", "https://register.example/id/Q1", id="in the space"),
        pytest.param({}, "a b/ü", "https://register.example/id/a%20b%2F%C3%BC", id="letters that no IRI has"),
        pytest.param({}, "https://other.example/1", "https://other.example/1", id="an IRI itself"),
        pytest.param(
            {"identifierSpace": "https://register.example/about"},
            "Q1",
            "https://register.example/page?entry=Q1",
            id="a space that is no prefix: the page",
        ),
        pytest.param({"identifierSpace": "urn:x:"}, "Q1", None, id="no address"),
        pytest.param({"identifierSpace": 5, "view": {"url": "javascript:{{id}}"}}, "Q1", None, id="a script"),
    ],
)
def test_address_of_an_entry(
    service: Service, cache: Cache, change: dict[str, Any], identifier: str, expected: str | None
) -> None:
    service.manifest = MANIFEST | change
    register = ReconciliationService(service.address, cache, Manners())
    assert register._address(identifier) == expected

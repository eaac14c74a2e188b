"""Addresses in one form, and network addresses that are never connected to, whatever a name says."""

import gzip
import ipaddress
import socket
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from migkg.fetch.addresses import normalise, refuse_address
from migkg.fetch.asking import read_pause
from migkg.fetch.client import Answer, Client
from migkg.fetch.coding import MOST_MEMBERS, unpack
from migkg.fetch.failure import Failure
from support.release_site import Reply, serve

BASE = "https://www.example.org/news/list?page=1"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.example.org/news/a", "https://www.example.org/news/a"),
        ("HTTPS://WWW.Example.ORG:443/News/A#part", "https://www.example.org/News/A"),
        ("http://example.org:80", "http://example.org/"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        (" b ", "https://www.example.org/news/b"),
        ("?page=2", "https://www.example.org/news/list?page=2"),
        ("//other.example/x", "https://other.example/x"),
        ("/a?utm_source=rss&id=3&utm_medium=x", "https://www.example.org/a?id=3"),
        ("/a?b=c%20d&e", "https://www.example.org/a?b=c%20d&e"),
        ("/réfugiés", "https://www.example.org/r%C3%A9fugi%C3%A9s"),
        ("/r%C3%A9fugi%C3%A9s", "https://www.example.org/r%C3%A9fugi%C3%A9s"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[::1]:81/a", "http://[::1]:81/a"),
        # What is no address of a page, or made to be read in two ways.
        ("", None),
        ("#top", "https://www.example.org/news/list?page=1"),
        ("mailto:a@example.org", None),
        ("javascript:alert(1)", None),
        ("ftp://example.org/a", None),
        ("file:///etc/passwd", None),
        ("https://user:pass@example.org/", None),
        ("https://example.org\\@evil.example/", None),
        ("https://exa mple.org/", None),
        ("https://example.org/\r\nX: y", None),
        ("https://example.org:99999/", None),
        ("https://[::1", None),
        ("https://", BASE),
        ("https://example.org/" + "a" * 3000, None),
    ],
)
def test_normalise(url: str, found: str | None) -> None:
    assert normalise(url, BASE) == found


PRIVATE = [
    "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "not an address", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_address_is_refused(address: str) -> None:
    assert refuse_address(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "151.101.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_address_is_not(address: str) -> None:
    assert refuse_address(address) is None


@pytest.mark.parametrize(
    ("address", "network", "refused"),
    [
        ("10.1.2.3", "10.1.0.0/16", False),
        ("10.2.2.3", "10.1.0.0/16", True),
        ("::1", "10.1.0.0/16", True),
        ("::ffff:10.1.2.3", "10.1.0.0/16", False),
        ("169.254.169.254", "10.0.0.0/8", True),
    ],
)
def test_allowed_network(address: str, network: str, refused: bool) -> None:
    assert bool(refuse_address(address, [ipaddress.ip_network(network)])) == refused


Names = Callable[[list[list[str]]], list[str]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Names under .test that lead to the given addresses, one list for each look-up; the list of the names asked for."""
    real = socket.getaddrinfo

    def install(answers: list[list[str]]) -> list[str]:
        asked: list[str] = []

        def resolve(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
            if not str(host).endswith(".test"):
                return real(host, port, *rest, **more)
            asked.append(host)
            found = answers[min(len(asked), len(answers)) - 1]
            return [info for address in found for info in real(address, port, *rest, **more)]

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        return asked

    return install


LOCAL = (ipaddress.ip_network("127.0.0.1/32"),)


def test_name_that_changes_its_address(names: Names) -> None:
    """DNS rebinding: the address that was checked is the one that is connected to, and each request checks anew."""
    with serve() as site, serve("127.0.0.2") as inside, Client("test", LOCAL) as client:
        url = f"http://releases.test:{site.server.server_port}/a"
        site.replies["/a"] = inside.replies["/a"] = Reply(b"page")
        asked = names([["127.0.0.1"], ["127.0.0.2"]])
        first, second = client.get(url, 1000), client.get(url, 1000)
        assert isinstance(first, Answer)
        assert (first.body, first.address, asked) == (b"page", "127.0.0.1", ["releases.test"] * 2)
        assert isinstance(second, Failure)
        assert second.reason == "127.0.0.2 is not a public address, and the source does not allow it"
        assert (len(site.asked), inside.asked) == (1, [])
        assert site.asked[0].headers["host"] == f"releases.test:{site.server.server_port}"


@pytest.mark.parametrize("addresses", [["127.0.0.1", "127.0.0.2"], ["127.0.0.2", "127.0.0.1"]])
def test_name_with_a_public_and_a_private_address(names: Names, addresses: list[str]) -> None:
    with serve() as site, Client("test", LOCAL) as client:
        names([addresses])
        assert isinstance(client.get(f"http://releases.test:{site.server.server_port}/", 1000), Failure)
        assert site.asked == []


def test_name_with_a_dead_address_first(names: Names) -> None:
    networks = (ipaddress.ip_network("127.0.0.0/8"),)
    with serve() as site, Client("test", networks) as client:
        names([["127.0.0.3", "127.0.0.1"]])
        site.replies["/"] = Reply(b"page")
        answer = client.get(f"http://releases.test:{site.server.server_port}/", 1000)
        assert isinstance(answer, Answer) and answer.address == "127.0.0.1"


@pytest.mark.parametrize("name", ["a" * 70 + ".example", "a..example"])
def test_name_that_is_none(name: str) -> None:
    with Client("test") as client:
        answer = client.get(f"http://{name}/", 1000)
        assert isinstance(answer, Failure) and "no such host" in answer.reason


def test_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would look the name up again, and reach what this machine must not."""
    with serve() as site, serve() as proxy, Client("test", LOCAL) as client:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        site.replies["/"] = Reply(b"page")
        assert isinstance(client.get(f"{site.url}/", 1000), Answer)
        assert proxy.asked == []


NOON = datetime(2020, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Wed, 01 Jan 2020 12:01:00 GMT", 60),
        ("Wed, 01 Jan 2020 11:00:00 GMT", 0),
        ("Wed, 01 Jan 2020 12:01:00", 60),
        ("9" * 400, 999_999_999_999),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("", None),
        (None, None),
    ],
)
def test_pause(value: str | None, seconds: float | None) -> None:
    assert read_pause(value, NOON) == seconds


TEXT = b"text" * 100


@pytest.mark.parametrize(
    ("data", "coding", "found"),
    [
        (TEXT, "", TEXT),
        (TEXT, "identity", TEXT),
        (gzip.compress(TEXT), "gzip", TEXT),
        (gzip.compress(TEXT), "X-GZip", TEXT),
        (zlib.compress(TEXT), "deflate", TEXT),
        (gzip.compress(gzip.compress(TEXT)), "gzip, gzip", TEXT),
        (gzip.compress(b"a") + gzip.compress(b"b"), "gzip", b"ab"),
        (b"", "gzip", b""),
        (gzip.compress(b"0" * 1001), "gzip", "unpacks to more than"),
        (gzip.compress(b"0" * 999) + gzip.compress(b"0" * 2), "gzip", "unpacks to more than"),
        (gzip.compress(b"") * (MOST_MEMBERS + 1), "gzip", "more than 100 parts"),
        (gzip.compress(TEXT)[:-1], "gzip", "cut short"),
        (TEXT, "gzip", "cannot be unpacked"),
        (gzip.compress(TEXT) + b"rest", "gzip", "cannot be unpacked"),
        (TEXT, "br", "not asked for: br"),
    ],
)
def test_unpack(data: bytes, coding: str, found: bytes | str) -> None:
    result = unpack(data, coding, 1000)
    if isinstance(found, bytes):
        assert result == found
    else:
        assert isinstance(result, Failure) and found in result.reason

"""HTTPS: a connection to a checked address is still one to the named host, with a certificate for that name."""

import ipaddress
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from migkg.fetch import client as client_module
from migkg.fetch.client import Answer, Client
from migkg.fetch.failure import Failure
from support.release_site import ReleaseSite, Reply, serve

LOCAL = (ipaddress.ip_network("127.0.0.1/32"),)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for releases.test, signed by itself, with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl (apt-get install openssl)")
    folder = tmp_path_factory.mktemp("certificate")
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=releases.test"
    )
    files = ["-addext", "subjectAltName=DNS:releases.test", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run([*command.split(), *files], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def site(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReleaseSite]:
    real = socket.getaddrinfo

    def resolve(host: Any, *rest: Any, **more: Any) -> Any:
        return real("127.0.0.1" if str(host).endswith(".test") else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with serve() as site:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
        site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
        site.replies["/a"] = Reply(b"page")
        yield site
    client_module._certificates.cache_clear()


@pytest.mark.parametrize(
    ("name", "trusted", "reason"),
    [
        pytest.param("releases.test", True, "", id="the named host"),
        pytest.param("other.test", True, "certificate verify failed", id="a certificate for another name"),
        pytest.param("releases.test", False, "certificate verify failed", id="a certificate that nobody knows"),
    ],
)
def test_certificate(
    site: ReleaseSite, certificate: Path, monkeypatch: pytest.MonkeyPatch, name: str, trusted: bool, reason: str
) -> None:
    client_module._certificates.cache_clear()
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    else:
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with Client("test", LOCAL) as client:
        answer = client.get(f"https://{name}:{site.server.server_port}/a", 1000)
    if reason:
        assert isinstance(answer, Failure) and reason in answer.reason
        assert site.asked == []
    else:
        assert isinstance(answer, Answer) and (answer.body, answer.address) == (b"page", "127.0.0.1")
        assert site.asked[0].headers["host"] == f"releases.test:{site.server.server_port}"

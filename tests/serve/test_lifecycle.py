"""The service starts with a line, ends with its workers, survives their death, and keeps writers out."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from migkg.serve.run import bind
from serve.conftest import check_alive
from support.service import Service, serving

SOURCES = str(Path(__file__).resolve().parents[2] / "src")


def _migkg(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "migkg", *arguments]
    environment = {**os.environ, "PYTHONPATH": SOURCES}
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)


def _workers(service: Service) -> list[psutil.Process]:
    return [p for p in psutil.Process(service.process.pid).children() if "migkg.serve.worker" in p.cmdline()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_a_signal_ends_all_of_it(sample_store: Path, number: int, busy: bool, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(sample_store, "--workers", "2", "--timeout", "60", errors=log) as service:
        workers = _workers(service)
        assert len(workers) == 2
        if busy:
            connection = socket.create_connection((service.host, service.port))
            query = b"SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
            head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            connection.sendall(f"{head}Content-Length: {len(query)}\r\n\r\n".encode() + query)
            time.sleep(0.3)
        service.process.send_signal(number)
        assert service.process.wait(timeout=15) == 0
        assert not [worker for worker in workers if worker.is_running()]
        if busy:
            connection.close()
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said
    assert said.count("\n") <= 2, said


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
def test_workers_die_with_a_killed_service(sample_store: Path) -> None:
    with serving(sample_store) as service:
        workers = _workers(service)
        service.process.kill()
        service.process.wait(timeout=10)
        _, alive = psutil.wait_procs(workers, timeout=5)
        assert not alive


def test_a_killed_worker_is_replaced(sample_store: Path) -> None:
    with serving(sample_store, "--workers", "2") as service:
        before = _workers(service)
        for worker in before:
            worker.kill()
        psutil.wait_procs(before, timeout=5)
        refused = _migkg("build", str(sample_store), "--store", str(sample_store))
        assert "held by another process" in refused.stderr, "the service itself holds the store too"
        check_alive(service)
        check_alive(service)
        assert len(_workers(service)) == 2


def test_only_the_address_goes_to_standard_output(sample_store: Path) -> None:
    with serving(sample_store) as service:
        service.process.terminate()
        assert service.process.stdout is not None
        assert service.process.stdout.read() == ""


def test_a_store_that_is_served_is_read_but_not_written(service: Service, sample_store: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("Geneva – IOM organised a workshop with Japan in Geneva.\n", encoding="utf-8")
    written = _migkg("build", str(tmp_path), "--store", str(sample_store))
    assert (written.returncode, written.stderr.count("\n")) == (1, 1)
    assert "held by another process" in written.stderr
    read = _migkg("query", "sources", "--store", str(sample_store), "--format", "csv")
    assert read.returncode == 0
    check_alive(service)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["--store", "none"], 2, "there is no store at none", id="no store"),
        pytest.param(["--store", "."], 2, "not a store of migkg", id="another folder"),
        pytest.param(["--host", "no.such.host.invalid"], 2, "cannot listen at no.such.host.invalid", id="no such host"),
        pytest.param(["--host", "192.0.2.1"], 2, "cannot listen at 192.0.2.1", id="a host that is not here"),
        pytest.param(["--port", "70000"], 2, "--port", id="no port"),
        pytest.param(["--allow-origin", "*"], 2, "--allow-origin takes", id="all origins"),
        pytest.param(["--allow-origin", "https://a.example/path"], 2, "--allow-origin takes", id="an address"),
        pytest.param(["--public-url", "graph.example"], 2, "--public-url takes", id="no address"),
    ],
)
def test_wrong_use_is_one_line(
    sample_store: Path, arguments: list[str], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = [] if "--store" in arguments else ["--store", str(sample_store)]
    port = [] if "--port" in arguments else ["--port", "0"]
    result = _migkg("serve", *arguments, *store, *port)
    assert result.returncode == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_nothing_of_the_folder_is_run(sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker imports modules of Python and of migkg, whatever lies in the folder that the service is started in."""
    monkeypatch.chdir(tmp_path)
    for name in ("json", "migkg", "pyoxigraph", "yaml"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not this one')\n", encoding="utf-8")
    program = "import sys; from migkg.cli import main; main(sys.argv[1:])"
    command = [sys.executable, "-P", "-c", program, "serve", "--store", str(sample_store), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": SOURCES}
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        process.terminate()
        assert process.wait(timeout=15) == 0


def test_a_port_that_is_taken_is_said(service: Service, sample_store: Path) -> None:
    result = _migkg("serve", "--store", str(sample_store), "--port", str(service.port))
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert f"port {service.port} of 127.0.0.1 is taken" in result.stderr


def test_a_store_that_is_written_is_not_served(tmp_path: Path) -> None:
    from migkg.store import open_store

    writer = open_store(tmp_path / "store")
    try:
        result = _migkg("serve", "--store", str(tmp_path / "store"), "--port", "0")
    finally:
        writer.close()
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert "held by another process" in result.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_small_answers_are_sent_at_once(host: str) -> None:
    """asyncio turns Nagle's algorithm off only for sockets that say TCP; without that each answer took 40 ms more."""
    with bind(host, 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP

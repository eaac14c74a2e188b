"""``migkg fetch`` and ``migkg sources`` as they are called: what they say, where, and with which exit code."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from migkg.cli import main
from support.release_site import Reply, release, serve, sitemap


def migkg(root: Path, folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {k: v for k, v in os.environ.items() if not k.startswith("MIGKG_")}
    settings = known | {"PYTHONPATH": str(root / "src")} | environment
    command = [sys.executable, "-m", "migkg", *arguments]
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, timeout=60)


def said(run: subprocess.CompletedProcess[str], name: str) -> str:
    found, *_ = re.findall(rf"^{name} +(.+)$", run.stderr, re.M)
    return str(found)


def test_fetch_and_again(root: Path, tmp_path: Path) -> None:
    with serve() as site:
        site.replies |= {f"/news/{i}": Reply(release(i)) for i in range(3)}
        site.replies["/sitemap.xml"] = Reply(sitemap([f"{site.url}/news/{i}" for i in range(4)]))
        path = str(site.describe(tmp_path))
        first = migkg(root, tmp_path, "fetch", path, "--contact", "me@example.org", "--limit", "2")
        assert (first.returncode, first.stdout) == (0, "")
        assert (said(first, "new"), said(first, "left for the next run")) == ("2", "2")
        second = migkg(root, tmp_path, "fetch", path, MIGKG_CONTACT="https://example.org/about")
        assert second.returncode == 1
        assert (said(second, "new"), said(second, "skipped")) == ("1", "1")
        assert f"skipped {site.url}/news/3: the server answered 404" in second.stderr
        assert {asked.headers["user-agent"].partition("+")[2] for asked in site.asked} == {
            "mailto:me@example.org)",
            "https://example.org/about)",
        }
    assert (tmp_path / "fetched" / "example" / "example-00001.warc.gz").stat().st_size > 1000


def test_site_that_has_changed(root: Path, tmp_path: Path) -> None:
    with serve() as site:
        site.replies["/sitemap.xml"] = Reply(sitemap([f"{site.url}/about/1"]))
        path = str(site.describe(tmp_path))
        run = migkg(root, tmp_path, "fetch", path, "-o", "kept", "--contact", "me@example.org")
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].startswith("stopped: 0 pages were found, 1 to 1,000 are expected")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        pytest.param(["fetch"], 2, "Missing argument", id="no source"),
        pytest.param(["fetch", "iom-en"], 2, "Missing option '--contact'", id="no contact"),
        pytest.param(["fetch", "iom-en", "--contact", "me"], 2, "neither an e-mail address nor a web address", id="no address"),
        pytest.param(["fetch", "iom", "--contact", "me@example.org"], 2, "no source is called iom; there are", id="no such source"),
        pytest.param(["fetch", "none.yaml", "--contact", "me@example.org"], 2, "none.yaml: no such file", id="no such file"),
        pytest.param(["fetch", "bad.yaml", "--contact", "me@example.org"], 1, "bad.yaml:1: title: the key is missing", id="a wrong description"),
        pytest.param(["sources", "bad.yaml"], 1, "bad.yaml:1: title: the key is missing", id="a wrong description that is checked"),
    ],
)  # fmt: skip
def test_wrong_use(
    tmp_path: Path,
    arguments: list[str],
    code: int,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "bad.yaml").write_text("name: bad\nhosts: [example.org]\nshape: {}\npages: {}\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MIGKG_CONTACT", raising=False)
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (code, "")
    assert message in told.err
    assert not (tmp_path / "fetched").exists()


def test_sources_are_listed(root: Path, tmp_path: Path) -> None:
    run = migkg(root, tmp_path, "sources")
    assert (run.returncode, run.stderr) == (0, "")
    rows = [line.split("\t") for line in run.stdout.splitlines()]
    assert ["iom-fr", "fr", "not tried"] in [row[:3] for row in rows]
    shown = migkg(root, tmp_path, "sources", "iom-fr", "iom-es").stdout
    assert "org:iom" in shown and "robots" not in shown
    assert shown.count("\n\n") == 1

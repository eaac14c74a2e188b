"""The wheel is whole: installed into a fresh environment it works from any folder, with its data inside."""

import hashlib
import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

RESOURCES = "migkg/_resources/"


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a source distribution of the checkout, without any registry and without Node.js."""
    folder = tmp_path_factory.mktemp("wheel")
    trap = tmp_path_factory.mktemp("trap")
    for name in ("node", "npm", "npx"):  # whoever calls one of them fails
        (trap / name).write_text("#!/bin/sh\nexit 97\n")
        (trap / name).chmod(0o755)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(root)]
    environment = os.environ | {"PATH": f"{trap}{os.pathsep}{os.environ['PATH']}"}
    run = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert run.returncode == 0, run.stdout + run.stderr
    assert list(folder.glob("*.tar.gz"))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of scripts of a fresh environment that has the wheel, and the libraries of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    site = Path(_run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).strip())
    # Folders named in a .pth file are searched last, and .pth files inside them are not read: an editable migkg there
    # stays out of sight.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    _run([sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps", wheel])
    return folder / "bin"


def _run(command: list[str | Path], cwd: Path | None = None, given: str = "") -> str:
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "MIGKG_STORE"}}
    run = subprocess.run(
        [str(c) for c in command], cwd=cwd, env=environment, capture_output=True, text=True, input=given
    )
    assert run.returncode == 0, f"{command}\n{run.stdout}\n{run.stderr}"
    return run.stdout


def _tracked(root: Path, *folders: str) -> set[str]:
    listing = subprocess.run(["git", "ls-files", *folders], cwd=root, capture_output=True, text=True, check=True)
    return set(listing.stdout.splitlines())


@pytest.mark.parametrize("folder", ["ontology", "data", "queries"])
def test_wheel_holds_every_file_of(root: Path, wheel: Path, folder: str) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    files = _tracked(root, folder)
    assert files
    assert {RESOURCES + name for name in files} <= packed


def test_wheel_holds_the_whole_package_and_the_licence(root: Path, wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert {name.removeprefix("src/") for name in _tracked(root, "src/migkg")} <= packed
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in packed}


def test_wheel_holds_the_vendored_files_as_they_were_recorded(wheel: Path) -> None:
    vendored = "migkg/serve/page/vendor/"
    with zipfile.ZipFile(wheel) as packed:
        record = json.loads(packed.read(f"{vendored}vendored.json"))
        for name, digest in record["files"].items():
            assert hashlib.sha256(packed.read(vendored + name)).hexdigest() == digest, name
    texts = {package["text"] for package in (*record["packages"], *record["brought"])}
    assert texts == {name for name in record["files"] if name.startswith("licences/")}


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    roots = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert all(name == "migkg" or name.endswith(".dist-info") for name in roots), roots


def test_installed_package_is_the_wheel(installed: Path, tmp_path: Path) -> None:
    out = _run([installed / "python", "-c", "import migkg; print(migkg.__file__)"], cwd=tmp_path)
    assert out.startswith(str(installed.parent))


def test_installed_command_goes_the_whole_way_from_any_folder(installed: Path, root: Path, tmp_path: Path) -> None:
    sample = "oim-viet-nam-lutte-trafic.fr.txt"
    (tmp_path / sample).write_bytes((root / "data" / "samples" / sample).read_bytes())
    migkg = installed / "migkg"
    assert '"entities"' in _run([migkg, "extract", sample], cwd=tmp_path)
    _run([migkg, "build", sample, "--store", "store"], cwd=tmp_path)
    assert "CAN" in _run([migkg, "export", "--store", "store", "--format", "turtle"], cwd=tmp_path)
    _run([migkg, "view", "--store", "store", "-o", "network.html"], cwd=tmp_path)
    assert "<html" in (tmp_path / "network.html").read_text(encoding="utf-8")
    labels = "SELECT ?label { ?organisation mg:organises ?event ; skos:prefLabel ?label }"
    answer = _run([migkg, "query", "-", "--store", "store"], cwd=tmp_path, given=labels)
    assert "International Organization for Migration" in answer
    assert "country" in _run([migkg, "query", "funders-of", "--describe"], cwd=tmp_path)
    _run([migkg, "validate", "--store", "store"], cwd=tmp_path)

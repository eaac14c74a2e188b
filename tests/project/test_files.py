"""What stands around the code: data files with licence and origin, links that lead somewhere, commands that exist."""

import fnmatch
import re
import shlex
import subprocess
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from migkg import __version__
from migkg.cli import cli

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> list[str]:
    run = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted(run.stdout.splitlines())


def data_rows() -> dict[str, tuple[str, str]]:
    """The paths that data/README.md lists, with licence and origin."""
    rows = re.findall(r"^\| `([^`]+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", (ROOT / "data/README.md").read_text(), re.M)
    return {path: (licence.strip(), origin.strip()) for path, licence, origin in rows}


@pytest.mark.parametrize("name", [n.removeprefix("data/") for n in tracked("data") if n != "data/README.md"])
def test_data_file_is_listed_with_licence_and_origin(name: str) -> None:
    listed = [v for path, v in data_rows().items() if fnmatch.fnmatch(name, path + "*" * path.endswith("/"))]
    assert listed, f"data/README.md does not list {name}"
    assert all(licence and origin for licence, origin in listed)


@pytest.mark.parametrize("path", sorted(data_rows()))
def test_listed_data_file_exists(path: str) -> None:
    assert (ROOT / "data" / path).exists()


@pytest.mark.parametrize("document", tracked("*.md", "docs/*.md"))
def test_links_inside_the_repository_resolve(document: str) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", (ROOT / document).read_text(encoding="utf-8"), flags=re.S)
    targets = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)
    for target in targets:
        path, _, _ = target.partition("#")
        if path and not re.match(r"[a-z]+:", path):
            assert ((ROOT / document).parent / unquote(path)).exists(), f"{document} links to {target}"


def commands(document: str) -> list[str]:
    """Lines of the shell blocks of a document, without prompts, comments and output."""
    lines: list[str] = []
    text = (ROOT / document).read_text(encoding="utf-8")
    for kind, block in re.findall(r"^```(sh|console)\n(.*?)^```", text, re.M | re.S):
        for line in block.replace("\\\n", " ").splitlines():
            if kind == "sh" and line.strip():
                lines.append(line)
            elif line.startswith("$ "):
                lines.append(line[2:])
    return lines


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", *tracked("docs/*.md")])
def test_commands_in_documents_exist(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for line in commands(document):
        words = shlex.split(line.split("#")[0] if "http" not in line else line, comments=False)
        for start, word in enumerate(words):
            if word == "make" and start + 1 < len(words):
                assert words[start + 1] in targets, line
            if Path(word).name == "migkg":
                check_call(words[start + 1 :], line)


def check_call(words: list[str], line: str) -> None:
    """The command and each of its options exist."""
    ends = [i for i, w in enumerate(words) if w in {"|", ">", "&&", ";", "<"}]
    words = words[: ends[0]] if ends else words
    if not words or words[0].startswith("-"):
        return
    command = cli.get_command(click.Context(cli), words[0])
    assert command is not None, f"no such command: {line}"
    known = {o for p in command.params for o in (*p.opts, *p.secondary_opts)} | {"--help", "-h"}
    unknown = {w.split("=")[0] for w in words[1:] if w.startswith("-") and w != "-"} - known
    assert not unknown, f"no such option {unknown}: {line}"


def test_changelog_names_this_version() -> None:
    assert re.search(rf"^## \[{re.escape(__version__)}\]", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text()


def test_licence_is_the_whole_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_file_has_hashes_and_names_no_registry(name: str) -> None:
    text = (ROOT / name).read_text()
    pins = re.findall(r"^[a-zA-Z0-9][^\n]*==[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", text, re.M)
    assert len(pins) == len(re.findall(r"^[a-zA-Z0-9]", text, re.M))
    assert "://" not in text
    assert "index" not in re.sub(r"#.*", "", text)


def test_lock_file_covers_the_dependencies() -> None:
    """A dependency added to pyproject.toml is in the lock file, so that a fresh clone has it."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["build"]]
    develop = [*wanted, *project["dependency-groups"]["dev"]]
    for name, requirements in (("requirements.lock", wanted), ("requirements-dev.lock", develop)):
        pinned = set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / name).read_text().lower(), re.M))
        names = {re.match(r"[A-Za-z0-9._-]+", r).group().lower().replace("_", "-") for r in requirements}  # type: ignore[union-attr]
        assert names <= pinned, f"{name}: run make lock"

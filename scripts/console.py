"""Runs the commands of the documentation, so that the answers shown in it are real.

A document holds lines such as ``<!-- [[[cog console("migkg info --store graph") ]]] -->``; ``make docs`` runs them
through cog, in a folder of their own where ``data`` is the checkout's data, and writes command and answer below.
The tests run them again and compare.
"""

import atexit
import json
import os
import pty
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import cog  # type: ignore[import-not-found]

from migkg.extract import extract_document
from migkg.sources import parse_document, read_source

ROOT = Path(__file__).resolve().parent.parent
SCORES = {
    "entities": "entities, on the annotated documents (the rules were written with them in view)",
    "relations": "relations, on the same",
    "all": "relations in releases, by weights fitted without the document",
}
VARYING = re.compile(r"(?<=seconds )(\s*)\d+(?:\.\d+)?|\b\d+(?:\.\d+)?(?= (?:s|kB|MB)\b)")


def _open_folder() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="migkg-docs-")
    atexit.register(folder.cleanup)
    for name in ("data", "queries", "ontology"):
        (Path(folder.name) / name).symlink_to(ROOT / name)
    return Path(folder.name)


FOLDER = _open_folder()


def run(command: str, width: int = 100) -> str:
    """What a person sees who types the command into a terminal of this width.

    Standard output is a terminal, so that tables are drawn; progress bars on standard error are left out. Durations and
    sizes on disk, which differ from run to run, become an ellipsis.
    """
    environment = dict(
        os.environ, COLUMNS=str(width), LINES="50", NO_COLOR="1", TERM="dumb", PYTHONPATH=str(ROOT / "src")
    )
    environment.pop("MIGKG_STORE", None)
    line = re.sub(r"\bmigkg(?= )", f"{shlex.quote(sys.executable)} -m migkg", command)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        ["bash", "-o", "pipefail", "-c", line], cwd=FOLDER, env=environment, stdout=theirs, stderr=subprocess.PIPE
    )
    os.close(theirs)
    out = _read_all(ours)
    error = process.stderr.read() if process.stderr else b""
    process.wait()
    text = (out.replace(b"\r\n", b"\n") + error).decode()
    if process.returncode not in (0, 1) or "Traceback" in text:
        raise SystemExit(f"{command}: exit code {process.returncode}\n{text}")
    return VARYING.sub(lambda match: f"{match.group(1) or ''}…", text)


def _read_all(terminal: int) -> bytes:
    """Everything written to the terminal until its last writer is gone."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # Linux says so when the other end is closed
            part = b""
        if not part:
            os.close(terminal)
            return b"".join(parts)
        parts.append(part)


def console(*commands: str, lines: int | None = None, width: int = 100) -> None:
    """Write a console block with each command and what it answers, cut after so many lines."""
    cog.outl("\n```console")
    for command in commands:
        answer = [line.rstrip() for line in run(command, width).strip("\n").splitlines()]
        if lines is not None and len(answer) > lines:
            answer = [*answer[:lines], "…"]
        cog.outl("\n".join([f"$ {command}", *answer]))
    cog.outl("```\n")


def python(code: str) -> None:
    """Write a Python block and what it prints."""
    command = [sys.executable, "-c", code]
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "src"))
    run = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, text=True, check=True)
    cog.outl(f"\n```python\n{code.strip()}\n```\n\n```text\n{run.stdout.rstrip()}\n```\n")


def passage(source: str, words: str) -> None:
    """Write the paragraph of a sample that holds these words as a quotation, and what migkg reads in it as a table."""
    extraction = extract_document(parse_document(read_source(str(ROOT / source))))
    text = extraction.document.text
    (block,) = [b for b in extraction.document.blocks if words in text[b.start : b.end]]
    labels = {entity.id: entity.label for entity in extraction.entities}
    cog.outl(f"\n> {text[block.start : block.end]}\n\n| subject | predicate | object |\n| --- | --- | --- |")
    for statement in extraction.statements:
        if block.start <= statement.evidence.start < block.end:
            cells = (labels[statement.subject], f"`{statement.predicate}`", labels[statement.object])
            cog.outl(f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |")
    cog.outl("")


def figures() -> None:
    """Write what was measured last as a table: speed from benchmarks/results, quality from docs/quality.md."""
    kept = {path.stem: json.loads(path.read_text()) for path in (ROOT / "benchmarks" / "results").glob("*.json")}
    quality = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    number = r" \| (0\.\d+)"
    scores = {name: re.findall(rf"^\| {name}{number * 3} \|", quality, re.M)[0] for name in SCORES}
    starred = [row["median CPU ms"] for row in kept["queries"]["rows"] if row["query"].endswith(" *")]
    first, second = (row["wall s"] for row in kept["demo"]["rows"])
    rows = [(what, "P {} R {} F1 {}".format(*scores[name])) for name, what in SCORES.items()]
    rows += [
        (
            "releases a second on one core, from file to quads",
            f"{kept['throughput']['facts']['documents_a_second']:.0f}",
        ),
        ("peak memory of a build of 5,000 releases", f"{kept['memory']['facts']['peak_MiB']:.0f} MiB"),
        ("`migkg --help`, CPU time", f"{float(kept['startup']['rows'][0]['median s']):.2f} s"),
        ("`make demo` in a fresh clone, and again", f"{first:.0f} s, {second:.0f} s"),
        ("slowest of the twelve most wanted questions, 1,000 releases", f"{max(starred):.0f} ms"),
    ]
    cog.outl("\n| | |\n| --- | --- |")
    for what, value in rows:
        cog.outl(f"| {what} | {value} |")
    cog.outl("")

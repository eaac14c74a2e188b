"""Writes the pages of the documentation that follow from something else.

docs/reference/cli.md from the help texts, docs/queries.md from the headers of the named queries, docs/benchmarks.md
from the measured figures.

Usage: generate_reference.py [--check]   (with --check nothing is written; exit code 1 says that a page is out of date)
"""

import ast
import json
import sys
from pathlib import Path
from typing import Any

import click

from migkg.cli import COMMANDS, cli
from migkg.query.catalogue import NamedQuery, load_catalogue

ROOT = Path(__file__).resolve().parent.parent
NOTE = "<!-- Written by scripts/generate_reference.py; edit the {} instead. -->\n"


def command_line() -> str:
    """The help of every command, word for word."""
    parts = ["# Command line\n", NOTE.format("help texts in src/migkg/cli/")]
    parts.append(
        "Exit codes: 0 all went well, 1 something was skipped or failed (the rest was done), 2 wrong use.\n"
        "Answers go to standard output and everything else to standard error, so pipes work.\n"
    )
    group = click.Context(cli, info_name="migkg", **cli.context_settings)
    parts.append(_help("migkg", cli, None))
    for name in sorted(COMMANDS):
        command = cli.get_command(group, name)
        assert command is not None
        parts += [f"## {name}\n", _help(name, command, group)]
    return "\n".join(parts)


def _help(name: str, command: click.Command, parent: click.Context | None) -> str:
    context = click.Context(command, parent, name, terminal_width=100, max_content_width=100, **cli.context_settings)
    return f"```text\n{command.get_help(context)}\n```\n"


def queries() -> str:
    """Every named query: question, parameters, columns; the most wanted first."""
    parts = ["# Questions\n", NOTE.format("headers of the files in queries/")]
    parts.append(
        "Each question is a file in `queries/`. Ask it with `migkg query NAME`, see its parameters with\n"
        "`migkg query NAME --describe`, and read [how to add one](how-to/add-a-query.md). Thirty of them are the\n"
        "questions that researchers of migration governance ask; the twelve with a star are asked first.\n"
    )
    for query in sorted(load_catalogue().values(), key=lambda q: (-q.stars, q.number or 99, q.name)):
        parts.append(_question(query))
    return "\n".join(parts)


def _question(query: NamedQuery) -> str:
    lines = [f"## {query.name}{' ★' if query.stars else ''}\n", f"**{query.title['en']}.** {query.question['en']}\n"]
    notes = [f"Question {query.number} of the thirty."] if query.number else []
    notes += [f"Also drawn as {' and '.join(query.forms)}."] if query.forms else []
    notes += [f"What SPARQL cannot compute of it: `{query.command}`."] if query.command else []
    lines += [" ".join(notes) + "\n"] if notes else []
    if query.parameters:
        lines += ["| parameter | type | default | meaning |", "| --- | --- | --- | --- |"]
        for parameter in query.parameters:
            default = "required" if parameter.required else parameter.default or ""
            lines.append(f"| `{parameter.name}` | {parameter.type} | {default} | {parameter.description} |")
        lines.append("")
    if query.columns:
        lines += ["| column | meaning |", "| --- | --- |"]
        lines += [f"| `{name}` | {meaning} |" for name, meaning in query.columns.items()]
        lines.append("")
    else:
        lines.append("Answers with triples.\n")
    return "\n".join(lines)


def benchmarks() -> str:
    """What each benchmark measures (its docstring) and the figures of its last run that was kept."""
    parts = ["# Benchmarks\n", NOTE.format("scripts in benchmarks/")]
    parts.append((ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8").split("\n", 2)[2])
    for path in sorted((ROOT / "benchmarks" / "results").glob("*.json")):
        script = ROOT / "benchmarks" / f"{path.stem}.py"
        purpose = ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))) or ""
        parts += [f"## {path.stem}\n", purpose + "\n", _figures(json.loads(path.read_text(encoding="utf-8")))]
    return "\n".join(parts)


def _figures(record: dict[str, Any]) -> str:
    columns = list(record["rows"][0])
    lines = [f"| {' | '.join(columns)} |", f"| --- |{' ---: |' * (len(columns) - 1)}"]
    lines += [f"| {' | '.join(_number(value) for value in row.values())} |" for row in record["rows"]]
    facts = "; ".join(f"{name.replace('_', ' ')} {_number(fact)}" for name, fact in record["facts"].items())
    machine = record["machine"]
    lines += ["", facts + ".\n"] if facts else [""]
    lines.append(
        f"Measured with Python {machine['python']} on {machine['system']}, {machine['cores']} cores, "
        f"load {', '.join(map(str, machine['load']))} at the end.\n"
    )
    return "\n".join(lines)


def _number(value: Any) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


PAGES = {"docs/benchmarks.md": benchmarks, "docs/queries.md": queries, "docs/reference/cli.md": command_line}


def main() -> int:
    stale = []
    for name, write in PAGES.items():
        path, text = ROOT / name, write()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv[1:]:
                path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv[1:]:
        print(f"out of date: {', '.join(stale)} (run make docs)", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

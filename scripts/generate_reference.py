"""Writes docs/reference/cli.md from the help texts and docs/benchmarks.md from the measured figures.

Usage: generate_reference.py [--check]   (with --check nothing is written; exit code 1 says that a page is out of date)
"""

import ast
import json
import sys
from pathlib import Path
from typing import Any

import click

from migkg.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent
NOTE = "<!-- Written by scripts/generate_reference.py; edit the {} instead. -->\n"


def command_line() -> str:
    """The help of every command, word for word."""
    parts = ["# Command line\n", NOTE.format("help texts in src/migkg/cli/")]
    parts.append(
        "Exit codes: 0 all went well, 1 something was skipped or failed (the rest was done), 2 wrong use.\n"
        "Answers go to standard output and everything else to standard error, so pipes work.\n"
    )
    parts.append(_help("migkg", cli, None))
    group = click.Context(cli, info_name="migkg")
    for name in sorted(COMMANDS):
        command = cli.get_command(group, name)
        assert command is not None
        parts += [f"## {name}\n", _help(name, command, group)]
    return "\n".join(parts)


def _help(name: str, command: click.Command, parent: click.Context | None) -> str:
    context = click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100)
    return f"```text\n{command.get_help(context)}\n```\n"


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


PAGES = {"docs/reference/cli.md": command_line, "docs/benchmarks.md": benchmarks}


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

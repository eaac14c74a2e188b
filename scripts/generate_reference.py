"""Writes docs/reference/cli.md from the help texts, and docs/queries.md from the headers of the named queries.

Usage: generate_reference.py [--check]   (with --check nothing is written; exit code 1 says that a page is out of date)
"""

import sys
from pathlib import Path

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


PAGES = {"docs/reference/cli.md": command_line}


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

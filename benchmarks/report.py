"""What every benchmark prints: one table, and the same figures as JSON where asked."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table


def options(description: str) -> argparse.ArgumentParser:
    """The options that all benchmarks share."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    return parser


def show(title: str, rows: Sequence[Mapping[str, Any]], json_file: Path | None, **facts: Any) -> None:
    """Print the rows as a table (the keys of the first are the columns) and write them as JSON where asked."""
    table = Table(title=title, title_justify="left")
    for position, column in enumerate(rows[0]):
        table.add_column(column, justify="left" if position == 0 else "right", no_wrap=True)
    for row in rows:
        table.add_row(*(f"{value:,.2f}" if isinstance(value, float) else str(value) for value in row.values()))
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    for name, fact in facts.items():
        print(f"{name.replace('_', ' ')}: " + (f"{fact:,.2f}" if isinstance(fact, float) else str(fact)))
    if json_file:
        record = {"title": title, "machine": machine(), "facts": facts, "rows": [dict(row) for row in rows]}
        json_file.parent.mkdir(parents=True, exist_ok=True)
        json_file.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """Where it was measured, and how busy that machine was."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load": [round(value, 2) for value in os.getloadavg()],
    }

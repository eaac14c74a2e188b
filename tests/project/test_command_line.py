"""The command line as a newcomer meets it: every command explains itself, and asking for help loads nothing heavy."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from migkg.cli import COMMANDS, SUMMARIES, cli

HEAVY = ("SPARQLWrapper", "httpx", "networkx", "py3langid", "pyoxigraph", "pyshacl", "pyvis", "rdflib", "yaml")


def test_every_command_has_a_summary() -> None:
    assert COMMANDS.keys() == SUMMARIES.keys()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_has_a_description_and_an_example(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"], prog_name="migkg")
    assert result.exit_code == 0, result.output
    assert "Example" in result.output
    assert f"migkg {name} " in result.output.split("Example", 1)[1], "the example does not call the command"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_is_explained(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    silent = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert not silent


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_no_heavy_library(arguments: list[str]) -> None:
    program = (
        "import sys, migkg.cli\n"
        "try: migkg.cli.main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    assert run.stdout
    assert not set(run.stderr.split()) & set(HEAVY)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["nonsense"], id="unknown command"),
        pytest.param(["--nonsense"], id="unknown option"),
        pytest.param(["build", "--nonsense"], id="unknown option of a command"),
        pytest.param(["query"], id="missing argument"),
    ],
)
def test_wrong_use_is_exit_code_2_and_no_traceback(arguments: list[str]) -> None:
    run = subprocess.run([sys.executable, "-m", "migkg", *arguments], capture_output=True, text=True)
    assert run.returncode == 2
    assert run.stderr
    assert "Traceback" not in run.stderr

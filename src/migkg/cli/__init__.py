"""The command line. Each module holds one group of commands; they are imported only when they are called."""

import importlib
import sys
from collections.abc import Callable
from typing import Any

import click

from migkg import __version__
from migkg.errors import MigkgError, UsageError

COMMANDS = {
    "build": "migkg.cli.build:build",
    "chart": "migkg.cli.chart:chart",
    "compare": "migkg.cli.compare:compare",
    "diff": "migkg.cli.diff:diff",
    "evaluate": "migkg.cli.evaluate:evaluate",
    "explain": "migkg.cli.explain:explain",
    "export": "migkg.cli.export:export",
    "extract": "migkg.cli.extract:extract",
    "fetch": "migkg.cli.fetch:fetch",
    "info": "migkg.cli.build:info",
    "flow": "migkg.cli.geography:flow",
    "link": "migkg.cli.link:link",
    "map": "migkg.cli.geography:draw_map",
    "network": "migkg.cli.network:network",
    "publish": "migkg.cli.publish:publish",
    "query": "migkg.cli.query:query",
    "query-page": "migkg.cli.query_page:query_page",
    "remove": "migkg.cli.build:remove",
    "serve": "migkg.cli.serve:serve",
    "sources": "migkg.cli.fetch:sources",
    "review": "migkg.cli.review:review",
    "sieve": "migkg.cli.sieve:sieve",
    "update": "migkg.cli.update:update",
    "validate": "migkg.cli.validate:validate",
    "view": "migkg.cli.view:view",
    "why": "migkg.cli.why:why",
}

# One line each, so that `migkg --help` does not import the commands.
SUMMARIES = {
    "build": "Read documents and put what they say into a store.",
    "chart": "Show how an organisation is built: parts, posts, reporting lines.",
    "compare": "Say what changed between two periods or two graphs.",
    "diff": "List the facts that were added, changed or withdrawn between two graphs.",
    "evaluate": "Score extraction against annotated documents.",
    "explain": "Write a page that shows what was read from one document, and why.",
    "export": "Write the graph as RDF, or its network for Gephi, Cytoscape, Kumu and spreadsheets.",
    "extract": "Print what documents say as JSON Lines.",
    "fetch": "Fetch the pages of a source, and keep all that was read as WARC.",
    "flow": "Follow money from funder over programme and implementer to country.",
    "info": "Say what a store holds.",
    "link": "Look for the things of a store in registers, and propose links.",
    "map": "Count programmes and events by country, on a map of the world.",
    "network": "Measure the network among actors: centrality, bridges, communities.",
    "publish": "Put the graph of a store into a SPARQL 1.1 server.",
    "query": "Answer a named or written SPARQL query.",
    "query-page": "Write the graph and an engine to ask it as one HTML page that works offline.",
    "remove": "Take documents out of a store.",
    "sources": "List the described sources, or check a description.",
    "serve": "Serve the graph over HTTP: a page, SPARQL, linked data and downloads.",
    "review": "Decide which names are one thing, in the terminal or in a browser.",
    "sieve": "Keep the texts of archives that are on migration and in a language that is read.",
    "update": "Fetch what is new on some sources and read only that into a store.",
    "validate": "Check the graph against the shapes of the ontology.",
    "view": "Write the network as one HTML page that works offline.",
    "why": "Say why a thing is one thing: its sources, and what brought them together.",
}


class LazyGroup(click.Group):
    """A click group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="migkg")
def cli() -> None:
    """A knowledge graph of migration governance, every edge with the sentence that says so.

    \b
    Example:
      migkg build data/samples --store migkg-store
      migkg query funders-of --store migkg-store -p country=VNM
      migkg view --store migkg-store -o network.html
    """


def main(arguments: list[str] | None = None, run: Callable[..., Any] = cli.main) -> None:
    """Run the command line; a known error becomes one line on stderr and exit code 2 (wrong use) or 1 (the rest)."""
    try:
        code = run(args=arguments, prog_name="migkg", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("migkg: stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except MigkgError as error:
        click.echo(f"migkg: {error}", err=True)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(code if isinstance(code, int) else 0)

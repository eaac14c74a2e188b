"""`migkg explain`: what was read from one document, and why, as a page."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from migkg.render.explanation import Verdicts


@click.command()
@click.argument("source")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("explanation.html"), show_default=True,
              help="The page to write; - for standard output.")  # fmt: skip
@click.option("--gold", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Annotations (NAME.json): the page then says what is right, false and missed.")  # fmt: skip
@click.option("--lang", default="en", show_default=True, help="Language of the page's own words: en, fr or es.")
def explain(source: str, output: Path, gold: Path | None, lang: str) -> int:
    """Write a page with the text of SOURCE, its mentions, and every statement with its words, rule and confidence.

    \b
    Example:
      migkg explain data/samples/kish-border-workshop.en.txt -o kish.html
      migkg explain release.txt --gold release.json -o judged.html
    """
    from migkg.extract import extract_document
    from migkg.render.explanation import render_explanation
    from migkg.sources import parse_document, read_source

    extraction = extract_document(parse_document(read_source(source)))
    page = render_explanation(extraction, _judge(gold, extraction.to_json()) if gold else None, language=lang)
    if str(output) == "-":
        click.echo(page, nl=False)
        return 0
    from migkg.files import replace_file

    with replace_file(output) as file:
        file.write(page.encode("utf-8"))
    click.echo(f"{output}: {len(extraction.entities)} entities, {len(extraction.statements)} statements")
    return 0


def _judge(path: Path, record: dict[str, Any]) -> "Verdicts":
    from migkg.errors import UsageError
    from migkg.evaluate import judge
    from migkg.render.explanation import Verdicts

    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        entities, statements, missed = judge(gold, record)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: not an annotated document: {error!r}") from error
    return Verdicts(entities, statements, missed)

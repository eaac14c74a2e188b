"""`migkg extract`: what documents say, as JSON Lines."""

import json
import sys

import click

from migkg.cli.extractors import extractor_options


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--link", is_flag=True, help='Resolve identity: each entity also has its "iri".')
@extractor_options
def extract(sources: tuple[str, ...], link: bool) -> int:
    """Print what each SOURCE (file, folder, glob, URL or -) says, one JSON object a line.

    \b
    Example:
      migkg extract data/samples > extracted.jsonl
      migkg extract --link https://www.iom.int/news/some-release
      cat release.txt | migkg extract -
      migkg extract release.txt --extractor llm --llm-endpoint http://localhost:8080/v1 --llm-model local
    """
    from migkg.cli.extractors import chosen_extractor, say_dropped
    from migkg.errors import SourceSkip
    from migkg.extract import extract_document
    from migkg.model import Extraction, Skip
    from migkg.sources import read_documents

    skipped = 0
    extractor = chosen_extractor()
    read = extractor or extract_document
    for item in read_documents(sources):
        if isinstance(item, Skip):
            skipped += 1
            click.echo(f"skipped {item.source}: {item.reason}", err=True)
            continue
        source = item.document.source if isinstance(item, Extraction) else item.source
        try:
            extraction = item if isinstance(item, Extraction) else read(item).with_places()
        except SourceSkip as skip:
            skipped += 1
            click.echo(f"skipped {source}: {skip}", err=True)
            continue
        if link:
            from migkg.resolve import resolve_extraction

            extraction = resolve_extraction(extraction)
        sys.stdout.write(json.dumps(extraction.to_json(), ensure_ascii=False) + "\n")
    for what, number in say_dropped(extractor):
        click.echo(f"{what}: {number}", err=True)
    return 1 if skipped else 0

"""`migkg extract`: what documents say, as JSON Lines."""

import json
import sys

import click


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--link", is_flag=True, help='Resolve identity: each entity also has its "iri".')
def extract(sources: tuple[str, ...], link: bool) -> int:
    """Print what each SOURCE (file, folder, glob, URL or -) says, one JSON object a line.

    \b
    Example:
      migkg extract data/samples > extracted.jsonl
      migkg extract --link https://www.iom.int/news/some-release
      cat release.txt | migkg extract -
    """
    from migkg.extract import extract_document
    from migkg.model import Skip
    from migkg.sources import read_documents

    skipped = 0
    for item in read_documents(sources):
        if isinstance(item, Skip):
            skipped += 1
            click.echo(f"skipped {item.source}: {item.reason}", err=True)
            continue
        extraction = extract_document(item)
        if link:
            from migkg.resolve import resolve_extraction

            extraction = resolve_extraction(extraction)
        sys.stdout.write(json.dumps(extraction.to_json(), ensure_ascii=False) + "\n")
    return 1 if skipped else 0

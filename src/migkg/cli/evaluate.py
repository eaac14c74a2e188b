"""`migkg evaluate`: extraction against annotated documents."""

from pathlib import Path

import click


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--errors", is_flag=True, help="List every miss and every false one.")
def evaluate(folders: tuple[Path, ...], errors: bool) -> int:
    """Print precision, recall and F1 of extraction over folders of annotated documents.

    \b
    Example:
      migkg evaluate data/samples
      migkg evaluate data/samples tests/gold --errors
    """
    from migkg.evaluate import evaluate_folders, report

    scores = evaluate_folders(folders)
    if errors:
        for line in scores.errors:
            click.echo(line)
    rows = [("", "P", "R", "F1", ""), *report(scores)]
    width = max(len(r[0]) for r in rows)
    for name, precision, recall, f1, numbers in rows:
        click.echo(f"{name:{width}}  {precision:>5}  {recall:>5}  {f1:>5}  {numbers}".rstrip())
    return 0

"""`migkg evaluate`: extraction against annotated documents."""

from pathlib import Path

import click


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--errors", is_flag=True, help="List every miss and every false one.")
@click.option("--links", type=click.Path(path_type=Path), help="Measure identity: a CSV file with file, id, key.")
def evaluate(folders: tuple[Path, ...], errors: bool, links: Path | None) -> int:
    """Print precision, recall and F1 of extraction over folders of annotated documents.

    \b
    Example:
      migkg evaluate data/samples
      migkg evaluate data/samples tests/gold --errors
      migkg evaluate data/samples --links links.csv
    """
    if links is not None:
        return _evaluate_links(links, folders, errors)
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


def _evaluate_links(links: Path, folders: tuple[Path, ...], errors: bool) -> int:
    """Print how well entities of all documents together become things."""
    from migkg.link_scores import LinkScores, score_links

    both: dict[str, LinkScores] = {
        "annotated entities": score_links(links, folders),
        "extracted entities": score_links(links, folders, extract=True),
    }
    if errors:
        for name, scores in both.items():
            for line in scores.errors:
                click.echo(f"{name}\t{line}")
    rows = [("B-cubed", "P", "R", "F1", ""), *(row for name, scores in both.items() for row in scores.report(name))]
    width = max(len(row[0]) for row in rows)
    for name, precision, recall, f1, numbers in rows:
        click.echo(f"{name:{width}}  {precision:>5}  {recall:>5}  {f1:>5}  {numbers}".rstrip())
    return 0

"""Makes press releases for the benchmarks, always the same ones for the same seed.

Their paragraphs are those of data/samples, shuffled within a language, with organisations, days and amounts replaced,
until a release has about 250 words. Every third one is an HTML page with a menu and a footer. They say nothing true:
they only weigh what real releases weigh.
"""

import csv
import html
import random
import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from migkg.resources import data_path

LANGUAGES = ("en", "fr", "es")
PLACES = (
    "Geneva",
    "Dakar",
    "Bangkok",
    "Nairobi",
    "Bogota",
    "Tunis",
    "Manila",
    "Niamey",
    "Quito",
    "Rabat",
    "Amman",
    "Lima",
)
MONTHS = {
    "en": ("February", "March", "May", "August", "October"),
    "fr": ("février", "mars", "mai", "août", "octobre"),
    "es": ("febrero", "marzo", "mayo", "agosto", "octubre"),
}
DATES = {"en": "{day} {month} {year}", "fr": "{day} {month} {year}", "es": "{day} de {month} de {year}"}
PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/work">Our work</a></li><li><a href="/news">News</a></li></ul></nav>
<main><article><h1>{title}</h1>
{body}
</article></main>
<footer><p><a href="/terms">Terms</a> <a href="/privacy">Privacy</a></p></footer></body></html>
"""


def read_paragraphs(language: str) -> tuple[list[str], list[str]]:
    """Titles and paragraphs of the sample releases of a language."""
    titles, paragraphs = [], []
    for path in sorted(data_path("samples").glob(f"*.{language}.*")):
        if path.suffix == ".txt":
            first, *rest = [p.strip() for p in path.read_text(encoding="utf-8").split("\n\n") if p.strip()]
        elif path.suffix == ".html":
            article = LexborHTMLParser(path.read_text(encoding="utf-8"))
            (first, *_) = [h.text(strip=True) for h in article.css("h1")]
            rest = [p.text(strip=True) for p in article.css("main p, article p")]
        else:
            continue
        titles.append(first)
        paragraphs += [p for p in rest if len(p.split()) > 12]
    return titles, paragraphs


def read_names(language: str) -> dict[str, list[str]]:
    """Names of organisations in a language, by kind; only long ones, that stand for nothing else in a sentence."""
    names: dict[str, list[str]] = {}
    with data_path("authorities/organisations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row[f"name_{language}"]
            if len(name.split()) > 2:
                names.setdefault(row["kind"], []).append(name)
    return names


class Writer:
    """Writes releases of one language."""

    def __init__(self, language: str, rng: random.Random) -> None:
        self.language = language
        self.rng = rng
        self.titles, self.paragraphs = read_paragraphs(language)
        names = read_names(language)
        self.others = {name: others for others in names.values() for name in others}
        self.known = re.compile("|".join(sorted(map(re.escape, self.others), key=len, reverse=True)))

    def write(self, words: int) -> tuple[str, list[str]]:
        """A title and paragraphs with about so many words."""
        date = DATES[self.language].format(
            day=self.rng.randint(1, 28), month=self.rng.choice(MONTHS[self.language]), year=self.rng.randint(2003, 2025)
        )
        body: list[str] = []
        for paragraph in self.rng.sample(self.paragraphs, len(self.paragraphs)):
            room = words - sum(len(p.split()) for p in body)
            if room < 12:
                break
            if len(paragraph.split()) <= room:
                body.append(self._vary(paragraph))
        place = self.rng.choice(PLACES)
        body[0] = f"{place}, {date} – {body[0]}"
        return self._vary(self.rng.choice(self.titles)), body

    def _vary(self, text: str) -> str:
        text = self.known.sub(lambda m: self.rng.choice(self.others[m.group()]), text)
        return re.sub(r"\b\d{1,2}\b(?![.,]\d)", lambda m: str(self.rng.randint(2, 28)), text)


def write_corpus(folder: Path, count: int, words: int = 250, seed: int = 2026) -> list[Path]:
    """Write ``count`` releases into ``folder``, the three languages in turn; the paths in order."""
    rng = random.Random(seed)
    writers = [Writer(language, rng) for language in LANGUAGES]
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        writer = writers[number % len(writers)]
        title, body = writer.write(words)
        if (number // len(writers)) % 3 == 2:
            paragraphs = "\n".join(f"<p>{html.escape(p)}</p>" for p in body)
            text = PAGE.format(language=writer.language, title=html.escape(title), body=paragraphs)
            path = folder / f"release-{number:06}.{writer.language}.html"
        else:
            text = "\n\n".join([title, *body]) + "\n"
            path = folder / f"release-{number:06}.{writer.language}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths

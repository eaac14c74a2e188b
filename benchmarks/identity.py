"""CPU seconds and peak memory of deciding which references of many documents are one thing.

The references are names of the authority tables in three languages and ministries, offices and programmes made of
templates, ten a document. Names repeat, as in releases: "forms" says how many there are. "Added" are 100 documents more
on the first number of references. Aim: 100,000 references in under two minutes on two cores and 2 GiB.
"""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import report

from migkg.linking import resolve_references, stage_record
from migkg.model import Document, Entity, Extraction
from migkg.rdf import select_record
from migkg.resolve import resolve_extraction
from migkg.resources import data_path
from migkg.store.changes import ReferenceChanges

LANGUAGES = ("en", "fr", "es")
ADDED, PER_DOCUMENT = 100, 10
TEMPLATES = {
    "en": ("Ministry of {} of {}", "{} Support Programme in {}", "IOM {} Office in {}"),
    "fr": ("Ministère {} de {}", "Programme d'appui {} en {}", "Bureau {} de l'OIM en {}"),
    "es": ("Ministerio de {} de {}", "Programa de apoyo {} en {}", "Oficina {} de la OIM en {}"),
}
SUBJECTS = {
    "en": ("Interior", "Labour", "Health", "Justice", "Education", "Agriculture", "Transport", "Environment"),
    "fr": ("Intérieur", "Travail", "Santé", "Justice", "Éducation", "Agriculture", "Transports", "Environnement"),
    "es": ("Interior", "Trabajo", "Salud", "Justicia", "Educación", "Agricultura", "Transportes", "Ambiente"),
}
KINDS = ("GovernmentBody", "Programme", "OrganisationalUnit")


def read_table(name: str) -> list[dict[str, str]]:
    with data_path(f"authorities/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def make_documents(count: int, first: int, seed: int) -> Iterator[Extraction]:
    """Documents of ten references each, always the same ones for the same seed."""
    rng = random.Random(seed)
    countries, bodies, places = (read_table(name) for name in ("countries", "organisations", "places"))
    codes = {row["iso2"]: row["iso3"] for row in countries if row["iso2"]}
    for number in range(first, first + count):
        language = LANGUAGES[number % len(LANGUAGES)]
        entities = []
        for i in range(PER_DOCUMENT):
            country, choice = rng.choice(countries), rng.random()
            if choice < 0.6:
                which, town = rng.randrange(len(KINDS)), rng.choice(places)
                where, code = country[f"name_{language}"] or country["name_en"], country["iso3"]
                if KINDS[which] == "OrganisationalUnit":  # offices are in towns, so that there are many different ones
                    where, code = town["name"], codes.get(town["iso2"], code)
                name = TEMPLATES[language][which].format(rng.choice(SUBJECTS[language]), where)
                entities.append(Entity(f"e{i}", KINDS[which], name, country=code))
            elif choice < 0.8:
                row = rng.choice(bodies)
                name = row[f"name_{language}"] or row["name_en"]
                key = f"org:{row['key']}" if rng.random() < 0.5 else None
                entities.append(Entity(f"e{i}", row["kind"], name, key=key))
            else:
                entities.append(Entity(f"e{i}", "Place", rng.choice(places)["name"]))
        name = f"{number}.txt"
        document = Document(source=name, name=name, text=f"The text of {name}.", blocks=(), language=language)
        yield resolve_extraction(Extraction(document, tuple(entities), ()))


def take(references: ReferenceChanges, count: int, first: int, seed: int) -> float:
    """Seconds of CPU to take in and resolve so many documents; making them is not counted."""
    records = [select_record(extraction, "named") for extraction in make_documents(count, first, seed)]
    start = time.process_time()
    with references.change():
        for record in records:
            stage_record(references, record)
    resolve_references(references)
    return time.process_time() - start


def measure(wanted: int) -> dict[str, float]:
    """Figures of one run, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        references = ReferenceChanges(Path(folder) / "references.sqlite")
        documents = wanted // PER_DOCUMENT
        seconds = take(references, documents, 0, 2026)
        counts = references.count()
        added = take(references, ADDED, documents, 7)
        references.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    row = {name: counts[name] for name in ("references", "forms", "things", "same", "proposed")}
    return {**row, "CPU s": seconds, f"{ADDED} added, CPU s": added, "peak MiB": peak}


def main() -> None:
    parser = report.options(__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 300_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure(chosen.one)))
        return
    rows = []
    for size in chosen.sizes:
        command = [sys.executable, __file__, "--one", str(size)]
        rows.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    report.show("References of many documents made into things", rows, chosen.json)


if __name__ == "__main__":
    main()

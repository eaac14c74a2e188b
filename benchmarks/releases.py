"""Makes any number of releases that all differ, from templates over the authority tables, in three languages.

A release is about a country: a ministry of it, an office and a programme in one of its towns, organisations that fund,
implement and take part, an event with a day, a sum of money. So the number of different names grows with the number of
releases, as it does in an archive. They say nothing true. Release number n is the same in every run, alone or not.
"""

import csv
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from migkg.resources import data_path

LANGUAGES = ("en", "fr", "es")
FOLDER = 1_000  # releases in one folder
MONTHS = {
    "en": ("January", "March", "April", "May", "June", "July", "September", "October", "November", "December"),
    "fr": ("janvier", "mars", "avril", "mai", "juin", "juillet", "septembre", "octobre", "novembre", "décembre"),
    "es": ("enero", "marzo", "abril", "mayo", "junio", "julio", "septiembre", "octubre", "noviembre", "diciembre"),
}
SUBJECTS = {
    "en": ("Interior", "Labour", "Health", "Justice", "Education", "Agriculture", "Transport", "Tourism", "Youth"),
    "fr": (
        "Intérieur",
        "Travail",
        "Santé",
        "Justice",
        "Éducation",
        "Agriculture",
        "Transports",
        "Tourisme",
        "Jeunesse",
    ),
    "es": ("Interior", "Trabajo", "Salud", "Justicia", "Educación", "Agricultura", "Transporte", "Turismo", "Juventud"),
}
THEMES = {
    "en": ("Border Management", "Labour Mobility", "Voluntary Return", "Diaspora Engagement", "Counter-Trafficking"),
    "fr": (
        "Gestion des frontières",
        "Mobilité de la main-d'œuvre",
        "Retour volontaire",
        "Diaspora",
        "Lutte contre la traite",
    ),
    "es": ("Gestión de Fronteras", "Movilidad Laboral", "Retorno Voluntario", "Diáspora", "Lucha contra la Trata"),
}
OPENINGS = {
    "en": "{country}: {theme} on the agenda in {town}",
    "fr": "{town} : {theme}, un nouveau projet",
    "es": "{country}: {theme}, nuevo proyecto en {town}",
}
# Each sentence names at least two actors or things with a tie between them.
SENTENCES = {
    "en": (
        "The International Organization for Migration (IOM) and the Ministry of {subject} of {country} signed a "
        "memorandum of understanding in {town} on {date}.",
        "The {town} {theme} Programme is funded by the Government of {donor} with {sum} million euros.",
        "{body} will implement the {town} {theme} Programme together with IOM.",
        "The workshop, organised by IOM in {town}, {country}, on {date}, brought together {number} officials.",
        "Representatives of {body} and of {other} took part in the workshop.",
        "The IOM office in {town} is part of the IOM mission in {country}.",
        "{other} supports the Ministry of {subject} of {country} in the training of {number} border officials.",
        "The Government of {donor} pledged {sum} million dollars to {body}.",
    ),
    "fr": (
        "L'Organisation internationale pour les migrations (OIM) et le Ministère {adjective} de {subject} ont signé un "
        "protocole d'accord à {town} le {date}.",
        "Le Programme {theme} de {town} est financé par le Gouvernement {donor_adjective} à hauteur de {sum} "
        "millions d'euros.",
        "{body} mettra en œuvre le Programme {theme} de {town} avec l'OIM.",
        "L'atelier, organisé par l'OIM à {town} le {date}, a réuni {number} fonctionnaires.",
        "Des représentants de {body} et de {other} ont participé à l'atelier.",
        "Le bureau de l'OIM à {town} fait partie de la mission de l'OIM.",
        "{other} soutient le Ministère {adjective} de {subject} dans la formation de {number} agents des frontières.",
        "Le Gouvernement {donor_adjective} a promis {sum} millions de dollars à {body}.",
    ),
    "es": (
        "La Organización Internacional para las Migraciones (OIM) y el Ministerio de {subject} de {country} firmaron "
        "un memorando de entendimiento en {town} el {date}.",
        "El Programa de {theme} de {town} es financiado por el Gobierno de {donor} con {sum} millones de euros.",
        "{body} ejecutará el Programa de {theme} de {town} junto con la OIM.",
        "El taller, organizado por la OIM en {town}, {country}, el {date}, reunió a {number} funcionarios.",
        "Representantes de {body} y de {other} participaron en el taller.",
        "La oficina de la OIM en {town} forma parte de la misión de la OIM en {country}.",
        "{other} apoya al Ministerio de {subject} de {country} en la formación de {number} agentes fronterizos.",
        "El Gobierno de {donor} prometió {sum} millones de dólares a {body}.",
    ),
}
DATES = {"en": "{day} {month} {year}", "fr": "{day} {month} {year}", "es": "{day} de {month} de {year}"}


@cache
def read_table(name: str) -> list[dict[str, str]]:
    """The rows of an authority table."""
    with data_path(f"authorities/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def towns() -> list[tuple[str, Mapping[str, str]]]:
    """Towns, each with the row of its country."""
    countries = {row["iso2"]: row for row in read_table("countries") if row["iso2"] and row["adj_fr_m"]}
    return [(row["name"], countries[row["iso2"]]) for row in read_table("places") if row["iso2"] in countries]


def write_release(number: int) -> tuple[str, str]:
    """Language and text of one release: a title and eight sentences in paragraphs of two, about 140 words."""
    rng = random.Random(number)
    language = LANGUAGES[number % len(LANGUAGES)]
    town, country = rng.choice(towns())
    donor = rng.choice(towns())[1]
    body, other = (row[f"name_{language}"] or row["name_en"] for row in rng.sample(read_table("organisations"), 2))
    date = DATES[language].format(
        day=rng.randint(1, 28), month=rng.choice(MONTHS[language]), year=rng.randint(2003, 2025)
    )
    words = {
        "town": town,
        "country": country[f"name_{language}"],
        "adjective": country["adj_fr_m"],
        "donor": donor[f"name_{language}"],
        "donor_adjective": donor["adj_fr_m"],
        "body": body,
        "other": other,
        "date": date,
        "subject": rng.choice(SUBJECTS[language]),
        "theme": rng.choice(THEMES[language]),
        "sum": rng.randint(2, 90),
        "number": rng.randint(12, 400),
    }
    sentences = [sentence.format(**words) for sentence in SENTENCES[language]]
    first, *rest = sentences
    rng.shuffle(rest)
    ordered = [f"{town}, {date} – {first}", *rest]
    paragraphs = [" ".join(ordered[i : i + 2]) for i in range(0, len(ordered), 2)]
    return language, "\n\n".join([OPENINGS[language].format(**words), *paragraphs]) + "\n"


def write_releases(folder: Path, count: int, first: int = 0) -> int:
    """Write releases into folders of a thousand; gives the number of words. What is there is left."""
    words = 0
    for number in range(first, first + count):
        language, text = write_release(number)
        path = folder / f"{number // FOLDER:05}" / f"release-{number:07}.{language}.txt"
        words += len(text.split())
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return words

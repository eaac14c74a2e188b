"""Sums of money as a text says them: the currencies of the authority table, the number habits of each language."""

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

import yaml

from migkg.errors import DataFileError
from migkg.lexicon.language import load_language
from migkg.resources import data_path
from migkg.text.normalize import fold

NUMBER = r"\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"


@dataclass(frozen=True, slots=True)
class MoneySpan:
    """A sum at ``text[start:end]``."""

    start: int
    end: int
    amount: Decimal
    currency: str


@cache
def _habits() -> tuple[dict[str, str], dict[str, frozenset[str]], dict[str, tuple[str, ...]]]:
    """The usual currency of a sign or word, the countries that use a currency, and the words that several share."""
    path = data_path("lexicons/money.yaml")
    try:
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        usual = {fold(str(form)): str(code) for form, code in record["usual"].items()}
        areas = {str(code): frozenset(map(str, users)) for code, users in record["areas"].items()}
        shared = {fold(str(form)): tuple(map(str, codes)) for form, codes in record["shared"].items()}
        areas |= dict.fromkeys(map(str, record["unsettled"]), frozenset())
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise DataFileError(f"{path}: {error}") from error
    return usual, areas, shared


@cache
def _tables(language: str) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]], dict[str, Decimal]]:
    """The pattern of a sum, the currencies that a sign or word can mean, and what the words of size are worth."""
    usual, _, shared = _habits()
    units: dict[str, tuple[str, ...]] = {form: (code,) for form, code in usual.items()}
    with data_path("authorities/currencies.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            forms = [row["code"], *row["symbols"].split("|")]
            for column in (f"unit_forms_{language}", "unit_forms_en"):
                forms += [form for form in row.get(column, "").split("|") if len(form) > 2]
            for form in {fold(form) for form in forms if form} - usual.keys():
                units[form] = (*units.get(form, ()), row["code"])
    units |= shared
    sizes: dict[str, Decimal] = {}
    with data_path("authorities/amount_patterns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["lang"] == language and row["kind"] == "magnitude":
                size = Decimal(row["example_or_value"])
                sizes.update({fold(form): size for form in row["pattern_or_forms"].split("|")})
    return _pattern(units, sizes, load_language(language).numbers), units, sizes


def _pattern(
    units: Mapping[str, object], sizes: Mapping[str, object], numbers: Mapping[str, object]
) -> re.Pattern[str]:
    def either(forms: Iterable[str]) -> str:
        return "|".join(re.escape(f) for f in sorted(forms, key=lambda f: (-len(f), f)))

    magnitude = rf"(?:[ \u00a0-]?(?P<{{0}}>{either(sizes)})\b\.?)?"
    worded = rf"\b(?P<word>{either(numbers)})[ \u00a0-](?P<m4>{either(f for f in sizes if len(f) > 3)})\b"
    before = rf"(?<![\w])(?P<sign>{either(units)})[ \u00a0]?(?P<n1>{NUMBER}){magnitude.format('m1')}"
    unit = rf"(?:de[ \u00a0]|d')?(?P<unit>{either(units)})(?!\w)"
    after = rf"(?:(?<![\w.,])(?P<n2>{NUMBER}){magnitude.format('m2')}|{worded})[ \u00a0-]{unit}"
    glued = rf"(?<![\w.,])(?P<n3>{NUMBER}){magnitude.format('m3')}[ \u00a0]?(?P<sign3>[€£$])"
    return re.compile(f"{after}|{before}|{glued}")


def find_money(
    folded: str, start: int, end: int, language: str, countries: Collection[str] = frozenset()
) -> list[MoneySpan]:
    """Sums of money in ``folded[start:end]``.

    Args:
        folded: the folded document.
        language: code; it decides how decimals and thousands are written.
        countries: ISO 3166 alpha-3 codes of the countries that the document names; they settle a shared name
            of currencies ("FCFA"). A sum whose currency stays open is left out.

    Raises:
        DataFileError: ``money.yaml`` is malformed.
    """
    pattern, units, sizes = _tables(language)
    numbers = load_language(language).numbers
    found = []
    for match in pattern.finditer(folded, start, end):
        values = match.groupdict()
        number = values["n1"] or values["n2"] or values["n3"]
        size = values["m1"] or values["m2"] or values["m3"] or values["m4"]
        amount = read_number(number, language, rounded=not size) if number else Decimal(numbers[values["word"]])
        currency = _settle(units.get(values["sign"] or values["unit"] or values["sign3"], ()), countries)
        if amount is not None and currency:
            found.append(MoneySpan(match.start(), match.end(), amount * sizes.get(size or "", Decimal(1)), currency))
    return found


def _settle(codes: tuple[str, ...], countries: Collection[str]) -> str | None:
    """The one of several currencies that is used in the countries; ``None`` where that leaves none or several."""
    if len(codes) > 1:
        areas = _habits()[1]
        codes = tuple(code for code in codes if not areas.get(code, frozenset()).isdisjoint(countries))
    return codes[0] if len(codes) == 1 else None


def read_number(text: str, language: str, rounded: bool = False) -> Decimal | None:
    """A number as it is written: "2,450", "2 500", "5,75", "1.350"; ``None`` if it is none.

    A separator before exactly three digits separates thousands, unless the text has only that one and its language
    writes decimals with it ("4.500" is 4500 in Spanish and 4.5 in English).

    Args:
        rounded: the number has no third decimal, as sums of money without a "million": then "300,000" is 300000 in
            Spanish too, as Mexico and Central America write it.
    """
    plain = re.sub(r"['\u00a0\u202f ]", "", text)
    decimal = load_language(language).decimal
    marks = [c for c in plain if c in ".,"]
    if len(set(marks)) == 2:
        decimal = marks[-1]
        plain = plain.replace("," if decimal == "." else ".", "")
    elif marks:
        digits = len(plain) - plain.rindex(marks[-1]) - 1
        if len(marks) > 1 or (digits == 3 and (rounded or marks[0] != decimal)):
            plain = plain.replace(marks[0], "")
        else:
            decimal = marks[0]
    try:
        return Decimal(plain.replace(decimal, "."))
    except InvalidOperation:
        return None

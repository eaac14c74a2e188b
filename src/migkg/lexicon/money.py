"""Sums of money as a text says them: the currencies of the authority table, the number habits of each language."""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from migkg.lexicon.language import load_language
from migkg.resources import data_path
from migkg.text.normalize import fold

NUMBER = r"\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
# Signs that several currencies share: the one that releases mean when nothing else is said.
SHARED_SIGNS = {
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "us$": "USD",
    "us $": "USD",
    "u$s": "USD",
    "a$": "AUD",
    "c$": "CAD",
}
SHARED_NAMES = {
    "dollars": "USD",
    "dollar": "USD",
    "dolares": "USD",
    "dolar": "USD",
    "euros": "EUR",
    "euro": "EUR",
    "pounds": "GBP",
}


@dataclass(frozen=True, slots=True)
class MoneySpan:
    """A sum at ``text[start:end]``."""

    start: int
    end: int
    amount: Decimal
    currency: str


@cache
def _tables(language: str) -> tuple[re.Pattern[str], dict[str, str], dict[str, int]]:
    units = dict(SHARED_NAMES)
    signs = dict(SHARED_SIGNS)
    with data_path("authorities/currencies.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            signs.setdefault(row["code"].lower(), row["code"])
            for sign in row["symbols"].split("|"):
                if sign:
                    signs.setdefault(fold(sign), row["code"])
            for column in (f"unit_forms_{language}", "unit_forms_en"):
                for form in row.get(column, "").split("|"):
                    if len(form) > 2:
                        units.setdefault(fold(form), row["code"])
    sizes: dict[str, int] = {}
    with data_path("authorities/amount_patterns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["lang"] == language and row["kind"] == "magnitude":
                sizes.update({fold(form): int(row["example_or_value"]) for form in row["pattern_or_forms"].split("|")})
    return _pattern(signs, units, sizes), signs | units, sizes


def _pattern(signs: dict[str, str], units: dict[str, str], sizes: dict[str, int]) -> re.Pattern[str]:
    def either(forms: dict[str, str] | dict[str, int]) -> str:
        return "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True))

    magnitude = rf"(?:[ \u00a0-]?(?P<{{0}}>{either(sizes)})\b\.?)?"
    before = rf"(?<![\w])(?P<sign>{either(signs)})[ \u00a0]?(?P<n1>{NUMBER}){magnitude.format('m1')}"
    unit = rf"(?:de[ \u00a0]|d')?(?P<unit>{either(units)}|{either(signs)})(?!\w)"
    after = rf"(?<![\w.,])(?P<n2>{NUMBER}){magnitude.format('m2')}[ \u00a0]{unit}"
    glued = rf"(?<![\w.,])(?P<n3>{NUMBER}){magnitude.format('m3')}[ \u00a0]?(?P<sign3>[€£$])"
    return re.compile(f"{after}|{before}|{glued}")


def find_money(folded: str, start: int, end: int, language: str) -> list[MoneySpan]:
    """Sums of money in ``folded[start:end]``.

    Args:
        folded: the folded document.
        language: code; it decides how decimals and thousands are written.
    """
    pattern, codes, sizes = _tables(language)
    found = []
    for match in pattern.finditer(folded, start, end):
        values = match.groupdict()
        number = values["n1"] or values["n2"] or values["n3"]
        size = values["m1"] or values["m2"] or values["m3"]
        unit = values["sign"] or values["unit"] or values["sign3"]
        amount = read_number(number, language)
        if amount is not None and unit in codes:
            found.append(MoneySpan(match.start(), match.end(), amount * sizes.get(size or "", 1), codes[unit]))
    return found


def read_number(text: str, language: str) -> Decimal | None:
    """A number as it is written: "2,450", "2 500", "5,75", "1.350"; ``None`` if it is none.

    A separator before exactly three digits separates thousands, unless the text has only that one and its language
    writes decimals with it ("4.500" is 4500 in Spanish and 4.5 in English).
    """
    plain = re.sub(r"['\u00a0\u202f ]", "", text)
    decimal = load_language(language).decimal
    marks = [c for c in plain if c in ".,"]
    if len(set(marks)) == 2:
        decimal = marks[-1]
        plain = plain.replace("," if decimal == "." else ".", "")
    elif marks:
        digits = len(plain) - plain.rindex(marks[-1]) - 1
        if len(marks) > 1 or (digits == 3 and marks[0] != decimal):
            plain = plain.replace(marks[0], "")
        else:
            decimal = marks[0]
    try:
        return Decimal(plain.replace(decimal, "."))
    except InvalidOperation:
        return None

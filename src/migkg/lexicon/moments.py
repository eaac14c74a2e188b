"""How a language says when something takes place: the file ``data/lexicons/<code>/dates.yaml``, compiled once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from migkg.errors import DataFileError
from migkg.lexicon.language import load_language, read_yaml
from migkg.resources import data_path
from migkg.text.dates import DateWords
from migkg.text.normalize import fold
from migkg.text.times import MomentWords
from migkg.text.wording import wordings

UNITS = {"days": "day", "weeks": "week", "months": "month", "years": "year"}
LISTS = (
    "last", "next", "joined", "spanned", "fillers", "month_openers", "since", "until", "around", "begins", "ends",
    "takes_place", "relatives", "pronouns", "lasting", "acts", "future_endings", "future",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventWords:
    """What the words around a date say of it; patterns over the folded text.

    Attributes:
        since, until, around: right before a date: it is the first day, the last day, or none of the event's own.
        begins, ends, takes_place: verbs of the beginning, the end and the taking place of an event.
        relatives: what opens a clause about the thing said right before it.
        pronouns: first words of a sentence that goes on about what was said before it.
        lasting: number of days in the group ``number`` ("three-day").
        numbers: what number words are worth.
        acts: heads of events of an hour.
    """

    since: re.Pattern[str]
    until: re.Pattern[str]
    around: re.Pattern[str]
    begins: re.Pattern[str]
    ends: re.Pattern[str]
    takes_place: re.Pattern[str]
    relatives: re.Pattern[str]
    pronouns: re.Pattern[str]
    lasting: re.Pattern[str]
    numbers: dict[str, int]
    acts: re.Pattern[str]


@cache
def date_words(code: str) -> DateWords:
    """The words of a language that dates are made of."""
    language = load_language(code)
    return DateWords(
        tuple(language.months.items()),
        tuple(language.weekdays.items()),
        language.words["today"],
        language.words["yesterday"],
        language.words["tomorrow"],
        language.words["future"],
        wordings()[code].numeric_dates if code in wordings() else "unknown",
    )


@cache
def moment_words(code: str) -> MomentWords:
    """The words of a language for times counted from the publication.

    Raises:
        DataFileError: ``dates.yaml`` of the language is absent or malformed.
    """
    content, dates = _read(code), date_words(code)
    counted = {fold(form): (unit, shift) for key, unit in UNITS.items() for form, shift in content[key].items()}
    endings = "|".join(re.escape(str(e)) for e in content["future_endings"])
    ahead = _either(content["future"], plain=False) + (rf"|\w{{2,}}(?:{endings})\b" if endings else "")
    return MomentWords(
        dates,
        counted,
        _search(counted, dates),
        re.compile(rf"\s*\b(?:{_either(content['last'])})(?!\w)"),
        re.compile(rf"\s*\b(?:{_either(content['next'])})(?!\w)"),
        re.compile(rf",?\s*(?:{_either(content['joined'])})\s*{_FILLERS.format(_either(content['fillers']))}"),
        re.compile(rf"\s*(?:{_either(content['spanned'])})\s*{_FILLERS.format(_either(content['fillers']))}"),
        re.compile(rf"\s+{_FILLERS.format(_either(content['fillers']))}"),
        re.compile(rf"(?<!\w)(?:{_either(content['month_openers'])})[\s-]*(?:the\s+)?$"),
        re.compile(rf"\b(?:{ahead})(?!\w)"),
    )


@cache
def event_words(code: str) -> EventWords:
    """What the words around a date say of it.

    Raises:
        DataFileError: ``dates.yaml`` of the language is absent or malformed.
    """
    content, numbers = _read(code), load_language(code).numbers
    days = "|".join(_pieces([*numbers, *(str(n) for n in range(2, 15))]))
    lasting = "|".join(re.escape(fold(f)).replace(r"\#", "#").replace("#", f"(?:{days})") for f in content["lasting"])
    before = {k: re.compile(rf"(?<!\w)(?:{_either(content[k])})\s*$") for k in ("since", "until", "around")}
    verbs = {
        k: re.compile(rf"(?<!\w)(?:{_either(content[k])})(?!\w)")
        for k in ("begins", "ends", "takes_place", "relatives", "acts")
    }
    return EventWords(
        **before,
        **verbs,
        pronouns=re.compile(rf"\W*(?:{_either(content['pronouns'])})\b"),
        lasting=re.compile(rf"(?<![\w-])(?:{lasting})(?!\w)"),
        numbers={**{str(n): n for n in range(2, 15)}, **numbers},
    )


_FILLERS = r"(?:(?:{})\s*)*"


def _search(counted: dict[str, Any], dates: DateWords) -> re.Pattern[str]:
    names = "|".join(_pieces(m for m, _ in dates.months))
    weekdays = "|".join(_pieces(d for d, _ in dates.weekdays))
    span = r"(?<![\d/.,-])(?P<from>\d{1,2})\s?-\s?(?P<until>\d{1,2})/(?P<in>\d{1,2})(?![\d/])"
    year = r"(?<![\w/.,-])(?:19|20)\d\d(?!\w|[/-]\d)"
    # "la mañana" is the morning and not tomorrow.
    return re.compile(
        rf"(?P<span>{span})|(?P<year>{year})|(?<!\w)(?<!\bla )(?P<counted>{'|'.join(_pieces(counted))})(?!\w)"
        rf"|\b(?P<weekday>{weekdays})\b|\b(?P<month>{names})\b"
    )


def _pieces(forms: Iterable[str]) -> list[str]:
    return [re.escape(form) for form in sorted(set(forms), key=lambda f: (-len(f), f))]


def _either(forms: Iterable[str], plain: bool = True) -> str:
    return "|".join(_pieces(fold(form) if plain else form.lower() for form in forms)) or r"(?!)"


@cache
def _read(code: str) -> dict[str, Any]:
    path: Path = data_path("lexicons") / code / "dates.yaml"
    content = read_yaml(path)
    for key in UNITS:
        shifts = content.get(key)
        if not isinstance(shifts, dict) or not all(isinstance(v, int) for v in shifts.values()):
            raise DataFileError(f"{path}: {key}: words, each with a whole number, are expected")
    for key in LISTS:
        if not isinstance(content.get(key), list) or not all(isinstance(v, str) for v in content[key]):
            raise DataFileError(f"{path}: {key}: a list of words is expected (quote yes, no, on, off and y)")
    return content

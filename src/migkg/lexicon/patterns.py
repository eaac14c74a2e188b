"""The relation patterns of a language: ``data/lexicons/<code>/relations.yaml``, compiled to regular expressions.

A sentence is written as a row of units: words in folded form, and mentions as ``⟨A3⟩`` (kind and number). A pattern is
a row of elements separated by spaces:

=====================  =====================================================================================
``<subject:Actor>``    a mention (or list of mentions) of these types, bound to a role
``@fund``              one of the words of a class (``words:`` of the file, or ``active``/``passive`` of a frame)
``~6``                 up to six words, no mention among them
``~~6``                up to six words or mentions
``~-6``                up to six words or mentions, no programme, event or instrument among them
``by``, ``by|@from``   words as they are or classes of words, ``*`` for any ending, ``_`` for a space inside a phrase
``!>to|at``            the next unit is none of these words
``^``                  the sentence, or a clause after a comma or "and", begins here
``the?``               an element that may be absent
``!was|were``          the word before is none of these
=====================  =====================================================================================

The verbs of a frame serve in patterns as ``@attend.active``; ``match`` may be a list of rows, tried one by one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from migkg.errors import DataFileError
from migkg.lexicon.language import load_language, read_yaml, split_phrase
from migkg.model.vocabulary import RELATIONS
from migkg.resources import data_path

# Letters of the kinds of mention, as extract.sentence writes them; a pronoun may stand for anything but a person.
SLOTS = {
    "Actor": "ACX", "Person": "P", "Place": "LC", "Country": "C", "Programme": "RX", "Event": "EX", "Instrument": "IX",
    "Post": "T", "Money": "M", "Date": "D", "Nationality": "G", "Body": "A", "Any": "ACXREI", "Pronoun": "XP",
}  # fmt: skip
# What a partner ("in cooperation with") is, where the first actor stands in one of these relations.
PARTNER = {
    "organises": "organises",
    "implements": "partnersIn",
    "signs": "signs",
    "partnersIn": "partnersIn",
    "participatesIn": "participatesIn",
}
JOINTLY, THROUGH = "⊕", "⊳"  # how "in cooperation with" and "through" stand in a row of units
PLAIN = r"[^ ⟨;]+ "
ANY = r"[^ ;]+ "
VERBS = ("active", "passive", "noun", "bare")  # what a frame lists, for the constructions that name it


@dataclass(frozen=True, slots=True)
class Pattern:
    """One compiled pattern.

    Attributes:
        id: id in the file, with the construction for frames (``en.fund.active``).
        predicate: relation that it gives.
        regex: finds it in a row of units; named groups hold the numbers of the mentions.
        opens: letters of the mentions with which it may begin; empty where it begins with a word.
        triggers: words of which at least one must stand in the sentence (empty: always tried).
        needs: for each slot that must be filled, the kinds of mention that can fill it.
        focus: type of the subject or object that the pattern has no slot for: the thing that the text is about just
            then.
        raw: whether it is tried on single mentions, before lists and appositions are drawn together.
        confidence: share of its statements that are right, as measured or as its author expects it.
    """

    id: str
    predicate: str
    regex: re.Pattern[str]
    triggers: frozenset[str]
    needs: tuple[frozenset[str], ...] = ()
    opens: str = ""
    focus: str = ""
    raw: bool = False
    confidence: float = 0.6


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with which a linguist shows what a pattern must (not) find."""

    pattern: str
    text: str
    matches: bool


@cache
def load_patterns(code: str) -> tuple[Pattern, ...]:
    """All patterns of a language.

    Raises:
        DataFileError: a pattern is malformed; the message names the file and the id.
    """
    path = data_path("lexicons") / code / "relations.yaml"
    content = read_yaml(path)
    classes = {"jointly": [JOINTLY], "through": [THROUGH], "^": sorted(load_language(code).words["clause_joints"])}
    classes |= {k: list(v) for k, v in content.get("words", {}).items()}
    patterns = []
    try:
        for entry in content.get("frames", []):
            classes |= {f"{entry['id']}.{k}": entry[k] for k in VERBS if entry.get(k)}
        for entry in content.get("patterns", []):
            rows = entry["match"] if isinstance(entry["match"], list) else [entry["match"]]
            patterns += [_compile(code, entry, row, classes) for row in rows]
        for entry in content.get("frames", []):
            patterns += list(_frame(code, entry, content["constructions"], classes))
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise DataFileError(f"{path}: {entry.get('id') if 'entry' in locals() else ''}: {error!r}") from error
    return tuple(patterns)


@cache
def load_triggers(code: str) -> dict[tuple[str, ...], frozenset[str]]:
    """The verbs and participles of all frames: phrase → ids of the frames and voices that use it (``fund.active``).

    The ids are the same in every language, so that what is learned of them in one holds in the others.
    """
    content = read_yaml(data_path("lexicons") / code / "relations.yaml")
    found: dict[tuple[str, ...], set[str]] = {}
    for frame in content.get("frames", []):
        for voice in VERBS:
            for form in frame.get(voice, []):
                phrase = split_phrase(str(form).replace("*", "").replace("_", " "))
                found.setdefault(phrase, set()).add(f"{frame['id']}.{voice}")
    for name, forms in content.get("cues", {}).items():
        for form in forms:
            found.setdefault(split_phrase(str(form)), set()).add(f"cue.{name}")
    return {phrase: frozenset(ids) for phrase, ids in found.items()}


def load_examples(code: str) -> list[Example]:
    """The example sentences of a language's patterns and frames."""
    content = read_yaml(data_path("lexicons") / code / "relations.yaml")
    found = []
    for entry in [*content.get("patterns", []), *content.get("frames", [])]:
        for key, wanted in (("yes", True), ("no", False)):  # YAML reads an unquoted yes and no as true and false
            texts = entry.get(key) or entry.get(wanted) or []
            found += [Example(f"{code}.{entry['id']}", text, wanted) for text in texts]
    return found


def _frame(
    code: str, frame: dict[str, Any], constructions: dict[str, Any], classes: dict[str, list[str]]
) -> Iterator[Pattern]:
    for name, template in constructions.items():
        needed = re.findall(rf"@({'|'.join(VERBS)})", template)
        if any(not frame.get(n) for n in needed) or name in frame.get("without", []):
            continue
        text = template.replace("<subject>", f"<subject:{frame['subject']}>").replace(
            "<object>", f"<object:{frame['object']}>"
        )
        local = classes | {k: frame[k] for k in VERBS if frame.get(k)}
        focus = frame["object"] if "<object" not in text and "<main_object" not in text else ""
        predicate = PARTNER.get(frame["predicate"]) if name.startswith("joint") else frame["predicate"]
        if predicate:
            entry = {**frame, "id": f"{frame['id']}.{name}", "focus": focus, "predicate": predicate}
            yield _compile(code, entry, text, local)


def _compile(code: str, entry: dict[str, Any], text: str, classes: dict[str, list[str]]) -> Pattern:
    predicate = entry["predicate"]
    if predicate not in RELATIONS:
        raise ValueError(f"no relation {predicate}")
    source, triggers = _regex(text, classes)
    begins = re.match(r"<\w+:([\w|]+)>", text.split()[0])
    opens = "".join(SLOTS[kind] for kind in begins[1].split("|")) if begins else ""
    needed = re.findall(r"<\w+:([\w|]+)>(?!\?)", text)
    return Pattern(
        id=f"{code}.{entry['id']}",
        predicate=predicate,
        regex=re.compile(source if opens else f"(?<![^ ])(?={source})"),
        opens=opens,
        triggers=triggers,
        needs=tuple(frozenset(c for kind in slot.split("|") for c in SLOTS[kind]) for slot in needed),
        focus=entry.get("focus", ""),
        raw=bool(entry.get("raw", False)),
        confidence=float(entry.get("confidence", 0.6)),
    )


def _regex(text: str, classes: dict[str, list[str]]) -> tuple[str, frozenset[str]]:
    pieces: list[str] = []
    triggers: list[frozenset[str]] = []
    for element in text.split():
        optional = element.endswith("?") and len(element) > 1
        body = element[:-1] if optional else element
        piece, words = _element(body, classes)
        pieces.append(f"(?:{piece})?" if optional else piece)
        if words and not optional:
            triggers.append(words)
    usable = [t for t in triggers if not any("*" in w for w in t)]
    best = max(usable, key=lambda t: sum(map(len, t)) / len(t), default=frozenset())
    end = "".join(pieces)
    return f"{end}(?P<end_>)", best


def _element(body: str, classes: dict[str, list[str]]) -> tuple[str, frozenset[str]]:
    slot = re.fullmatch(r"<(\w+):([\w|]+)>", body)
    if slot:
        letters = "".join(sorted({c for kind in slot[2].split("|") for c in SLOTS[kind]}))
        return rf"⟨[{letters}](?P<{slot[1]}>\d+)⟩ ", frozenset()
    if body == "^":
        joints = "".join(rf"|(?<= {re.escape(word)} )" for word in classes["^"])
        return rf"(?:\A|(?<=[,:;\"»«-] ){joints})", frozenset()
    if body.startswith("!>"):
        return f"(?!{_element(body[2:], classes)[0]})", frozenset()
    if body.startswith("!"):
        return "".join(rf"(?<! {re.escape(w)} )" for w in split_phrase(body[1:].replace("|", " "))), frozenset()
    if body.startswith("~-"):
        return rf"(?:(?!⟨[REI]){ANY}){{0,{int(body[2:])}}}?", frozenset()
    if body.startswith("~~"):
        return rf"(?:{ANY}){{0,{int(body[2:])}}}?", frozenset()
    if body.startswith("~"):
        return rf"(?:{PLAIN}){{0,{int(body[1:])}}}?", frozenset()
    forms = [f for one in body.split("|") for f in (classes[one[1:]] if one.startswith("@") else [one])]
    alternatives: set[str] = set()
    firsts: set[str] = set()
    for form in forms:
        words = split_phrase(str(form).replace("*", "").replace("_", " "))
        ending = r"[^ ⟨]*" if str(form).endswith("*") else ""
        alternatives.add(" ".join(map(re.escape, words)) + ending + " ")
        free = (ending and len(words) == 1) or words[0] in (JOINTLY, THROUGH)  # no word of the text to look for
        firsts.add("*" if free else words[0])
    return f"(?:{'|'.join(sorted(alternatives, key=len, reverse=True))})", frozenset(firsts)

"""The noun phrase around a word for a programme, an event or an instrument: where it begins and ends, and its name."""

from dataclasses import dataclass

from migkg.extract.complements import completes
from migkg.extract.sentence import ACTOR, COUNTRY, DATE, LOCATION, NATIONALITY, PERSON, Sentence, match_phrase
from migkg.extract.titles import capital_name, of_town, quoted_before, quoted_name
from migkg.lexicon.language import Language

GROUPS = (("Event", "events"), ("Event", "echoes"), ("Instrument", "instruments"), ("Programme", "programmes"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase around a head: tokens ``first`` … ``last - 1``, head at ``head`` … ``head_end - 1``."""

    first: int
    last: int
    head: int
    head_end: int
    determiner: str
    name: tuple[int, int] | None


def find_head(sentence: Sentence, at: int, language: Language) -> tuple[str, int, str]:
    best = ("", 0, "")
    if sentence.tokens[at].norm not in language.phrases["described"].longest:
        return best
    if at and (sentence.norm(at - 1), sentence.norm(at)) in language.phrases["no_heads"]:
        return best
    for kind, phrases in GROUPS:
        size = match_phrase(sentence, at, language.phrases[phrases], 4) if language.spelled(sentence.tokens[at]) else 0
        if size > best[1] and sentence.free(at, at + size):
            phrase = tuple(t.norm for t in sentence.tokens[at : at + size])
            best = (kind, size, language.phrases[phrases][phrase] if phrases == "events" else "")
    if best[1] and (sentence.norm(at + best[1]),) in language.phrases["compounds"]:
        return "", 0, ""  # "reception centre", "training materials"
    return best


def read_phrase(sentence: Sentence, at: int, size: int, language: Language) -> Phrase:
    first, determiner = _left(sentence, at, language)
    name = quoted_name(sentence, at + size, language) or capital_name(sentence, first, at, at + size, language)
    if (
        name is not None
        and not language.head_first
        and sentence.titled()
        and not quoted_name(sentence, at + size, language)
    ):
        name = None  # "Reintegration Project Starts in Georgia"
    name = name or quoted_before(sentence, first, determiner, language)
    name = name or of_town(sentence, at, at + size, determiner, language)
    last = max(at + size, name[1] if name else 0)
    if name is None and not language.has("demonstratives", determiner):
        last = _complement(sentence, at + size, language)
    return Phrase(first, last, at, at + size, determiner, name)


def _left(sentence: Sentence, at: int, language: Language) -> tuple[int, str]:
    """Begin of the noun phrase, and its determiner ("" if it has none)."""
    first = at
    for i in range(at - 1, max(-1, at - 6), -1):
        token, marker = sentence.tokens[i], sentence.marker_at(i)
        if (
            language.has("definite", token.norm)
            or language.has("indefinite", token.norm)
            or language.has("articles", token.norm)
        ):
            pointed = language.has("indefinite", token.norm) and language.has("definite", sentence.norm(i - 1))
            return (i - 1, sentence.norm(i - 1)) if pointed else (i, token.norm)
        if token.text.isdigit():
            return i, token.norm
        if language.has("genitive", token.norm) and marker is None:
            dated = sentence.marker_at(i - 1)
            if dated is not None and dated.code == DATE:
                return dated.first, ""  # "*yesterday's* seminar"
        if marker is not None and marker.code in {ACTOR, NATIONALITY, COUNTRY}:
            first = marker.first
            continue
        if marker is not None and marker.code not in {DATE, LOCATION}:
            return (at, "")  # "the High Commissioner held talks"
        word = token.text[0].isalpha() or token.norm == "-" or language.has("genitive", token.norm)
        small = language.has("auxiliaries", token.norm) or language.has("locative", token.norm)
        joint = language.has("connectors", token.norm) and (token.norm,) not in language.phrases["and"]
        if not word or small or joint or (token.norm,) in language.phrases["speech"]:
            break
        linked = (token.norm,) in language.phrases["and"] and language.early.match(sentence.norm(i - 1))
        if language.head_first and not language.early.match(token.norm) and not linked:
            break
        if sentence.heading and language.has("infinitive", sentence.norm(i - 1)):
            break  # "IOM and ECO to *Sign* Memorandum"
        if not language.head_first or token.capital:
            first = i
    near = sentence.marker_at(at - 1)
    return (first, "") if first == at - 1 or near is not None else (at, "")


def _complement(sentence: Sentence, at: int, language: Language) -> int:
    """End of what completes a described head: "… on questions of immigration and border management"."""
    i = last = at
    while i < min(at + 9, len(sentence.tokens)):
        token, marker = sentence.tokens[i], sentence.marker_at(i)
        if marker is not None and marker.code == NATIONALITY and language.head_first and i == last:
            i = last = marker.last  # "programme régional *canadien* de lutte …"
            continue
        if marker is not None or not token.text[0].isalpha() or token.capital:
            break
        norm = token.norm
        if language.has("complement_ends", norm):
            break
        if language.has("insertions", norm) or (norm,) in language.phrases["speech"]:
            break
        if language.has("auxiliaries", norm) and not language.accented(token):
            break
        if last == at and (norm,) in language.phrases["and"]:
            break
        if norm in language.words["connectors"] or language.has("articles", norm):
            i += 1
            continue
        if not language.head_first and i == last > at and language.ends(norm, "participle_endings"):
            break  # "a workshop on trafficking *organised* by …", but "on displaced persons"
        if norm in language.numbers and i > last:
            i += 1  # "un atelier de deux jours"
            continue
        if (
            language.head_first
            and i > last
            and not any(language.has("complement_links", sentence.norm(k)) for k in range(last, i))
        ):
            break  # an article alone begins another phrase
        if i == last and not (completes(sentence, i, last, language) if language.head_first else i > at):
            break
        if language.head_first and i > last and _named_head(sentence, i, last, language):
            break  # "premier comité de pilotage du *projet* …": another thing
        i += 1
        last = i
    return last


def _named_head(sentence: Sentence, i: int, last: int, language: Language) -> bool:
    """Whether another described thing begins here: after an article, or with a name of its own ("bourses du
    *programme DAFI*", but "programme de formation")."""
    size = find_head(sentence, i, language)[1]
    following = sentence.tokens[i + size : i + size + 1]
    return size > 0 and (i > last + 1 or (bool(following) and following[0].capital))


def fullest_end(sentence: Sentence, at: int, language: Language) -> int:
    """End of the noun phrase with all that completes it: "… (ToT) *on the detection of fraud*", "… *in Mozambique*"."""
    last = _complement(sentence, at, language)
    i = last
    while language.has("further_links", sentence.norm(i)) and i < len(sentence.tokens) - 1:
        i += 1
        while language.has("articles", sentence.norm(i)):
            i += 1
        marker = sentence.marker_at(i)
        if marker is None or marker.code not in {ACTOR, COUNTRY, LOCATION, NATIONALITY, PERSON}:
            break
        i = last = marker.last
    return last

"""The name of a programme, an event or an instrument around its noun: quoted, in capitals, or by its town."""

import re

from migkg.extract.complements import completes
from migkg.extract.sentence import ACTOR, COUNTRY, LOCATION, NATIONALITY, Sentence, match_phrase
from migkg.lexicon.language import Language
from migkg.text.tokens import Token

OPEN, CLOSE = '«“"„‘', '»”"“’'


def of_town(sentence: Sentence, at: int, end: int, determiner: str, language: Language) -> tuple[int, int] | None:
    """ "la conférence *de Marrakech*", "la cumbre *de La Valeta*": an event that goes by the name of its town."""
    if not (language.head_first and language.has("definite", determiner)):
        return None
    if not language.has("possession", sentence.norm(end)):
        return None
    if (sentence.norm(at),) not in language.phrases["events"]:
        return None
    town = sentence.marker_at(end + 1)
    return (at, town.last) if town is not None and town.code == LOCATION else None


def quoted_before(sentence: Sentence, first: int, determiner: str, language: Language) -> tuple[int, int] | None:
    """ "« Santé sans frontières », *un programme* de …": the name stands before the noun that explains it."""
    known = language.has("indefinite", determiner) or language.has("definite", determiner)
    known = known or (not determiner and language.head_first)  # "«Paso Firme», proyecto que …"
    if not known or first < 4 or sentence.norm(first - 1) != "," or sentence.tokens[first - 2].text not in CLOSE:
        return None
    for k in range(first - 3, max(-1, first - 32), -1):
        if sentence.tokens[k].text in OPEN:
            return (k + 1, first - 2) if sentence.tokens[k + 1].capital and k + 1 < first - 2 else None
    return None


def quoted_name(sentence: Sentence, at: int, language: Language) -> tuple[int, int] | None:
    """A quoted name right after the head, also after "entitled" or a comma."""
    i = at
    while i < min(at + 9, len(sentence.tokens)) and sentence.tokens[i].text not in OPEN:
        i += 1
        if sentence.norm(i) in {";", ".", ":"} and sentence.norm(i) != ":":
            return None
    if i >= len(sentence.tokens) or sentence.tokens[i].text not in OPEN:
        return None
    near = (
        i - at <= 2
        or any((sentence.norm(k),) in language.phrases["named_by"] for k in range(at, i))
        or sentence.norm(i - 1) == ","
    )
    # "The course is part of the project “X”": the name is that of the noun right before it.
    described = language.phrases["described"]
    nearer = any(k + match_phrase(sentence, k, described, i - k) == i for k in range(at + 1, i))
    if not near or nearer:
        return None
    for k in range(i + 1, min(i + 40, len(sentence.tokens))):
        if sentence.tokens[k].text in CLOSE:
            return (i + 1, k) if k > i + 1 and sentence.tokens[i + 1].capital else None
    return None


def capital_name(
    sentence: Sentence, first: int, head: int, head_end: int, language: Language
) -> tuple[int, int] | None:
    """A name in capitals around the head: "Regional Training Workshop on …", "Fonds fiduciaire pour l'Afrique"."""
    if sentence.shouted():
        return None
    begin = head
    capital_head = sentence.tokens[head].capital and not (head == 0 and not sentence.tokens[head_end - 1].capital)
    if not language.head_first:
        while begin > first and _capital(sentence, begin - 1) and not is_determiner(sentence, begin - 1, language):
            if language.has("infinitive", sentence.norm(begin - 2)):
                break  # "IOM and ECO to *Sign* Memorandum"
            begin -= 1
        if begin == 1 and sentence.heading and capital_head and sentence.tokens[0].capital and sentence.free(0, 1):
            begin = 0
        if not capital_head and begin < head and _only_owners(sentence, begin, head):
            begin = head  # "NRC project" is no name
        if not capital_head and begin == head:
            return _called(sentence, head_end, language)
        if begin == head and head == 0:
            capital_head = False
    else:
        while begin > first and _capital(sentence, begin - 1) and not is_determiner(sentence, begin - 1, language):
            begin -= 1
    if not capital_head:
        named = begin < head and (not language.head_first or sentence.tokens[head].capital)
        return (begin, head_end) if named and head - begin >= 1 and begin > 0 else _called(sentence, head_end, language)
    last = _name_end(sentence, head_end, language)
    small = language.head_first and not any(t.capital for t in sentence.tokens[head_end:last]) and begin == head
    if (last > head_end or begin < head) and not (small and last - head_end < 2):
        return begin, last
    return _called(sentence, head_end, language)


def _only_owners(sentence: Sentence, first: int, last: int) -> bool:
    """Whether all words are mentions of actors and countries: they say whose it is, and are no name."""
    return all(sentence.marker_at(i) is not None for i in range(first, last))


def _capital(sentence: Sentence, i: int) -> bool:
    token, marker = sentence.tokens[i], sentence.marker_at(i)
    if marker is not None:
        return marker.code in {ACTOR, COUNTRY, NATIONALITY} and token.capital
    made = re.search(r"-[a-z]+ed$", token.text)  # "OSCE-supported"
    return token.capital and token.text[0].isalpha() and i > 0 and not made


def is_determiner(sentence: Sentence, i: int, language: Language) -> bool:
    norm = sentence.norm(i)
    return language.has("articles", norm) or language.has("definite", norm) or language.has("indefinite", norm)


def _name_end(sentence: Sentence, at: int, language: Language) -> int:
    """End of the capitalised complement after a head, small words between included."""
    last, i = at, at
    while i < min(at + 26, len(sentence.tokens)):
        token, marker = sentence.tokens[i], sentence.marker_at(i)
        if (token.capital and token.text[0].isalpha()) or (token.text.isdigit() and i == last):
            if marker is not None and marker.code == ACTOR and i - last > 2:
                break
            i = last = marker.last if marker is not None else i + 1
            continue
        if marker is not None:
            if marker.code == NATIONALITY and i == last:
                i = last = marker.last
                continue
            break
        if language.head_first and token.norm in {",", *(p[0] for p in language.phrases["and"])}:
            end = _enumeration(sentence, i, language)
            if end:
                i = last = end
                continue
        small = token.norm in language.words["connectors"] or (language.has("name_inner", token.norm) and last - at > 2)
        article = language.head_first and language.has("indefinite", token.norm) and i > last
        if (small or article) and i - last < 3:
            i += 1
        elif language.head_first and _small_word_of_name(sentence, i, last, language):
            i = last = i + 1
        else:
            break
    return last


def _enumeration(sentence: Sentence, at: int, language: Language) -> int:
    """End of "…, ordonnée et régulière" or "…, la migration et l'intégration" after a name in small letters; else 0."""
    i, words = at, 0
    closed = False
    while i < min(at + 14, len(sentence.tokens)):
        token = sentence.tokens[i]
        joint = (token.norm,) in language.phrases["and"]
        if token.norm == "," and not closed:
            i += 1
        elif joint and not closed:
            closed = True
            i += 1
        elif sentence.marker_at(i) is not None or token.capital or not token.text[0].isalpha():
            break
        else:
            while language.has("articles", sentence.norm(i)):
                i += 1
            if not sentence.norm(i).isalpha() or sentence.marker_at(i) is not None or sentence.tokens[i].capital:
                return 0
            words, i = words + 1, i + 1
            if closed:
                break
            if sentence.norm(i) != "," and (sentence.norm(i),) not in language.phrases["and"]:
                return 0
    after = sentence.norm(i)
    before = sentence.tokens[at - 1]
    return i if closed and words > 1 and not before.capital and not after[:1].isalpha() else 0


def _small_word_of_name(sentence: Sentence, i: int, last: int, language: Language) -> bool:
    return i - last <= 3 and completes(sentence, i, last, language)


def _short_name(token: Token) -> bool:
    """An acronym, also with a word after its hyphen: "MASE-Justice"."""
    first = token.text.partition("-")[0]
    return token.acronym or (len(first) > 2 and first.isupper())


def _called(sentence: Sentence, at: int, language: Language) -> tuple[int, int] | None:
    """A name in capitals right after the head ("the campaign MTV EXIT", "un projet intitulé Enhancing …")."""
    i = at
    called = False
    while i < at + 3 and (size := match_phrase(sentence, i, language.phrases["named_by"])):
        if language.has("name_articles", sentence.norm(i)):
            break
        i += size
        called = True
    if i >= len(sentence.tokens) or not sentence.tokens[i].capital or not sentence.tokens[i].text[0].isalpha():
        return None
    marker = sentence.marker_at(i)
    if marker is not None and not called:
        return None
    last = _name_end(sentence, i, language)
    return (i, last) if last - i >= (1 if called else 2) or _short_name(sentence.tokens[i]) else None

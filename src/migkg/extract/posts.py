"""Titles of offices: "Deputy Director General", "Ministre de l'Intérieur"."""

from migkg.extract.complements import completes
from migkg.extract.heads import STATE_TYPES
from migkg.extract.sentence import POST, Marker, Sentence, match_phrase
from migkg.lexicon.language import Language
from migkg.lexicon.names import ends_like_family, given_names
from migkg.text.normalize import fold


def mark_posts(sentence: Sentence, language: Language, longer_than: int = 0) -> None:
    """Claim the titles of offices: "Chief of Mission", "Ministre de l'Intérieur".

    Args:
        longer_than: leave out titles of so few words, which might be part of an organisation's name.
    """
    at = 0
    while at < len(sentence.tokens):
        size = match_phrase(sentence, at, language.phrases["posts"])
        if (
            size <= longer_than
            or language.accented(sentence.tokens[at])
            or not size
            or not sentence.free(at, at + size)
        ):
            at += 1
            continue
        first, last = _widen(sentence, at, at + size, language)
        start, end = sentence.span(first, last)
        marker = Marker(POST, first, last, start, end, rule="post", value=_phrase(sentence, at, size))
        sentence.claim(marker)
        at = last


def _phrase(sentence: Sentence, at: int, size: int) -> str:
    return " ".join(t.norm for t in sentence.tokens[at : at + size])


def _widen(sentence: Sentence, first: int, last: int, language: Language) -> tuple[int, int]:
    """Modifiers before and after the head, and the field of a minister ("of Foreign Affairs")."""
    capital = sentence.tokens[first].capital
    while first > 0 and sentence.free(first - 1, first):
        token = sentence.tokens[first - 1]
        modifier = (token.norm,) in language.phrases["post_modifiers"] or (token.norm,) in language.phrases["posts"]
        modifier = modifier and not language.accented(token)
        if not language.head_first and token.capital and capital and token.text.isalpha() and first - 1 > 0:
            modifier = modifier or not language.has("articles", token.norm)
        if not modifier or language.has("articles", token.norm):
            break
        first -= 1
    while last < len(sentence.tokens) and sentence.free(last, last + 1):
        norm = sentence.norm(last)
        if (norm,) in language.phrases["post_modifiers"] and not (
            not language.head_first and sentence.tokens[last].capital
        ):
            last += 1
            continue
        if norm == "-" or (norm == "/" and sentence.tokens[last + 1 : last + 2]):
            break
        break
    if (sentence.norm(last - 1),) in language.phrases["local_posts"]:
        return first, last  # what follows is the place that it is held over
    return first, _field(sentence, last, language)


def _person_ahead(sentence: Sentence, i: int, end: int, begin: int) -> bool:
    """Whether the name of the holder begins: "Deputy Minister of Justice *Aizada Toktogulova*"."""
    token, following = sentence.tokens[i], sentence.tokens[i + 1 : i + 2]
    family = end > begin and bool(following) and ends_like_family(following[0].text)
    return family or fold(token.text) in given_names()


def _field(sentence: Sentence, last: int, language: Language) -> int:
    """ "Minister *of Labour and Social Affairs*": capitals that name no body."""
    i, end = last, last
    while i < len(sentence.tokens) and i - last < 10 and sentence.free(i, i + 1):
        token = sentence.tokens[i]
        if language.has("field_words", token.norm) and not ((token.norm,) in language.phrases["and"] and end == last):
            i += 1
            continue
        heads = language.phrases["any_organisation"]
        size = match_phrase(sentence, i, heads)
        alone = size == 1 and language.head_first and not language.has("possession", sentence.norm(i + 1))
        alone = alone and language.phrases["any_organisation"][(token.norm,)] in STATE_TYPES
        starts_name = (size and not alone) or match_phrase(sentence, i, language.phrases["posts"])
        if not token.capital or token.acronym or starts_name or i == last:
            break
        if _person_ahead(sentence, i, end, last) and not language.has("field_words", sentence.norm(i - 1)):
            break
        i += 1
        end = i
    while language.head_first and end > last and end < len(sentence.tokens) and sentence.free(end, end + 1):
        i = end + 1 if (sentence.norm(end),) in language.phrases["and"] else end
        if not completes(sentence, i, i, language) or i >= len(sentence.tokens) or not sentence.free(i, i + 1):
            break
        end = i + 1  # "ministre des Affaires *étrangères et européennes*"
    return end

"""Small words inside the name of an organisation: whether the name goes on after "and", "in" or a comma."""

from migkg.extract.sentence import COUNTRY, LOCATION, Sentence, match_phrase
from migkg.lexicon.language import Language
from migkg.lexicon.names import towns


def may_join(sentence: Sentence, i: int, last: int, begin: int, language: Language) -> bool:
    """A small word inside a name: it counts only if more of the name follows."""
    norm = sentence.norm(i)
    if i - last >= 3:
        return False
    if norm == ",":
        return _list_in_name(sentence, i, begin, language)
    if language.has("genitive", norm) and i == last:
        bearer = match_phrase(sentence, last - 1, language.phrases["any_organisation"])
        return i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].capital and not bearer  # "Foreigners' Affairs"
    if norm not in language.words["connectors"]:
        return False
    if language.has("company_suffixes", sentence.norm(last - 1)) and i == last:
        return False
    following = sentence.norm(i + 1)
    if (norm,) in language.phrases["and"] and language.has("articles", following):
        beyond = sentence.tokens[i + 2 : i + 3]
        if not language.head_first or (beyond and beyond[0].acronym):
            return False  # "the Smuggling Section and the Crime Programme", "la Policía Nacional y la SUNAT" are two
    inner = language.has("inner_prepositions", norm)
    if inner and language.has("name_articles", following) and sentence.norm(last - 1) != norm:
        return sentence.tokens[i + 2 : i + 3] != [] and sentence.tokens[i + 2].capital and sentence.free(i + 2, i + 3)
    if inner and i == last and _goes_on_in(sentence, i, language):
        return True
    if language.has("outward_prepositions", norm):
        marker = sentence.marker_at(i + 1)
        return language.has("outward_places", norm) and (marker is not None and marker.code in {LOCATION, COUNTRY})
    return True


def _goes_on_in(sentence: Sentence, i: int, language: Language) -> bool:
    """ "Agency Against Trafficking *in Persons*": no town follows, and the word before is not the head itself."""
    if i + 1 >= len(sentence.tokens) or not sentence.tokens[i + 1].capital or not sentence.free(i + 1, i + 2):
        return False
    head = match_phrase(sentence, i - 1, language.phrases["any_organisation"])
    return not head and sentence.tokens[i + 1].norm not in towns()


def _parallel(sentence: Sentence, i: int, language: Language) -> bool:
    """ "Ministère de la Santé, *de la Population, du Travail et des Affaires sociales*": each part begins alike."""
    k = i
    while k < min(i + 20, len(sentence.tokens)):
        joint = (sentence.norm(k),) in language.phrases["and"]
        k += 1
        if not language.has("possession", sentence.norm(k)):
            return False
        k += 2 if language.has("articles", sentence.norm(k + 1)) else 1
        if k >= len(sentence.tokens) or not sentence.tokens[k].text[0].isalpha() or not sentence.free(k, k + 1):
            return False
        if match_phrase(sentence, k, language.phrases["organisations"]):
            return False
        k += 1
        if joint:
            return True
        for _ in range(2):  # an adjective or two
            word = sentence.norm(k)
            if sentence.free(k, k + 1) and word[:1].isalpha() and (word,) not in language.phrases["and"]:
                k += 1
        if sentence.norm(k) != "," and (sentence.norm(k),) not in language.phrases["and"]:
            return False
    return False


def _list_in_name(sentence: Sentence, i: int, begin: int, language: Language) -> bool:
    """ "Ministry of Labour, Social Protection *and* Family": a comma with an "and" soon after, all of it capitals."""
    if language.head_first and _parallel(sentence, i, language):
        return True
    fields = any(language.has("fields", sentence.norm(k)) for k in range(max(0, begin - 3), begin))
    reach = 12 if fields else 6
    for k in range(i + 1, min(i + reach, len(sentence.tokens))):
        token = sentence.tokens[k]
        if (token.norm,) in language.phrases["and"]:
            follows = k + 1 < len(sentence.tokens) and sentence.marker_at(k + 1) is None
            return k > i + 1 and follows and not match_phrase(sentence, k + 1, language.phrases["organisations"])
        if sentence.marker_at(k) is not None or match_phrase(sentence, k, language.phrases["organisations"]):
            return False
        comma = fields and token.norm == ","
        if not token.capital and token.norm not in language.words["connectors"] and not comma:
            return False
    return False

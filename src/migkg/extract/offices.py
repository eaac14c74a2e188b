"""Whether an office stands beside a name, which shows that the name is a person's."""

from migkg.extract.sentence import ACTOR, COUNTRY, LOCATION, NATIONALITY, POST, Sentence
from migkg.lexicon.language import Language


def post_beside(sentence: Sentence, first: int, last: int, language: Language) -> bool:
    """A post right before the name, or after the name and a comma; also when a body stands between them."""
    i = first - 1
    addresses = {word for phrase in language.phrases["honorifics"] for word in phrase}
    while i >= 0 and (sentence.norm(i) in {",", "(", "."} or sentence.norm(i) in addresses):
        i -= 1
    i = _before_region(sentence, i, language)
    if sentence.norm(first - 1) == "," and _title_before(sentence, first - 2):
        return True
    for _ in range(6):
        marker = sentence.marker_at(i)
        if marker is None:
            if language.has("post_links", sentence.norm(i)):
                i -= 1
                continue
            break
        if marker.code == POST:
            return True
        if marker.code not in {ACTOR, COUNTRY, NATIONALITY, LOCATION}:
            break
        i = marker.first - 1
    k = last
    if sentence.norm(k) in {",", "("}:
        for step in range(1, 5):
            marker = sentence.marker_at(k + step)
            if marker is not None and marker.code == POST:
                return True
    return False


def _title_before(sentence: Sentence, i: int) -> bool:
    """A post with its field before the comma: "le ministre ivoirien *de l'Intégration africaine*, …"."""
    for k in range(i, max(-1, i - 11), -1):
        marker = sentence.marker_at(k)
        if marker is not None and marker.code == POST:
            return True
        word = sentence.norm(k)
        if marker is None and not (word[:1].isalpha() or word in {"-", "'"}):
            return False
    return False


def _before_region(sentence: Sentence, i: int, language: Language) -> int:
    """The token before a region that no table knows: "Director *de la OIM* para África oriental, …"."""
    for k in range(i, max(-1, i - 8), -1):
        if sentence.marker_at(k) is not None or not sentence.norm(k)[:1].isalpha():
            return i
        if language.has("purpose", sentence.norm(k)):
            return k - 1 if sentence.marker_at(k - 1) is not None else i
    return i

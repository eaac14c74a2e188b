"""Whether words are the name of a person, by lists of names and by their shape."""

from migkg.extract.structure.lexicon import StructureLexicon
from migkg.lexicon.names import given_names
from migkg.text.tokens import Token

LONGEST = 6  # words in the name of a person


def is_person_words(norms: list[str], lexicon: StructureLexicon) -> bool:
    """Whether folded words may be a person's name: two to six, none a word of units, posts, regions or verbs."""
    words = [w for w in norms if w[0].isalnum()]
    full = [w for w in words if w not in lexicon.words["name_particles"] and len(w) > 1]
    if not 2 <= len(words) <= LONGEST or not full or any(w[0].isdigit() for w in words):
        return False
    tables = (lexicon.units, lexicon.plurals, lexicon.posts, lexicon.outer)
    if any(table.find(full) for table in tables):
        return False
    if any(_is_given(w) for w in full[:2]):
        return True
    barred = lexicon.words["region_words"] | lexicon.words["post_modifiers"] | lexicon.words["verbs"]
    return not any(w in barred for w in full)


def name_shape(tokens: list[Token], lexicon: StructureLexicon) -> bool:
    """Whether tokens have the shape of a person's name: capitals, initials and particles only."""
    particles = lexicon.words["name_particles"]
    shaped = all(t.capital or t.norm in particles or (t.text in ".'’-" and i > 0) for i, t in enumerate(tokens))
    return bool(tokens) and shaped and tokens[0].capital and is_person_words([t.norm for t in tokens], lexicon)


def has_given_name(tokens: list[Token], lexicon: StructureLexicon) -> bool:
    """Whether one of the first two words is a known given name."""
    particles = lexicon.words["name_particles"]
    words = [t.norm for t in tokens if t.text[0].isalpha() and t.norm not in particles]
    return any(_is_given(w) for w in words[:2])


def _is_given(word: str) -> bool:
    """Whether a folded word, or its first part ("Marc-André"), is a given name."""
    return word in given_names() or word.split("-")[0] in given_names()

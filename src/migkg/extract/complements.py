"""Words that complete a noun where the head comes first: adjectives after it, and a few before it."""

from migkg.extract.sentence import Sentence
from migkg.lexicon.language import Language


def completes(sentence: Sentence, i: int, last: int, language: Language) -> bool:
    """A lower-case noun after "de la", or a lower-case adjective right after the name so far."""
    token = sentence.tokens[i]
    if not token.text[0].isalpha() or language.has("insertions", token.norm) or language.has("locative", token.norm):
        return False
    if any(language.has(c, token.norm) for c in ("articles", "pronouns", "definite", "indefinite", "auxiliaries")):
        return False
    if language.ends(token.text.lower(), "verb_endings"):
        return False  # Spanish verbs: requería, pidió
    before = sentence.norm(i - 1)
    if language.has("purpose", before) and language.ends(token.norm, "infinitive_endings"):
        return False  # what it is for, in a verb of its own
    if i == last and i > 0 and language.has("early_adjectives", before):
        return True  # "la *libre* circulation"
    if i == last:
        return bool(language.adjective.match(token.norm)) and not language.has("undecided", token.norm)
    between = [sentence.norm(k) for k in range(last, i)]
    if (between[0],) in language.phrases["and"] and language.ends(token.text, "participle_endings"):
        return False  # "la Déclaration … et *examiné* le projet"
    if language.has("dative", between[0]):
        return language.has("dative_nouns", token.norm)
    return any(language.has("completion_links", b) for b in between)

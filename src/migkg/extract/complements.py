"""Words of French and Spanish that complete a noun: adjectives after it, and a few before it."""

import re

from migkg.extract.sentence import Sentence
from migkg.lexicon.language import Language

# Endings of adjectives after a noun in French and Spanish: what completes a lower-case name.
_ADJECTIVE = re.compile(
    r".{2,}(?:al|ale|ales|aux|ique|iques|el|elle|elles|if|ive|ives|ifs|aire|aires|ien|ienne|iennes|iens|ais|aise|ier|iere"
    r"|ieres|iers|eur|eure|eures|ico|ica|icos|icas|ivo|iva|ivos|ivas|ario|aria|arios|arias|ano|ana|anos|anas|ense|enses"
    r"|ble|bles|ado|ada|ados|adas|ido|ida|oso|osa|rio|ria|rios|rias|ee|ees|es|een|eenne|eens|eennes|icites?|ointe?s?|eo|ea|eos|eas"
    r"|aine?s?|communs?|communes?|elargie?s?|civile?s?|.*partites?)$"
)


# Adjectives that stand before their noun.
_BEFORE_NOUNS = frozenset(["libre", "haute", "haut", "bonne", "bon", "nouvelle", "nouveau", "grande", "jeunes", "alta"])
_JOINTS = frozenset(["et", "y", "e"])


def completes(sentence: Sentence, i: int, last: int, language: Language) -> bool:
    """A lower-case noun after "de la", or a lower-case adjective right after the name so far."""
    token = sentence.tokens[i]
    if not token.text[0].isalpha() or language.has("insertions", token.norm) or language.has("locative", token.norm):
        return False
    if any(language.has(c, token.norm) for c in ("articles", "pronouns", "definite", "indefinite", "auxiliaries")):
        return False
    if token.text.lower().endswith(("ía", "ían", "ió", "ó")):
        return False  # Spanish verbs: requería, pidió
    if sentence.norm(i - 1) in {"pour", "para"} and token.norm.endswith(("er", "ir", "re", "ar")):
        return False  # what it is for, in a verb of its own
    if i == last and i > 0 and sentence.norm(i - 1) in _BEFORE_NOUNS:
        return True  # "la *libre* circulation"
    if i == last:
        return bool(_ADJECTIVE.match(token.norm)) and not language.has("undecided", token.norm)
    between = [sentence.norm(k) for k in range(last, i)]
    if between[0] in _JOINTS and sentence.tokens[i].text.endswith(("é", "és")):
        return False  # "la Déclaration … et *examiné* le projet"
    if between[0] in {"au", "al"}:
        return sentence.norm(i) in {"service", "servicio"}
    return any(
        b in {"de", "du", "des", "d'", "la", "l'", "del", "los", "las", "et", "y", "e", "pour", "para"} for b in between
    )


def before_noun(norm: str) -> bool:
    """French and Spanish adjectives that may stand before the noun."""
    return bool(
        re.match(
            r"(?:nouve|nuev|prem|prim|secon|segun|trois|terc|quatr|cuart|cinqui|quint|grand|gran|proch|proxim|dern|ultim|ancien|antig|vast|vast|recent|quelque|autre|otr|pet|deux|dos|sept|siet|dix|diez|plusieurs|vari|divers|import|seul|solo)",
            norm,
        )
    )

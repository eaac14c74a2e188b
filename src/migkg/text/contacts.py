"""Contact details: found and dropped before a text is kept. Names of persons and organisations stay."""

import re
from functools import cache

from migkg.text.wording import fold, pattern_of

_AT = r"(?:@|\s(?:arobase|arroba)\s|\s{0,2}[(\[{]\s?(?:at|arroba|arobase|a|@)\s?[)\]}]\s{0,2})"
_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|point|punto)\s?[)\]}]\s?)"
_EMAIL = rf"[\w.+%-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,6}}"
_SEPARATOR = r"[ .\-–/()]"
# A run of digits in groups: at least six digits in all.
_DIGITS = rf"\(?\d(?:{_SEPARATOR}{{0,3}}\d){{5,17}}"
_EXTENSION = r"(?:\s{0,2}[,/]?\s{0,2}(?:ext|extension|extensión|poste|x)\.?\s?:?\s?\d{1,6}\b)?"
_PHONE = rf"\+\s?{_DIGITS}{_EXTENSION}"
_SOCIAL = r"(?:https?://)?(?:www\.)?(?:twitter|x|facebook|instagram|linkedin|t|wa|m)\.(?:com|me)/[\w./?=&-]{1,100}"
_HANDLE = r"(?<![\w@.])@\w{2,30}\b"
_ACCOUNT = r"(?<!\w)(?:skype|telegram|signal|whatsapp|viber|twitter|instagram)\s?:\s?[\w.@-]{2,40}"
# Inside a contact block also numbers that are not labelled, but neither dates nor spans of years.
_BARE_PHONE = (
    rf"(?<![\w.,/$€£-])(?!\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}}|\d{{4}}\s?[-–]\s?\d{{4}}\b){_DIGITS}{_EXTENSION}(?![\w%])"
)

# Numbers that run into one another need a second look.
PASSES = 3

_HOLE = "\x00"
_EMPTY_BRACKETS = re.compile(rf"[(\[]\s*{_HOLE}[\s,;{_HOLE}]*[)\]]")
_HOLES = re.compile(rf"[\s,;:|/–—·•-]*{_HOLE}[\s,;:|/–—·•{_HOLE}-]*")
_SENTENCE_START = re.compile(r"(?<=[.!?»”\"])\s+(?=[A-Z])")
_TELLING = ("@", ".com/", ".me/", "arobase", "arroba")
_DIGIT_RUN = re.compile(rf"\d(?:{_SEPARATOR}{{0,3}}\d){{5}}")
_BRACKETED_AT = re.compile(r"[(\[{]\s?(?:at|a)\s?[)\]}]", re.I)
_ACCOUNT_NAME = re.compile(_ACCOUNT, re.I)


def drop_contacts(text: str, contact_block: bool = False) -> str:
    """The text without telephone and fax numbers, e-mail addresses, social handles, and the labels in front of them.

    Args:
        text: one block, white space cleaned.
        contact_block: whether the block is known to be a contact block, where bare numbers are telephone numbers too.
    """
    if not contact_block and not may_hold_contact(text):
        return text
    pattern = _patterns()[1 if contact_block else 0]
    for _ in range(PASSES):
        cut = pattern.sub(_HOLE, text)
        if cut == text:
            break
        cut = _EMPTY_BRACKETS.sub(_HOLE, cut)
        text = " ".join(_HOLES.sub(_bridge, cut).split())
    return _drop_streets(text) if contact_block else text


def has_contact(text: str) -> bool:
    """Whether the text holds a telephone number, an e-mail address or a handle."""
    return may_hold_contact(text) and bool(_patterns()[0].search(text))


def may_hold_contact(text: str) -> bool:
    """A quick look: ``False`` means that the text holds no contact detail for sure."""
    if any(sign in text for sign in _TELLING) or _DIGIT_RUN.search(text):
        return True
    return bool(_BRACKETED_AT.search(text)) or (":" in text and bool(_ACCOUNT_NAME.search(text)))


def begins_contact(text: str) -> bool:
    """Whether the block asks the reader to get in touch ("For more information, please contact")."""
    return bool(_start_pattern().match(fold(text)))


def split_contact(text: str) -> tuple[str, str] | None:
    """A paragraph whose last sentences are a contact line, in two: the text, and the contact line; else ``None``."""
    if not has_contact(text):
        return None
    for found in _SENTENCE_START.finditer(text):
        rest = text[found.end() :]
        if begins_contact(rest) and has_contact(rest):
            return text[: found.start()].rstrip(), rest
    return None


def _drop_streets(text: str) -> str:
    """A contact line without the parts, between commas, that are a street with its number."""
    parts = re.split(r"(?<=,)\s", text)
    kept = [part for part in parts if not (any(map(str.isdigit, part)) and _street().search(fold(part)))]
    return text if len(kept) == len(parts) else " ".join(kept).rstrip(" ,;")


def _bridge(hole: re.Match[str]) -> str:
    """What stands in place of a dropped detail: nothing at the ends, a comma where a list goes on."""
    text = hole.string
    if hole.start() == 0 or hole.end() == len(text) or text[hole.end()] in ".!?)]»”":
        return ""
    return ", " if "," in hole.group() else " "


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is dropped in prose, and in contact blocks."""
    label = pattern_of("contact_labels")
    number = r"(?:\s?(?:n[o°º]\.?|number|numéro|número))?"
    labels = rf"(?<!\w){label}\b{number}\.?"
    labelled = rf"{labels}\s{{0,2}}(?:[:.]\s{{0,2}}\+?\s?|\(?(?=[+(0])\+?\s?){_DIGITS}{_EXTENSION}"
    named = rf"(?:{labels}\s{{0,2}}:?\s{{0,2}})?(?:{_EMAIL}|{_PHONE}|{_SOCIAL}|{_HANDLE})"
    prose = f"{named}|{labelled}|{_ACCOUNT}"
    lone = rf"{labels}\s{{0,2}}:(?=\s*(?:$|[,;/|]))"
    bare = rf"(?:{labels}\s{{0,2}}:?\s{{0,2}})?{_BARE_PHONE}"
    return re.compile(prose, re.I), re.compile(f"{prose}|{bare}|{lone}", re.I)


@cache
def _street() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern_of('street_words')}(?!\w)")


@cache
def _start_pattern() -> re.Pattern[str]:
    return re.compile(rf"{pattern_of('contact_starts')}\b")

"""Contact details: found and dropped before a text is kept. Names of persons and organisations stay."""

import re
from collections.abc import Callable
from functools import cache

from migkg.text.wording import Wording, fold, wordings

_AT = r"(?:@|\s{0,2}[(\[{]\s?(?:at|arroba|arobase|a|@)\s?[)\]}]\s{0,2})"
_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|point|punto)\s?[)\]}]\s?)"
_EMAIL = rf"[\w.+%-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,6}}"
_SEPARATOR = r"[ .\-–/()]"
# A run of digits in groups: at least six digits in all.
_DIGITS = rf"\(?\d(?:{_SEPARATOR}{{0,3}}\d){{5,17}}"
_EXTENSION = r"(?:\s{0,2}[,/]?\s{0,2}(?:ext|extension|extensión|poste|x)\.?\s?:?\s?\d{1,6}\b)?"
_PHONE = rf"\+\s?{_DIGITS}{_EXTENSION}"
_SOCIAL = r"(?:https?://)?(?:www\.)?(?:twitter|x|facebook|instagram|linkedin|t|wa|m)\.(?:com|me)/[\w./?=&-]{1,100}"
_HANDLE = r"(?<![\w@.])@\w{2,30}\b"
# Inside a contact block also numbers that are not labelled, but neither dates nor spans of years.
_BARE_PHONE = (
    rf"(?<![\w.,/$€£-])(?!\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}}|\d{{4}}\s?[-–]\s?\d{{4}}\b){_DIGITS}{_EXTENSION}(?![\w%])"
)

_HOLE = "\x00"
_EMPTY_BRACKETS = re.compile(rf"[(\[]\s*{_HOLE}[\s,;{_HOLE}]*[)\]]")
_HOLES = re.compile(rf"[\s,;:|/–—·•-]*{_HOLE}[\s,;:|/–—·•{_HOLE}-]*")
_TRACE = re.compile(r"@|\+\s?\(?\d|\d[ .\-–/()]{0,3}\d|[(\[{]\s?(?:at|arroba|arobase|a)\s?[)\]}]|\.(?:com|me)/", re.I)


def drop_contacts(text: str, contact_block: bool = False) -> str:
    """The text without telephone and fax numbers, e-mail addresses, social handles, and the labels in front of them.

    Args:
        text: one block, white space cleaned.
        contact_block: whether the block is known to be a contact block, where bare numbers are telephone numbers too.
    """
    if not _TRACE.search(text) and not contact_block:
        return text
    patterns = _patterns()
    cut = patterns[1 if contact_block else 0].sub(_HOLE, text)
    if cut == text:
        return text
    cut = _EMPTY_BRACKETS.sub(_HOLE, cut)
    cut = _HOLES.sub(lambda hole: _bridge(hole, cut), cut)
    return " ".join(cut.split())


def has_contact(text: str) -> bool:
    """Whether the text holds a telephone number, an e-mail address or a handle."""
    return bool(_TRACE.search(text)) and bool(_patterns()[0].search(text))


def begins_contact(text: str) -> bool:
    """Whether the block asks the reader to get in touch ("For more information, please contact")."""
    return bool(_start_pattern().match(fold(text)))


def _bridge(hole: re.Match[str], text: str) -> str:
    """What stands in place of a dropped detail: nothing at the ends, a comma where a list goes on."""
    before, after = text[: hole.start()], text[hole.end() :]
    if not before or not after:
        return ""
    if after[0] in ".!?)]»”":
        return ""
    return ", " if "," in hole.group() else " "


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is dropped in prose, and in contact blocks."""
    label = _alternatives(lambda wording: wording.contact_labels)
    number = r"(?:\s?(?:n[o°º]\.?|number|numéro|número))?"
    labels = rf"(?<!\w)(?:{label})\b{number}\.?"
    labelled = rf"{labels}\s{{0,2}}(?:[:.]\s{{0,2}}\+?\s?|\(?(?=[+(0])\+?\s?){_DIGITS}{_EXTENSION}"
    named = rf"(?:{labels}\s{{0,2}}:?\s{{0,2}})?(?:{_EMAIL}|{_PHONE}|{_SOCIAL}|{_HANDLE})"
    account = r"(?<!\w)(?:skype|telegram|signal|whatsapp|viber|twitter|instagram)\s?:\s?[\w.@-]{2,40}"
    prose = f"{named}|{labelled}|{account}"
    lone = rf"{labels}\s{{0,2}}:(?=\s*(?:$|[,;/|]))"
    return re.compile(prose, re.I), re.compile(f"{prose}|{_BARE_PHONE}|{lone}", re.I)


@cache
def _start_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives(lambda wording: wording.contact_starts)})\b")


def _alternatives(words: Callable[[Wording], tuple[str, ...]]) -> str:
    """A pattern for the words of all languages, the longest first."""
    found = {word for wording in wordings().values() for word in words(wording)}
    return "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))

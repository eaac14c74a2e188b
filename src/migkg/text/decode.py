"""From bytes to text, whatever the label says; and the white space of that text."""

import codecs
import re
import unicodedata

from migkg.errors import SourceSkip

# The longest marks first: the mark of UTF-32-LE begins with that of UTF-16-LE.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Share of bytes that may be broken before a UTF-8 text is no longer one.
BROKEN_SHARE = 0.01
# Share of control characters from which data is no text.
CONTROL_SHARE = 0.01
SNIFFED = 64 * 1024
# Share of the letters beyond ASCII that are letters and signs of Western languages when the text is Windows-1252.
WESTERN_SHARE = 0.8
# What else an unlabelled text in the scripts of Europe may be in.
LEGACY = ("cp1250", "cp1251", "cp1253", "cp1254", "koi8_r", "mac_roman", "cp850")

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
# Characters without width or meaning in prose: controls, soft hyphen, zero-width and bidi marks, surrogates, BOM.
_NOISE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I
)
_WESTERN = frozenset("ÀÁÂÄÆÇÈÉÊËÍÎÏÑÓÔÖŒÙÚÛÜàáâäæçèéêëíîïñóôöœùúûüÿ¿¡«»‘’“”–—…€£°ºª·•©®½\xa0")
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"\x7fELF")


def clean(text: str) -> str:
    """The text in one line: NFC, single spaces (no-break ones too), without characters that cannot be seen."""
    if _NOISE.search(text):
        text = _NOISE.sub("", text)
    text = " ".join(text.split())
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def decode(data: bytes, declared: str | None = None) -> str:
    """The text that the bytes hold.

    A byte order mark decides; then UTF-16 seen by its zero bytes; then UTF-8 where the bytes are valid (with a few
    broken ones replaced by U+FFFD); then the declared encoding where it fits; then a guess among the encodings of the
    West. The declared name alone never decides, since it is often wrong.

    Args:
        data: the whole document.
        declared: the encoding that a transport header names, if any; one inside the document is found here.

    Raises:
        SourceSkip: the bytes are no text.
    """
    if data.startswith(_MAGIC):
        raise SourceSkip("binary file, not text")
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, "replace"))
    wide = _guess_utf16(data)
    if wide:
        return _checked(data.decode(wide, "replace"))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(data):
        return _checked(data.decode("utf-8", "replace"))
    return _checked(_decode_legacy(data, declared))


def _checked(text: str) -> str:
    """The text without NULs and surrogates; data full of control characters is refused."""
    head = text[:SNIFFED]
    if len(_CONTROLS.findall(head)) > max(CONTROL_SHARE * len(head), 2):
        raise SourceSkip("binary file, not text")
    if "\x00" in text or _NOISE.search(text):
        text = _NOISE.sub("", text)
    return text


def _guess_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every second byte is zero, on one side only."""
    head = data[:SNIFFED]
    if len(head) < 4 or b"\x00" not in head:
        return None
    half = len(head) // 2
    first, second = head[0::2].count(0) / half, head[1::2].count(0) / half
    if second > 0.5 and first < 0.05:
        return "utf-16-le"
    if first > 0.5 and second < 0.05:
        return "utf-16-be"
    return None


def _nearly_utf8(data: bytes) -> bool:
    """Whether more of the letters beyond ASCII are valid UTF-8 than are broken, and few bytes are broken at all."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    valid = sum(1 for character in text if character > "\x7f") - broken
    return valid > broken and broken <= max(BROKEN_SHARE * len(data), 3)


def _decode_legacy(data: bytes, declared: str | None) -> str:
    """One byte a letter: the declared encoding, else Windows-1252 where it gives Western letters, else a guess."""
    found = _DECLARED.search(data[:4096])
    for name in (declared, found.group(1).decode("ascii") if found else None):
        text = _try(data, name)
        if text is not None:
            return text
    western = data.decode("cp1252", "replace")
    beyond = [character for character in western[:SNIFFED] if character > "\x7f"]
    if sum(map(_WESTERN.__contains__, beyond)) >= WESTERN_SHARE * len(beyond):
        return western
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SNIFFED], cp_isolation=list(LEGACY)).best()
    guess = _try(data, best.encoding) if best else None
    return guess if guess is not None else western


def _try(data: bytes, name: str | None) -> str | None:
    """The text under that encoding; Latin-1 is read as Windows-1252, as browsers do."""
    if not name:
        return None
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return None
    if known in ("utf-8", "ascii") or known.startswith(("utf-16", "utf-32")):
        return None
    try:
        return data.decode("cp1252" if known == "iso8859-1" else known)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None

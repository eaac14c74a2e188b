"""Bytes to text: every trap of labels, marks and broken bytes."""

import pytest

from migkg.errors import SourceSkip
from migkg.text.decode import clean, decode

FRENCH = "L’Organisation a reçu à Genève l’appui du Sénégal, où 2 500 réfugiés – « déjà » – ont été accueillis.\n"
SPANISH = "El señor Núñez entregó ayer la donación; ¿habrá más? Así lo decidió la Comisión en Bogotá.\n"
ENGLISH = "The Minister’s “first” visit cost £500 and €20 – no more.\n"


@pytest.mark.parametrize("text", [FRENCH, SPANISH, ENGLISH], ids=["fr", "es", "en"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\x00\x00"),
        ("cp1252", b""),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le-bom", "utf-16-be-bom", "utf-16-le", "utf-16-be", "utf-32-bom", "cp1252"],
)
def test_round_trip(text: str, encoding: str, mark: bytes) -> None:
    assert decode(mark + text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        # The header says Latin-1, the bytes are UTF-8.
        ("Québec et Genève".encode(), "iso-8859-1", "Québec et Genève"),
        # The header says UTF-8, the bytes are Windows-1252.
        ("Québec et Genève, l’État".encode("cp1252"), "utf-8", "Québec et Genève, l’État"),
        # Latin-1 is read as Windows-1252, as browsers do: 0x92 is an apostrophe.
        (b"l\x92Etat de Gen\xe8ve", "iso-8859-1", "l’Etat de Genève"),
        # An encoding that does not exist.
        ("Genève et le Québec".encode("cp1252"), "x-klingon", "Genève et le Québec"),
        # The encoding that the header names is right and is no Western one.
        ("Łódź i Kraków, Polska".encode("cp1250"), "windows-1250", "Łódź i Kraków, Polska"),
        # A page that names its encoding in its head.
        ('<meta charset="windows-1250"><p>Łódź'.encode("cp1250"), None, '<meta charset="windows-1250"><p>Łódź'),
        # The label names UTF-16, the bytes are ASCII: a page would be unreadable if the label decided.
        (b'<meta charset="utf-16"><p>plain', None, '<meta charset="utf-16"><p>plain'),
    ],
)
def test_wrong_labels(data: bytes, declared: str | None, text: str) -> None:
    assert decode(data, declared) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        # One letter cut in half in a long text: replaced, the rest stays.
        (FRENCH.encode() * 9 + b"\xc3" + FRENCH.encode(), FRENCH * 9 + "\ufffd" + FRENCH),
        # A surrogate half encoded as if it were a letter (CESU): never kept.
        (FRENCH.encode() * 9 + b"\xed\xa0\x80", FRENCH * 9 + "\ufffd\ufffd\ufffd"),
        # A NUL that strayed into a text.
        (b"The Government\x00 of Canada", "The Government of Canada"),
        # Soft hyphens, zero-width spaces and marks of direction cannot be seen and part words.
        ("mi\xadgra\u200btion \u202eof\u202c people".encode(), "migration of people"),
        # UTF-16 with half a surrogate pair at its end.
        (b"\xff\xfe" + "text of it".encode("utf-16-le") + b"\x00\xd8", "text of it\ufffd"),
    ],
    ids=["cut", "surrogate", "nul", "invisible", "half-pair"],
)
def test_broken(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        b"PK\x03\x04\x14\x00\x06\x00",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
        bytes(range(256)) * 8,
        b"\x00" * 400,
    ],
    ids=["pdf", "docx", "png", "gzip", "all-bytes", "zeros"],
)
def test_binary(data: bytes) -> None:
    with pytest.raises(SourceSkip, match="binary"):
        decode(data)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (" 2\xa0500\t\n migrants ", "2 500 migrants"),
        # Letters with a separate accent (macOS file names, PDF copies) become one letter.
        ("Gene\u0300ve", "Genève"),
        # Typographic quotes are the page's own and stay.
        ("l’OIM « déjà » “so”", "l’OIM « déjà » “so”"),
        ("narrow\u202fspace and \u2009thin", "narrow space and thin"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        # Old Macintosh texts: every accent would be another letter in Windows-1252.
        ("mac_roman", "Les réfugiés ont été accueillis à Genève où l’État du Sénégal était représenté " * 4),
        ("cp1251", "Правительство Канады и Международная организация по миграции подписали соглашение " * 4),
    ],
)
def test_guess(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text

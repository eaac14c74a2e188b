"""Whatever the bytes: a document or a clear skip, offsets that hold, and nothing that cannot be written."""

import unicodedata

import pytest
from document_helpers import read
from hypothesis import given, settings
from hypothesis import strategies as st

from migkg.errors import SourceSkip
from migkg.model import Document
from migkg.text.contacts import drop_contacts
from migkg.text.decode import clean

TAGS = str.split(
    "html body main article div p ul ol li dl dt dd table tr td th h1 h2 h3 b a br pre span header nav section time"
)
WORDS = str.split(
    "the of and Government Canada l’OIM été migración 2 500 4 June 2004 Tel: +41 22 717 91 11 a.b@example.org Contact: | – - • "
    ">"
)

NAMES = [word for word in WORDS if not any(map(str.isdigit, word))]

fragments = st.one_of(
    st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(
        ["<div class='share'>", "<p hidden>", "<table role=presentation>", "<!--", "-->", "<script>", "&nbsp;", "&#0;"]
    ),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join),
    st.sampled_from(["\n", "\n\n", "\r\n", "\t", "\x00", "\x85", "\u2028", "\ufeff", "\u202e", "\x1b"]),
    st.text(max_size=8),
)
pages = st.lists(fragments, max_size=60).map(" ".join)
names = st.sampled_from(["a.html", "a.txt", "-", "x"])


def check(document: Document) -> None:
    """What every later stage counts on."""
    text = document.text
    end = -2
    for i, block in enumerate(document.blocks):
        assert block.start == end + 2
        assert text[end : block.start] in ("", "\n\n") if i else block.start == 0
        end = block.end
        content = text[block.start : block.end]
        assert content == " ".join(content.split()) != ""
        assert block.parent is None or 0 <= block.parent < i
        assert (block.row is not None) == (block.kind == "cell")
    assert end == len(text) > 0
    assert "\x00" not in text
    text.encode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert document.language in ("en", "fr", "es")
    assert not any(unicodedata.category(character) == "Cc" for character in document.title or "")


@settings(max_examples=300, deadline=None)
@given(pages, names)
def test_pages(page: str, name: str) -> None:
    try:
        check(read(page.encode("utf-8", "surrogatepass"), name))
    except SourceSkip as skip:
        assert str(skip).isprintable()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), names)
def test_bytes(data: bytes, name: str) -> None:
    try:
        check(read(data, name))
    except SourceSkip as skip:
        assert str(skip).isprintable()


@settings(max_examples=100, deadline=None)
@given(pages, st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le", "cp1252", "utf-7"]), st.integers(0, 3))
def test_encodings(page: str, encoding: str, cut: int) -> None:
    try:
        check(read(page.encode(encoding, "replace")[cut:], "a.html"))
    except SourceSkip as skip:
        assert str(skip).isprintable()


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from([*NAMES, "+41 22 717 91 11", "(", ")", "202-555-0100", ",", "tél", "fax:", "@iom", "(at)"]),
        max_size=14,
    ).map(" ".join)
)
def test_dropping_is_done_at_once(text: str) -> None:
    left = drop_contacts(clean(text), contact_block=True)
    assert "example.org" not in left
    assert "717 91 11" not in left
    assert "555-0100" not in left


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_smallest(size: int) -> None:
    for data in (b"<" * size, b"\xff" * size, b"\xef\xbb\xbf"[:size], b"\xff\xfe"[:size], b"a" * size):
        try:
            check(read(data, "a.txt"))
        except SourceSkip:
            continue

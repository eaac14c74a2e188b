"""Reports of ReliefWeb as its API (version 2) gives them: a list of results, or one of them."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from migkg.errors import SourceSkip
from migkg.model import Skip
from migkg.sources.dates import parse_iso
from migkg.sources.formats import Item, Opened
from migkg.sources.metadata import Facts
from migkg.text.decode import clean

# A page of a thousand reports with their whole text.
MAX_JSON_BYTES = 100 * 1024 * 1024
# The API's names of the languages that are read, in case a report has no code.
_LANGUAGES = {"english": "en", "french": "fr", "spanish": "es"}


def read(opened: Opened) -> Iterator[Item]:
    """The reports of an answer; the number of a report is its address.

    Raises:
        SourceSkip: too large, broken, or without reports.
    """
    data = opened.file.read(MAX_JSON_BYTES + 1)
    if len(data) > MAX_JSON_BYTES:
        raise SourceSkip(f"too large: the limit is {MAX_JSON_BYTES / 1e6:.0f} MB")
    try:
        answer = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise SourceSkip(f"broken or cut off: {error}") from error
    reports = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(reports, list) or not reports:
        raise SourceSkip("an answer of ReliefWeb without reports")
    for number, report in enumerate(reports, 1):
        fields = report.get("fields") if isinstance(report, dict) else None
        address = str(report.get("id") or f"data[{number}]") if isinstance(report, dict) else f"data[{number}]"
        if not isinstance(fields, dict):
            yield Skip(opened.at(address)[0], "a report without fields")
        else:
            yield _read_report(fields, address, opened)


def _read_report(fields: dict[str, Any], address: str, opened: Opened) -> Item:
    title = clean(_text(fields.get("title")))
    body = _text(fields.get("body-html"))
    if not body:
        # "body" is Markdown, which is read as plain text is.
        parts = filter(str.strip, _text(fields.get("body")).split("\n\n"))
        body = "".join(f"<p>{escape(part)}</p>" for part in parts)
    if not body.strip():
        return Skip(opened.at(address)[0], "a report without text: ask the API for body-html")
    dates, url = fields.get("date"), _text(fields.get("url_alias")) or _text(fields.get("url"))
    sources = _list(fields.get("source"))
    declared = Facts(
        title=title or None,
        language=_language(_list(fields.get("language"))),
        published=parse_iso(_text(dates.get("original"))) if isinstance(dates, dict) else None,
        publisher=clean(_text(sources[0].get("name"))) or None if sources else None,
        url=url if url.startswith(("http://", "https://")) else None,
    )
    page = f"<!doctype html><html><body><main><h1>{escape(title)}</h1>\n{body}\n</main></body></html>"
    return opened.text(address, page.encode("utf-8", "replace"), "text/html; charset=utf-8", declared)


def _language(languages: list[dict[str, Any]]) -> str | None:
    """The language of a report; none where it says several."""
    if len(languages) != 1:
        return None
    code = _text(languages[0].get("code")).casefold()
    return code or _LANGUAGES.get(_text(languages[0].get("name")).casefold())


def _list(value: Any) -> list[dict[str, Any]]:
    """The objects of a field that has one or several."""
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, dict)]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""

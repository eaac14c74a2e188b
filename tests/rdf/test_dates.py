"""Dates: as exact as the source, and nothing that the calendar does not have."""

import pytest

from migkg.rdf.dates import write_interval, write_point


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2013-03-18", "2013-03-18"),
        ("2013-03", "2013-03"),
        ("2013", "2013"),
        ("--03-18", "XXXX-03-18"),
        ("--03", "XXXX-03"),
        ("--02-29", "XXXX-02-29"),
        ("2012-02-29", "2012-02-29"),
        ("2013-02-29", None),
        ("2013-13-01", None),
        ("2013-00-01", None),
        ("0000-01-01", None),
        ("13-03-2013", None),
        ("2013-3-1", None),
        ("2013-03-18T10:00:00Z", None),
        ('2013"@en', None),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_points(date: str | None, written: str | None) -> None:
    assert write_point(date) == written


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("--02-27", "--02-28", "XXXX-02-27/XXXX-02-28"),
        ("2013-03-18", "2013-03-18", "2013-03-18"),
        ("2015-03", "2017-03", "2015-03/2017-03"),
        ("2013", None, "2013"),
        (None, "2013", "../2013"),
        ("nonsense", "2013", "../2013"),
        (None, None, None),
    ],
)
def test_intervals(start: str | None, end: str | None, written: str | None) -> None:
    assert write_interval(start, end) == written

"""Publication dates: what a page shows, never a date of modification and never a guess."""

import pytest

from migkg.sources.dates import find_published, has_date, parse_iso

NO_TEXT = ["The text of the release says nothing of days."]


@pytest.mark.parametrize(
    ("line", "language", "published"),
    [
        ("4 June 2004", "en", "2004-06-04"),
        ("June 4, 2004", "en", "2004-06-04"),
        ("Date Publish: Tuesday, May 8, 2018", "en", "2018-05-08"),
        ("Published 30. May 2023", "en", "2023-05-30"),
        ("Posted on the 3rd of March 2019", "en", "2019-03-03"),
        ("News Stories, 6 May 2013", "en", "2013-05-06"),
        ("18 Sept. 2012", "en", "2012-09-18"),
        ("18/03/2013", "en", "2013-03-18"),
        ("03/18/2013", "en", "2013-03-18"),
        ("2013-03-18", "en", "2013-03-18"),
        ("28.11.2018", "en", "2018-11-28"),
        ("15-02-2008", "en", "2008-02-15"),
        ("18 mars 2013", "fr", "2013-03-18"),
        ("Publié le 1er août 2019", "fr", "2019-08-01"),
        ("Communiqué | Côte d’Ivoire | 22 février 2019", "fr", "2019-02-22"),
        ("Mis en ligne le 08/05/2018", "fr", "2018-05-08"),
        ("18 de marzo de 2013", "es", "2013-03-18"),
        ("Miércoles, 13 de noviembre de 2019", "es", "2019-11-13"),
        ("1º de setiembre del 2010", "es", "2010-09-01"),
        ("08/05/2018", "es", "2018-05-08"),
        # A portal in another language than the text keeps its own way of writing dates.
        ("Publicado: 12 de octubre de 2015", "en", "2015-10-12"),
    ],
)
def test_lines(line: str, language: str, published: str) -> None:
    assert find_published([line], NO_TEXT, language) == published


@pytest.mark.parametrize(
    ("line", "language"),
    [
        # Two readings and nothing that settles them.
        ("07/08/2020", "en"),
        # No such day.
        ("31/02/2013", "fr"),
        ("30 February 2013", "en"),
        # Days of modification and of reading.
        ("Last updated: 4 June 2004", "en"),
        ("Mis à jour le 4 juin 2004", "fr"),
        ("Última actualización: 4 de junio de 2004", "es"),
        # No year, or no day.
        ("May 5", "en"),
        ("enero de 2025", "es"),
        # A number of a decree and a span.
        ("Decree 12/2013-45", "en"),
    ],
)
def test_no_date(line: str, language: str) -> None:
    assert find_published([line], NO_TEXT, language) is None


def test_first_published_then_updated() -> None:
    line = "Publié le 8 janvier 2025, mis à jour le 10 février 2025"
    assert find_published([line], NO_TEXT, "fr") == "2025-01-08"
    line = "Updated 10 February 2025 | Published 8 January 2025"
    assert find_published([line], NO_TEXT, "en") == "2025-01-08"


def test_text_settles_two_readings() -> None:
    told = ["The keys were handed over in Accra on 6 August 2020."]
    assert find_published(["07/08/2020"], told, "en") == "2020-08-07"
    both = [*told, "Another lot had arrived on 6 July 2020."]
    assert find_published(["07/08/2020"], both, "en") is None


@pytest.mark.parametrize(
    ("paragraph", "language", "published"),
    [
        ("GENEVA, 4 June 2004 - Without a rival and without a vote", "en", "2004-06-04"),
        ("Hyderabad (India), 30 November 2016 – How to stop those", "en", "2016-11-30"),
        ("Sarajevo/Geneva, 2 April 2019 – What can be done", "en", "2019-04-02"),
        ("28/04/2011 – L’Organisation multiplie les navettes", "fr", "2011-04-28"),
        ("Genève, le 10 juillet 2018 - L'Etat du Koweït a fait don", "fr", "2018-07-10"),
        ("Guatemala, 30 de junio de 2021. La Comisión celebró", "es", "2021-06-30"),
        # Days that the text tells of are not the day of publication.
        ("On 4 June 2004 the Council met in Geneva - for the last time.", "en", None),
        ("La réunion du 10 juillet 2018 - la première - s’est tenue à Genève.", "fr", None),
        ("El 30 de junio de 2021, la Comisión celebró su reunión.", "es", None),
        ("The Minister, in office since 4 June 2004, resigned.", "en", None),
        ("Kyiv – Experts met on 19 and 20 November 2013.", "en", None),
    ],
)
def test_datelines(paragraph: str, language: str, published: str | None) -> None:
    assert find_published([], [paragraph], language) == published


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2018-04-25T10:12:00+01:00", "2018-04-25"),
        (" 2018-04-25", "2018-04-25"),
        ("2018-04", "2018-04"),
        ("2018-13-01", None),
        ("0000-00-00", None),
        ("25/04/2018", None),
        ("", None),
        (None, None),
    ],
)
def test_iso(value: str | None, date: str | None) -> None:
    assert parse_iso(value) == date


@pytest.mark.parametrize(
    ("line", "shows"),
    [
        ("BUCURESTI - 4 iunie 2004", True),
        ("Bogotá, enero de 2025", True),
        ("07/08/2020", True),
        ("Directorates", False),
        ("Programme 2030 for 12 countries", False),
        ("Members: 67 in 1998, 166 in 2016", False),
    ],
)
def test_has_date(line: str, shows: bool) -> None:
    assert has_date(line) is shows

"""Dates and sums of money as texts say them, in three languages."""

from decimal import Decimal

import pytest

from migkg.lexicon.moments import date_words
from migkg.lexicon.money import find_money, read_number
from migkg.text.dates import find_dates
from migkg.text.normalize import fold

DATES = [
    ("en", "from 28 to 30 November 2016", None, ("2016-11-28", "2016-11-30")),
    ("en", "on 19 and 20 November 2013", None, ("2013-11-19", "2013-11-20")),
    ("en", "on June 25th, 2010", None, ("2010-06-25", None)),
    ("en", "in March 2015", None, ("2015-03", None)),
    # the year of a near date is that of the publication; without one it stays unknown
    ("en", "on 27 February", "2013-03-18", ("2013-02-27", None)),
    ("en", "on 27 February", None, ("--02-27", None)),
    ("en", "on 28 December", "2014-01-05", ("2013-12-28", None)),
    ("en", "yesterday", "2018-03-01", ("2018-02-28", None)),
    ("fr", "les 27 et 28 février 2013", None, ("2013-02-27", "2013-02-28")),
    ("fr", "le 1er mars 2011", None, ("2011-03-01", None)),
    ("es", "del 3 al 5 de junio de 2019", None, ("2019-06-03", "2019-06-05")),
    ("es", "el 22 de mayo", None, ("--05-22", None)),
    # which number is the month: French and Spanish say the day first, English has both habits
    ("fr", "le 07/08/2020", None, ("2020-08-07", None)),
    ("en", "on 07/08/2020", None, None),
    ("en", "on 25/06/2010", None, ("2010-06-25", None)),
    ("en", "on 06/25/2010", None, ("2010-06-25", None)),
    ("es", "el 25.06.2010", None, ("2010-06-25", None)),
    # numbers that are no dates
    ("en", "USD 2.5 million", None, None),
    ("en", "3/4 of the sum", None, None),
    ("en", "a hotline, 24/7", "2013-03-18", None),
    ("es", "12,5 y 10.11 por ciento", None, None),
    # no such day
    ("en", "on 31 June 2012", None, None),
]


@pytest.mark.parametrize(("code", "text", "published", "wanted"), DATES, ids=[f"{d[1]} ({d[2]})" for d in DATES])
def test_dates(code, text, published, wanted):
    spans = find_dates(fold(text), 0, len(text), date_words(code), published)
    assert [(s.first, s.last) for s in spans if len(s.first) > 4][:1] == ([wanted] if wanted else [])


MONEY = [
    ("en", "US$ 2 million", Decimal(2_000_000), "USD"),
    ("en", "a grant of €4.5 million", Decimal(4_500_000), "EUR"),
    ("en", "£500,000", Decimal(500_000), "GBP"),
    ("en", "725,000 BAM", Decimal(725_000), "BAM"),
    ("en", "220 million Japanese yen", Decimal(220_000_000), "JPY"),
    ("fr", "2,5 millions d'euros", Decimal(2_500_000), "EUR"),
    ("fr", "500 000 dollars", Decimal(500_000), "USD"),
    ("es", "1.350 euros", Decimal(1350), "EUR"),
    ("es", "3 millones de dólares", Decimal(3_000_000), "USD"),
    # numbers in words, the sign before or after its letters
    ("en", "more than two million dollars", Decimal(2_000_000), "USD"),
    ("en", "$US 3 million", Decimal(3_000_000), "USD"),
    ("en", "a 2 million-dollar project", Decimal(2_000_000), "USD"),
    ("fr", "deux millions d'euros", Decimal(2_000_000), "EUR"),
    ("fr", "un million de dollars", Decimal(1_000_000), "USD"),
    ("es", "dos millones de dólares", Decimal(2_000_000), "USD"),
    # Mexico and Central America separate thousands with a comma; a million may have three decimals
    ("es", "300,000 dólares", Decimal(300_000), "USD"),
    ("es", "1,375 millones de euros", Decimal(1_375_000), "EUR"),
]


@pytest.mark.parametrize(("code", "text", "amount", "currency"), MONEY, ids=[m[1] for m in MONEY])
def test_money(code, text, amount, currency):
    assert [(m.amount, m.currency) for m in find_money(fold(text), 0, len(text), code)] == [(amount, currency)]


@pytest.mark.parametrize(
    ("text", "countries", "currencies"),
    [
        pytest.param("15 millions de francs CFA", {"NER", "FRA"}, ["XOF"], id="the west"),
        pytest.param("15 millions de FCFA", {"TCD"}, ["XAF"], id="the centre"),
        pytest.param("15 millions de FCFA", {"TCD", "NER"}, [], id="both"),
        pytest.param("15 millions de FCFA", {"FRA"}, [], id="neither"),
        pytest.param("3 millions de dirhams", {"MAR"}, ["MAD"], id="Morocco"),
        pytest.param("3 millions de dirhams", set(), [], id="no country"),
    ],
)
def test_a_shared_name_of_currencies_is_settled_by_countries_or_not_at_all(text, countries, currencies):
    assert [m.currency for m in find_money(fold(text), 0, len(text), "fr", countries)] == currencies


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [("4.500", "es", 4500), ("4.500", "en", Decimal("4.5")), ("2 450", "fr", 2450),
     ("1,234.56", "en", Decimal("1234.56")), ("1.234,56", "es", Decimal("1234.56")), ("5,75", "fr", Decimal("5.75"))],
)  # fmt: skip
def test_a_separator_means_what_its_language_means(text, code, value):
    assert read_number(text, code) == value

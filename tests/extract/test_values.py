"""Dates and sums of money as texts say them, in three languages."""

from decimal import Decimal

import pytest

from migkg.lexicon.moments import date_words, moment_words
from migkg.lexicon.money import find_money, read_number
from migkg.text.dates import find_dates
from migkg.text.moments import find_moments
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


MOMENTS = [
    ("en", "met on Wednesday and Thursday", "2018-06-22", ["2018-06-20/2018-06-21"]),
    ("en", "spent Thursday and Friday of last week there", "2023-08-22", ["2023-08-17/2023-08-18"]),
    ("en", "began yesterday (10/09) and closes on Friday (14/09)", "2018-09-11", ["2018-09-10", "2018-09-14"]),
    ("fr", "se sont vus lundi dernier et mardi", "2014-10-03", ["2014-09-29/2014-09-30"]),
    ("fr", "en débattent cette semaine (22-23/05)", None, ["--05-22/--05-23"]),
    ("es", "celebran hoy y mañana, 9 de mayo, su reunión", "2018-05-08", ["2018-05-08/2018-05-09"]),
    ("es", "compartieron ayer y anteayer el foro", "2018-10-05", ["2018-10-03/2018-10-04"]),
    ("es", "los días 9, 10 y 11 de junio", None, ["--06-09/--06-11"]),
    # a week is as exact as the month or year that it lies in, and no more
    ("en", "this week", "2019-05-09", ["2019-05"]),
    ("en", "this week", "2019-05-01", ["2019"]),
    ("en", "this week", "2020-01-01", []),
    # a month without a year: past or future as the clause says, and no guess where either is possible
    ("en", "that five officers made in May", "2017-10-06", ["2017-05"]),
    ("en", "a workshop in November", "2017-10-06", []),
    ("es", "se celebrará en San José en noviembre", "2018-02-09", ["2018-11"]),
    (
        "es",
        "iniciaron este lunes el curso, que se prolongará hasta el viernes",
        "2016-05-11",
        ["2016-05-09", "2016-05-13"],
    ),
    ("es", "hizo en diciembre una visita", None, ["--12"]),
    ("en", "In March last year they may march", "2014-10-03", ["2013-03"]),
    # the day of a dateline without a year
    ("es", "suscribieron hoy", "--06-20", ["--06-20"]),
    ("en", "it ended yesterday", "--03-01", []),
    # a name that holds the name of a day
    ("es", "comenzó en Santo Domingo", "2021-06-11", []),
]


@pytest.mark.parametrize(("code", "text", "published", "wanted"), MOMENTS, ids=[f"{m[1]} ({m[2]})" for m in MOMENTS])
def test_times_are_as_exact_as_is_certain(code, text, published, wanted):
    found = find_moments(text, fold(text), 0, len(text), moment_words(code), published)
    assert ["/".join(filter(None, (m.first, m.last))) for m in found if not m.bare] == wanted


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
        pytest.param("42 millions de couronnes", {"NOR"}, ["NOK"], id="a word of three currencies"),
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

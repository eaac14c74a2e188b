import pytest

from migkg.network.periods import period


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2013-03-18", ("2013-03-18", "2013-03-18")),
        ("2012-02", ("2012-02-01", "2012-02-29")),  # leap year
        ("2013", ("2013-01-01", "2013-12-31")),
        ("2013-03-18/2013-04", ("2013-03-18", "2013-04-30")),
        ("2013/..", ("2013-01-01", None)),  # open end
        ("XXXX-02-27", (None, None)),  # the year is not known and is never guessed
        ("XXXX-02-27/XXXX-02-28", (None, None)),
        ("2013-13-01", (None, None)),
        ("2013-02-30", (None, None)),
        ("0000-01-01", (None, None)),
        ("soon", (None, None)),
        ("", (None, None)),
        (None, (None, None)),
    ],
)
def test_period(edtf: str | None, days: tuple[str | None, str | None]) -> None:
    assert period(edtf) == days

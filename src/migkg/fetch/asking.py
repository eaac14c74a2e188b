"""Asking a host politely: one request at a time, a pause between two, and patience where it asks for it."""

import email.utils
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from migkg.errors import SiteStop
from migkg.fetch.client import Answer, Client
from migkg.fetch.failure import Failure
from migkg.sources.site import host_of

MOST_TRIES = 4
# Seconds: the first pause after a failure (it doubles each time), and the longest one that is waited for.
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 300.0
PASSING = frozenset({429, 500, 502, 503, 504})


class Asker:
    """Sends requests one after the other, with at least the delay of their host between them.

    Args:
        client: sends them.
        delay: least seconds between the end of one request to a host and the next one.
        pause: seconds before the second try of a request; it doubles with each further one.
    """

    def __init__(self, client: Client, delay: float, pause: float = FIRST_PAUSE) -> None:
        self.client = client
        self.delay = delay
        self.pause = pause
        self._slower: dict[str, float] = {}
        self._ended: dict[str, float] = {}

    def slow_down(self, url: str, delay: float) -> None:
        """Leave at least this many seconds between the requests to the host of an address."""
        self._slower[host_of(url)] = max(delay, self._slower.get(host_of(url), 0.0))

    def ask(
        self,
        url: str,
        limit: int,
        headers: Mapping[str, str] | None = None,
        refuse: Callable[[str], str | None] = lambda kind: None,
    ) -> Answer | Failure:
        """The answer of a server; failures that may pass are tried again a few times. See ``Client.get``.

        Raises:
            SiteStop: the server asks for a longer pause than is waited for, or says each time that it is too much.
        """
        for tries in range(1, MOST_TRIES + 1):
            answer = self._once(url, limit, headers, refuse)
            if isinstance(answer, Failure):
                if not answer.passing or tries == MOST_TRIES:
                    return answer
                asked = None
            elif answer.status not in PASSING:
                return answer
            else:
                asked = read_pause(answer.header("retry-after"), datetime.now(UTC))
                if asked is not None and asked > LONGEST_PAUSE:
                    raise SiteStop(
                        f"{host_of(url)} answered {answer.status} and asks to wait {asked:,.0f} seconds; "
                        "fetch again after that, it goes on where it stopped"
                    )
                if tries == MOST_TRIES:
                    break
            time.sleep(max(asked or 0.0, self.pause * 2 ** (tries - 1)))
        assert isinstance(answer, Answer)
        if answer.status == 429:
            raise SiteStop(
                f"{host_of(url)} answered 429 (too many requests) {MOST_TRIES} times; "
                "raise the delay of the source and fetch again later, it goes on where it stopped"
            )
        return Failure(f"the server answered {answer.status} {answer.reason}".rstrip(), passing=True)

    def _once(
        self, url: str, limit: int, headers: Mapping[str, str] | None, refuse: Callable[[str], str | None]
    ) -> Answer | Failure:
        host = host_of(url)
        delay = max(self.delay, self._slower.get(host, 0.0))
        time.sleep(max(0.0, self._ended.get(host, -delay) + delay - time.monotonic()) if host in self._ended else 0.0)
        try:
            return self.client.get(url, limit, headers, refuse)
        finally:
            self._ended[host] = time.monotonic()


def read_pause(value: str | None, now: datetime) -> float | None:
    """The seconds that ``Retry-After`` asks for, as a number or a date (RFC 9110, 10.2.3); ``None`` without one."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        until = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())

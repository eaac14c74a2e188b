"""robots.txt as RFC 9309 has it: read once for each host and run, and obeyed."""

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from migkg.fetch.addresses import normalise
from migkg.fetch.asking import Asker
from migkg.fetch.client import Answer
from migkg.fetch.failure import Failure

# The name by which rules address migkg.
TOKEN = "migkg"
# RFC 9309, 2.5 and 2.3.1.2: at least 500 kibibytes are read, and five redirects followed.
MOST_BYTES = 512 * 1024
MOST_REDIRECTS = 5
# A site that wants a longer pause, in seconds, does not want to be read.
LONGEST_DELAY = 3600.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Robots:
    """The rules of every host that was asked.

    Args:
        keep: called with every answer.
    """

    def __init__(self, asker: Asker, keep: Callable[[Answer], object] = lambda answer: None) -> None:
        self.asker = asker
        self.keep = keep
        self._rules: dict[str, Protego | Failure] = {}

    def refuse(self, url: str) -> Failure | None:
        """Why an address must not be asked for; ``None`` where it may.

        Where there is no robots.txt (4xx) everything may be asked for; where it cannot be had, nothing (RFC 9309,
        2.3.1.3 and 2.3.1.4). The pause that it asks for is kept from then on.
        """
        rules = self._read(url)
        if isinstance(rules, Failure):
            return Failure(f"robots.txt cannot be read ({rules.reason}), so nothing is asked for", rules.passing)
        return None if rules.can_fetch(url, TOKEN) else Failure("robots.txt does not allow it")

    def sitemaps(self, url: str) -> list[str]:
        """The addresses of sitemaps that the robots.txt of a host names."""
        rules = self._read(url)
        return [] if isinstance(rules, Failure) else list(rules.sitemaps)

    def _read(self, url: str) -> Protego | Failure:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            rules = self._rules[origin] = self._fetch(f"{origin}/robots.txt")
            delay = _delay(rules) if isinstance(rules, Protego) else 0.0
            if delay > LONGEST_DELAY:
                self._rules[origin] = Failure(f"it wants {delay:,.0f} seconds between two requests")
            else:
                self.asker.slow_down(url, delay)
        return self._rules[origin]

    def _fetch(self, url: str) -> Protego | Failure:
        for _ in range(MOST_REDIRECTS + 1):
            answer = self.asker.ask(url, MOST_BYTES)
            if isinstance(answer, Failure):
                return answer
            self.keep(answer)
            if answer.status not in _REDIRECTS:
                return _parse(answer)
            target = normalise(answer.header("location") or "", url)
            if target is None:
                return Failure("it leads to no web address")
            url = target
        return Failure(f"more than {MOST_REDIRECTS} redirects")


def _parse(answer: Answer) -> Protego | Failure:
    if 400 <= answer.status < 500:
        return Protego.parse("")
    if answer.status != 200:
        return Failure(f"the server answered {answer.status} {answer.reason}".rstrip(), passing=True)
    return Protego.parse(answer.body.decode("utf-8-sig", "replace"))


def _delay(rules: Protego) -> float:
    """The longest pause that the rules ask for, in seconds."""
    rate = rules.request_rate(TOKEN)
    per_request = rate.seconds / rate.requests if rate and rate.requests else 0.0
    return max(per_request, float(rules.crawl_delay(TOKEN) or 0.0))

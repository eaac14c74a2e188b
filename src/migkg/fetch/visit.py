"""A visit to one page: allowed by robots.txt, redirects followed one by one and each checked like a first address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from migkg.fetch.addresses import normalise
from migkg.fetch.asking import Asker
from migkg.fetch.client import Answer
from migkg.fetch.failure import Failure
from migkg.fetch.robots import Robots
from migkg.sources.site import Site, host_of

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of a visit.

    Attributes:
        answers: every answer in order, the redirects first; all of them are kept.
        failure: why the last one is not the page; ``None`` where it is.
    """

    answers: tuple[Answer, ...]
    failure: Failure | None = None

    @property
    def page(self) -> Answer:
        """The answer that holds the page, or says that it is unchanged."""
        return self.answers[-1]


def visit(
    url: str,
    site: Site,
    asker: Asker,
    robots: Robots,
    limit: int,
    headers: Mapping[str, str] | None = None,
    refuse: Callable[[str], str | None] = lambda kind: None,
) -> Visit:
    """Visit an address and what it leads to. See ``Client.get`` for the other arguments.

    Raises:
        SiteStop: the site asks to be left alone for long.
    """
    answers: list[Answer] = []
    seen: set[str] = set()
    while True:
        failure = _refuse(url, site, robots, seen)
        if failure:
            return Visit(tuple(answers), _led(failure, url, answers))
        seen.add(url)
        answer = asker.ask(url, limit, headers if not answers else None, refuse)
        if isinstance(answer, Failure):
            return Visit(tuple(answers), _led(answer, url, answers))
        answers.append(answer)
        if answer.status not in REDIRECTS:
            problem = _check(answer)
            return Visit(tuple(answers), problem and _led(problem, url, answers[:-1]))
        target = normalise(answer.header("location") or "", url)
        if target is None:
            return Visit(tuple(answers), Failure("redirected to what is no web address"))
        if url.startswith("https:") and target.startswith("http:"):
            return Visit(tuple(answers), Failure(f"redirected from https to http: {target}"))
        url = target


def _refuse(url: str, site: Site, robots: Robots, seen: set[str]) -> Failure | None:
    if url in seen:
        return Failure("redirected in a circle")
    if len(seen) > MOST_REDIRECTS:
        return Failure(f"more than {MOST_REDIRECTS} redirects")
    if not site.has_host(url):
        return Failure(f"{host_of(url)} is not a host of the source")
    return robots.refuse(url)


def _led(failure: Failure, url: str, answers: list[Answer]) -> Failure:
    """The failure, with the address that redirects led to."""
    if not answers or failure.reason.startswith("redirected in"):
        return failure
    return Failure(f"redirected to {url}: {failure.reason}", failure.passing, failure.status)


def _check(answer: Answer) -> Failure | None:
    if answer.status == 304 or (answer.status == 200 and answer.body):
        return None
    if answer.status == 200:
        return Failure("empty")
    return Failure(f"the server answered {answer.status} {answer.reason}".rstrip(), status=answer.status)

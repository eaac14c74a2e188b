"""The review page's own small service: the page, the queue, and what writes a verdict."""

import json
from collections.abc import Callable, Mapping
from importlib.resources import files
from threading import Lock
from typing import Any, Protocol

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from migkg.errors import MigkgError, UsageError
from migkg.model.proposal import Proposal
from migkg.model.verdict import Choice, Verdict
from migkg.render.words import country_names, load_review_words, load_words
from migkg.serve.review.guard import COOKIE, Guard, Keys, same

_CHOICES: Mapping[str, Choice] = {
    "same": "same", "different": "different", "unsure": "unsure", "split": "split",
}  # fmt: skip
_ASSETS = {"review.css": "text/css", "review.js": "text/javascript"}
_LANGUAGES = ("en", "fr", "es")


class Queue(Protocol):
    """What the page works on (``migkg.build.review.Review``)."""

    @property
    def file(self) -> str:
        """Path of the verdict file, to show."""

    def proposals(self) -> list[Proposal]:
        """What is to be decided, the most useful first."""

    def detail(self, proposal: Proposal) -> Proposal:
        """The same one, with what the sources say of both sides."""

    def decide(self, left: str, choice: Choice, right: str, why: str = "") -> Verdict:
        """Write a verdict."""

    def undo(self) -> Verdict | None:
        """Take the latest one back."""

    def apply(self) -> int:
        """Bring the graph up to date; the number of sources that were written again."""


class ReviewPage:
    """The routes, over one queue. One request works on it at a time."""

    def __init__(self, queue: Queue, keys: Keys) -> None:
        self._queue = queue
        self._keys = keys
        self._lock = Lock()
        self._shown: dict[tuple[str, str], Proposal] = {}

    async def index(self, request: Request) -> Response:
        """The page; the address with the token sets the cookie and leads to the one without."""
        if same(request.query_params.get("token"), self._keys.entry):
            response: Response = RedirectResponse("/", 303)
            response.set_cookie(COOKIE, self._keys.entry, httponly=True, samesite="strict")
            return response
        page = (files("migkg.serve.review") / "assets" / "review.html").read_text(encoding="utf-8")
        return Response(page.replace("{token}", self._keys.write), media_type="text/html")

    async def asset(self, request: Request) -> Response:
        """Its style and script."""
        name = request.path_params["name"]
        if name not in _ASSETS:
            return PlainTextResponse("there is no such file\n", 404)
        return Response((files("migkg.serve.review") / "assets" / name).read_bytes(), media_type=_ASSETS[name])

    async def words(self, request: Request) -> Response:
        """The page's words in its languages."""
        return JSONResponse({language: _load_words(language) for language in _LANGUAGES})

    async def queue(self, request: Request) -> Response:
        """All proposals of this session, without what the sources say, and the verdict file."""
        proposals = await self._run(self._queue.proposals)
        self._shown = {(proposal.left.iri, proposal.right.iri): proposal for proposal in proposals}
        return JSONResponse({"file": self._queue.file, "proposals": [proposal.to_json() for proposal in proposals]})

    async def detail(self, request: Request) -> Response:
        """One proposal of the queue by its two IRIs, with what the sources say."""
        pair = (request.query_params.get("left", ""), request.query_params.get("right", ""))
        proposal = self._shown.get(pair)
        if proposal is None:
            return PlainTextResponse("there is no such proposal; load the page again\n", 404)
        return JSONResponse((await self._run(lambda: self._queue.detail(proposal))).to_json())

    async def decide(self, request: Request) -> Response:
        """Write a verdict: ``left``, ``right`` (IRIs), ``verdict`` and ``why``."""
        body = await _read(request, ("left", "right", "verdict", "why"))
        choice = _CHOICES.get(body["verdict"])
        if choice is None:
            raise UsageError(f"the verdict is {', '.join(_CHOICES)}")
        written = await self._run(lambda: self._queue.decide(body["left"], choice, body["right"], body["why"]))
        return JSONResponse(written.to_json())

    async def undo(self, request: Request) -> Response:
        """Take back the latest verdict of this person."""
        await _read(request, ())
        verdict = await self._run(self._queue.undo)
        return JSONResponse(None if verdict is None else verdict.to_json())

    async def apply(self, request: Request) -> Response:
        """Bring the graph up to date."""
        await _read(request, ())
        return JSONResponse({"written": await self._run(self._queue.apply)})

    async def _run(self, task: Callable[[], Any]) -> Any:
        def alone() -> Any:
            with self._lock:
                return task()

        return await run_in_threadpool(alone)


def make_app(queue: Queue, keys: Keys, port: int) -> Starlette:
    """The service over a queue.

    Args:
        keys: the secrets of this run.
        port: that it will be reached at.
    """
    page = ReviewPage(queue, keys)
    routes = [
        Route("/", page.index),
        Route("/assets/{name}", page.asset),
        Route("/words.json", page.words),
        Route("/queue.json", page.queue),
        Route("/detail.json", page.detail),
        Route("/decide", page.decide, methods=["POST"]),
        Route("/undo", page.undo, methods=["POST"]),
        Route("/apply", page.apply, methods=["POST"]),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, keys=keys, port=port)],
        exception_handlers={MigkgError: _tell},
    )


def _load_words(language: str) -> dict[str, Any]:
    types = {name: words[0] for name, words in load_words(language)["types"].items()}
    return {**load_review_words(language), "types": types, "countries": country_names(language)}


async def _read(request: Request, names: tuple[str, ...]) -> dict[str, str]:
    """The texts of a request by name.

    Raises:
        UsageError: it is no JSON object of these texts.
    """
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise UsageError("the request is no JSON") from error
    if not isinstance(body, dict) or not all(isinstance(body.get(name), str) for name in names):
        raise UsageError(f"the request is a JSON object with the texts {', '.join(names)}")
    return body


async def _tell(request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{error}\n", 400 if isinstance(error, UsageError) else 503)

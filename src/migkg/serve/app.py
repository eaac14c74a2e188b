"""The application: which address gives what."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from migkg.errors import ServiceRefusal
from migkg.serve import requests
from migkg.serve.answers import Desk
from migkg.serve.messages import Job
from migkg.serve.page.files import POLICY, page_file
from migkg.serve.pool import Pool
from migkg.serve.settings import Settings
from migkg.serve.shield import Shield

LANGUAGES = ("en", "fr", "es")
Handler = Callable[[Request], Awaitable[Response]]


def make_app(settings: Settings, pool: Pool) -> Shield:
    """The application over a running pool."""
    desk = Desk(pool)
    routes: list[BaseRoute] = [
        Route("/", _page),
        Route("/page/{path:path}", _page),
        Route("/sparql", _sparql(desk), methods=["GET", "POST"]),
        Route("/questions/{name}.rq", _question(desk, "bind"), methods=["GET", "POST"]),
        Route("/questions/{name}", _question(desk, "question"), methods=["GET", "POST"]),
        Route("/evidence", _evidence(desk)),
        *(Route(f"/{what}.json", _overview(desk, what)) for what in ("questions", "vocabulary", "summary")),
    ]
    cors = Middleware(
        CORSMiddleware,
        allow_origins=list(settings.origins),
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Accept", "Accept-Language", "Content-Type"],
        expose_headers=["ETag", "Migkg-Rows", "Migkg-Triples", "Retry-After"],
    )
    app = Starlette(
        routes=routes,
        middleware=[cors] if settings.origins else [],
        exception_handlers={ServiceRefusal: _show_refusal, HTTPException: _show_http_error},
    )
    app.router.redirect_slashes = False
    return Shield(app, settings)


async def _page(request: Request) -> Response:
    path = request.path_params.get("path")
    file = None if path == "" else page_file(path or "")
    if file is None:
        raise ServiceRefusal(404, "there is nothing at this address")
    headers = {"Cache-Control": "no-cache", "ETag": file.etag, "Content-Security-Policy": POLICY}
    if file.etag in {tag.strip() for tag in request.headers.get("if-none-match", "").split(",")}:
        return Response(status_code=304, headers=headers)
    return Response(file.body, 200, headers, file.media_type)


def _sparql(desk: Desk) -> Handler:
    async def sparql(request: Request) -> Response:
        job = await requests.read_query(request)
        if job is None:
            raise ServiceRefusal(400, "the parameter query is missing")
        return await desk.respond(request, job)

    return sparql


def _question(desk: Desk, do: str) -> Handler:
    async def question(request: Request) -> Response:
        values = requests.read_values(request.scope["query_string"], "address")
        if request.method == "POST":
            values |= requests.read_values(await requests.read_body(request), "body")
        parameters = {name: requests.read_single(values, name) or "" for name in values}
        kind = parameters.pop("format", None)
        job: Job = {
            "do": do,
            "name": request.path_params["name"],
            # An empty field of a form is no value.
            "parameters": {name: value for name, value in parameters.items() if value},
            "lang": parameters.get("lang") or _language(request),
            "accept": request.headers.get("accept"),
            "format": kind,
        }
        return await desk.respond(request, job)

    return question


def _evidence(desk: Desk) -> Handler:
    async def evidence(request: Request) -> Response:
        values = requests.read_values(request.scope["query_string"], "address")
        ends = {name: requests.read_single(values, name) for name in ("subject", "predicate", "object")}
        return await desk.respond(request, {"do": "evidence", **ends})

    return evidence


def _overview(desk: Desk, what: str) -> Handler:
    async def overview(request: Request) -> Response:
        return await desk.respond(request, {"do": "overview", "what": what})

    return overview


def _language(request: Request) -> str:
    """The language of ours that a reader likes best."""
    for part in request.headers.get("accept-language", "").split(","):
        code = part.split(";")[0].strip().lower().partition("-")[0]
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


async def _show_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceRefusal)
    return PlainTextResponse(f"{error}\n", error.status, error.headers)


async def _show_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    reason = {404: "there is nothing at this address", 405: "this address does not take this method"}
    text = reason.get(error.status_code, error.detail)
    return PlainTextResponse(f"{text}\n", error.status_code, dict(error.headers or {}))

"""The application: which address gives what."""

from collections.abc import Awaitable, Callable
from importlib.resources import files

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from migkg.errors import ServiceRefusal
from migkg.lines import is_iri
from migkg.rdf.namespaces import ID
from migkg.resources import ontology_path
from migkg.serve import negotiation, requests
from migkg.serve.answers import Desk
from migkg.serve.downloads import DUMPS
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
        Route("/sparql", _sparql(desk, settings), methods=["GET", "POST"]),
        Route("/questions/{name}.rq", _question(desk, "bind"), methods=["GET", "POST"]),
        Route("/questions/{name}", _question(desk, "question"), methods=["GET", "POST"]),
        Route("/evidence", _evidence(desk)),
        *(Route(f"/{what}.json", _overview(desk, what)) for what in ("questions", "vocabulary", "summary")),
        Route("/.well-known/void", _void(desk, settings)),
        Route("/id/{path:path}", _redirect),
        Route("/doc/{path:path}", _record(desk)),
        Route("/data/{path:path}", _data(desk)),
        Route("/record.css", _style),
        Route("/ont", _ontology),
        *(Route(f"/graph.{suffix}", _download(desk, suffix)) for suffix in DUMPS),
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


def _sparql(desk: Desk, settings: Settings) -> Handler:
    async def sparql(request: Request) -> Response:
        job = await requests.read_query(request)
        if job is None:
            accept = request.headers.get("accept")
            if negotiation.choose(accept, (*negotiation.GRAPHS, negotiation.HTML))[0] == "html":
                return Response(status_code=303, headers={"Location": "./", "Vary": "Accept"})
            return await _describe(desk, request, settings, "service")
        return await desk.respond(request, job)

    return sparql


def _question(desk: Desk, do: str) -> Handler:
    async def question(request: Request) -> Response:
        values = requests.read_values(request.scope["query_string"], "address")
        if request.method == "POST":
            values |= requests.read_values(await requests.read_body(request), "body")
        kinds = values.pop("format", [])
        parameters = {name: requests.read_single(values, name) or "" for name in values}
        job: Job = {
            "do": do,
            "name": request.path_params["name"],
            # An empty field of a form is no value.
            "parameters": {name: value for name, value in parameters.items() if value},
            "lang": parameters.get("lang") or _language(request),
            "accept": request.headers.get("accept"),
            "format": kinds,
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


async def _describe(desk: Desk, request: Request, settings: Settings, what: str) -> Response:
    values = requests.read_values(request.scope["query_string"], "address")
    base = settings.public_url or str(request.base_url)
    if not is_iri(base):
        raise ServiceRefusal(400, "the Host header is no name of a host")
    job: Job = {
        "do": "describe",
        "what": what,
        "base": base,
        "accept": request.headers.get("accept"),
        "format": values.get("format", []),
    }
    return await desk.respond(request, job)


def _void(desk: Desk, settings: Settings) -> Handler:
    async def void(request: Request) -> Response:
        return await _describe(desk, request, settings, "graph")

    return void


async def _redirect(request: Request) -> Response:
    """A thing is no document: see the page or the data about it, whichever the client can read."""
    kind, _ = negotiation.choose(request.headers.get("accept"), (negotiation.HTML, *negotiation.GRAPHS))
    path = request.scope["raw_path"].decode("ascii").partition("/id/")[2]
    target = f"{'../' * (path.count('/') + 1)}{'doc' if kind == 'html' else 'data'}/{path}"
    query = request.scope["query_string"].decode("ascii", "replace")
    place = f"{target}?{query}" if query else target
    return Response(status_code=303, headers={"Location": place, "Vary": "Accept"})


def _record(desk: Desk) -> Handler:
    async def record(request: Request) -> Response:
        values = requests.read_values(request.scope["query_string"], "address")
        first, language = requests.read_single(values, "from") or "0", requests.read_single(values, "lang")
        if not first.isascii() or not first.isdigit() or len(first) > 9:
            raise ServiceRefusal(400, "from must be a whole number")
        job: Job = {
            "do": "record",
            "iri": ID + request.path_params["path"],
            "first": int(first),
            "lang": language if language in LANGUAGES else _language(request),
        }
        return await desk.respond(request, job)

    return record


def _data(desk: Desk) -> Handler:
    async def data(request: Request) -> Response:
        values = requests.read_values(request.scope["query_string"], "address")
        job: Job = {
            "do": "data",
            "iri": ID + request.path_params["path"],
            "accept": request.headers.get("accept"),
            "format": values.get("format", []),
        }
        return await desk.respond(request, job)

    return data


def _download(desk: Desk, suffix: str) -> Handler:
    async def download(request: Request) -> Response:
        response = await desk.respond(request, {"do": "graph", "suffix": suffix})
        response.headers["Content-Disposition"] = f'attachment; filename="graph.{suffix}"'
        return response

    return download


async def _ontology(request: Request) -> Response:
    return FileResponse(ontology_path("migkg.ttl"), media_type="text/turtle")


async def _style(request: Request) -> Response:
    return FileResponse(str(files("migkg.serve") / "templates" / "record.css"), media_type="text/css")


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
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(sorted({"OPTIONS", *headers.get("Allow", "GET").split(", ")}))
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=headers)
    reason = {404: "there is nothing at this address", 405: "this address does not take this method"}
    text = reason.get(error.status_code, error.detail)
    return PlainTextResponse(f"{text}\n", error.status_code, headers)

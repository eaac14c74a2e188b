"""Reading an address that the user names himself; links are never followed on their own."""

from typing import Any

from migkg import __version__
from migkg.errors import SourceSkip
from migkg.sources.raw import Raw

TIMEOUT_SECONDS = 20.0
MAX_REDIRECTS = 5
USER_AGENT = f"migkg/{__version__} (reads single pages on request)"
TEXT_TYPES = ("text/", "application/xhtml", "application/xml", "application/octet-stream")


def fetch(url: str, limit: int) -> Raw:
    """The page at an address; its location is the address that redirects led to.

    Args:
        url: an http or https address.
        limit: largest content in bytes, after decompression.

    Raises:
        SourceSkip: not reachable, an error status, too large, no text, or too many redirects.
    """
    import httpx

    try:
        with (
            httpx.Client(
                follow_redirects=True,
                max_redirects=MAX_REDIRECTS,
                timeout=TIMEOUT_SECONDS,
                headers={"User-Agent": USER_AGENT, "Accept": "text/html, text/plain;q=0.9"},
            ) as client,
            client.stream("GET", url) as response,
        ):
            _check(response)
            data = _collect(response, limit)
            return Raw(url, str(response.url), data, response.headers.get("content-type"))
    except httpx.TimeoutException as error:
        raise SourceSkip(f"no answer within {TIMEOUT_SECONDS:.0f} seconds") from error
    except httpx.TooManyRedirects as error:
        raise SourceSkip(f"more than {MAX_REDIRECTS} redirects") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise SourceSkip(f"cannot be fetched: {' '.join(str(error).split()) or type(error).__name__}") from error


def _check(response: Any) -> None:
    if response.status_code != 200:
        raise SourceSkip(f"the server answered {response.status_code} {response.reason_phrase}".rstrip())
    kind = response.headers.get("content-type", "").split(";")[0].strip().casefold()
    if kind and not kind.startswith(TEXT_TYPES):
        raise SourceSkip(f"not a text: {kind}")


def _collect(response: Any, limit: int) -> bytes:
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > limit:
            raise SourceSkip(f"too large: the limit is {limit / 1e6:.0f} MB")
    return bytes(data)

"""From a document to an extraction by way of a chat endpoint: ask, check, count what is dropped."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from migkg.errors import SourceSkip, StoreError, UsageError
from migkg.extract.llm.answer import check_answer
from migkg.extract.llm.cache import AnswerCache
from migkg.extract.llm.prompt import Message, write_messages
from migkg.extract.themes import find_themes
from migkg.model import Document, Extraction

LONGEST_TEXT = 40_000  # characters of a document that are sent; a longer one is skipped, never cut
FAILURES = 3  # documents in a row without an answer, after which the endpoint counts as gone
_FENCE = re.compile(r"\s*```(?:json)?\s*(.*?)\s*```\s*", re.DOTALL)
# (address, JSON body) → (HTTP status, body): how a question travels is not this module's business.
Send = Callable[[str, bytes], tuple[int, bytes]]


class LanguageModel:
    """An extractor in the form of ``migkg.extract.extract_document``.

    Attributes:
        dropped: how many claims and entities of the answers were dropped, by reason.
        fingerprint: what the answers depend on beside the document.
    """

    def __init__(self, endpoint: str, model: str, send: Send, cache: AnswerCache | None = None) -> None:
        """Nothing is sent yet.

        Args:
            endpoint: base address of an OpenAI-compatible service (``http://localhost:8080/v1``).
            model: name of the model there.
            send: posts JSON to an address of that service and gives status and body.
            cache: where answers are kept; ``None``: nowhere.

        Raises:
            UsageError: the name of the model is empty, too long, or holds control characters.
        """
        if not model or len(model) > 100 or not model.isprintable():
            raise UsageError("the name of the model must have 1 to 100 printable characters")
        base, mark, query = endpoint.partition("?")
        self._address = f"{base.rstrip('/')}/chat/completions{mark}{query}"
        self._model = model
        self._send = send
        self._cache = cache
        self._failed = 0
        self.dropped: Counter[str] = Counter()
        self.fingerprint = _digest("llm", model, _shown(endpoint))

    def __call__(self, document: Document) -> Extraction:
        """Entities, statements and themes of one document; the rule of each is ``llm:`` and the model's name.

        Raises:
            SourceSkip: the document is too long, or the model gives no answer that can be read.
            UsageError: the endpoint knows neither key, address nor model.
            StoreError: several documents in a row had no answer.
        """
        if len(document.text) > LONGEST_TEXT:
            raise SourceSkip(f"longer than {LONGEST_TEXT:,} characters, which is the most a model is sent")
        answer = _parse(self._answer(write_messages(document)))
        extraction, dropped = check_answer(document, answer, f"llm:{self._model}")
        self.dropped += dropped
        return replace(extraction, themes=find_themes(document, extraction.entities))

    def _answer(self, messages: list[Message]) -> str:
        question = _digest(self.fingerprint, json.dumps(messages, ensure_ascii=False))
        known = self._cache.find(question) if self._cache else None
        if known is not None:
            return known
        answer = self._ask(messages)
        if self._cache:
            self._cache.keep(question, self._model, answer)
        return answer

    def _ask(self, messages: list[Message]) -> str:
        body = {
            "model": self._model,
            "messages": messages,
            "temperature": 0,
            "seed": 0,
            "response_format": {"type": "json_object"},
        }
        try:
            status, content = self._send(self._address, json.dumps(body, ensure_ascii=False).encode())
        except StoreError as error:
            self._failed += 1
            if self._failed >= FAILURES:
                raise
            raise SourceSkip(str(error)) from error
        if status in {401, 403, 404}:
            raise UsageError(
                f"the model endpoint answers {status}: look at --llm-endpoint, --llm-model and $MIGKG_LLM_KEY"
            )
        if status != 200:
            raise SourceSkip(f"the model endpoint answers {status}")
        self._failed = 0
        return _content(content)


def _content(body: bytes) -> str:
    """The text of the first choice of a chat completion.

    Raises:
        SourceSkip: it is none, or the model was cut off.
    """
    try:
        choice = json.loads(body)["choices"][0]
        text, reason = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise SourceSkip("the model endpoint does not answer with a chat completion") from error
    if reason == "length":
        raise SourceSkip("the model's answer is cut off")
    if not isinstance(text, str):
        raise SourceSkip("the model endpoint does not answer with a chat completion")
    return text


def _parse(answer: str) -> dict[str, Any]:
    """The JSON object that the model wrote, also where it stands in a fence.

    Raises:
        SourceSkip: there is none.
    """
    fenced = _FENCE.fullmatch(answer)
    try:
        record = json.loads(fenced[1] if fenced else answer)
    except (ValueError, RecursionError) as error:
        raise SourceSkip("the model's answer is not JSON") from error
    if not isinstance(record, dict):
        raise SourceSkip("the model's answer is not a JSON object")
    return record


def _shown(endpoint: str) -> str:
    """The address without user and password."""
    return re.sub(r"//[^/@]*@", "//", endpoint)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

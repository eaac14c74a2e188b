"""Answers of language models that are kept, so that the same question has the same answer and costs once."""

import json
import os
from contextlib import suppress
from pathlib import Path

from migkg.errors import MigkgError
from migkg.files import replace_file


def default_folder() -> Path:
    """``$XDG_CACHE_HOME/migkg/llm``, else ``~/.cache/migkg/llm``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "migkg" / "llm"


class AnswerCache:
    """One file for each question, by the hash of the question."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, question: str) -> str | None:
        """The answer to a question with this hash; ``None`` where there is none that can be read."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            answer = json.loads(self._path(question).read_text(encoding="utf-8"))["answer"]
            return answer if isinstance(answer, str) else None
        return None

    def keep(self, question: str, model: str, answer: str) -> None:
        """Keep an answer.

        Raises:
            MigkgError: the folder cannot be made or written.
        """
        path = self._path(question)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MigkgError(f"cannot make {path.parent}: {error.strerror or error}") from error
        with replace_file(path) as file:
            file.write(json.dumps({"model": model, "answer": answer}, ensure_ascii=False).encode())

    def _path(self, question: str) -> Path:
        return self._folder / question[:2] / f"{question}.json"

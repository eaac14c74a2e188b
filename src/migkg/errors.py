"""Every exception that migkg raises on purpose. Each message says what happened, where, and what to do."""


class MigkgError(Exception):
    """Root of the family: the command line prints its message as one line, without a traceback."""


class UsageError(MigkgError):
    """The request itself is wrong (an unknown parameter, a missing option): exit code 2."""


class DataFileError(MigkgError):
    """A file under data/, queries/ or ontology/ is malformed; the message names the file and the key."""


class SourceSkip(MigkgError):
    """One document cannot be read; the run lists it with this reason and goes on."""


class SiteStop(MigkgError):
    """A site is not as it was described, or asks to be left alone: the run stops, and what it has read stays."""


class StoreError(MigkgError):
    """The store cannot be opened, read or written (held by another process, disk full, not a store)."""


class QueryError(MigkgError):
    """A query cannot be parsed or answered; the message has the line and the column where they are known."""


class AnswerTooLarge(QueryError):
    """The answer to a query is larger than the caller takes; nothing of it is given."""


class MissingExtra(MigkgError):
    """An optional part is not installed; the message says which extra to install."""


class ServiceRefusal(MigkgError):
    """A request to the service is refused: the HTTP status, and the message as one line."""

    def __init__(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}

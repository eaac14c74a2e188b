"""An HTTP connection that does not wait for ever: whoever does not finish the head of a request in time is let go."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20.0


class Connection(H11Protocol):
    """uvicorn's connection with a deadline for the head of each request; it has one only for idle connections."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """The clock runs from here."""
        super().connection_made(transport)
        self._expect_head()

    def handle_events(self) -> None:
        """Stop the clock when a head is complete; start it when the next one has begun."""
        super().handle_events()
        if self.conn.their_state is not h11.IDLE:
            self._forget()
        elif self._deadline is None and self.conn.trailing_data[0]:
            self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._forget()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._deadline = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _forget(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

"""Why there is no answer, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer, or none that is kept.

    Attributes:
        reason: one line for the user.
        passing: whether it may be otherwise when one asks again.
        status: of the answer, where there was one; else 0.
    """

    reason: str
    passing: bool = False
    status: int = 0

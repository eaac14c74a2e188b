"""Links to registers: what is asked, how the answers are judged, and the table that a person reads."""

from migkg.link.model import Candidate, Outcome, Register, Thing
from migkg.link.run import link
from migkg.link.things import LINKABLE, read_things

__all__ = ["LINKABLE", "Candidate", "Outcome", "Register", "Thing", "link", "read_things"]

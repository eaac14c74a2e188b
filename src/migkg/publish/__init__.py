"""Puts the graph of a store into a SPARQL 1.1 server, and keeps it there in step with the store."""

from migkg.publish.run import Outcome, Plan, make_plan, publish
from migkg.publish.target import Target, find_layout

__all__ = ["Outcome", "Plan", "Target", "find_layout", "make_plan", "publish"]

"""A running server as the tests see it."""

from dataclasses import dataclass

from migkg.publish.target import Layout, Target, find_layout
from migkg.store.connection import Access
from migkg.store.remote import RemoteStore


@dataclass(frozen=True)
class Server:
    """A server that runs: its name, where graphs go, where updates go, where it answers, and who may write."""

    name: str
    store: str
    update: str
    query: str
    access: Access

    def layout(self, method: str) -> Layout:
        return find_layout(self.store if method == "store" else self.update)

    def target(self, method: str = "store") -> Target:
        return Target(self.layout(method), self.access, 60)

    def read(self) -> RemoteStore:
        return RemoteStore(self.query, 60, Access())

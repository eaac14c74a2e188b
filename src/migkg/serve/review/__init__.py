"""The review page: the queue of ``migkg review`` in a browser of the same machine."""

"""The service: the SPARQL 1.1 Protocol, linked-data pages and downloads of one store over HTTP, for reading only.

The process that speaks HTTP never reads a query. Every query, named or written, is read and answered in a worker
process that can be ended at any moment (``migkg.serve.pool``, ``migkg.serve.worker``).
"""

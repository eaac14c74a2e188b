"""The page of the service in one file: its graph, and an engine to ask it, travel inside."""

"""Named queries: their catalogue, their parameters, and running them over any store."""

"""The graph as a network of nodes and edges: projection from a store, layout, and the formats of network tools."""

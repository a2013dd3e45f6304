"""Readers: each converts one format of source to a `Document`, with positions and diagnostics."""

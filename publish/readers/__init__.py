"""Readers: each turns one kind of source into a `Document`, with positions and diagnostics."""

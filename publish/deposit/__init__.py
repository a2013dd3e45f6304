"""Archival deposit: packages for archives, with a publication in all formats, its source, its proof and its metadata."""

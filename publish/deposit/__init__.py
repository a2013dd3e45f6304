"""Archival deposit: a publication in all formats with its source, its proof and its metadata, in the packages that archives ask for."""

"""Extractors: read a produced file back, a module a format. Each knows only what the standard of its format says."""

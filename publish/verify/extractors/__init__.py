"""Extractors: read produced files back, one module per format. Each uses only what the standard of its format specifies."""

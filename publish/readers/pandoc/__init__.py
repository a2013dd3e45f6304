"""Formats that pandoc reads, through its JSON."""

"""Formats that pandoc writes from a tree that already contains all labels."""

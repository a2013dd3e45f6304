"""Formats that pandoc writes from our tree, in which every label is already decided."""

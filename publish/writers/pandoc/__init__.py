"""Formats that pandoc writes from our tree, in which every label is already decided."""

from publish.writers.pandoc.writer import (
    docbook,
    jats,
    latex,
    mediawiki,
    odt,
    org,
    plain,
    rst,
    rtf,
)

__all__ = [
    "docbook",
    "jats",
    "latex",
    "mediawiki",
    "odt",
    "org",
    "plain",
    "rst",
    "rtf",
]

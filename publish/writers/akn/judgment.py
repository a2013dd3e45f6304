"""Judgments: a header, and the parts of the decision that the headings name."""

from __future__ import annotations

from publish.model import nodes as n
from publish.model.text import plain_text
from publish.writers.akn.part import Part, starts_with
from publish.writers.akn.xml import sub

PARTS = ("introduction", "background", "arguments", "remedies", "motivation", "decision")
"""Parts of the body of a judgment, in the order in which headings are matched."""


def write(part: Part) -> None:
    """Append header and body."""
    header = part.opening("header")
    if header is None:
        header = part.sub("header", "header")
    body = part.sub("judgmentBody", "body")
    name = ""
    element = body
    for block in part.blocks:
        wanted = _part_of(block, part) or name or ("motivation" if isinstance(block, n.Section) else PARTS[0])
        if wanted != name:
            # By rule, the parts have no eId. A part that occurs again is a separate element.
            element, name = sub(body, wanted), wanted
        part.content.block(element, block, part.prefix)
    if not len(body):
        holder = sub(body, PARTS[0])
        part.content.empty(holder, part.prefix)


def _part_of(block: n.Block, part: Part) -> str:
    """Return the part that the heading of a section names, or an empty string."""
    if not isinstance(block, n.Section):
        return ""
    text = plain_text(block.title).lstrip("0123456789. ")
    tables = part.jurisdiction.containers
    return next((name for name in PARTS if starts_with(text, tables.get(name, ()))), "")

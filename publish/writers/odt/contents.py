"""Table of contents: an index that LibreOffice can update, with its current entries (ODF 1.3, part 3, 8.3)."""

from __future__ import annotations

from publish.markup import escape
from publish.model.text import outline_text
from publish.style.odt import style_name
from publish.writers.odt.runs import inner_link
from publish.writers.odt.story import Story

SHOWN_LEVELS = 3
"""Levels for which there are styles of entries."""


def contents(story: Story) -> str:
    """Return the table of contents, if the document has one; page numbers are from the PDF, if it was laid out."""
    numbered = story.numbered
    found = numbered.contents()
    if not found:
        return ""
    depth = numbered.structure.contents
    title = escape(story.terms.contents)
    templates = "".join(
        f'<text:table-of-content-entry-template text:outline-level="{level}" '
        f'text:style-name="{_entry(level)}"><text:index-entry-link-start/><text:index-entry-text/>'
        '<text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/>'
        "<text:index-entry-link-end/></text:table-of-content-entry-template>"
        for level in range(1, 11)
    )
    source = (
        f'<text:table-of-content-source text:outline-level="{depth}"><text:index-title-template '
        f'text:style-name="Contents_20_Heading">{title}</text:index-title-template>{templates}'
        "</text:table-of-content-source>"
    )
    entries = "".join(
        f'<text:p text:style-name="{_entry(level)}">'
        f"{inner_link(section.id, escape(outline_text(section.title)) + _page(numbered.page_of.get(section.id)))}</text:p>"
        for section, level in found
    )
    heading = f'<text:index-title text:name="Contents_Head"><text:p text:style-name="Contents_20_Heading">{title}</text:p>'
    return (
        f'<text:table-of-content text:name="Contents" text:protected="false">{source}<text:index-body>{heading}'
        f"</text:index-title>{entries}</text:index-body></text:table-of-content>"
    )


def _entry(level: int) -> str:
    return style_name(f"Contents {min(level, SHOWN_LEVELS)}")


def _page(page: int | None) -> str:
    return f"<text:tab/>{page}" if page else ""

"""Entry of the census of OpenDocument texts."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from publish.census.odt.package import Package, short
from publish.census.odt.story import State, Story
from publish.census.types import ALL, Census, SourceFile, Unseen


def take(source: SourceFile) -> Census:
    """Count what LibreOffice shows.

    Raises:
        ValueError: if the file contains no text.
    """
    package = Package(source.data)
    body = package.body()
    story = Story(package, body, source.track_changes)
    story.blocks(body, State())
    story.out.unseen += [
        Unseen("tracked deletion", text) for text in story.changes.hidden_text() if text.strip()
    ]
    story.out.unseen += _furniture(story)
    census = story.out.census("odt", ALL, "xml.etree")
    return replace(census, computed=story.computed)


def _furniture(story: Story) -> Iterator[Unseen]:
    """Yield the words of headers and footers."""
    for master in story.styles.masters:
        for part in master:
            text = " ".join("".join(p.itertext()) for p in part.iter() if short(p) in {"text:p", "text:h"})
            if text.strip():
                yield Unseen("header or footer", text)

"""Markdown writer: the output is read as the same document."""

import publish
from publish.model import nodes as n
from tests.support import numbered


def test_heading_that_contains_only_a_call_keeps_its_note() -> None:
    document = numbered("# [^1]\n\nTekst.\n\n[^1]: Noot.\n")
    again = numbered(publish.write(document, "markdown").data.decode())
    assert [note.label for note in again.notes.values()] == ["1"]
    (section,) = again.document.blocks
    assert isinstance(section, n.Section)
    assert [type(inline) for inline in section.title] == [n.NoteRef]

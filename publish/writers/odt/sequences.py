"""Numbers of captions as fields that LibreOffice counts, and references to them (ODF 1.3, part 3, 7.4.13 and 7.7.8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from publish.markup import quoteattr
from publish.model import nodes as n
from publish.model import roles
from publish.model.text import plain_text
from publish.model.walk import document_nodes
from publish.writers.odt.runs import text

NAMES: Mapping[type[n.Node], str] = {n.Table: "Table", n.Figure: "Figure"}
"""Names of the styles of captions, and of sequences whose labels have no word."""

_NUMBER = re.compile(r"(?P<before>.*?)(?P<number>\d+)(?P<after>\D*)")


class Numbered(Struct, frozen=True):
    """The label of a caption, of which LibreOffice counts the number."""

    sequence: str
    before: str
    number: str
    after: str

    @property
    def name(self) -> str:
        """Name of the field for references."""
        return quoteattr(f"ref{self.sequence}{int(self.number) - 1}")

    @property
    def shown(self) -> str:
        """What a reference with the category and the number shows."""
        return f"{self.before}{self.number}"

    def field(self) -> str:
        """Return the label with its field."""
        return (
            f'{text(self.before)}<text:sequence text:ref-name={self.name} text:name="{self.sequence}" '
            f'text:formula="ooow:{self.sequence}+1" style:num-format="1">{self.number}</text:sequence>{text(self.after)}'
        )

    def reference(self) -> str:
        """Return a reference to the caption, which shows its category and number."""
        form = 'text:reference-format="category-and-value"'
        return f"<text:sequence-ref {form} text:ref-name={self.name}>{text(self.shown)}</text:sequence-ref>"


def sequences(document: n.Document) -> dict[str, Numbered]:
    """Return the labels of captions that LibreOffice counts as the document does, by id of their table or figure."""
    counts = dict.fromkeys(NAMES.values(), 0)
    found: dict[str, Numbered] = {}
    for node in document_nodes(document):
        if not isinstance(node, n.Table | n.Figure) or not node.id:
            continue
        name = NAMES[type(node)]
        label = _label(node.caption)
        if label and int(label["number"]) == counts[name] + 1:
            counts[name] += 1
            # LibreOffice finds the category of a caption by the name of its sequence: "Figuur" in "Figuur 1".
            word = label["before"].strip()
            sequence = word if word.isalpha() else name
            found[node.id] = Numbered(sequence, label["before"], label["number"], label["after"])
    return found


def declarations(labels: Iterable[Numbered]) -> str:
    """Return the declarations of the sequences of these labels."""
    names = dict.fromkeys([*NAMES.values(), *(label.sequence for label in labels)])
    inside = "".join(
        f'<text:sequence-decl text:display-outline-level="0" text:name="{name}"/>' for name in names
    )
    return f"<text:sequence-decls>{inside}</text:sequence-decls>"


def _label(caption: Iterable[n.Inline]) -> re.Match[str] | None:
    first = next(iter(caption), None)
    if not isinstance(first, n.TextSpan) or first.role != roles.LABEL:
        return None
    return _NUMBER.fullmatch(plain_text(first.inlines))

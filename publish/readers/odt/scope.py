"""State that all parts of the OpenDocument reader share while they read one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publish.diagnostics import Span
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.readers.base import Deadline, Source
from publish.readers.images import ImageLoader
from publish.readers.metafiles import SUFFIXES, Metafiles
from publish.readers.odt.names import FORM, OFFICE, TEXT, XLINK, XML
from publish.readers.odt.numbering import Numbering
from publish.readers.odt.package import OdtPackage
from publish.readers.odt.styles import Styles
from publish.readers.office.report import Report
from publish.readers.trees import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

REFERENCES = (TEXT + "bookmark-ref", TEXT + "reference-ref", TEXT + "sequence-ref")


class Scope(Report):
    """State of one file: its package, its tables, and the diagnostics."""

    def __init__(self, source: Source, package: OdtPackage) -> None:
        super().__init__(source.name)
        self.source = source
        self.package = package
        self.deadline: Deadline = source.deadline()
        self.styles = Styles(package.roots)
        self.numbering = Numbering(self.styles)
        self.images = ImageLoader(None, source.name, Metafiles(lambda: package.members(SUFFIXES)))
        self.paragraphs = 0
        """Number of paragraphs read; the number of a paragraph is its line in diagnostics."""
        self.wanted: frozenset[str] = wanted(package.body)
        """Names of the marks, sequence numbers and headings that are reference targets."""
        self.targets: dict[str, str] = {}
        """Id for each of these names."""
        self.target_texts: dict[str, str] = {}
        """Text of each of these targets."""
        self.note_ids: dict[str, str] = {}
        """Key of each note, by its id in the file."""
        self.formulas: list[Element] = []
        """Formulas in reading order; the placeholder of each in the text contains its number."""
        self.contents = 0
        """Levels of the table of contents; 0 if there is none."""

    def control_text(self, identifier: str) -> str:
        """Return the words that a form control shows: its value, else its label."""
        for element in self.package.body.iter(OFFICE + "forms"):
            for control in element.iter():
                if identifier and identifier in {control.get(XML + "id"), control.get(FORM + "id")}:
                    return _shown(control)
        return ""

    def hide(self, text: str, span: Span | None) -> None:
        """Count hidden text, which is left out."""
        if text.strip():
            self.count("PUB-R036", "Hidden text is left out", span)

    def name_heading(self, title: tuple[n.Inline, ...], label: str, names: list[str]) -> str:
        """Return the name by which links refer to a heading, if any does: its label and text, as LibreOffice writes it."""
        text = plain_text(title)
        forms = (f"{label}{text}|outline", f"{label} {text}|outline", f"{text}|outline")
        names += [form for form in dict.fromkeys(forms) if form in self.wanted and form not in self.targets]
        return names[0] if names else ""


def _shown(control: Element) -> str:
    if local(control) in {"checkbox", "radio", "button", "fixed-text"}:
        return control.get(FORM + "label", "")
    if local(control) == "listbox":
        chosen = (e for e in control if e.get(FORM + "current-selected", e.get(FORM + "selected")) == "true")
        return " ".join(e.get(FORM + "label", "") for e in chosen)
    inside = " ".join("".join(str(t) for t in p.itertext()) for p in control.iter(TEXT + "p"))
    return inside or control.get(FORM + "current-value") or control.get(FORM + "value") or ""


def wanted(body: Element) -> frozenset[str]:
    """Return the names of the targets of references and internal links."""
    names = {element.get(TEXT + "ref-name", "") for element in body.iter(*REFERENCES)}
    links = (element.get(XLINK + "href", "") for element in body.iter(TEXT + "a"))
    names |= {link[1:] for link in links if link.startswith("#")}
    return frozenset(names - {""})

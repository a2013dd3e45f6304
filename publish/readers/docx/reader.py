"""The Word reader: from bytes to a `Document`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from publish.model import nodes as n
from publish.model.language import is_language
from publish.model.metadata import Metadata
from publish.model.outline import nest
from publish.model.policy import END
from publish.model.structure import Structure
from publish.model.text import plain_text
from publish.model.walk import change_document
from publish.readers.base import ReadResult, Source
from publish.readers.docx.blocks import BlockReader
from publish.readers.docx.comments import comments_of
from publish.readers.docx.field_results import UNRESOLVED
from publish.readers.docx.fields import Field
from publish.readers.docx.formulas import as_tex, letters
from publish.readers.docx.furniture import furniture
from publish.readers.docx.names import W, child_value, value
from publish.readers.docx.note_labels import displayed
from publish.readers.docx.notes import Notes
from publish.readers.docx.package import DocxPackage
from publish.readers.docx.scope import Scope, Story
from publish.readers.office.assembly import titled
from publish.readers.office.formulas import FORMULA, placed
from publish.readers.office.headings import found_by_look
from publish.readers.office.note_numbering import KINDS, policy

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DC = "{http://purl.org/dc/elements/1.1/}"

_REFERS = re.compile(r"\b(?:NOTEREF|REF|PAGEREF|HYPERLINK)\b")
_FILE_NAME = re.compile(r".*(\.docx?|\.dotx?|\.rtf)|(Microsoft Word - |Document ?\d*$).*", re.IGNORECASE)
"""Titles that a program generated."""

MACROS = "vbaProject.bin"


def read(source: Source) -> ReadResult:
    """Read a Word file.

    Raises:
        PublishError: PUB-R009, PUB-R030 or PUB-R031, if the file is damaged, too large or takes too long; PUB-R032, if it
            has tracked changes and the user does not allow them.
    """
    return _Reader(Scope(source, DocxPackage(source))).result()


class _Reader:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.package = scope.package
        self.tree = scope.text(self.package.main)
        settings = self.package.part("settings")
        self.settings = self.package.tree(settings) if settings else None
        self.language = self._language()
        scope.run_formats.language = self.language
        scope.wanted, scope.note_marks = _bookmarks(self.tree)
        self.marks: dict[str, str] = {}
        self.notes = Notes(scope, self._note_blocks)

    def _note_blocks(self, element: Element, story: Story) -> tuple[n.Block, ...]:
        reader = BlockReader(self.scope, story, self.notes.key)
        return reader.cell(element)

    def result(self) -> ReadResult:
        """Return the document and the diagnostics."""
        scope = self.scope
        body = self.tree.find(W + "body")
        if body is None:
            raise self.package.archive.damaged("Main part has no body")
        if any(name.endswith(MACROS) for name in self.package.archive.names):
            scope.report("PUB-R044", "Macros in the file are not run or published")
        reader = BlockReader(scope, Story(self.package.main, self.package.main_relations), self.notes.key)
        flat = reader.read(body)
        self.marks = reader.inlines.marks
        title, subtitle, flat = titled(flat)
        flat, by_look = found_by_look(flat)
        if by_look:
            message = f"{len(by_look)} short bold paragraphs are read as headings"
            scope.report("PUB-R045", message, by_look[0].span)
        shown = {kind: displayed(self.tree, self.settings, kind, scope.hidden_notes[kind]) for kind in KINDS}
        note_policy = policy(shown, flat, marked=bool(self.marks))
        notes = self.notes.marked(self.marks)
        if "keep" in {note_policy.source_labels, note_policy.of(END).source_labels}:
            notes = self.notes.labelled(notes, shown)
        self.notes.report_uncalled()
        document = n.Document(
            metadata=self._metadata(title, subtitle),
            blocks=nest(flat, scope.source.name, scope.found),
            title=title,
            notes=notes | scope.embedded,
            note_policy=note_policy,
            structure=Structure(contents=scope.contents) if scope.contents else None,
            annotations=comments_of(self.package, self.tree),
            source=scope.source.name,
        )
        document = self._settled(document)
        scope.report_comments(document.annotations)
        scope.settle()
        return ReadResult(document, (*scope.found, *scope.images.diagnostics), tuple(scope.account))

    def _settled(self, document: n.Document) -> n.Document:
        """Resolve references from bookmarks to ids, and replace placeholders with formulas."""
        scope = self.scope
        tex = as_tex(scope.formulas)
        for formula, found in zip(scope.formulas, tex, strict=True):
            if found is None:
                scope.count("PUB-R047", "Cannot read Word formula; its characters are kept")
                scope.add("PUB-R047", letters(formula))

        def settle(inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
            if isinstance(inline, n.RawInline) and inline.format == FORMULA:
                number = int(inline.text.partition(" ")[0])
                return placed(inline, tex[number], letters(scope.formulas[number]))
            if isinstance(inline, n.CrossReference):
                inline = self._with_text(inline)
                target = scope.bookmarks.get(inline.target)
                if not inline.inlines:
                    return ()
                if target is None:
                    message = f"Cross-reference target not found: '{inline.target}'; the cross-reference is published as plain text"
                    scope.count("PUB-R017", message, inline.span)
                    return inline.inlines
                return n.CrossReference(inline.inlines, target, span=inline.span)
            return inline

        document = change_document(document, settle)
        return replace(document, resources=scope.images.loaded)

    def _with_text(self, reference: n.CrossReference) -> n.CrossReference:
        """Return a reference with the text of its target, if the field has no result."""
        mark = reference.inlines[0] if reference.inlines else None
        if not isinstance(mark, n.RawInline) or mark.format != UNRESOLVED:
            return reference
        numbers, texts = self.scope.bookmark_numbers, self.scope.bookmark_texts
        text = (numbers if mark.text == "number" else texts).get(reference.target, "")
        if not text:
            message = f"Field without result is left out: REF {reference.target}"
            self.scope.report("PUB-R060", message, reference.span)
        self.scope.add("reference", text, reference.span)
        return replace(reference, inlines=(n.Text(text, span=reference.span),) if text else ())

    # Metadata

    def _language(self) -> str:
        """Return the language of the text: the default of its styles, else of the fonts of its theme."""
        theme = child_value(self.settings, "themeFontLang")
        tag = self.scope.styles.language or theme
        return tag if is_language(tag) else ""

    def _metadata(self, title: tuple[n.Inline, ...], subtitle: str) -> Metadata:
        """Return the metadata of the file, without its author: that information is internal to the office."""
        shown = " ".join(plain_text(title).split())
        extra = {
            kind: text
            for kind in ("header", "footer")
            if (text := furniture(self.package, self.tree, self.settings, kind))
        }
        return Metadata(
            title=shown or self._own_title(), subtitle=subtitle, language=self.language, extra=extra
        )

    def _own_title(self) -> str:
        if not self.package.core:
            return ""
        element = self.package.tree(self.package.core).find(DC + "title")
        text = " ".join((element.text or "").split()) if element is not None else ""
        return "" if _FILE_NAME.fullmatch(text) else text


def _bookmarks(document: Element) -> tuple[frozenset[str], dict[str, str]]:
    """Return the bookmarks that are reference targets, and the note that is called in a bookmark, by the bookmark's name."""
    wanted: set[str] = set()
    instruction: list[str] = []
    for element in document.iter(W + "hyperlink", W + "instrText", W + "fldSimple", W + "fldChar"):
        if element.tag == W + "hyperlink":
            wanted.add(value(element, "anchor"))
        elif element.tag == W + "fldSimple":
            wanted |= _targets(value(element, "instr"))
        elif element.tag == W + "instrText":
            instruction.append(element.text or "")
        else:
            wanted |= _targets("".join(instruction))
            instruction = []
    marks: dict[str, str] = {}
    opened: dict[str, str] = {}
    for element in document.iter(
        W + "bookmarkStart", W + "bookmarkEnd", *(f"{W}{kind}Reference" for kind in KINDS)
    ):
        if element.tag == W + "bookmarkStart":
            opened[value(element, "id")] = value(element, "name")
        elif element.tag == W + "bookmarkEnd":
            opened.pop(value(element, "id"), None)
        else:
            kind = str(element.tag).removeprefix(W).removesuffix("Reference")
            for name in opened.values():
                marks.setdefault(name, f"{kind}-{value(element, 'id')}")
    return frozenset(wanted - {""}), marks


def _targets(instruction: str) -> set[str]:
    field = Field(0, instruction)
    return {field.argument, field.after("\\l")} if _REFERS.search(instruction) else set()

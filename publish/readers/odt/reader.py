"""The OpenDocument reader: from bytes to a `Document`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from publish.diagnostics import PublishError, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.language import is_language
from publish.model.metadata import Metadata
from publish.model.outline import nest
from publish.model.policy import END
from publish.model.structure import Structure
from publish.model.text import plain_text
from publish.model.walk import change_document
from publish.readers.base import ReadResult, Source
from publish.readers.odt import changes
from publish.readers.odt.annotations import comments_of
from publish.readers.odt.blocks import BlockReader
from publish.readers.odt.formulas import as_tex, letters
from publish.readers.odt.furniture import furniture
from publish.readers.odt.inlines import UNRESOLVED
from publish.readers.odt.names import DC, TEXT
from publish.readers.odt.notes import Notes, mark_of
from publish.readers.odt.numbering import NOTE_AREA
from publish.readers.odt.package import OdtPackage
from publish.readers.odt.scope import Scope
from publish.readers.office.assembly import titled
from publish.readers.office.formulas import FORMULA, placed
from publish.readers.office.headings import found_by_look
from publish.readers.office.note_numbering import policy

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FILE_NAME = re.compile(r".*\.(odt|ott|docx?|rtf)|(Untitled|Naamloos) ?\d*", re.IGNORECASE)
"""Titles that a program generated."""


def read(source: Source) -> ReadResult:
    """Read an OpenDocument text.

    Raises:
        PublishError: PUB-R009, PUB-R030 or PUB-R031, if the file is damaged, too large or takes too long; PUB-R032, if it
            has tracked changes and the user does not allow them.
    """
    return _Reader(source).result()


class _Reader:
    def __init__(self, source: Source) -> None:
        package = OdtPackage(source)
        self.source = source
        self.found: list[tuple[str, Span]] = []
        self._settle_changes(package.body)
        self.scope = Scope(source, package)
        self.notes = Notes(self.scope.styles, package.body, self._note_blocks)
        self.scope.note_ids = self.notes.by_id

    def _settle_changes(self, body: Element) -> None:
        """Accept or reject the tracked changes.

        Raises:
            PublishError: PUB-R032, if there are tracked changes and the user does not allow them.
        """
        how = self.source.track_changes
        paragraphs = {id(e): k for k, e in enumerate(body.iter(TEXT + "p", TEXT + "h"), 1)}
        for change in changes.changes_in(body):
            above = next((e for e in change.start.iterancestors() if id(e) in paragraphs), None)
            span = Span(paragraphs[id(above)]) if above is not None else Span(1)
            if how == "fail":
                by = f" by {change.author}" if change.author else ""
                message = f"File contains a tracked change{by} ({change.name})"
                hint = "Accept or reject the changes in LibreOffice, or use `--track-changes accept`"
                raise PublishError(make("PUB-R032", message, span=span, source=self.source.name, hint=hint))
            self.found.append((f"Tracked {changes.KINDS.get(change.name, 'changes')} are {how}ed", span))
        changes.settle(body, "reject" if how == "reject" else "accept")

    def _note_blocks(self, body: Element, key: str, span: Span | None) -> tuple[n.Block, ...]:
        outer, self.scope.numbering.area = self.scope.numbering.area, NOTE_AREA
        blocks = BlockReader(self.scope, self.notes.key, span or Span(1), key).cell(body)
        self.scope.numbering.area = outer
        return blocks

    def result(self) -> ReadResult:
        """Return the document and the diagnostics."""
        scope = self.scope
        for message, span in self.found:
            scope.count("PUB-R033", message, span)
        if scope.package.has_macros:
            scope.report("PUB-R044", "Macros in the file are not run or published")
        flat = BlockReader(scope, self.notes.key).read(scope.package.body)
        title, subtitle, flat = titled(flat)
        flat, by_look = found_by_look(flat)
        if by_look:
            message = f"{len(by_look)} short bold paragraphs are read as headings"
            scope.report("PUB-R045", message, by_look[0].span)
        marked = any(mark_of(note) for note in self.notes.elements)
        note_policy = policy(self.notes.displayed, flat, marked=marked)
        if not self.notes.complete:
            # LibreOffice counts hidden notes, so only its own labels are right.
            ends = replace(note_policy.of(END), source_labels="keep")
            series = {**note_policy.series, END: ends}
            note_policy = replace(note_policy, source_labels="keep", scope="document", series=series)
        keeps = "keep" in {note_policy.source_labels, note_policy.of(END).source_labels}
        document = n.Document(
            metadata=self._metadata(title, subtitle),
            blocks=nest(flat, scope.source.name, scope.found),
            title=title,
            notes=self.notes.labelled() if keeps else self.notes.read,
            note_policy=note_policy,
            structure=Structure(contents=scope.contents) if scope.contents else None,
            annotations=comments_of(scope.package.body),
            source=scope.source.name,
        )
        document = self._settled(document)
        scope.report_comments(document.annotations)
        scope.settle()
        return ReadResult(document, (*scope.found, *scope.images.diagnostics), tuple(scope.account))

    def _settled(self, document: n.Document) -> n.Document:
        """Resolve references from names to ids, and replace placeholders with formulas."""
        scope = self.scope
        tex = as_tex(scope.formulas)
        for formula, found in zip(scope.formulas, tex, strict=True):
            if found is None:
                scope.count("PUB-R047", "Cannot read formula; its characters are kept")
                scope.add("PUB-R047", letters(formula))

        def settle(inline: n.Inline) -> n.Inline | tuple[n.Inline, ...]:
            if isinstance(inline, n.RawInline) and inline.format == FORMULA:
                number = int(inline.text.partition(" ")[0])
                return placed(inline, tex[number], letters(scope.formulas[number]))
            if not isinstance(inline, n.CrossReference):
                return inline
            inline = self._with_text(inline)
            target = scope.targets.get(inline.target)
            if not inline.inlines:
                return ()
            if target is None:
                message = f"Cross-reference target not found: '{inline.target}'; the cross-reference is published as plain text"
                scope.count("PUB-R017", message, inline.span)
                return inline.inlines
            return n.CrossReference(inline.inlines, target, span=inline.span)

        document = change_document(document, settle)
        return replace(document, resources=scope.images.loaded)

    def _with_text(self, reference: n.CrossReference) -> n.CrossReference:
        """Return a reference with the text of its target, if the file contains no text for it."""
        mark = reference.inlines[0] if reference.inlines else None
        if not isinstance(mark, n.RawInline) or mark.format != UNRESOLVED:
            return reference
        text = self.scope.target_texts.get(reference.target, "")
        if not text:
            message = f"Field without result is left out: reference to '{reference.target}'"
            self.scope.report("PUB-R060", message, reference.span)
        self.scope.add("reference", text, reference.span)
        return replace(reference, inlines=(n.Text(text, span=reference.span),) if text else ())

    # Metadata

    def _metadata(self, title: tuple[n.Inline, ...], subtitle: str) -> Metadata:
        """Return the metadata of the file, without its author: that information is internal to the office."""
        scope = self.scope
        shown = " ".join(plain_text(title).split())
        extra = {
            kind: text
            for kind in ("header", "footer")
            if (text := furniture(scope.styles, scope.package.body, kind))
        }
        tag = scope.styles.language
        return Metadata(
            title=shown or self._own_title(),
            subtitle=subtitle,
            language=tag if is_language(tag) else "",
            extra=extra,
        )

    def _own_title(self) -> str:
        meta = self.scope.package.meta
        element = next(meta.iter(DC + "title"), None) if meta is not None else None
        text = " ".join((element.text or "").split()) if element is not None else ""
        return "" if _FILE_NAME.fullmatch(text) else text

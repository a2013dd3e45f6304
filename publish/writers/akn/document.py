"""One document in Akoma Ntoso: its element, its metadata, and the body for its document type."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from publish.akn.jurisdictions import Jurisdiction, Kind
from publish.model import nodes as n
from publish.model.metadata import Metadata
from publish.model.roles import Exchange, exchanges
from publish.writers.akn import amendment, collection, debate, judgment, legislation, open_body
from publish.writers.akn.agents import UNKNOWN_COUNTRY, References, slug
from publish.writers.akn.content import AknContent
from publish.writers.akn.part import Part
from publish.writers.akn.speakers import NOBODY, Speakers, speakers_of, workflow
from publish.writers.akn.work import Work, author_of, identification, references, work_of
from publish.writers.akn.xml import sub

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BODIES: dict[str, Callable[[Part], None]] = {
    "debate": debate.write,
    "doc": open_body.write,
    "statement": open_body.write,
    "debateReport": open_body.write,
    "act": legislation.write,
    "bill": legislation.write,
    "judgment": judgment.write,
    "amendment": amendment.write,
    "documentCollection": collection.write,
    "officialGazette": collection.write,
    "amendmentList": collection.write,
}
"""Function that writes the content after the metadata, by document element."""

EDITOR = "editor"
"""Role of the agent that created the markup."""

SPEAKING = frozenset({"questioner", "addressee", "answerer"})
"""Capacities of agents that ask or answer questions."""


def kind_of(document: n.Document, jurisdiction: Jurisdiction) -> Kind:
    """Return the document type: from the metadata, the profile, a table entry that fits the metadata, or the default.

    A type that no table contains becomes a `doc` with that subtype, so that the name in the manuscript is kept.
    """
    metadata = document.metadata
    kinds = jurisdiction.kinds
    if metadata.kind:
        return kinds.get(metadata.kind) or Kind(subtype=slug(metadata.kind))
    if document.profile in kinds:
        return kinds[document.profile]
    described = (kind for kind in kinds.values() if kind.when)
    fitting = (kind for kind in described if all(getattr(metadata, field, "") for field in kind.when))
    return next(fitting, None) or kinds.get(jurisdiction.default) or Kind(subtype="document")


class Documents:
    """Writer of a document and of the documents within it."""

    def __init__(self, content: AknContent, jurisdiction: Jurisdiction, made: str, *, enriched: bool) -> None:
        self.content = content
        self.jurisdiction = jurisdiction
        self.made = made
        self.enriched = enriched
        self.assumed: list[str] = []
        """Assumptions for values that the manuscript does not contain."""

    def write(self, root: Element) -> None:
        """Append the whole document."""
        numbered = self.content.numbered
        document, metadata = numbered.document, numbered.document.metadata
        kind = kind_of(document, self.jurisdiction)
        known = self._references(metadata, kind)
        author = author_of(metadata, known)
        speaking = any(agent.capacity in SPEAKING for agent in metadata.agents)
        asked = any(isinstance(entry, Exchange) for entry in exchanges(document.blocks))
        speaks = speaking or (asked and kind.element == "debate")
        speakers = speakers_of(metadata, known, author) if speaks else NOBODY
        work, assumed = work_of(metadata, numbered.title, self.jurisdiction, kind, known, author, self.made)
        self.assumed += assumed
        editor = known.role(EDITOR)
        element = self._element(root, kind)
        meta = sub(element, "meta")
        identification(meta, work, editor)
        original = self._history(meta, metadata, work, kind, known, speakers)
        listed = sub(meta, "references", {"source": "#publish"})
        self.content.known = known if self.enriched else None
        self.content.events = {
            dated.role: known.event(dated.role)
            for dated in metadata.dates
            if dated.role in known.events and dated.role != "published"
        }
        part = Part(
            element=element,
            content=self.content,
            jurisdiction=self.jurisdiction,
            title=document.title,
            subtitle=metadata.subtitle,
            front=document.front,
            blocks=document.blocks,
            language=metadata.language,
            speakers=speakers,
            component=self._component_of(work, editor),
        )
        BODIES[kind.element](part)
        references(listed, known, original)

    def _references(self, metadata: Metadata, kind: Kind) -> References:
        country = metadata.country.lower() or self.jurisdiction.country or UNKNOWN_COUNTRY
        known = References(country, self.jurisdiction, kind)
        known.add("TLCOrganization", "publish", "unreg.publish", "publish")
        return known

    def _element(self, parent: Element, kind: Kind) -> Element:
        """Append the document element; its `name` is the subtype, as in the IRI."""
        attributes = {"name": kind.subtype or kind.element, "contains": "originalVersion"}
        return sub(parent, kind.element, attributes)

    def _history(
        self, meta: Element, metadata: Metadata, work: Work, kind: Kind, known: References, speakers: Speakers
    ) -> tuple[str, str] | None:
        """Append `lifecycle` (the text) and `workflow` (the steps before it); return IRI and title of the first version."""
        if not kind.cited:
            workflow(meta, metadata, work, known, speakers)
            return None
        lifecycle = sub(meta, "lifecycle", {"source": "#publish"})
        event = workflow(meta, metadata, work, known, speakers)
        attributes = {"eId": "eref_1", "date": work.date, "source": "#original"}
        attributes |= {"refersTo": event} if event else {}
        sub(lifecycle, "eventRef", attributes | {"type": "generation"})
        cited = kind.cited if work.number else kind.cited.partition(",")[0].partition("{")[0].strip()
        return work.expression, cited.format(number=metadata.number or work.number)

    def _component_of(self, work: Work, editor: str) -> Callable[[Element, n.Section, int], None]:
        """Return a function that writes a section of a collection as a separate document."""

        def component(parent: Element, section: n.Section, number: int) -> None:
            eid = self.content.ids.new("component")
            holder = sub(parent, "component", {"eId": eid})
            inner = self.jurisdiction.kinds.get("document") or Kind(subtype="document")
            element = self._element(holder, inner)
            own = replace(
                work,
                document_type=inner.element,
                subtype=inner.subtype,
                number=f"{work.number}-{number}" if work.number else "",
                name=f"{work.name}-{number}",
                aliases=(),
            )
            identification(sub(element, "meta"), own, editor)
            self.content.remember(section, holder)
            part = Part(
                element=element,
                content=self.content,
                jurisdiction=self.jurisdiction,
                title=section.title,
                subtitle="",
                front=(),
                blocks=section.blocks,
                language=self.content.numbered.document.metadata.language,
                speakers=NOBODY,
                component=component,
                prefix=eid,
            )
            BODIES[inner.element](part)

        return component

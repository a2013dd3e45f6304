"""Any other document as a `doc`: titled blocks in a main body (`tblock` lets text follow a nested heading)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publish.akomantoso.names import XML
from publish.writers.akn.agents import References, first, slug
from publish.writers.akn.content import Content
from publish.writers.akn.work import Work, identification, references
from publish.writers.akn.xml import Ids, sub

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "document"


def write(root: Element, content: Content, ids: Ids, made: str) -> list[str]:
    """Append the doc; returns what had to be said without the manuscript saying it."""
    document = content.numbered.document
    metadata = document.metadata
    assumed: list[str] = []
    element = sub(root, "doc", {"name": NAME, "contains": "originalVersion"})
    meta = sub(element, "meta")
    country = metadata.country.lower()
    if not country:
        country = "xx"
        assumed.append("no country is given; 'xx' stands for it")
    known = References(country)
    known.add("TLCOrganization", "publish", "unreg.publish", "publish")
    author = _author(content, known)
    if not author:
        author = known.add("TLCOrganization", "unknown", "unreg.unknown", "unknown")
        assumed.append("no author or publisher is given; 'unknown' stands for one")
    author_role = known.add("TLCRole", "author", "author", "Author")
    editor_role = known.add("TLCRole", "editor", "editor", "Editor of the markup")
    date = metadata.date("published") or next((d.date for d in metadata.dates), None)
    if date is None:
        assumed.append(f"no date is given; {made}, the day on which the file was made, stands for it")
    work = Work(
        document_type="doc",
        country=country,
        subtype=NAME,
        actor="" if author == "#unknown" else author.removeprefix("#"),
        date=date.isoformat() if date else made,
        date_name="published" if metadata.date("published") else "generation",
        number=slug(metadata.number) if metadata.number else "",
        name=slug(content.numbered.title),
        language=metadata.language,
        aliases=tuple((i.scheme, i.value) for i in metadata.identifiers),
        author=author,
        author_role=author_role,
        made=made,
    )
    identification(meta, work, editor_role)
    references(meta, known, None)
    lang = {f"{{{XML}}}lang": metadata.language} if metadata.language else {}
    if document.title or document.front or metadata.subtitle:
        preface = sub(element, "preface", {"eId": "preface"} | lang)
        content.title(preface)
        content.blocks(preface, document.front, "preface")
    body = sub(element, "mainBody", {"eId": "body"} | lang)
    content.blocks(body, document.blocks, "")
    if not len(body):
        sub(body, "p", {"eId": ids.new("p")})
    return assumed


def _author(content: Content, known: References) -> str:
    metadata = content.numbered.document.metadata
    publisher = first(metadata, "publisher")
    name = metadata.body or (publisher.organisation or publisher.name if publisher else "")
    if name:
        return known.add("TLCOrganization", slug(name), f"{known.country}.{slug(name)}", name)
    author = first(metadata, "author")
    if author is None:
        return ""
    if author.organisation and not author.name:
        return known.organisation(author.organisation)
    return known.add("TLCPerson", slug(author.name), f"{known.country}.{slug(author.name)}", author.name)

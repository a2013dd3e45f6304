"""Rules for the targets of attributes: local references to the right class, IRIs of the convention, the ontology."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from publish.verify.akn.tree import Fault, Tree, fault, inside, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CODE = "PUB-V019"

ONE = (
    "by", "to", "as", "source", "outcome", "for", "pos", "period", "alternativeTo", "placementBase", "choice",
    "start", "end", "pivot", "exclusion", "upTo", "from", "duration", "href", "src",
)  # fmt: skip
"""Attributes that contain one reference."""

EITHER = frozenset({"pos", "upTo", "from"})
"""Attributes from `ONE` that may contain other values."""

AGENTS = frozenset({"TLCPerson", "TLCOrganization"})

CLASSES = {"by": AGENTS, "to": AGENTS, "source": AGENTS, "as": frozenset({"TLCRole"})}
"""Permitted targets of an attribute (schema, agentRef and roleRef)."""

COUNTED = frozenset({"voting", "recount", "quorumVerification", "count", "keyword"})
"""Elements whose `refersTo` may point outside the references."""

PLACES = frozenset({"img", "object", "componentData", "componentRef", "attachment", "documentRef"})
"""Elements whose reference may be a file of the package."""

_ONTOLOGY = re.compile(r"(/akn)?/ontology/(?P<kind>[A-Za-z.]+)/.+")
_WEB = re.compile(r"https?://[^/\s]+(/|$)")
_ADDRESS = re.compile(r"https?://[^/\s]+|mailto:\S+@|ftp://|[/!~]")


def references(tree: Tree) -> Iterator[Fault]:
    """Check references of all types."""
    for element in tree.elements:
        values = [(name, str(element.get(name))) for name in ONE if element.get(name) is not None]
        values += [("refersTo", value) for value in (element.get("refersTo") or "").split()]
        for name, value in values:
            if value.startswith("#"):
                target = tree.target(element, value[1:])
                if target is None:
                    yield fault(CODE, f"Target not found: {name} '{value}'", element)
                else:
                    yield from _class(element, name, value, target)
            elif name in {"href", "src"}:
                yield from _iri(element, name, value)
            elif name in {"refersTo", *CLASSES} and not (_ONTOLOGY.fullmatch(value) or _WEB.match(value)):
                yield fault(CODE, f"{name} '{value}' is neither an eId nor an IRI of the ontology", element)


def _class(element: Element, name: str, value: str, target: Element) -> Iterator[Fault]:
    kind = local(target)
    allowed = CLASSES.get(name)
    if name == "source" and local(element) == "eventRef":
        allowed = None
    if name == "href" and local(element) == "FRBRauthor":
        allowed = AGENTS
    if allowed is not None and kind not in allowed:
        yield fault(
            CODE, f"{name} '{value}' points to <{kind}>, not to {' or '.join(sorted(allowed))}", element
        )
    elif name == "refersTo" and not inside(target, "references") and local(element) not in COUNTED:
        yield fault(
            CODE,
            f"Attribute refersTo '{value}' points to <{kind}>, which is not among the references",
            element,
        )


def _iri(element: Element, name: str, value: str) -> Iterator[Fault]:
    kind = local(element)
    if not value.strip():
        if kind != "FRBRauthor":
            yield fault(CODE, f"{name} is empty", element)
    elif re.search(r"\s", value):
        yield fault(CODE, f"{name} '{value}' contains white space", element)
    elif kind == "a":
        if not _ADDRESS.match(value):
            yield fault(CODE, f"Invalid address: '{value}'", element)
    elif kind in PLACES or (kind.startswith(("TLC", "FRBRauthor", "keyword")) and _WEB.match(value)):
        pass
    elif not value.startswith(("/akn/", "!", "~")):
        yield fault(
            CODE, f"{name} '{value}' is neither an IRI that begins with /akn/ nor a local IRI", element
        )
    elif value.startswith("/akn/") and not value.startswith("/akn/ontology/"):
        parts = re.split(r"[#~!]", value[len("/akn/") :])[0].strip("/").split("/")
        dated = any(re.match(r"\d{4}(-\d\d-\d\d)?", part) for part in parts[2:])
        if len(parts) < 3 or not re.fullmatch(r"[a-z]{2}(-\w+)?", parts[0]) or not dated:
            yield fault(CODE, f"{name} '{value}' does not name the country, document type and date", element)


def ontology(tree: Tree) -> Iterator[Fault]:
    """Check that each entry of the ontology has a `showAs`, names the class of its element, and occurs once."""
    known: dict[tuple[Element | None, str, str], str] = {}
    for element in tree.elements:
        name, href = local(element), element.get("href") or ""
        if not name.startswith("TLC"):
            continue
        if not (element.get("showAs") or "").strip():
            yield fault(CODE, "Attribute showAs is empty", element)
        match = _ONTOLOGY.fullmatch(href)
        kind = name.removeprefix("TLC").lower()
        if match and match["kind"].lower() not in {kind, f"{kind}s"}:
            yield fault(CODE, f"'{href}' names a class other than that of its element", element)
        key = (tree.owner[element], name, href)
        if href and key in known:
            yield fault(CODE, f"Duplicate href: '{href}' is also the href of '{known[key]}'", element)
        known[key] = element.get("eId") or ""

"""Active content of an Akoma Ntoso file: scripts, event handlers, inclusions, and addresses that run code.

The writer keeps a document that was read from Akoma Ntoso as it is, so this content would reach a publication.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from publish.akn.names import NAMESPACE
from publish.readers.addresses import is_address
from publish.readers.svg import UnsafeError, cleaned
from publish.xml_parsers import closed_parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

XINCLUDE = "http://www.w3.org/2001/XInclude"
SVG = "http://www.w3.org/2000/svg"
XHTML = "http://www.w3.org/1999/xhtml"
MATHML = "http://www.w3.org/1998/Math/MathML"
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"

HTML_ELEMENTS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "ins",
        "kbd",
        "li",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
    ]
)
"""Elements of HTML that only show text."""

HTML_ATTRIBUTES = frozenset(
    [
        "abbr",
        "align",
        "border",
        "cellpadding",
        "cellspacing",
        "class",
        "cols",
        "colspan",
        "dir",
        "headers",
        "height",
        "href",
        "id",
        "lang",
        "name",
        "rowspan",
        "scope",
        "span",
        "start",
        "title",
        "type",
        "valign",
        "value",
        "width",
    ]
)
"""Attributes of these elements that load nothing and run nothing; an address must be one that a document can link to."""

DATA = frozenset({"to", "from", "by", "values", "begin", "end", "handler", "event"})
"""Attributes that can set an address or begin an action in drawings and forms."""

ADDRESSES = frozenset(
    [
        "href",
        "src",
        "action",
        "formaction",
        "data",
        "poster",
        "background",
        "srcdoc",
        "srcset",
        "cite",
        "longdesc",
        "ping",
    ]
)
"""Attributes with an address."""

LINKS = frozenset(["a", "ref"])
"""Elements whose address is required; without it they become plain text."""

INSTRUCTIONS = frozenset({"xml-model"})
"""Processing instructions that stay: a browser does not follow them."""

_RUNS = re.compile(
    r"(?:javascript|vbscript|livescript|mocha|data(?!:image/(?:png|jpeg|gif)[;,])):", re.IGNORECASE
)
_STYLED = re.compile(r"url\s*\(|@import|expression\s*\(|image-set|-moz-binding|\\", re.IGNORECASE)
_BELOW = re.compile(r"[\w][\w./-]*\.css")
_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0]+")


def remove_active_content(root: Element) -> list[str]:
    """Remove active content from a file, and return what was removed.

    Of elements from other namespaces, only formulas, drawings without active content and text in HTML stay as they are; of all
    others, addresses, event handlers and what can set them go.
    """
    found = [f"processing instruction '{name}'" for name in unsafe_instructions(root)]
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element)
        if _is_removed(element):
            continue
        if element.get(XML_BASE) is not None:
            found.append("base address")
            del element.attrib[XML_BASE]
        if name.namespace == SVG:
            found += _drawing(element)
        elif name.namespace == XINCLUDE or (name.namespace == XHTML and name.localname not in HTML_ELEMENTS):
            found.append(f"element '{name.localname}'")
            _remove(element)
        elif name.namespace == NAMESPACE:
            found += _own_attributes(element, name.localname)
        else:
            found += _foreign_attributes(element, html=name.namespace == XHTML)
    return found


def unsafe_instructions(root: Element) -> list[str]:
    """Return the names of the processing instructions that a browser or a server could follow; remove those within the root."""
    within: list[Any] = list(root.iter(etree.ProcessingInstruction))
    around: list[Any] = [*root.itersiblings(preceding=True), *root.itersiblings()]
    found = []
    for node in [*around, *within]:
        text = etree.tostring(node, with_tail=False, encoding="unicode")
        if is_unsafe_instruction(text):
            found.append(str(node.target))
            if node.getparent() is not None:
                _remove(node)
    return found


def is_unsafe_instruction(xml: str) -> bool:
    """Return whether a text is a processing instruction that does not stay; comments and others are safe.

    A style sheet stays if it is CSS next to the file.
    """
    target = re.match(r"<\?([^\s?>]+)", xml)
    if target is None or target[1] in INSTRUCTIONS:
        return False
    address = re.search(r"""href\s*=\s*["']([^"']*)["']""", xml)
    is_css = target[1] == "xml-stylesheet" and re.search(r"""type\s*=\s*["']text/css["']""", xml) is not None
    return not (is_css and address is not None and _BELOW.fullmatch(address[1]) is not None)


def _is_removed(element: Element) -> bool:
    """Return whether an element is in a drawing or another element that was removed or rewritten."""
    top = element
    while (parent := top.getparent()) is not None:
        top = parent
    return top.tag != f"{{{NAMESPACE}}}akomaNtoso"


def _drawing(element: Element) -> list[str]:
    """Rewrite a drawing with listed content only; remove one that is not safe."""
    copied = etree.tostring(element, with_tail=False)
    try:
        made = etree.fromstring(cleaned(copied), closed_parser())
    except (UnsafeError, etree.XMLSyntaxError):
        _remove(element)
        return ["drawing"]
    if etree.tostring(made, method="c14n") == etree.tostring(
        etree.fromstring(copied, closed_parser()), method="c14n"
    ):
        return []
    parent = element.getparent()
    if parent is not None:
        made.tail = element.tail
        parent.replace(element, made)
    return ["content of a drawing"]


def _own_attributes(element: Element, name: str) -> list[str]:
    found = []
    for key, value in list(element.attrib.items()):
        own = etree.QName(str(key)).localname.lower()
        if own == "style" and _STYLED.search(str(value)):
            found.append(f"style '{str(value)[:40]}'")
            del element.attrib[key]
        elif own in ADDRESSES and _RUNS.match(_SPACE.sub("", str(value))):
            found.append(f"address '{str(value)[:40]}'")
            del element.attrib[key]
            if name in LINKS:
                element.tag = f"{{{NAMESPACE}}}span"
    return found


def _foreign_attributes(element: Element, *, html: bool) -> list[str]:
    found = []
    for key, value in list(element.attrib.items()):
        own = etree.QName(str(key)).localname.lower()
        text = str(value)
        unsafe = own.startswith("on") or own in DATA or (own in ADDRESSES and not _is_link(text))
        if (
            unsafe
            or (own == "style" and _STYLED.search(text))
            or (html and own not in HTML_ATTRIBUTES and own != "style")
        ):
            found.append(
                f"event handler '{own}'"
                if own.startswith("on")
                else f"attribute '{own}' of a foreign element"
            )
            del element.attrib[key]
    return found


def _is_link(address: str) -> bool:
    return address.startswith("#") or is_address(address)


def _remove(element: Element) -> None:
    """Remove an element, but not the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)

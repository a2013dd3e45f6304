"""SVG drawings that can come from an untrusted source: only listed elements, attributes and CSS stay, and the file is rewritten.

A drawing goes into EPUB, Word and HTML files, whose readers run scripts and load addresses. So nothing is searched for and
removed: what is not listed here is not in the result. A drawing with content that shows something, and cannot be kept safely,
is rejected as a whole.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING, Any

import tinycss2
from lxml import etree

from publish.readers.image_metadata import without_metadata
from publish.readers.svg_names import EFFECTS, ELEMENTS, FUNCTIONS, GEOMETRY, INVISIBLE, PROPERTIES
from publish.readers.svg_unseen import remove_unseen
from publish.xml_parsers import closed_parser

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML = "{http://www.w3.org/XML/1998/namespace}"

IMAGES = {"image/png": b"\x89PNG", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}
"""Types of images in a drawing, and how they begin."""

MOST_ELEMENTS = 100_000
"""Largest number of elements that are drawn, with those that `use`, markers and patterns repeat."""

LARGEST_NUMBER = 1e7
MOST_EFFECTS = 200
DEEPEST = 200
NESTED = 3
"""Depth of drawings in drawings."""

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


_NAMESPACES: Any = {None: SVG[1:-1], "xlink": XLINK[1:-1]}


class UnsafeError(ValueError):
    """A drawing cannot be shown safely; the message says why."""


def cleaned(data: bytes, depth: int = 0) -> bytes:
    """Return a drawing with listed content only.

    Raises:
        UnsafeError: if it is not SVG, or contains what cannot be kept.
    """
    parser = closed_parser(remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafeError(f"not well-formed: {error}") from None
    if root.tag != f"{SVG}svg":
        raise UnsafeError("not in the namespace of SVG")
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in data:
        raise UnsafeError("declares entities")
    made = _element(root, depth, 0)
    if made is None:
        raise UnsafeError("shows nothing")
    _check_repetitions(made)
    remove_unseen(made)
    etree.cleanup_namespaces(made)
    return etree.tostring(made, encoding="unicode").encode()


def _element(element: Element, depth: int, level: int) -> Element | None:
    """Return a clean copy of an element; None if it shows nothing."""
    if level > DEEPEST:
        raise UnsafeError("nested too deeply")
    if not isinstance(element.tag, str):
        raise UnsafeError("contains an entity")
    name = element.tag.removeprefix(SVG)
    if not element.tag.startswith(SVG) or name in INVISIBLE:
        if element.tag.startswith("{http://www.w3.org/1999/xhtml}"):
            raise UnsafeError("contains HTML")
        return None
    in_switch = getattr(element.getparent(), "tag", "") == f"{SVG}switch"
    if name == "foreignObject" and in_switch:
        return None  # the switch also contains what programs without HTML show
    if name not in ELEMENTS:
        raise UnsafeError(f"contains the element '{name[:40]}'")
    made = etree.Element(SVG + ("g" if name == "a" else name), nsmap=_NAMESPACES)
    for key, value in element.attrib.items():
        kept = _attribute(name, str(key), str(value), depth)
        if kept is not None:
            made.set(*kept)
    made.text = _sheet(element.text or "") if name == "style" else element.text
    last = None
    for child in element:
        inner = _element(child, depth, level + 1) if name != "style" else None
        if inner is not None:
            inner.tail, last = child.tail, inner
            made.append(inner)
        elif last is not None:
            last.tail = (last.tail or "") + (child.tail or "")
        elif name != "style":
            made.text = (made.text or "") + (child.tail or "")
    return made


def _attribute(name: str, key: str, value: str, depth: int) -> tuple[str, str] | None:
    """Return the name and the value of an attribute that stays.

    Raises:
        UnsafeError: if it runs code or loads an address.
    """
    if key in {"href", f"{XLINK}href"}:
        return _reference(name, value.strip(), depth)
    if key in {f"{XML}space", f"{XML}lang"}:
        return key, value
    if key.startswith("on"):
        raise UnsafeError(f"contains the event handler '{key[:40]}'")
    if key == "style":
        return key, _declarations(value)
    if key in PROPERTIES:
        if "(" in value or "\\" in value:
            _check_values(tinycss2.parse_component_value_list(value))
        return key, value
    if key in GEOMETRY:
        _check_numbers(value)
        return key, value
    return None


def _reference(name: str, value: str, depth: int) -> tuple[str, str] | None:
    if name == "a":
        return None
    if value.startswith("#"):
        return f"{XLINK}href", value
    if name != "image" or not value.startswith("data:"):
        raise UnsafeError(f"refers to '{value[:60]}'")
    head, _, body = value.removeprefix("data:").partition(",")
    kind, _, coding = head.partition(";")
    try:
        data = base64.b64decode(re.sub(r"\s", "", body), validate=True) if coding.strip() == "base64" else b""
    except (binascii.Error, ValueError):
        data = b""
    kind = kind.strip().lower()
    if kind == "image/svg+xml" and data and depth < NESTED:
        data = cleaned(data, depth + 1)
    elif not data or not data.startswith(IMAGES.get(kind, b"\0never")):
        raise UnsafeError(f"contains an image of the type '{head[:40]}'")
    else:
        data = without_metadata(kind, data)
    return f"{XLINK}href", f"data:{kind};base64,{base64.b64encode(data).decode()}"


# CSS


def _sheet(text: str) -> str:
    """Return a style sheet with listed properties only."""
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    out = []
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in {"import", "namespace"}:
            raise UnsafeError(f"style sheet with @{rule.lower_at_keyword}")
        if rule.type != "qualified-rule":
            continue  # other media, fonts and errors
        _check_values(rule.prelude, selector=True)
        body = _declarations(tinycss2.serialize(rule.content))
        out.append(f"{tinycss2.serialize(rule.prelude).strip()} {{ {body} }}")
    return "\n".join(out)


def _declarations(text: str) -> str:
    found = tinycss2.parse_declaration_list(text, skip_comments=True, skip_whitespace=True)
    out = []
    for declaration in found:
        if declaration.type == "at-rule" and declaration.lower_at_keyword == "import":
            raise UnsafeError("style with @import")
        if declaration.type != "declaration":
            continue
        _check_values(declaration.value)
        if declaration.lower_name in PROPERTIES:
            important = " !important" if declaration.important else ""
            out.append(
                f"{declaration.lower_name}: {tinycss2.serialize(declaration.value).strip()}{important}"
            )
    return "; ".join(out)


def _check_values(values: list[Any], *, selector: bool = False) -> None:
    """Reject functions that are not listed, and addresses outside the drawing."""
    for value in values:
        if value.type == "url":
            _check_url(value.value)
        elif value.type == "function":
            if value.lower_name == "url":
                _check_url("".join(v.value for v in value.arguments if v.type == "string"))
            elif value.lower_name not in FUNCTIONS and not selector:
                raise UnsafeError(f"style with the function '{value.name[:40]}()'")
            _check_values(value.arguments, selector=selector)
        elif value.type in {"() block", "[] block", "{} block"}:
            _check_values(value.content, selector=selector)
        elif value.type == "error":
            raise UnsafeError(f"style that cannot be read: {value.message}")
        elif value.type in {"number", "percentage", "dimension"} and abs(value.value) > LARGEST_NUMBER:
            raise UnsafeError(f"number {value.representation[:20]}")


def _check_url(address: str) -> None:
    if not address.strip().startswith("#"):
        raise UnsafeError(f"style refers to '{address.strip()[:60]}'")


# Size


def _check_numbers(value: str) -> None:
    if len(value) > 20 and not any(c.isdigit() for c in value[:4000]):
        return
    for number in _NUMBER.finditer(value):
        text = number[0]
        if len(text) > 60 or abs(float(text)) > LARGEST_NUMBER:
            raise UnsafeError(f"number {text[:20]}")


def _check_repetitions(root: Element) -> None:
    """Reject a drawing that draws very many elements because `use`, markers and patterns repeat them, or has many effects."""
    known = {str(element.get("id")): element for element in root.iter(etree.Element) if element.get("id")}
    effects = sum(1 for element in root.iter(etree.Element) if str(element.tag).removeprefix(SVG) in EFFECTS)
    if effects > MOST_EFFECTS:
        raise UnsafeError(f"more than {MOST_EFFECTS} filter effects")
    counts: dict[str, float] = {}

    def target(element: Element, attribute: str) -> str:
        value = str(element.get(attribute) or "")
        found = re.search(r"#([^\s\"')]+)", value)
        return found[1] if found else ""

    def count(element: Element, around: frozenset[str]) -> float:
        total = 1.0
        for child in element:
            total += count(child, around)
        name = str(element.tag).removeprefix(SVG)
        if name == "use":
            total += referred(target(element, f"{XLINK}href"), around)
        style = str(element.get("style") or "")
        for kind in ("marker-start", "marker-mid", "marker-end", "marker"):
            mark = target(element, kind) or _in_style(style, kind)
            if mark:
                points = len(_NUMBER.findall(str(element.get("d") or element.get("points") or ""))) // 2 + 1
                total += points * referred(mark, around)
        for kind in ("fill", "stroke", "mask", "clip-path", "filter"):
            total += referred(target(element, kind) or _in_style(style, kind), around)
        if total > MOST_ELEMENTS:
            raise UnsafeError(f"draws more than {MOST_ELEMENTS:,} elements")
        return total

    def referred(name: str, around: frozenset[str]) -> float:
        if name not in known:
            return 0.0
        if name in around:
            raise UnsafeError("element that contains itself")
        if name not in counts:
            counts[name] = count(known[name], around | {name})
        return counts[name]

    count(root, frozenset())


def _in_style(style: str, name: str) -> str:
    found = re.search(rf"(?:^|[;\s]){name}\s*:\s*url\(\s*[\"']?#([^\s\"')]+)", style)
    return found[1] if found else ""

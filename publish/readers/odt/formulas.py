"""Conversion of formulas in MathML to TeX, with one run of pandoc per file."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree
from msgspec.structs import replace

from publish.diagnostics import PublishError
from publish.model import nodes as n
from publish.readers.odt.names import MATH
from publish.readers.office.formulas import FORMULA, tex_of
from publish.readers.pandoc.program import run
from publish.readers.trees import local, remove

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TIME_LIMIT = 20
"""Seconds for all formulas of a file."""

_ANNOTATIONS = (MATH + "annotation", MATH + "annotation-xml")


def as_tex(formulas: Sequence[Element]) -> list[str | None]:
    """Return the TeX of each formula; None for a formula that pandoc cannot convert."""
    if not formulas:
        return []
    parts = []
    for formula in formulas:
        copied = etree.fromstring(etree.tostring(formula, with_tail=False))
        for annotation in list(copied.iter(*_ANNOTATIONS)):
            remove(annotation)
        etree.cleanup_namespaces(copied)
        parts.append(etree.tostring(_plain(copied), encoding="unicode"))
    page = "<html><body>" + "".join(f"<p>{part}</p>" for part in parts) + "</body></html>"
    try:
        tree, _ = run(page.encode(), "html", TIME_LIMIT)
    except (subprocess.SubprocessError, ValueError, PublishError):
        return [None] * len(formulas)
    blocks = tree["blocks"]
    if len(blocks) != len(formulas):
        return [None] * len(formulas)
    return [tex_of(block) for block in blocks]


def _plain(root: Element) -> Element:
    """Return the element with names without prefixes, as HTML requires."""
    plain = (
        etree.Element("math", {"xmlns": MATH[1:-1]}) if root.tag == MATH + "math" else etree.Element("span")
    )
    _copy(root, plain)
    return plain


def _copy(source: Element, target: Element) -> None:
    target.text = source.text
    for child in source:
        if not local(child):
            continue
        plain = {str(key): str(value) for key, value in child.attrib.items() if "}" not in str(key)}
        made = etree.SubElement(target, local(child), plain)
        _copy(child, made)
        made.tail = child.tail


def letters(formula: Element) -> str:
    """Return the characters of a formula in order, for a formula without TeX."""
    inside = (e for e in formula.iter() if e.tag not in _ANNOTATIONS)
    return "".join((e.text or "").strip() for e in inside)


def displayed(inlines: tuple[n.Inline, ...]) -> tuple[n.Inline, ...]:
    """Return the inlines of a paragraph; a formula that stands alone in it is displayed on a line of its own."""
    if len(inlines) != 1 or not isinstance(inlines[0], n.RawInline) or inlines[0].format != FORMULA:
        return inlines
    return (replace(inlines[0], text=inlines[0].text.replace("inline", "display")),)

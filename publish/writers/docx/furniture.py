"""Header and footer in Word: the same lines as in print, as far as a header and a footer can hold them."""

from __future__ import annotations

from docx.oxml.parser import parse_xml

from publish.style.docx import half_points
from publish.style.furniture import lines, values
from publish.style.tokens import Furniture
from publish.writers.docx.package import NAMESPACES, Package
from publish.writers.docx.runs import field, run


def add(package: Package) -> None:
    """Write header and footer of the first page and of the others."""
    section = package.document.sections[0]
    section.different_first_page_header_footer = True
    known = values(package.numbered.document.metadata, package.numbered.title)
    pages = {
        "first": (section.first_page_header, section.first_page_footer),
        "rest": (section.header, section.footer),
    }
    for page, (header, footer) in pages.items():
        for place, edge in ((header, "top"), (footer, "bottom")):
            chosen = [
                f for f in package.style.page.furniture if f.box.startswith(edge) and f.on in {"all", page}
            ]
            place.is_linked_to_previous = False
            style = "Header" if edge == "top" else "Footer"
            content = _content(package, chosen, known, style)
            element = place._element  # noqa: SLF001 - python-docx has no call to set XML
            for child in list(element):
                element.remove(child)
            for child in list(parse_xml(f"<w:hdr {NAMESPACES}>{content}</w:hdr>")):
                element.append(child)


def _content(package: Package, furniture: list[Furniture], known: dict[str, str], style: str) -> str:
    """Lines at the left one below the other; what stands at the right follows the last of them after a tab."""
    left = [(f, line) for f in furniture if "right" not in f.box for line in lines(f, known) if line.strip()]
    right = [(f, line) for f in furniture if "right" in f.box for line in lines(f, known) if line.strip()]
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{package.text_width}"/></w:tabs>'
    rows = [_line(*entry) for entry in left] or [""]
    rows[-1] += "".join("<w:r><w:tab/></w:r>" + _line(*entry) for entry in right)
    return "".join(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{tab}</w:pPr>{row}</w:p>' for row in rows)


def _line(furniture: Furniture, line: str) -> str:
    size = half_points(furniture.size)
    bold = "<w:b/>" if furniture.weight == "bold" else ""
    colour = f'<w:color w:val="{furniture.colour.lstrip("#")}"/>' if furniture.colour else ""
    look = f'<w:rPr>{bold}{colour}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    out: list[str] = []
    for index, part in enumerate(line.split("{page}")):
        if index:
            out.append(field("PAGE", "1"))
        out.append(run(part).replace("<w:r>", f"<w:r>{look}") if part else "")
    return "".join(out)

"""Inlines as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from typing import assert_never

from publish.model import nodes as n
from publish.model import roles
from publish.model.text import plain_text
from publish.resolve.numbered import NumberedDocument
from publish.writers.attachments import ImageAttachments
from publish.writers.markdown.escape import address, code, escaped, value

STYLED: dict[type[n.StyledInline], tuple[str, str]] = {
    n.Emphasis: ("*", "em"),
    n.Strong: ("**", "strong"),
    n.SmallCaps: ("", ""),
    n.Superscript: ("", "sup"),
    n.Subscript: ("", "sub"),
    n.Underline: ("", "u"),
    n.Strikethrough: ("", "s"),
    n.InlineQuote: ("", "q"),
}
"""Delimiter and HTML element of each styled inline; the reader knows the elements, small capitals have a class instead."""

BREAK = "\\\n"


class Inlines:
    """Writer of the text of one document."""

    def __init__(
        self, numbered: NumberedDocument, images: ImageAttachments, label: Callable[[str], str]
    ) -> None:
        self.numbered = numbered
        self.images = images
        self.label = label
        """Function that returns the label of a note in the manuscript, by its id."""
        self.targets = frozenset(x.target for x in numbered.nodes() if isinstance(x, n.CrossReference))
        """Ids that something refers to; the manuscript needs no other ids."""

    def text(self, inlines: Iterable[n.Inline], *, heading: bool = False) -> str:
        """Return inlines on one line, except for the line breaks that they contain."""
        out = ""
        row = tuple(inlines)
        for inline, following in zip(row, (*row[1:], None), strict=False):
            if isinstance(inline, n.Emphasis | n.Strong):
                after = plain_text((following,))[:1] if following is not None else " "
                out += self._signed(inline, out, after, heading=heading)
            else:
                out += self._inline(inline, heading=heading)
        return out

    def _inline(self, inline: n.Inline, *, heading: bool) -> str:
        if isinstance(inline, n.Emphasis | n.Strong):
            return self._signed(inline, "", "", heading=heading)
        if isinstance(inline, n.StyledInline):
            tag, inside = STYLED[type(inline)][1], self.text(inline.inlines, heading=heading)
            return _element(tag, inside, inline) if tag else f"[{inside}]{{.smallcaps}}"
        match inline:
            case n.Text():
                return escaped(inline.text, heading=heading)
            case n.TextSpan():
                return self._span(inline, heading=heading)
            case n.Link():
                return self._link(inline.inlines, inline.href, inline.title, heading=heading)
            case n.Citation():
                if not inline.href:
                    return self.text(inline.inlines, heading=heading)
                return self._link(inline.inlines, inline.href, "", heading=heading)
            case n.CrossReference():
                if inline.target not in self.numbered.ids:  # target not found
                    return self.text(inline.inlines, heading=heading)
                return f"[{self.text(inline.inlines, heading=heading)}](#{inline.target})"
            case n.NoteCrossReference():
                return f"[{escaped(inline.text)}](#^{self.label(inline.note)})"
            case n.InlineCode():
                return code(inline.text)
            case n.Math():
                return f"${inline.text}$"
            case n.Image():
                return self._image(inline)
            case n.LineBreak():
                return "<br>" if heading else BREAK
            case n.NoteRef():
                return f"[^{self.label(inline.note)}]"
            case n.PageMark():
                return ""
            case n.RawInline():
                return escaped(inline.text, heading=heading)
            case _:
                assert_never(inline)

    def _signed(self, inline: n.Emphasis | n.Strong, before: str, after: str, *, heading: bool) -> str:
        """Return emphasis with a delimiter if valid (edge of a word or next to a space: CommonMark, 6.2), else an element."""
        sign, tag = STYLED[type(inline)]
        inner = self.text(inline.inlines, heading=heading)
        plain = plain_text(inline.inlines)
        opens = _is_edge(plain[:1], inner[:1], before[-1:])
        closes = _is_edge(plain[-1:], inner[-1:], after)
        if opens and closes and not before.endswith("*"):
            return f"{sign}{inner}{sign}"
        return f"<{tag}>{inner}</{tag}>"

    def _span(self, inline: n.TextSpan, *, heading: bool) -> str:
        inner = self.text(inline.inlines, heading=heading)
        if inline.role == roles.LABEL:
            return ""  # `resolve` writes it again
        if inline.role == "small":
            return f"<small>{inner}</small>"
        attributes = attributes_of(inline, self.targets)
        return f"[{inner}]{attributes}" if attributes and inner else inner

    def _link(self, inlines: tuple[n.Inline, ...], href: str, title: str, *, heading: bool) -> str:
        plain = plain_text(inlines)
        if (
            plain == href
            and not title
            and re.fullmatch(r"[a-z][a-z0-9+.-]+:[^\s<>]+", href)
            and len(inlines) == 1
        ):
            return f"<{href}>"
        target = address(href) + (f" {value(title)}" if title else "")
        return f"[{self.text(inlines, heading=heading)}]({target})"

    def _image(self, inline: n.Image) -> str:
        resource = self.numbered.document.resources.get(inline.source)
        alt = escaped(inline.alt)
        if resource is None:
            return alt
        title = f" {value(escaped(inline.title))}" if inline.title else ""
        target = address(self.images.address(inline.source, resource, inline.source))
        return f"![{alt}]({target}{title}){self._image_attributes(inline)}"

    def _image_attributes(self, inline: n.Image) -> str:
        parts = [f"#{inline.id}"] if inline.id in self.targets else []
        parts += [
            f"{name}={given}" for name, given in (("width", inline.width), ("height", inline.height)) if given
        ]
        parts += ["role=presentation"] if inline.decorative else []
        return f"{{{' '.join(parts)}}}" if parts else ""


def _is_edge(plain: str, written: str, beside: str) -> bool:
    """Return whether a delimiter is valid here; `plain` is the first or last character of the emphasis as text."""
    if not plain.strip() or written == "*":
        return False
    return (plain.isalnum() and written == plain) or beside in {"", " "}


def _element(tag: str, inner: str, node: n.Node) -> str:
    language = f' lang="{node.attrs.get("lang")}"' if node.attrs.get("lang") else ""
    return f"<{tag}{language}>{inner}</{tag}>"


def attributes_of(node: n.Node, targets: Container[str], *more: str) -> str:
    """Return the attributes of a node in curly brackets: its id, if something refers to it, its classes and its language."""
    words = [f"#{node.id}"] if node.id in targets and _is_name(node.id) else []
    words += [f".{name}" for name in node.attrs.classes if _is_name(name)]
    words += [f"lang={node.attrs.get('lang')}"] if node.attrs.get("lang") else []
    words += more
    return "{" + " ".join(words) + "}" if words else ""


def _is_name(text: str) -> bool:
    return re.fullmatch(r"[^\W\d][\w.:-]*", text) is not None

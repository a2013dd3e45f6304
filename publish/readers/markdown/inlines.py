"""Conversion of markdown-it inline tokens to inlines of the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from urllib.parse import unquote

from markdown_it.token import Token
from msgspec import Struct, field

from publish.diagnostics import Diagnostic, Span
from publish.diagnostics.codes import make
from publish.model import nodes as n
from publish.model.account import AccountEntry
from publish.model.language import as_tag, is_language
from publish.model.lengths import length
from publish.model.text import plain_text
from publish.readers.addresses import is_address
from publish.readers.images import ImageLoader
from publish.readers.markdown.positions import InlinePositions

Wrapper = Callable[..., n.Inline]

HTML_TAGS: dict[str, Wrapper] = {
    "sup": n.Superscript,
    "sub": n.Subscript,
    "em": n.Emphasis,
    "i": n.Emphasis,
    "cite": n.Emphasis,
    "strong": n.Strong,
    "b": n.Strong,
    "u": n.Underline,
    "ins": n.Underline,
    "s": n.Strikethrough,
    "del": n.Strikethrough,
    "small": n.TextSpan,
    "span": n.TextSpan,
    "q": n.InlineQuote,
}
"""Inline HTML elements that are equivalent to a node of the model; `br` and `code` are handled separately."""

MAX_OPEN = 60
"""Maximum number of HTML elements that are open at the same time in a paragraph."""

NOTE_ADDRESS = "#%5E"
"""Start of the address of a link to a note (`[4](#^label)`), as markdown-it writes it."""

_TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>[^>]*?)(?P<empty>/)?>")
_HTML_CLASS = re.compile(r"""class\s*=\s*["']?([^"'>]*)""")
_HTML_LANGUAGE = re.compile(r"""\b(lang|dir)\s*=\s*["']([^"']*)["']""", re.IGNORECASE)


class Scope(Struct):
    """State that all inlines of one manuscript share."""

    source: str
    images: ImageLoader
    diagnostics: list[Diagnostic]
    inline_notes: dict[int, str]
    """Id in the model of each note written in the text as `^[…]`, by markdown-it's number."""
    account: list[AccountEntry] = field(default_factory=list)

    def report(self, code: str, message: str, span: Span | None, hint: str = "") -> None:
        """Add a diagnostic."""
        self.diagnostics.append(make(code, message, span=span, source=self.source, hint=hint))


class _Open:
    """An inline whose end has not been read yet."""

    def __init__(self, kind: str, span: Span | None, raw: str = "", token: Token | None = None) -> None:
        self.kind = kind
        self.span = span
        self.raw = raw
        self.token = token
        self.inlines: list[n.Inline] = []


class InlineReader:
    """Reader of the tokens of one inline text."""

    def __init__(self, scope: Scope, positions: InlinePositions | None) -> None:
        self.scope = scope
        self.positions = positions
        self.stack = [_Open("", None)]

    def read(self, tokens: Sequence[Token]) -> tuple[n.Inline, ...]:
        """Return the inlines; line ends in text are kept, and `finish` converts them to spaces."""
        for token in tokens:
            self._token(token)
        while len(self.stack) > 1:
            self._unclosed()
        return tuple(self.stack[0].inlines)

    def _span(self, token: Token, length: int = 0) -> Span | None:
        if self.positions is None or token.map is None:
            return None
        start = token.map[0]
        return self.positions.span(start, start + length if length else None)

    def _add(self, inline: n.Inline) -> None:
        self.stack[-1].inlines.append(inline)

    def _token(self, token: Token) -> None:
        match token.type:
            case "text" | "text_special":
                if token.content:
                    self._text(token)
            case "softbreak":
                self._add(n.Text("\n", span=self._span(token)))
            case "hardbreak":
                self._add(n.LineBreak(span=self._span(token)))
            case "code_inline":
                self._add(n.InlineCode(token.content, attrs=attrs_of(token), span=self._span(token)))
            case "math_inline" | "math_inline_double":
                self._math(token)
            case "footnote_ref":
                self._note_ref(token)
            case "image":
                self._image(token)
            case "html_inline":
                self._html(token)
            case _ if token.nesting == 1:
                self.stack.append(_Open(token.type.removesuffix("_open"), self._span(token), token=token))
            case _ if token.nesting == -1:
                self._close(token.type.removesuffix("_close"))
            case _:
                self._raw(token.content, self._span(token))

    def _text(self, token: Token) -> None:
        self._add(n.Text(token.content, span=self._span(token, len(token.content))))

    def _math(self, token: Token) -> None:
        span = self._span(token, len(token.content) + 2 * len(token.markup))
        self._add(n.Math(token.content.strip(), display=token.markup == "$$", span=span))

    def _note_ref(self, token: Token) -> None:
        label = token.meta.get("label")
        if label is None:
            self._add(n.NoteRef(self.scope.inline_notes[token.meta["id"]], span=self._span(token)))
            return
        literal = f"[^{label}]"
        attrs = n.Attrs(values=(("literal", literal),))
        self._add(n.NoteRef(label, attrs=attrs, span=self._span(token, len(literal))))

    def _image(self, token: Token) -> None:
        span = self._span(token)
        address = str(token.attrGet("src") or "")
        key = self.scope.images.load(address, span)
        children = token.children or []
        if any(child.type == "footnote_ref" for child in children):
            self.scope.report("PUB-N005", "Note call in the alternative text of an image", span)
        alt = plain_text(InlineReader(self.scope, None).read(children)).replace("\n", " ")
        given = attrs_of(token, "src", "alt", "title", "width", "height", "role", "id")
        decorative = token.attrGet("role") in {"presentation", "none"} or token.meta.get("decorative", False)
        if not alt.strip() and not decorative:
            self.scope.report("PUB-R019", f"Image '{key}' has no alternative text", span)
        sizes = {name: self._length(token, name, span) for name in ("width", "height")}
        self._add(
            n.Image(
                key,
                "" if decorative else alt,
                str(token.attrGet("title") or ""),
                **sizes,
                decorative=decorative,
                id=str(token.attrGet("id") or ""),
                attrs=given,
                span=span,
            )
        )

    def _length(self, token: Token, name: str, span: Span | None) -> str:
        """Return a length that the braces after an image give."""
        text = str(token.attrGet(name) or "")
        found = length(text)
        if text and not found:
            message = f"Invalid {name} of an image: '{text}' (examples: 50%, 4cm, 300px)"
            self.scope.report("PUB-R069", message, span)
        return found

    def _close(self, kind: str) -> None:
        while len(self.stack) > 1 and self.stack[-1].kind != kind:
            self._unclosed()
        if len(self.stack) == 1:
            return
        opened = self.stack.pop()
        inlines = tuple(opened.inlines)
        match kind:
            case "em":
                self._add(n.Emphasis(inlines, span=opened.span))
            case "strong":
                self._add(n.Strong(inlines, span=opened.span))
            case "s":
                self._add(n.Strikethrough(inlines, span=opened.span))
            case "link":
                self._link(opened, inlines)
            case "span":
                self._add(styled(inlines, attrs_of(opened.token), opened.span))
            case _:
                self.stack[-1].inlines.extend(inlines)

    def _link(self, opened: _Open, inlines: tuple[n.Inline, ...]) -> None:
        assert opened.token is not None, "Link must be opened by a token"
        href = str(opened.token.attrGet("href") or "")
        attrs = attrs_of(opened.token, "href", "title")
        if href.startswith(NOTE_ADDRESS):
            note = unquote(href.removeprefix(NOTE_ADDRESS))
            text = plain_text(inlines).strip()
            self._add(n.NoteCrossReference(note, text, attrs=attrs, span=opened.span))
            return
        if href.startswith("#"):
            self._add(n.CrossReference(inlines, href[1:], attrs=attrs, span=opened.span))
            return
        if not is_address(href):
            hint = "Give the full address, or `#id` for a place in this document"
            self.scope.report("PUB-R017", f"Link to '{href}' is published as plain text", opened.span, hint)
            self.stack[-1].inlines.extend(inlines)
            return
        title = str(opened.token.attrGet("title") or "")
        self._add(n.Link(inlines, href, title, attrs=attrs, span=opened.span))

    def _html(self, token: Token) -> None:
        span = self._span(token, len(token.content))
        if token.content.startswith("<!--"):
            return
        tag = _TAG.fullmatch(token.content)
        name = tag["name"].lower() if tag else ""
        if tag is None or (name not in HTML_TAGS and name not in {"br", "code", "kbd", "samp", "wbr"}):
            self._raw(token.content, span)
        elif name == "br":
            self._add(n.LineBreak(span=span))
        elif name == "wbr":
            self._add(n.Text("\u200b", span=span))
        elif not tag["close"] and len(self.stack) > MAX_OPEN:
            self._raw(token.content, span)
        elif not tag["close"]:
            self.stack.append(_Open(f"<{name}>", span, raw=token.content))
        elif any(o.kind == f"<{name}>" for o in self.stack):
            while self.stack[-1].kind != f"<{name}>":
                self._unclosed()
            self._close_html(name)
        else:
            self._raw(token.content, span)

    def _close_html(self, name: str) -> None:
        opened = self.stack.pop()
        inlines = tuple(opened.inlines)
        if name in {"code", "kbd", "samp"}:
            self._add(n.InlineCode(plain_text(inlines), span=opened.span))
            return
        classes = _HTML_CLASS.search(opened.raw)
        values = tuple((name.lower(), unescape(value)) for name, value in _HTML_LANGUAGE.findall(opened.raw))
        values = tuple(pair for pair in values if pair[0] == "dir" or is_language(pair[1]))
        attrs = n.Attrs(tuple(unescape(classes[1]).split()) if classes else (), values)
        if HTML_TAGS[name] is n.TextSpan:
            self._add(styled(inlines, attrs, opened.span, role="small" if name == "small" else ""))
        else:
            self._add(HTML_TAGS[name](inlines, attrs=attrs, span=opened.span))

    def _unclosed(self) -> None:
        """Close an inline without an end, and keep its content at the same position."""
        opened = self.stack.pop()
        if opened.raw:
            self._raw(opened.raw, opened.span)
        self.stack[-1].inlines.extend(opened.inlines)

    def _raw(self, text: str, span: Span | None) -> None:
        self.scope.report("PUB-R010", f"HTML {text!r} has no effect", span)
        self._add(n.RawInline("html", text, span=span))


def styled(inlines: tuple[n.Inline, ...], attrs: n.Attrs, span: Span | None, role: str = "") -> n.Inline:
    """Return a span; some classes have a specific node."""
    identifier = attrs.get("id")
    values = tuple((k, v) for k, v in attrs.values if k != "id")
    classes = tuple(name for name in attrs.classes if name not in CLASS_NODES)
    for name in attrs.classes:
        if name in CLASS_NODES:
            inlines = (CLASS_NODES[name](inlines, span=span),)
    if len(inlines) == 1 and len(classes) < len(attrs.classes) and not (classes or values or identifier):
        return inlines[0]
    return n.TextSpan(inlines, role, id=identifier, attrs=n.Attrs(classes, values), span=span)


CLASS_NODES: dict[str, type[n.SmallCaps | n.Underline]] = {
    "smallcaps": n.SmallCaps,
    "underline": n.Underline,
}


def attrs_of(token: Token | None, *but: str) -> n.Attrs:
    """Return the attributes that `{…}` in the source gives a token, without those that markdown-it uses."""
    if token is None:
        return n.NO_ATTRS
    values = {str(k): str(v) for k, v in token.attrs.items() if k not in but}
    if "lang" in values:
        values["lang"] = as_tag(values["lang"])
    if "lang" in values and not is_language(values["lang"]):
        del values["lang"]  # an invalid tag would make every output invalid
    classes = tuple(values.pop("class", "").split())
    if not classes and not values:
        return n.NO_ATTRS
    return n.Attrs(classes, tuple(values.items()))

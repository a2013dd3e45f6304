"""Text of a line of Markdown without its markup."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct, field

KNOWN_TAGS = frozenset(
    [
        "sup",
        "sub",
        "em",
        "i",
        "strong",
        "b",
        "u",
        "ins",
        "s",
        "del",
        "small",
        "span",
        "q",
        "br",
        "wbr",
        "code",
        "kbd",
        "samp",
    ]
)
"""HTML elements that are read; others are published as they are written."""

_MARKUP = re.compile(r"[\\`*$\[\]<&^{\ue000-\ue004]")
"""Characters with which markup in a line begins."""

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MATH = re.compile(
    r"(?<![\\$\d])\$\$(.+?)\$\$|(?<![\\$\d])\$(?![\s$])((?:\\.|[^$\\\n]|\n(?!\n))+?)(?<!\s)\$(?!\d)",
    re.DOTALL,
)
_CALL = re.compile(r"\[\^([^\]\n]+)\](?!:)")
_AUTOLINK = re.compile(r"<((?:https?|mailto|ftp):[^<>\s]*|[\w.+-]+@[\w.-]+)>")
_TAG = re.compile(r"</?([a-zA-Z][\w-]*)(\s[^<>]*)?/?>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SUP = re.compile(r"<sup>\s*([^<]{1,12}?)\s*</sup>")
_LABELS = re.compile(r"(?:\d{1,4}|[*†‡§]{1,4}|[a-z])(?:\s*(?:[,;]|en)\s*(?:\d{1,4}|[*†‡§]{1,4}))*")
_EMPHASIS = re.compile(r"(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1")
_ONE = r"""(?:[#.][\w:.-]+|[\w:-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}=]+))"""
_GROUP = rf"\{{\s*{_ONE}(?:\s+{_ONE})*\s*\}}"
_ATTRIBUTES = re.compile(rf"(?<=[\]\)`*_$]){_GROUP}")
_AT_START = re.compile(_GROUP)
_CALLED = "\ue003{}\ue004"
_PLACES = re.compile("\ue003(\\d+)\ue004")
"""Places of calls, with the index of each."""

TO_NOTE = "#^"
"""Beginning of the address of a note."""

_ADDRESS = (
    r"\(\s*(?:<([^<>\n]*)>|([^\s()]*(?:\([^\s()]*\)[^\s()]*)*))(?:\s+(\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_TARGET = re.compile(_ADDRESS)
_HOLD = "\ue000{}\ue001"
_HELD = re.compile("\ue000(\\d+)\ue001")


class Image(NamedTuple):
    """An image in a line."""

    address: str
    alt: str
    title: str


class Call(NamedTuple):
    """A call of a note."""

    label: str
    """Label of the note; empty if the note is written in place."""
    text: str = ""
    """Text of a note that is written in place, with its markup."""


class Inline(Struct):
    """Content of a paragraph."""

    text: str
    calls: list[Call] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    possible: list[str] = field(default_factory=list)
    """Words that can be published: superscript labels, attributes, addresses of links that contain calls."""
    computed: bool = False
    """Whether a reference without text is published with the number or title of its target."""


def read(
    source: str, *, defined: frozenset[str], addresses: dict[str, str], lifted: frozenset[str]
) -> Inline:
    """Return the text of a paragraph.

    Args:
        source: The paragraph with its markup.
        defined: Labels of the notes that the manuscript defines.
        addresses: Addresses of links by reference.
        lifted: Superscript labels with which a paragraph of the manuscript begins: they are notes.
    """
    out = Inline("")
    if not _MARKUP.search(source):
        out.text = source
        return out
    held: list[str] = []
    called: list[Call] = []

    def hold(text: str) -> str:
        held.append(text)
        return _HOLD.format(len(held) - 1)

    text = _COMMENT.sub("", source)
    text = _CODE.sub(lambda m: hold(_code(m[2])), text)
    text = _MATH.sub(" ", text)
    text = _ESCAPE.sub(lambda m: hold(m[1]), text)
    text = _AUTOLINK.sub(lambda m: hold(_autolink(m[1], out)), text)
    text = _notes_in_place(text, called, held)
    text = _CALL.sub(lambda m: _call(m, called, defined), text)
    text = _brackets(text, out, addresses)
    text = _ATTRIBUTES.sub(lambda m: _dropped(m, out), text)
    text = _SUP.sub(lambda m: _raised(m, out, lifted), text)
    text = _TAG.sub(lambda m: _tag(m, out), text)
    text = _EMPHASIS.sub(r"\2", text)
    text = html.unescape(text)
    text = _restored(text, held)
    out.images = [Image(i.address, i.alt, _written(_restored(i.title, held), called)) for i in out.images]
    out.calls = [called[int(index)] for index in _PLACES.findall(text)]
    out.text = _PLACES.sub("", text)
    return out


def _code(text: str) -> str:
    """Return code without one space at each end, if it has both (CommonMark 0.31, 6.1)."""
    return text[1:-1] if text.startswith(" ") and text.endswith(" ") and text.strip() else text


def _restored(text: str, held: Sequence[str]) -> str:
    while _HELD.search(text):
        text = _HELD.sub(lambda m: held[int(m[1])], text)
    return text


def _written(text: str, called: Sequence[Call]) -> str:
    """Return a text with its calls as they were written."""

    def back(match: re.Match[str]) -> str:
        call = called[int(match[1])]
        return f"[^{call.label}]" if call.label else f"^[{call.text}]"

    return _PLACES.sub(back, text)


def _dropped(match: re.Match[str], out: Inline) -> str:
    out.possible.append(match[0])
    return ""


def _autolink(address: str, out: Inline) -> str:
    out.links.append(address if ":" in address else f"mailto:{address}")
    return address


def _notes_in_place(text: str, called: list[Call], held: Sequence[str]) -> str:
    while (start := text.find("^[")) >= 0:
        end = _closing(text, start + 1)
        if end < 0:
            break
        called.append(Call("", _restored(text[start + 2 : end], held)))
        text = text[:start] + _CALLED.format(len(called) - 1) + text[end + 1 :]
    return text


def _call(match: re.Match[str], called: list[Call], defined: frozenset[str]) -> str:
    if match[1] not in defined:
        return match[0]
    called.append(Call(match[1]))
    return _CALLED.format(len(called) - 1)


def _raised(match: re.Match[str], out: Inline, lifted: frozenset[str]) -> str:
    label = match[1]
    if not _LABELS.fullmatch(label) or not set(re.findall(r"[^\s,;]+", label)) & lifted:
        return label
    out.possible.append(label)
    return ""


def _tag(match: re.Match[str], out: Inline) -> str:
    name = match[1].lower()
    if name not in KNOWN_TAGS:
        return match[0]
    out.possible.append(match[0])  # a tag without its counterpart is published as it is written
    return " " if name == "br" else ""


def _closing(text: str, start: int) -> int:
    """Return the index of the bracket that closes the one at `start`; -1 if it is not closed."""
    depth = 0
    for index in range(start, len(text)):
        if text[index] == "[":
            depth += 1
        elif text[index] == "]":
            depth -= 1
            if not depth:
                return index
    return -1


def _brackets(text: str, out: Inline, addresses: dict[str, str]) -> str:
    """Replace links by their text and images by nothing, from the inside out."""
    at = len(text)
    while (at := text.rfind("[", 0, at)) >= 0:
        end = _closing(text, at)
        if end < 0 or (text[at - 1 : at] == "]" and text[at + 1 : end].casefold() in addresses):
            continue  # the second part of a link by reference is read with its first part
        inner, rest = text[at + 1 : end], text[end + 1 :]
        target = _TARGET.match(rest) if rest.startswith("(") else None
        image = at > 0 and text[at - 1] == "!"
        before = text[: at - 1] if image else text[:at]
        if target is not None:
            address = target[1] or target[2] or ""
            if image:
                out.images.append(Image(address, inner, (target[3] or "")[1:-1]))
                text = before + " " + _without_attributes(rest[target.end() :], out)
            else:
                _link(address, inner, out)
                shown = (
                    "" if address.startswith(TO_NOTE) else inner
                )  # the label of the note replaces the text
                text = before + shown + _without_attributes(rest[target.end() :], out)
            continue
        reference = re.match(r"\[([^\[\]]*)\]", rest)
        name = ((reference[1] if reference else "") or inner).casefold()
        if name in addresses and not inner.startswith("^"):
            rest = rest[reference.end() :] if reference else rest
            if image:
                out.images.append(Image(addresses[name], inner, ""))
                text = before + " " + rest
            else:
                _link(addresses[name], inner, out)
                text = before + inner + rest
        elif _AT_START.match(rest):
            text = before + inner + _without_attributes(rest, out)
    return text


def _without_attributes(text: str, out: Inline) -> str:
    match = _AT_START.match(text)
    return _dropped(match, out) + text[match.end() :] if match else text


def _link(address: str, text: str, out: Inline) -> None:
    if not text.strip() or address.startswith(TO_NOTE):
        out.computed = True
        out.possible += [address, text]
    if _PLACES.search(text):
        out.possible.append(address)
    elif re.match(r"(?:https?|mailto|ftp|tel):", address):
        out.links.append(address)

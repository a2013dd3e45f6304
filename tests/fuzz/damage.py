"""Damage a file: its XML tree, the parts of its archive, or its bytes."""

from __future__ import annotations

import io
import json
import random
import warnings
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree

Random = random.Random

WORDS = (
    "", " ", "0", "-1", "1", "99999999999999999999", "1.5", "NaN", "²", "١", "x" * 5000, "../../etc/passwd", "http://[", "#", "#_1",
    "data:,", "\u202e", "\ud7ff", "2022-13-45", "[^1]", "[^1]: a", "| a |", "Vraag 1", "Antwoord 2", "1) ", "<a>", "]]>", "{#x .y}", "$$", "\t",
)  # fmt: skip
"""Text that often triggers errors."""


def damaged(name: str, data: bytes, rng: Random) -> bytes:
    """Return a manuscript with one to six damages."""
    for _ in range(rng.choice((1, 1, 2, 6))):
        data = _archive(data, rng) if data[:2] == b"PK" and rng.random() < 0.95 else _part(name, data, rng)
    return data


def _part(name: str, data: bytes, rng: Random) -> bytes:
    if data.lstrip()[:1] == b"<" and not name.endswith(".html") and rng.random() < 0.85:
        try:
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError:
            return _bytes(data, rng)
        rng.choice(TREES)(root, rng)
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)
    if data[:1] == b"{" and rng.random() < 0.9:
        return _json(data, rng)
    return _bytes(data, rng)


def _json(data: bytes, rng: Random) -> bytes:
    """Replace, remove or double a value."""
    try:
        tree = json.loads(data)
    except ValueError:
        return _bytes(data, rng)
    places: list[tuple[Any, Any]] = []
    waiting: list[Any] = [tree]
    while waiting:
        value = waiting.pop()
        keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        places += ((value, key) for key in keys)
        waiting += (value[key] for key in keys)
    if not places:
        return data
    parent, key = rng.choice(places)
    other_parent, other = rng.choice(places)
    kind = rng.random()
    if kind < 0.2:
        del parent[key]
    elif kind < 0.5:
        parent[key] = rng.choice((*WORDS, 0, -1, 2**70, 1.5, None, True, [], {}))
    else:
        parent[key] = json.loads(json.dumps(other_parent[other]))
    return json.dumps(tree, ensure_ascii=rng.random() < 0.5).encode("utf-8", "replace")


def _archive(data: bytes, rng: Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            members = [(name, old.read(name)) for name in old.namelist()]
    except Exception:  # noqa: BLE001 - the archive is damaged on purpose
        return _bytes(data, rng)
    if not members:
        return data
    at = rng.randrange(len(members))
    name, content = members[at]
    kind = rng.random()
    if kind < 0.05:
        del members[at]
    elif kind < 0.08:
        members[at] = (rng.choice(members)[0], content)
    else:
        members[at] = (name, _part(name, content, rng))
    out = io.BytesIO()
    with (
        warnings.catch_warnings(action="ignore"),
        zipfile.ZipFile(out, "w") as new,
    ):  # duplicate names are possible
        for member, inside in members:
            new.writestr(member, inside)
    return out.getvalue()


def _bytes(data: bytes, rng: Random) -> bytes:
    if not data:
        return b"x"
    start = rng.randrange(len(data))
    end = min(len(data), start + int(rng.expovariate(1 / 20)) + 1)
    other = rng.randrange(len(data))
    piece = data[other : other + (end - start)]
    return rng.choice(
        (
            data[:start] + data[end:],
            data[:start] + data[start:end] * rng.choice((2, 3, 200)) + data[end:],
            data[:start] + piece + data[end:],
            data[:start] + rng.choice(WORDS).encode("utf-8", "surrogatepass") + data[start:],
            data[:start] + bytes(rng.randrange(256) for _ in range(4)) + data[start:],
            data[:start]
            if rng.random() < 0.3
            else data[:start] + bytes([data[start] ^ 1 << rng.randrange(8)]) + data[start + 1 :],
        )
    )


def _pick(root: etree._Element, rng: Random) -> etree._Element:
    return rng.choice([e for e in root.iter() if isinstance(e.tag, str)])


def _remove(root: etree._Element, rng: Random) -> None:
    element = _pick(root, rng)
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _double(root: etree._Element, rng: Random) -> None:
    element = _pick(root, rng)
    parent = element.getparent()
    if parent is not None:
        for _ in range(rng.choice((1, 1, 30))):
            parent.append(etree.fromstring(etree.tostring(element, with_tail=False)))


def _move(root: etree._Element, rng: Random) -> None:
    element, place = _pick(root, rng), _pick(root, rng)
    if element is not root and element not in place.iterancestors() and element is not place:
        place.insert(rng.randrange(len(place) + 1), element)


def _rename(root: etree._Element, rng: Random) -> None:
    _pick(root, rng).tag = _pick(root, rng).tag


def _attribute(root: etree._Element, rng: Random) -> None:
    element = _pick(root, rng)
    if not element.attrib:
        element = _pick(root, rng)
    names = list(element.attrib) or list(_pick(root, rng).attrib)
    if not names:
        return
    name = rng.choice(names)
    if rng.random() < 0.2 and name in element.attrib:
        del element.attrib[name]
    else:
        other = _pick(root, rng)
        element.set(name, rng.choice([*WORDS, *map(str, other.attrib.values())]))


def _text(root: etree._Element, rng: Random) -> None:
    element = _pick(root, rng)
    word = rng.choice(WORDS)
    if rng.random() < 0.5:
        element.text = word
    elif element is not root:
        element.tail = word


def _wrap(root: etree._Element, rng: Random) -> None:
    element = _pick(root, rng)
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for _ in range(rng.choice((1, 2, 60))):
        element_around = etree.Element(_pick(root, rng).tag)
        element_around.append(element)
        element = element_around
    parent.insert(at, element)


TREES: Sequence[Callable[[etree._Element, Random], None]] = (
    _remove,
    _double,
    _move,
    _rename,
    _attribute,
    _attribute,
    _attribute,
    _text,
    _wrap,
)
"""Functions that damage an XML tree."""

"""Fuzz test of the readers with damaged manuscripts: `python -m tests.fuzz READER SECONDS [FOLDER]`.

Each round damages one manuscript that the reader supports (its XML tree, the parts of its archive, or its bytes) and
reads it. A reader must return a document or raise a diagnostic. Any other exception is printed once per code position,
and its input is written to FOLDER.
"""

from __future__ import annotations

import io
import os
import random
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from lxml import etree

import publish
from publish.diagnostics import PublishError
from publish.engine.reading import read
from publish.request import Request
from publish.resolve import resolve
from tests.conftest import ROOT, SEED, SHARED
from tests.word import everything

Random = random.Random

WORDS = (
    "", " ", "0", "-1", "1", "99999999999999999999", "1.5", "NaN", "²", "١", "x" * 5000, "../../etc/passwd", "http://[", "#", "#_1",
    "data:,", "\u202e", "\ud7ff", "2022-13-45", "[^1]", "[^1]: a", "| a |", "Vraag 1", "Antwoord 2", "1) ", "<a>", "]]>", "{#x .y}", "$$", "\t",
)  # fmt: skip
"""Text that often triggers errors."""

READERS: dict[str, tuple[str, ...]] = {
    "markdown": (".md",),
    "extracted": (".md", ".txt"),
    "json": (".json",),
    "docx": (".docx",),
    "pdf": (".pdf",),
    "akn": (".xml",),
    "op": (".xml",),
    "web": (".html", ".epub"),
    "odt": (".odt", ".fodt"),
    "pandoc": (".rtf", ".rst", ".org", ".tex", ".jats", ".docbook", ".wiki"),
}
"""The readers, and the file types with which each is tested."""

WRITTEN = {
    ".docx": "docx", ".pdf": "pdf", ".html": "html", ".epub": "epub", ".odt": "odt", ".rtf": "rtf", ".rst": "rst", ".org": "org",
    ".tex": "latex", ".jats": "jats", ".docbook": "docbook", ".wiki": "mediawiki",
}  # fmt: skip
"""File types that publish can write, with their format."""

CORPUS = {
    "docx": ("docx", "letters"),
    "akn": ("akn",),
    "op": ("koop",),
    "extracted": ("text",),
    "web": ("epub",),
    "odt": ("odt",),
    "pandoc": ("markdown",),
}
"""Folders of real files, used if they exist."""


@cache
def seeds(reader: str) -> tuple[tuple[str, bytes], ...]:
    """Return undamaged manuscripts that are small enough to be read many times."""
    papers = [ROOT / "tests" / "golden" / "notes.md", SEED]
    out: list[tuple[str, bytes]] = [("alles.docx", everything())] if reader == "docx" else []
    for paper in papers:
        document = resolve(publish.read(paper).document).document
        for suffix in READERS[reader]:
            if suffix in {".md", ".txt"}:
                out.append((paper.stem + suffix, paper.read_bytes()))
            elif suffix == ".fodt":
                continue  # flat files are in the corpus
            elif suffix in WRITTEN:
                out.append((paper.stem + suffix, publish.write(document, WRITTEN[suffix]).data))
            else:
                out.append((paper.stem + suffix, publish.write(document, reader).data))
    for folder in CORPUS.get(reader, ()):
        real = [
            path for path in sorted((SHARED / "corpus" / folder).glob("*")) if path.suffix in READERS[reader]
        ]
        out += [(path.name, path.read_bytes()) for path in real if path.stat().st_size < 300_000]
    return tuple(out)


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
    return _bytes(data, rng)


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


def attempt(reader: str, rng: Random, folder: Path) -> tuple[Path, str]:
    """Read one damaged manuscript.

    Returns:
        The path of the manuscript, and the traceback of any exception that is not a diagnostic; otherwise an empty string.
    """
    name, data = rng.choice(seeds(reader))
    path = folder / f"damaged{Path(name).suffix}"
    path.write_bytes(damaged(name, data, rng))
    try:
        resolve(read(Request(source=str(path), reader=reader)).document)
    except PublishError:
        pass
    except Exception:  # noqa: BLE001 - the test looks for any exception
        return path, traceback.format_exc()
    return path, ""


def main(reader: str, seconds: str, keep: str = "") -> int:
    """Damage and read manuscripts for a number of seconds.

    Returns:
        1 if an error was found, otherwise 0.
    """
    os.environ["PUBLISH_DEBUG"] = "1"
    end, rounds, places = time.monotonic() + float(seconds), 0, set[str]()
    with tempfile.TemporaryDirectory() as made:
        while time.monotonic() < end:
            path, fault = attempt(
                reader, Random(f"{reader}-{rounds}-{os.getpid() if keep else ''}"), Path(made)
            )
            rounds += 1
            place = "".join(fault.splitlines()[-4:-2])
            if fault and place not in places:
                places.add(place)
                print(f"--- {reader}, round {rounds}\n{fault}", flush=True)
                if keep:
                    Path(keep).mkdir(parents=True, exist_ok=True)
                    (Path(keep) / f"{reader}-{rounds}{path.suffix}").write_bytes(path.read_bytes())
    print(f"{reader}: {rounds} damaged manuscripts read in {seconds} s, {len(places)} places with a fault")
    return bool(places)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""Comparison of a stored file with the rebuilt one, byte by byte, except what depends on the library that compresses.

Programs disagree about files with unusual structure: which of two revisions counts, where a ZIP file begins, which of two equal
keys. So a stored file must have exactly the structure of the rebuilt file, of which it can differ only in compressed data, their
lengths, and the positions that follow from these lengths.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from msgspec import Struct

MOST = 500 * 1024 * 1024
"""Largest size of decompressed data, in bytes."""

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_LENGTH = re.compile(rb"/Length (\d+)(?! \d+ R)")
_OBJECT = re.compile(rb"(?:^|(?<=[\r\n]))(\d+) \d+ obj\b")
_VARIABLE = re.compile(
    rb"(?<=/Length )\d+|(?<=startxref\n)\d+|(?<=startxref\r\n)\d+|\d{10}(?= \d{5} n)|(?<=/W \[)[\d ]*(?=\])"
    rb"|(?<=/ID \[\()[0-9a-f]{32}(?=\))|(?<=\) \()[0-9a-f]{32}(?=\)\])"
)
"""What follows from compressed data: lengths, positions, the widths of positions, and the digest that identifies the file."""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


class _Differs(Exception):  # noqa: N818 - a signal within this module
    """The files differ in more than compression."""


class _Piece(Struct, frozen=True):
    """A part of a PDF without compressed data, and the stream after it."""

    start: int
    text: bytes
    data: bytes

    @property
    def skeleton(self) -> bytes:
        """The text, without what depends on compression."""
        return _VARIABLE.sub(b"#", self.text)


def same_pdf(old: bytes, new: bytes) -> bool:
    """Return whether a stored PDF has the structure and content of the rebuilt one."""
    try:
        first, second = list(_pieces(old)), list(_pieces(new))
        if [piece.skeleton for piece in first] != [piece.skeleton for piece in second]:
            return False
        places, others = _places(first), _places(second)
        if list(places) != list(others):
            return False
        for one, other in zip(first, second, strict=True):
            if b"/Type /XRef" in one.text or b"/Type/XRef" in one.text:
                if _references(one, places) != _references(other, others):
                    return False
            elif _content(one) != _content(other):
                return False
        return _positions(first, places) and _positions(second, others)
    except (_Differs, IndexError, ValueError, zlib.error):
        return False


def _pieces(data: bytes) -> Iterator[_Piece]:
    at = 0
    while (match := _STREAM.search(data, at)) is not None:
        text = data[at : match.end()]
        lengths = _LENGTH.findall(text)
        if not lengths:
            raise _Differs
        end = match.end() + int(lengths[-1])
        if end > len(data):
            raise _Differs
        yield _Piece(at, text, data[match.end() : end])
        at = end
    yield _Piece(at, data[at:], b"")


def _places(pieces: list[_Piece]) -> dict[int, int]:
    """Return the position of each object, in order; an object must not occur twice."""
    out: dict[int, int] = {}
    for piece in pieces:
        for match in _OBJECT.finditer(piece.text):
            if int(match[1]) in out:
                raise _Differs
            out[int(match[1])] = piece.start + match.start()
    return out


def _content(piece: _Piece) -> bytes:
    return _inflated(piece.data) if b"/FlateDecode" in piece.text[piece.text.rfind(b" obj") :] else piece.data


def _inflated(data: bytes, *, raw: bool = False) -> bytes:
    """Decompress data; it must end where the compressed data end."""
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if raw else zlib.decompressobj()
    out = inflate.decompress(data, MOST)
    if not inflate.eof or inflate.unconsumed_tail or inflate.unused_data.strip(b"\r\n"):
        raise _Differs
    return out


def _references(piece: _Piece, places: dict[int, int]) -> list[tuple[int, ...]]:
    """Return the entries of a cross-reference stream (ISO 32000-2, 7.5.8), with 0 as the position of an object in the file."""
    found = re.search(rb"/W ?\[ ?(\d+) (\d+) (\d+) ?\]", piece.text)
    index = re.search(rb"/Index ?\[ ?(\d+)", piece.text)
    if found is None or (index is not None and int(index[1])) or b"/DecodeParms" in piece.text:
        raise _Differs
    widths = [int(width) for width in found.groups()]
    data = _content(piece)
    size = sum(widths)
    if not size or len(data) % size:
        raise _Differs
    out: list[tuple[int, ...]] = []
    for number in range(len(data) // size):
        entry, at = [], number * size
        for width in widths:
            entry.append(int.from_bytes(data[at : at + width]))
            at += width
        if entry[0] == 1:
            if places.get(number) != entry[1]:
                raise _Differs
            entry[1] = 0
        out.append(tuple(entry))
    return out


def _positions(pieces: list[_Piece], places: dict[int, int]) -> bool:
    """Return whether the last position in the file is that of its only cross-reference section."""
    text = pieces[-1].text
    found = re.findall(rb"startxref\r?\n(\d+)", b"".join(piece.text for piece in pieces))
    table = re.search(rb"(?:^|(?<=\n))xref\r?\n", text)
    expected = pieces[-1].start + table.start() if table else max(places.values(), default=-1)
    if [int(number) for number in found] != [expected]:
        return False
    if table is None:
        return True
    rows = re.findall(rb"(\d{10}) \d{5} ([nf])", text)
    return all(kind == b"f" or places.get(k) == int(at) for k, (at, kind) in enumerate(rows))


def same_zip(old: bytes, new: bytes) -> bool:
    """Return whether a stored ZIP file has the members of the rebuilt one, in the same order, and nothing else."""
    try:
        return list(_members(old)) == list(_members(new))
    except (_Differs, struct.error, zlib.error, IndexError):
        return False


def _members(data: bytes) -> Iterator[tuple[object, ...]]:
    """Yield what a ZIP file says about each member, and its data, without compressed sizes and positions (APPNOTE 4.3).

    The file must contain nothing but its members, one after another, and the directory of exactly these members.
    """
    at, locals_found = 0, []
    while data[at : at + 4] == b"PK\x03\x04":
        _, version, flags, method, time, date, crc, packed, size, names, extra = _LOCAL.unpack_from(data, at)
        head = at + _LOCAL.size
        name, more = data[head : head + names], data[head + names : head + names + extra]
        start = head + names + extra
        content = data[start : start + packed]
        if flags & 8 or method not in {0, 8} or len(content) != packed:
            raise _Differs
        plain = _inflated(content, raw=True) if method == 8 else content
        if len(plain) != size or zlib.crc32(plain) != crc:
            raise _Differs
        locals_found.append((at, name, packed, crc, size))
        yield version, flags, method, time, date, name, more, plain
        at = start + packed
    directory = at
    for place, name, packed, crc, size in locals_found:
        entry = _CENTRAL.unpack_from(data, at)
        lengths = entry[10:13]
        here = at + _CENTRAL.size
        listed = data[here : here + lengths[0]]
        if entry[0] != b"PK\x01\x02" or (listed, *entry[7:10], entry[16]) != (name, crc, packed, size, place):
            raise _Differs
        after = here + sum(lengths)
        yield (*entry[1:8], *entry[9:16], data[here:after])
        at = after
    end = _END.unpack_from(data, at)
    count = len(locals_found)
    if end != (b"PK\x05\x06", 0, 0, count, count, at - directory, directory, 0) or at + _END.size != len(
        data
    ):
        raise _Differs

"""Convert TeX to formulas with two runs of pandoc per document: one for MathML, one for OMML.

pandoc runs in its sandbox, so that a formula cannot read files, and with a time limit, because a TeX macro can be
recursive. If pandoc does not support a formula or would silently drop a part of it, the formula is published as TeX.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterable, Sequence

from lxml import etree
from msgspec import Struct

from publish.diagnostics import PublishError
from publish.formulas import linear, mathml, omml
from publish.formulas.drawing import drawing
from publish.model.formulas import Formula
from publish.pandoc import run_pandoc

TIME_LIMIT = 20
"""Time limit in seconds for all formulas of a document, for each of the two forms."""

API_VERSION = (1, 23, 1)
"""Version of the JSON format of pandoc; pandoc accepts any 1.23 version."""

_LOST = re.compile(r"\\(label|tag|color|hline)\b")
"""Commands that pandoc silently drops."""

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*\n?")
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"

Key = tuple[str, bool]
"""The TeX of a formula, and whether it is a display formula, because the two are typeset differently."""


class Converted(Struct, frozen=True):
    """The formulas of a document."""

    formulas: dict[Key, Formula]
    failed: dict[Key, str]
    """Formulas that cannot be converted, with the reason."""


def convert(wanted: Iterable[Key]) -> Converted:
    """Convert all formulas of a document.

    A conversion succeeds only if both forms exist, both have the same linear form, and the formula can be drawn. So all
    formats show the same formula.
    """
    failed: dict[Key, str] = {}
    keys: list[Key] = []
    for key in dict.fromkeys(wanted):
        lost = _LOST.search(key[0])
        if lost is not None:
            failed[key] = f"`{lost.group()}` would be lost"
        else:
            keys.append(key)
    formulas: dict[Key, Formula] = {}
    if keys:
        try:
            web, word = _as_mathml(keys), _as_omml(keys)
        except (
            subprocess.SubprocessError,
            etree.XMLSyntaxError,
            zipfile.BadZipFile,
            KeyError,
            OSError,
            PublishError,
        ) as error:
            reason = _reason(error)
            return Converted({}, failed | dict.fromkeys(keys, reason))
        for key, first, second in zip(keys, web, word, strict=True):
            made = _formula(first, second)
            if isinstance(made, Formula):
                formulas[key] = made
            else:
                failed[key] = made
    return Converted(formulas, failed)


def _reason(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return f"Pandoc took longer than {TIME_LIMIT} seconds on the formulas of the document"
    if isinstance(error, PublishError):
        return f"{error.diagnostics[0].message}. {error.diagnostics[0].hint}"
    return "Pandoc failed on the formulas of the document"


def _formula(web: etree._Element | None, word: etree._Element | None) -> Formula | str:
    if web is None or word is None:
        return "its TeX is unknown or incomplete"
    line = linear.of_mathml(web)
    if not line or line != linear.of_omml(word):
        return "its Word and web forms would differ"
    text = mathml.text(web)
    try:
        drawing(text)
    except Exception:  # noqa: BLE001 - any exception of ziamath means that the formula cannot be drawn
        return "it cannot be rendered"
    return Formula(text, etree.tostring(word, encoding="unicode"), line)


def _as_mathml(keys: Sequence[Key]) -> list[etree._Element | None]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(b"<r>" + _pandoc(keys, "html", "--mathml") + b"</r>", parser)
    if len(root) != len(keys):
        raise subprocess.SubprocessError
    found = [mathml.find(paragraph) for paragraph in root]
    for (tex, _), math in zip(keys, found, strict=True):
        if math is not None:
            mathml.mend(math, tex)
    return found


def _as_omml(keys: Sequence[Key]) -> list[etree._Element | None]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    with zipfile.ZipFile(io.BytesIO(_pandoc(keys, "docx"))) as archive:
        root = etree.fromstring(archive.read("word/document.xml"), parser)
    paragraphs = list(root.iter(_PARAGRAPH))
    if len(paragraphs) != len(keys):
        raise subprocess.SubprocessError
    found = [omml.find(p, display=display) for p, (_, display) in zip(paragraphs, keys, strict=True)]
    for (tex, display), math in zip(keys, found, strict=True):
        if math is not None:
            omml.mend(math, tex, display=display)
    return found


def _pandoc(keys: Sequence[Key], *to: str) -> bytes:
    """Convert all formulas in one pandoc document, with one paragraph per formula.

    Raises:
        PublishError: PUB-C004, if pandoc is missing.
        subprocess.SubprocessError: if pandoc fails or exceeds the time limit.
    """
    blocks = [
        {
            "t": "Para",
            "c": [{"t": "Math", "c": [{"t": "DisplayMath" if d else "InlineMath"}, _for_pandoc(tex)]}],
        }
        for tex, d in keys
    ]
    document = {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}
    arguments = ["-f", "json", "-t", *to, "--sandbox", "--wrap=none", "--quiet", "-o", "-"]
    return run_pandoc(arguments, json.dumps(document).encode(), TIME_LIMIT).stdout


def _for_pandoc(tex: str) -> str:
    """Adapt TeX for pandoc, which rejects some comments and typesets a decimal comma like a comma in a list."""
    return _COMMENT.sub(r"\1", tex).replace("{,}", r"\mathord{,}")

"""Write the parts of the documentation that are generated from the code: `python docs/generate.py`.

This program writes `docs/diagnostics.md` and `docs/tokens.md` completely. Tables in other pages are between a pair of
comments, `<!-- generated: NAME -->` and `<!-- end -->`. `tests/test_docs.py` fails if a page differs from the output of this
program.
"""

from __future__ import annotations

import ast
import datetime as dt
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import publish  # noqa: E402 - imported from this checkout
from publish.diagnostics.codes import CODES, FAMILIES  # noqa: E402
from publish.engine.components import FormatSetting, all_options  # noqa: E402
from publish.engine.pipeline import Prepared, Rendering  # noqa: E402
from publish.engine.writing import write  # noqa: E402
from publish.model.nodes import Document, Paragraph, Text  # noqa: E402
from publish.model.roles import NUMBER  # noqa: E402
from publish.model.structure import Structure  # noqa: E402
from publish.options import Setting, settings_of  # noqa: E402
from publish.request import Limits, Request  # noqa: E402
from publish.resolve import NumberedDocument  # noqa: E402
from publish.style import Style, load_style  # noqa: E402
from publish.style.css import print_css  # noqa: E402
from publish.style.furniture import values  # noqa: E402
from publish.writers.pdf.patches import PATCHES  # noqa: E402
from publish.writers.pdf.writer import document_html  # noqa: E402
from publish.writers.registry import find_entry  # noqa: E402

EXAMPLES = ROOT / "tests" / "diagnostics"

LONGEST = 600
"""Maximum length in characters of an example manuscript that is shown."""


# Diagnostics


def diagnostics() -> str:
    """Return every code with its meaning, an example and the fix."""
    parts = [
        "# Diagnostics\n",
        "Every diagnostic has a code and a readable name. `publish explain` accepts either. To turn off a warning, use "
        "either with `--ignore`, or with `ignore` in `publish.toml`. Errors cannot be turned off. The examples are the tests of `tests/diagnostics/`.\n",
    ]
    for family, codes in FAMILIES.items():
        parts.append(f"## {family}\n")
        for code in codes:
            parts.append(f"### {code.code} {code.name}\n")
            parts.append(f"{code.title} ({code.severity}). {code.meaning}\n")
            parts += _example(code.code)
            parts.append(f"**Fix:** {code.fix}\n")
    return "\n".join(parts)


def _example(code: str) -> Iterator[str]:
    folder = EXAMPLES / code
    if not folder.is_dir():
        return
    (source,) = folder.glob("in.*")
    data = source.read_bytes()
    shown = data.decode("utf-8", "replace").rstrip("\n")
    if source.suffix == ".md" and data.isascii() and len(shown) <= LONGEST and "\x07" not in shown:
        yield f"````markdown\n{shown}\n````\n"
    said = (folder / "expected.txt").read_text("utf-8").rstrip("\n")
    if len(said) <= 2 * LONGEST:
        yield f"````text\n{said}\n````\n"


# Settings


def settings() -> str:
    """Return the table of the settings of a request and of formats."""
    rows = ["| publish.toml | environment | command line | what it does |", "| --- | --- | --- | --- |"]
    rows += [_row(setting, setting.name) for struct in (Request, Limits) for setting in settings_of(struct)]
    rows += [_row(option.setting, option.setting.short or option.name, option) for option in all_options()]
    return "\n".join(rows)


def _row(setting: Setting, key: str, option: FormatSetting | None = None) -> str:
    default = setting.default
    shown = (
        {True: "true", False: "false", "": '""'}.get(default, default)
        if not setting.is_list
        else list(default)
    )
    shown = f'"{shown}"' if isinstance(default, str) and default else str(shown).replace("'", '"')
    more = f" (`-O {option.name}=`)" if option is not None else ""
    variable = f"`{setting.variable}`" if option is None or setting.short else "-"
    flag = f"`{setting.option}`{more}" if option is None or setting.short else f"`-O {option.name}=`"
    return f"| `{key} = {shown}` | {variable} | {flag} | {setting.help} |"


# Patches of WeasyPrint


def patches() -> str:
    """Return the table of changes to WeasyPrint."""
    rows = ["| changed | why |", "| --- | --- |"]
    return "\n".join([*rows, *(f"| `{patch.target}` | {patch.why} |" for patch in PATCHES)])


# Tokens

PAPER = """---
title: Titel van het stuk
subtitle: Ondertitel
number: "12"
language: nl
country: nl
date: 2024-01-02
body: Kamer
contents: 2
number-sections: true
---

# Kop een

Tekst, zie [](#tabel), met een noot[^1] en `code` en [een link](https://example.org). WORDS

> Een aanhaling.

## Kop twee

| a | b |
|---|---|
| c | d |

Table: Titel {#tabel}

- punt

[^1]: Noot met [link](https://example.org/x).
""".replace("WORDS", "Lange woorden zoals verantwoordelijkheidsverklaringen. " * 60)

BACKENDS = ("PDF (WeasyPrint)", "PDF (Typst)", "Word", "OpenDocument", "web page", "EPUB")

WITHOUT: dict[str, dict[str, str]] = {
    "page.furniture[].align": {"Word": "no; the tab stops of the box set the alignment", "OpenDocument": "no; the tab stops of the box set the alignment"},
    "page.furniture[].padding.right": {"Word": "no; the page margin applies", "OpenDocument": "no; the page margin applies"},
    "page.furniture[].width": {"Word": "no; the page width applies", "OpenDocument": "no; the page width applies"},
    "fonts.body": {"Word": "it uses `fonts.office_body`", "OpenDocument": "it uses `fonts.office_body`"},
    "fonts.mono": {"Word": "it uses `fonts.office_mono`", "OpenDocument": "it uses `fonts.office_mono`"},
    "fonts.office_body": {"PDF (Typst)": "it uses `fonts.body`"},
    "fonts.office_mono": {
        "PDF (WeasyPrint)": "it uses `fonts.mono`", "PDF (Typst)": "it uses `fonts.mono`", "web page": "it uses `fonts.mono`",
    },
    "body.hyphen_zone": {"PDF (Typst)": "Typst has no such setting", "OpenDocument": "OpenDocument has no such setting"},
    "body.orphans": {"PDF (Typst)": "no; otherwise a note could move to a different page from its call", "Word": "`body.widows` decides both"},
    "body.widows": {"PDF (Typst)": "no; otherwise a note could move to a different page from its call"},
    "notes.gap_before": {"Word": "Word has its own gap above notes"},
    "notes.rule_width": {"Word": "Word's separator is one third of the text width"},
    "notes.call_size": {"Word": "Word sets superscripts itself"},
    "notes.call_raise": {"Word": "Word sets superscripts itself"},
    "notes.mark_size": {"Word": "Word sets superscripts itself"},
    "notes.mark_raise": {"Word": "Word sets superscripts itself"},
    "colours.link": {"PDF (WeasyPrint)": "links on paper have the colour of text", "PDF (Typst)": "links on paper have the colour of text"},
}  # fmt: skip
"""Backends in which a token has no effect, and the reason.

EPUB is not listed: reading systems decide on the layout of a book, and only structure counts.
"""

ONCE = frozenset({"name", "about", "folder", "problems", "files"})
"""Fields of a style that are not tokens."""


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:  # noqa: ANN401
    """Yield the tokens of a style with their paths; for a list, only those of the first item."""
    for info in msgspec.structs.fields(value):
        own, here = getattr(value, info.name), (*path, info.name)
        if not path and info.name in ONCE:
            continue
        if isinstance(own, msgspec.Struct):
            yield from leaves(own, here)
        elif isinstance(own, tuple) and own and isinstance(own[0], msgspec.Struct):
            yield from leaves(own[0], (*here, 0))
        elif isinstance(own, dict):
            for key, item in list(own.items())[:1]:
                yield from leaves(item, (*here, key))
        else:
            yield here, own


def changed(value: Any, path: tuple[str | int, ...], new: Any = ...) -> Any:  # noqa: ANN401
    """Return a style with one token changed to the given value, or to any other value if none is given."""
    if not path:
        return _other(value) if new is ... else new
    head, *rest = path
    if isinstance(value, tuple):
        return tuple(changed(item, tuple(rest), new) if k == head else item for k, item in enumerate(value))
    if isinstance(value, dict):
        return {**value, head: changed(value[str(head)], tuple(rest), new)}
    if len(path) == 1 and new is ... and getattr(value, str(head)) in OTHERS:
        options = OTHERS[getattr(value, str(head))]
        return replace(value, **{str(head): options.get(str(head), options[""])})
    return replace(value, **{str(head): changed(getattr(value, str(head)), tuple(rest), new)})


OTHERS: dict[Any, dict[str, Any]] = {
    "normal": {"weight": "bold", "": "italic"}, "bold": {"": "normal"}, "italic": {"": "normal"},
    "left": {"align": "right", "": "justify"}, "justify": {"": "left"}, "right": {"": "left"}, "center": {"": "left"},
    "top": {"": "bottom"}, "bottom": {"": "top"}, "middle": {"": "top"},
    "all": {"lines": "rows", "": "rest"}, "rows": {"": "all"}, "first": {"": "rest"}, "rest": {"": "first"},
    None: {"weight": "bold", "": "italic"}, "": {"": "#abcdef"},
}  # fmt: skip
"""Other values for tokens that have few values, by the name of the token; `""` for any other token."""


ALSO: dict[tuple[str | int, ...], Any] = {
    ("notes", "rule"): 0.0, ("body", "widows"): 1, ("body", "orphans"): 1, ("body", "align"): "justify",
    ("structure", "contents"): 0,
}  # fmt: skip
"""A second value for tokens that a backend can only turn on or off."""


def _other(value: Any) -> Any:  # noqa: ANN401
    match value:
        case bool():
            return not value
        case int() | float():
            return value / 2 if 0 < value < 1 else value + 3
        case str() if value.startswith("#"):
            return "#abcdef"
        case str() if value.startswith(("top", "bottom")):
            return "bottom-left" if value != "bottom-left" else "top-left"
        case str():
            return "DejaVu Sans"
        case tuple():
            return ("Anders {title}",)
        case _:
            return value


def effects(style: Style) -> dict[str, dict[str, bool]]:
    """Change each token, and return whether this changes the output of each backend."""
    document = publish.read(PAPER.encode(), name="a.md", references=False).document
    base = _written(style, document)
    found: dict[str, dict[str, bool]] = {}
    for path, _ in leaves(style):
        other = changed(style, path)
        tried = [_written(other, document)]
        if path in ALSO:
            tried.append(_written(changed(style, path, ALSO[path]), document))
        found[token_name(path)] = {
            backend: any(made[backend] != base[backend] for made in tried) for backend in BACKENDS
        }
    return found


def token_name(path: tuple[str | int, ...]) -> str:
    """Return a token in TOML notation: `headings[].size`."""
    text = ".".join("[]" if isinstance(part, int) else part for part in path).replace(".[]", "[]")
    return re.sub(r"^roles\.[^.]+", "roles.NAME", text)


def _numbered(document: Document, structure: Structure) -> NumberedDocument:
    """Return the sample with a number on a separate line, prepared once for each structure."""
    if structure not in _NUMBERED:
        number = Paragraph((Text("12"),), NUMBER)
        own = replace(document, structure=structure, front=(number, *document.front))
        _NUMBERED[structure] = publish.prepare(own, formats=("pdf", "docx")).numbered
    return _NUMBERED[structure]


_NUMBERED: dict[Structure, NumberedDocument] = {}


def _written(style: Style, document: Any) -> dict[str, Any]:  # noqa: ANN401
    numbered = _numbered(document, style.structure)
    own = numbered.document
    paper = Prepared(
        own, numbered, Rendering(Request(source="a.md"), style, dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    )
    out: dict[str, Any] = {
        name: write(paper, form).data
        for name, form in (
            ("PDF (Typst)", "typst"),
            ("Word", "docx"),
            ("OpenDocument", "odt"),
            ("web page", "html"),
            ("EPUB", "epub"),
        )
    }
    html = document_html(numbered, paper.rendering.context(find_entry("pdf")), {}, {})[0]
    return {**out, "PDF (WeasyPrint)": html + print_css(style, values(document.metadata, numbered.title))}


def about_tokens() -> dict[str, str]:
    """Return the docstring of each token in `publish/style/tokens.py`, by class and field."""
    sources = [ROOT / "publish" / "style" / "tokens.py", ROOT / "publish" / "model" / "structure.py"]
    trees = [ast.parse(path.read_text("utf-8")) for path in sources]
    out: dict[str, str] = {}
    for item in (node for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)):
        for field, following in zip(item.body, [*item.body[1:], None], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                said = following.value if isinstance(following, ast.Expr) else None
                text = said.value if isinstance(said, ast.Constant) and isinstance(said.value, str) else ""
                out[f"{item.name}.{field.target.id}"] = " ".join(text.split())
    return out


CLASSES = {
    "page": "Page", "margin": "Edges", "padding": "Edges", "furniture": "Furniture", "fonts": "Fonts", "body": "Body", "title": "Line",
    "subtitle": "Line", "number": "Line", "headings": "Line", "notes": "Notes", "colours": "Colours", "tables": "Tables", "structure": "Structure", "NAME": "RoleLine",
}  # fmt: skip


def tokens() -> str:
    """Return the reference of style tokens."""
    style = load_style("rapport")
    style = replace(style, number=style.title, page=replace(style.page, first_top=style.page.first_top or 50))
    style = replace(
        style,
        tables=replace(style.tables, size=9),
        structure=replace(style.structure, sections=True, contents=2),
    )
    about = about_tokens()
    rows = [
        f"| token | in `base` | about | {' | '.join(BACKENDS)} |",
        f"| --- | --- | --- | {' | '.join('---' for _ in BACKENDS)} |",
    ]
    plain = {token_name(path): value for path, value in leaves(load_style("base"))}
    for name, found in effects(style).items():
        parent, _, field = name.rpartition(".")
        owner = CLASSES.get(parent.rpartition(".")[2].removesuffix("[]"), "")
        said = about.get(f"{owner}.{field}", "")
        marks = " | ".join(
            "yes" if found[backend] else WITHOUT.get(name, {}).get(backend, "-") for backend in BACKENDS
        )
        value = plain.get(name, "")
        shown = "" if value in ("", None, ()) else f"`{value}`"
        token = name.replace("_", "-") if name.startswith("structure.") else name
        rows.append(f"| `{token}` | {shown} | {said} | {marks} |")
    head = (
        "# Style tokens\n\nEvery token of `style.toml`, and where it has an effect. To make the table, a program changes each token of a "
        "style and compares the output files. Lengths are in points. [House styles](styles.md) explains how to write a style.\n"
    )
    return "\n".join([head, *rows]) + "\n"


WHOLE = {"docs/diagnostics.md": diagnostics, "docs/tokens.md": tokens}
PARTS = {"settings": settings, "patches": patches}
PAGES = ("docs/configuration.md", "docs/architecture.md")


def generated() -> dict[str, str]:
    """Return the expected text of every page that this program writes, by its path."""
    out = {path: make() for path, make in WHOLE.items()}
    for path in PAGES:
        text = (ROOT / path).read_text("utf-8")
        for name, make in PARTS.items():
            mark = f"<!-- generated: {name} -->"
            if mark in text:
                head, _, rest = text.partition(mark)
                text = f"{head}{mark}\n{make()}\n<!-- end -->{rest.partition('<!-- end -->')[2]}"
        out[path] = text
    return out


def main() -> None:
    """Write the pages."""
    for path, text in generated().items():
        (ROOT / path).write_text(text, "utf-8")
    assert CODES, "the codes are registered"


if __name__ == "__main__":
    main()

"""The table in docs/footnotes.md: check the content of the file for each case in each format.

Each case is also verified, so that all formats agree. `tests/validators` tests how LibreOffice shows the cases.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from msgspec import Struct

import publish
from publish.profiles import apply_profile
from publish.verify import compare, expect, extract
from tests.conftest import ROOT
from tests.support import markdown
from tests.validators.conftest import needed

FORMATS = ("pdf", "docx", "epub", "akn", "html", "odt")
ONE = "\n\n[^1]: Noot een.\n[^2]: Noot twee.\n[^3]: Noot drie.\n[^4]: Noot vier.\n"
REF = r'<w:footnoteReference w:id="{}"/>'
CUSTOM = r'<w:footnoteReference w:customMarkFollows="1" w:id="{}"/>'


class Case(Struct):
    """A manuscript, and the patterns that each format must contain, in this order."""

    text: str
    pdf: list[str]
    """Patterns in the structure tree as poppler prints it, with white space collapsed."""
    docx: list[str]
    """Patterns in the main document, then in the footnotes, then in the endnotes."""
    html: list[str]
    """Patterns in the HTML page and in the EPUB."""
    akn: list[str]
    policy: str = "{}"
    odt: tuple[str, ...] = ()
    """Patterns in the text of OpenDocument; most cases are only verified."""


CASES: dict[str, Case] = {
    "call": Case(
        "Woord[^1]." + ONE,
        [
            r'"Woord" Reference \S+ Link \S+ Object \d+ 0 "1" Note <fn1>',
            r'Lbl \S+ Link \S+ Object \d+ 0 "1" Span \S+ "Noot een\."',
        ],
        [
            r">Woord</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>" + REF.format(1),
            r'<w:footnote w:id="1">.*?<w:footnoteRef/>.*?Noot een\.',
        ],
        [
            r'Woord<a class="call" role="doc-noteref"[^>]* id="fnref1" href="#fn1">1</a>\.',
            r'role="doc-footnote"[^>]* id="fn1".*?<a role="doc-backlink" href="#fnref1"[^>]*>1</a> Noot een',
        ],
        [
            r'Woord<authorialNote eId="authorialNote_1" marker="1" placement="bottom"><p[^>]*>Noot een\.</p></authorialNote>\.'
        ],
    ),
    "repeated call": Case(
        "Eerst[^1], weer[^1]." + ONE,
        [
            r'"Eerst" Reference .*?"1" Note <fn1>',
            r'"↑2"',
            r'", weer" Reference \S+ Link \S+ Object \d+ 0 "1"',
        ],
        [
            r'<w:bookmarkStart w:id="\d+" w:name="fnref1"/><w:r>.*?' + REF.format(1),
            r"NOTEREF fnref1 \\f \\h .*?>1<",
        ],
        [
            r'id="fnref1" href="#fn1">1</a>, weer<a [^>]*id="fnref1-2" href="#fn1">1</a>',
            r'href="#fnref1-2"[^>]*>↑2</a>',
        ],
        [r"</authorialNote>, weer<noteRef [^>]*href=\"#authorialNote_1\" marker=\"1\""],
    ),
    "in a heading": Case(
        "# Kop[^1]\n\nTekst." + ONE,
        [r'H\d .*?"Kop" Reference .*?"1" Note <fn1>'],
        [r'<w:pStyle w:val="Heading1"/></w:pPr>.*?>Kop<.*?' + REF.format(1)],
        [r'<h2 [^>]*>Kop<a class="call"[^>]*>1</a></h2>'],
        [r"<heading [^>]*>Kop<authorialNote "],
    ),
    "in the title": Case(
        "Tekst." + ONE,
        [r'H1 .*?"Titel" Reference .*?"1" Note <fn1>'],
        [r'<w:pStyle w:val="Title"/></w:pPr>.*?>Titel<.*?' + REF.format(1)],
        [r"<title>Titel</title>", r'<h1 class="title">Titel<a class="call"'],
        [r"<docTitle [^>]*>Titel<authorialNote "],
        "{}  # titled",
    ),
    "in a caption, header row or cell": Case(
        "| Kop[^2] | b |\n|---|---|\n| cel[^3] | d |\n\nTable: Onder[^1]" + ONE,
        [r'Caption .*?Reference .*?"1" Note <fn1>.*?TH: .*?"2" Note <fn2>.*?TD .*?"3" Note <fn3>'],
        [
            r'<w:pStyle w:val="Caption"/>.*?' + REF.format(1),
            r"<w:tblHeader/>.*?" + REF.format(2),
            REF.format(3),
        ],
        [
            r'<caption>Onder<a class="call"',
            r'<th scope="col"><p class="p">Kop<a class="call"',
            r'<td><p class="p">cel<a class="call"',
        ],
        [
            r"<caption>Onder<authorialNote ",
            r"<th>\s*<p [^>]*>Kop<authorialNote ",
            r"<td>\s*<p [^>]*>cel<authorialNote ",
        ],
    ),
    "in a list, definition or quotation": Case(
        "- punt[^1]\n\nTerm[^2]\n: Uitleg.[^3]\n\n> Citaat[^4]" + ONE,
        [
            r'LBody .*?"punt" Reference .*?"1" Note <fn1>',
            r'"Term" Reference .*?"2" Note',
            r'"Uitleg\." Reference .*?"3" Note',
            r'BlockQuote .*?"Citaat" Reference .*?"4" Note',
        ],
        [
            r"<w:numPr>.*?" + REF.format(1),
            r'"DefinitionTerm"/>.*?' + REF.format(2),
            r'"DefinitionText"/>.*?' + REF.format(3),
            r'"Quote"/>.*?' + REF.format(4),
        ],
        [
            r'<li><p class="p">punt<a class="call"',
            r'<dt>Term<a class="call"',
            r'<dd><p class="p">Uitleg\.<a class="call"',
            r'<blockquote><p class="p">Citaat<a class="call"',
        ],
        [
            r"<li>punt<authorialNote ",
            r">Term<authorialNote ",
            r">Uitleg\.<authorialNote ",
            r">Citaat<authorialNote ",
        ],
    ),
    "within a note": Case(
        "Woord[^1], meer[^2].\n\n[^1]: Buiten[^3].\n[^2]: Ander.\n[^3]: Binnen.\n",
        [r'"1" Note <fn1>.*?"Buiten" Reference .*?"2".*?Note <fn2>.*?"Binnen\."', r'"3" Note <fn3>'],
        [
            REF.format(1),
            CUSTOM.format(2) + "<w:t>3</w:t>",
            r'<w:footnote w:id="1">.*?<w:hyperlink w:anchor="fn2".*?>2<.*?<w:bookmarkStart w:id="\d+" w:name="fn2"/>.*?Binnen\.',
        ],
        [
            r'id="fn1".*?Buiten<a class="call" role="doc-noteref"[^>]* id="fnref2" href="#fn2">2</a>',
            r'role="doc-footnote"[^>]* id="fn2"',
        ],
        [
            r'Buiten<noteRef [^>]*href="#authorialNote_2" marker="2"[^>]*/>\.</p></authorialNote><authorialNote eId="authorialNote_2" marker="2" placement="bottom" class="nested">'
        ],
    ),
    "with paragraphs, a list, a table, a quotation and code": Case(
        "Woord[^1].\n\n[^1]: Een [adres](https://example.org/).\n\n    Twee.\n\n    - punt\n\n    | a |\n    |---|\n    | b |\n\n    > citaat\n\n    ```\n    code\n    ```\n",
        [r'Note <fn1>.*?"Twee\.".*?LBody .*?"punt".*?Table .*?BlockQuote .*?"citaat".*?"code"'],
        [
            r'<w:footnote w:id="1">.*?<w:hyperlink r:id="[^"]+".*?Twee\..*?<w:numPr>.*?punt.*?<w:tbl>.*?</w:tbl>.*?citaat.*?code.*?</w:p></w:footnote>'
        ],
        [
            r'id="fn1".*?href="https://example\.org/">adres</a>.*?Twee\..*?<ul><li>.*?<table.*?<blockquote>.*?<pre><code>code'
        ],
        [
            r'<authorialNote [^>]*marker="1".*?<a [^>]*href="https://example\.org/">adres</a>.*?Twee\..*?<ul .*?<table .*?class="blockquote".*?name="code"[^>]*>code'
        ],
    ),
    "longer than a page": Case(
        "Woord[^1]. Slot.\n\n[^1]: " + " ".join(f"woord{k}" for k in range(1500)) + "\n",
        [r"Note <fn1> .*?woord0 .*?woord1499"],
        [r"woord1499<"],
        [r"woord1499"],
        [r"woord1499</p></authorialNote>\. Slot\."],
    ),
    "two adjacent calls": Case(
        "Woord[^1][^2]." + ONE,
        [r'"1" Note <fn1>.*?Reference \S+ Link \S+ Object \d+ 0 "2" Note <fn2>'],
        [
            REF.format(1)
            + r'</w:r><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t xml:space="preserve">, </w:t></w:r>.*?'
            + REF.format(2)
        ],
        [r'>1</a><span class="call-separator">\u2060, \u2060</span><a [^>]*href="#fn2">2</a>'],
        [r'</authorialNote><authorialNote [^>]*marker="2"'],
    ),
    "numbers by chapter": Case(
        "# A\n\nx[^1] y[^2]\n\n# B\n\nz[^3]" + ONE,
        [r'"2" Note <fn2>.*?H2 .*?"z" Reference \S+ Link \S+ Object \d+ 0 "1" Note <fn3>'],
        [REF.format(1), r'<w:sectPr\b.*?<w:footnotePr>.*?<w:numRestart w:val="eachSect"/>', REF.format(3)],
        [r'id="fnref3" href="#fn3">1</a>'],
        [r'<authorialNote eId="authorialNote_3" marker="1"'],
        "{scope: chapter}",
    ),
    "numbers by question": Case(
        "# Vraag 1\n\nx[^1]\n\n# Antwoord 1\n\ny[^2]\n\n# Vraag 2\n\nz[^3]\n\n# Antwoord 2\n\nw[^4]" + ONE,
        [r'"y" Reference \S+ Link \S+ Object \d+ 0 "2".*?"z" Reference \S+ Link \S+ Object \d+ 0 "1"'],
        [REF.format(2), r"<w:sectPr\b.*?eachSect", REF.format(3)],
        [r'id="fnref2" href="#fn2">2</a>.*?id="fnref3" href="#fn3">1</a>'],
        [r'<answer .*?eId="authorialNote_2" marker="2".*?<question .*?eId="authorialNote_3" marker="1"'],
        "{scope: role, role: 'qa:question'}",
    ),
    "numbers by page": Case(
        "x[^1]\n\n\\newpage\n\ny[^2] z[^3]" + ONE,
        [
            r'"x" Reference .*?"1" Note.*?"y" Reference \S+ Link \S+ Object \d+ 0 "1" Note <fn2>.*?"2" Note <fn3>'
        ],
        [REF.format(1), CUSTOM.format(2) + "<w:t>1</w:t>", REF.format(3)],
        [r'href="#fn2">1</a> z<a [^>]*href="#fn3">2</a>'],
        [r'eId="authorialNote_2" marker="1".*?eId="authorialNote_3" marker="2"'],
        "{scope: page}",
    ),
    "letters": Case(
        "x[^1] y[^2]" + ONE,
        [r'"x" Reference .*?"z" Note <fn1>', r'"aa" Note <fn2>'],
        [REF.format(1), REF.format(2), r'<w:numFmt w:val="lowerLetter"/><w:numStart w:val="26"/>'],
        [r">z</a> y<a [^>]*>aa</a>"],
        [r'marker="z".*?marker="aa"'],
        "{format: lower-alpha, start: 26}",
    ),
    "roman numerals": Case(
        "x[^1] y[^2]" + ONE,
        [r'"IV" Note <fn1>', r'"V" Note <fn2>'],
        [REF.format(1), r'<w:numFmt w:val="upperRoman"/><w:numStart w:val="4"/>'],
        [r">IV</a> y<a [^>]*>V</a>"],
        [r'marker="IV".*?marker="V"'],
        "{format: upper-roman, start: 4}",
    ),
    "symbols": Case(
        "x[^1] y[^2]" + ONE,
        [r'"§" Note <fn1>', r'"‖" Note <fn2>'],
        [
            REF.format(1),
            CUSTOM.format(2) + "<w:t>‖</w:t>",
            r'<w:numFmt w:val="chicago"/>',
            r'<mc:Choice Requires="w15"><w:t[^>]*>‖</w:t></mc:Choice><mc:Fallback/>',
        ],
        [r">§</a> y\u2060?<a [^>]*>‖</a>"],
        [r'marker="§".*?marker="‖"'],
        "{format: symbols, start: 4}",
    ),
    "two series": Case(
        "x[^1] y[^m:a] z[^2]\n\n[^m:a]: Minister." + ONE,
        [r'"1" Note <fn1>.*?"A" Note <fn2>.*?"2" Note <fn3>'],
        [REF.format(1), CUSTOM.format(2) + "<w:t>A</w:t>", REF.format(3)],
        [r">1</a> y<a [^>]*>A</a> z<a [^>]*>2</a>"],
        [r'marker="1".*?marker="A".*?marker="2"'],
        "{series: {m: {format: upper-alpha}}}",
    ),
    "endnotes": Case(
        "x[^1] y[^end:1] z[^2]\n\n[^end:1]: Slot." + ONE,
        [
            r'" y" Reference \S+ Link \S+ Object \d+ 0 "i" Span',
            r'Sect .*?Note <fn2>.*?Lbl .*?"i" Span \S+ "Slot\."',
        ],
        [
            r'<w:endnoteReference w:id="1"/>',
            r'<w:endnotePr>.*?<w:numFmt w:val="lowerRoman"/>',
            r'<w:endnote w:id="1">.*?<w:endnoteRef/>.*?Slot\.',
        ],
        [
            r'href="#fn2">i</a>',
            r'role="doc-endnotes".*?class="note endnote" id="fn2"|class="notes endnotes".*?class="note endnote"[^>]*id="fn2"',
        ],
        [r'<authorialNote eId="authorialNote_2" marker="i" placement="bottom" class="endnote">'],
    ),
    "table notes": Case(
        "x[^1]\n\n| a[^2] | b |\n|---|---|\n| c[^3] | d[^2] |\n\ny[^4]" + ONE,
        [
            r'Table .*?"a" Reference \S+ Link \S+ Object \d+ 0 "a".*?Note <fn2>.*?"Noot twee\. ".*?Note <fn3>.*?"y" Reference .*?"2" Note <fn4>'
        ],
        [
            r'<w:tbl>.*?<w:hyperlink w:anchor="fn2".*?>a<.*?</w:tbl><w:p>.*?<w:bookmarkStart w:id="\d+" w:name="fn2"/>.*?Noot twee\.',
            REF.format(2),
        ],
        [r'</table><div class="table-notes"><div class="note table-note" role="doc-footnote"[^>]* id="fn2"'],
        [r'<authorialNote eId="authorialNote_2" marker="a" placement="bottom" class="table-note">'],
        "{tables: own}",
    ),
    "source labels": Case(
        "x<sup>4</sup> y<sup>9</sup>\n\n<sup>4</sup> Vier.\n\n<sup>9</sup> Negen.",
        [r'"4" Note <fn1>.*?"9" Note <fn2>'],
        [CUSTOM.format(1) + "<w:t>4</w:t>", CUSTOM.format(2) + "<w:t>9</w:t>"],
        [r">4</a> y<a [^>]*>9</a>"],
        [r'marker="4".*?marker="9"'],
        "{source-labels: keep}",
    ),
    "cross-reference to a note": Case(
        "Zie noot 2. x[^2] y[^1]" + ONE,
        [r'"Zie noot." Link \S+ Object \d+ 0 "1" Span'],
        [r"NOTEREF fnref1 \\h .*?<w:t[^>]*>1<", r'<w:bookmarkStart w:id="\d+" w:name="fnref1"/>'],
        [r'Zie noot <a class="note-reference" href="#fn1">1</a>\.'],
        [r'Zie noot <ref eId="[^"]+" href="#authorialNote_1">1</ref>\.'],
    ),
}


@pytest.fixture(scope="module")
def built() -> dict[tuple[str, str], tuple[bytes, list[str]]]:
    """Return every case in every format, with the findings of verification."""
    out: dict[tuple[str, str], tuple[bytes, list[str]]] = {}
    for name, case in CASES.items():
        title = "Titel[^1]" if "titled" in case.policy else "Titel"
        text = f"---\ntitle: {title}\nlang: nl\nnotes: {case.policy}\n---\n\n{case.text}\n"
        document = publish.resolve(apply_profile(markdown(text).document).document).document
        for form in FORMATS:
            data = publish.write(document, form).data
            path = Path("case.akn.xml" if form == "akn" else f"case.{form}")
            out[name, form] = data, [f.message for f in compare(expect(document), extract(path, data))]
    return out


def written(form: str, data: bytes, folder: Path) -> str:
    """Return the part of a file in which to search for patterns."""
    if form in {"docx", "epub"}:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wanted = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
            names = wanted if form == "docx" else [n for n in archive.namelist() if n.endswith(".xhtml")]
            text = "".join(archive.read(n).decode() for n in names if n in archive.namelist())
            return re.sub(r' epub:type="[^"]*"', "", text)
    if form == "odt":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read("content.xml").decode()
    if form != "pdf":
        return data.decode()
    path = folder / "case.pdf"
    path.write_bytes(data)
    done = subprocess.run(
        [needed("pdfinfo"), "-struct-text", path], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", CASES)
def test_format_contains_the_patterns_of_the_case(
    name: str, form: str, built: dict[tuple[str, str], tuple[bytes, list[str]]], tmp_path: Path
) -> None:
    data, findings = built[name, form]
    assert findings == []
    text = written(form, data, tmp_path)
    for pattern in getattr(CASES[name], "html" if form == "epub" else form):
        assert re.search(pattern, text, re.DOTALL), pattern


def test_the_table_in_the_documentation_has_these_cases() -> None:
    text = (ROOT / "docs" / "footnotes.md").read_text("utf-8")
    table = text[text.index("| case |") :].split("\n\n", 1)[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines()[2:]]
    assert rows == list(CASES)

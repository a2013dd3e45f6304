"""Test verification with one damage at a time, in each format: the finding names the note and the format."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

import publish
from publish.__main__ import command
from publish.resolve import NumberedDocument, resolve
from publish.verify import compare, expect, extract

Damage = Callable[[bytes], bytes]
SUFFIX = {"akn": ".akn.xml", "op": ".op.xml"}
KINDS = ("pdf", "docx", "epub", "akn", "html", "op", "odt")


@pytest.fixture(scope="module")
def paper() -> NumberedDocument:
    seed = Path(__file__).parents[2] / "examples" / "aanhangsel-1558.md"
    return resolve(publish.read(seed).document).document


@pytest.fixture(scope="module")
def files(paper: NumberedDocument) -> dict[str, bytes]:
    return {name: publish.write(paper, name).data for name in KINDS}


def replace(old: str, new: str, count: int = 1) -> Damage:
    def damage(data: bytes) -> bytes:
        assert old.encode() in data, f"{old!r} is not there to be damaged"
        return data.replace(old.encode(), new.encode(), count)

    return damage


def sub(pattern: str, new: str) -> Damage:
    def damage(data: bytes) -> bytes:
        text, count = re.subn(pattern, new, data.decode(), count=1, flags=re.DOTALL)
        assert count == 1, f"{pattern!r} is not there to be damaged"
        return text.encode()

    return damage


def within(member: str, damage: Damage) -> Damage:
    """Return a function that applies the damage to one member of a ZIP archive."""

    def whole(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            for info in old.infolist():
                content = old.read(info)
                new.writestr(info, damage(content) if info.filename.endswith(member) else content)
        return out.getvalue()

    return whole


def pdf(change: Callable[[pikepdf.Pdf], None]) -> Damage:
    def damage(data: bytes) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as document:
            change(document)
            document.save(out)
        return out.getvalue()

    return damage


def structure(document: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    """Return the structure elements of a type, in order."""
    found: list[pikepdf.Dictionary] = []

    def walk(element: pikepdf.Object) -> None:
        if isinstance(element, pikepdf.Dictionary):
            if element.get("/S") == kind:
                found.append(element)
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                walk(kid)

    walk(document.Root.StructTreeRoot)
    return found


def contents(item: pikepdf.Object, page: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    """Yield the marked-content identifiers of a structure element, each with its page."""
    if isinstance(item, int):
        yield item, page
    if isinstance(item, pikepdf.Dictionary):
        page = item.get("/Pg", page)
        kids = item.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else []:
            yield from contents(kid, page)


def glyphs(
    document: pikepdf.Pdf, kind: str, index: int, which: int, change: Callable[[pikepdf.Array], pikepdf.Array]
) -> None:
    """Change the glyphs of one marked-content sequence of a structure element."""
    mcid, page = list(contents(structure(document, kind)[index], None))[which]
    number = next(k for k, p in enumerate(document.pages) if p.objgen == page.objgen)
    instructions = list(pikepdf.parse_content_stream(document.pages[number]))
    inside = False
    for k, (operands, operator) in enumerate(instructions):
        if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
            inside = int(operands[1].get("/MCID", -1)) == mcid
        elif str(operator) == "TJ" and inside:
            instructions[k] = pikepdf.ContentStreamInstruction([change(operands[0])], operator)
            break
    document.pages[number].Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))


def link_of(element: pikepdf.Dictionary) -> pikepdf.Dictionary:
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
            return kid.Obj
        if isinstance(kid, pikepdf.Dictionary) and "/K" in kid:
            return link_of(kid)
    raise AssertionError("no link")


def no_note(document: pikepdf.Pdf) -> None:
    note = structure(document, "/Note")[4]
    kids = note.P.K
    note.P.K = pikepdf.Array(
        [kid for kid in kids if not (isinstance(kid, pikepdf.Dictionary) and kid.objgen == note.objgen)]
    )


def no_call(document: pikepdf.Pdf) -> None:
    call = structure(document, "/Reference")[4]
    call.P.K = pikepdf.Array(
        [kid for kid in call.P.K if not (isinstance(kid, pikepdf.Dictionary) and kid.objgen == call.objgen)]
    )


def call_elsewhere(document: pikepdf.Pdf) -> None:
    calls = structure(document, "/Reference")
    link_of(calls[4]).Dest = link_of(calls[3]).Dest


def back_elsewhere(document: pikepdf.Pdf) -> None:
    marks = [link_of(note) for note in structure(document, "/Note")]
    marks[4].Dest = marks[3].Dest


def notes_exchanged(document: pikepdf.Pdf) -> None:
    """Exchange two notes in the structure tree, but not on the page."""
    three, five = structure(document, "/Note")[2], structure(document, "/Note")[4]
    for own, other in ((three, five), (five, three)):
        kids = own.P.K
        at = next(k for k, kid in enumerate(kids) if getattr(kid, "objgen", None) == own.objgen)
        kids[at] = other
    three.P, five.P = five.P, three.P


def other_address(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        for annotation in page.get("/Annots", []):
            if "/A" in annotation and "/URI" in annotation.A:
                annotation.A.URI = pikepdf.String("https://example.org/")


def six(_: pikepdf.Array) -> pikepdf.Array:
    """Return the glyph of the digit 6 in the bundled fonts."""
    return pikepdf.Array([pikepdf.String(b"\x00\x19")])


def drop_half(array: pikepdf.Array) -> pikepdf.Array:
    return pikepdf.Array(list(array)[: len(array) // 2])


HTML = {
    "label": (sub(r'(id="fnref5"[^>]*>)5<', r"\g<1>6<"), "PUB-V001"),
    "mark": (sub(r"(Noot 5, terug[^>]*>)5<", r"\g<1>8<"), "PUB-V001"),
    "text": (replace("Wanneer een extra groot risico", "Wanneer een groot risico"), "PUB-V002"),
    "link": (sub(r'href="#fn5"', 'href="#fn4"'), "PUB-V004"),
    "back": (sub(r'href="#fnref5"', 'href="#fnref4"'), "PUB-V005"),
    "note": (sub(r'<div [^>]*id="fn5".*?</div>', ""), "PUB-V006"),
    "call": (sub(r'<a [^>]*id="fnref5".*?</a>', ""), "PUB-V006"),
    "doubled": (sub(r'(<div [^>]*id="fn5".*?</div>)', r"\1\1"), "PUB-V007"),
    "address": (replace('href="https://nos.nl/artikel/2408495', 'href="https://nos.nl/artikel/2408496'), "PUB-V012"),
    "word": (replace("Categorale Opvang", "Categoriale Opvang"), "PUB-V008"),
    "order": (sub(r'(<div [^>]*id="fn4".*?</div>)(<div [^>]*id="fn5".*?</div>)', r"\2\1"), "PUB-V003"),
    "moved": (sub(r'beveiliging\.(<a [^>]*id="fnref5".*?</a>)', r"beveiliging\1."), "PUB-V010"),
    "space": (sub(r'beveiliging\.(<a [^>]*id="fnref5")', r"beveiliging. \1"), "PUB-V010"),
}  # fmt: skip

DOCX = {
    "label": (within("document.xml", sub(r'<w:footnoteReference w:id="5"/>', '<w:footnoteReference w:customMarkFollows="1" w:id="5"/><w:t>6</w:t>')), "PUB-V001"),
    "text": (within("footnotes.xml", replace("Wanneer een extra groot", "Wanneer een groot")), "PUB-V002"),
    "link": (within("document.xml", replace('<w:footnoteReference w:id="5"/>', '<w:footnoteReference w:id="99"/>')), "PUB-V004"),
    "swap": (within("document.xml", lambda d: d.replace(b'w:id="5"/>', b'w:id="@"/>').replace(b'w:id="4"/>', b'w:id="5"/>').replace(b'w:id="@"/>', b'w:id="4"/>')), "PUB-V001"),
    "note": (within("footnotes.xml", sub(r'<w:footnote w:id="5">.*?</w:footnote>', "")), "PUB-V006"),
    "call": (within("document.xml", sub(r'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="5"/></w:r>', "")), "PUB-V006"),
    "address": (within("footnotes.xml.rels", replace("nos.nl/artikel/2408495", "nos.nl/artikel/2408496")), "PUB-V012"),
    "start": (within("document.xml", replace('<w:numStart w:val="1"/>', '<w:numStart w:val="2"/>')), "PUB-V001"),
    "doubled": (within("document.xml", sub(r'(<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="5"/></w:r>)', r"\1\1")), "PUB-V007"),
    "space": (within("document.xml", sub(r'(<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="5"/>)', r'<w:r><w:t xml:space="preserve"> </w:t></w:r>\1')), "PUB-V010"),
    "orphan": (within("footnotes.xml", sub(r'(<w:footnote w:id="5">.*?</w:footnote>)', r'\1<w:footnote w:id="50"><w:p><w:r><w:t>5 wees</w:t></w:r></w:p></w:footnote>')), "PUB-V007"),
    "back": (within("footnotes.xml", sub(r'(<w:footnote w:id="5">.*?)<w:footnoteRef/>', r"\1")), "PUB-V005"),
    "word": (within("document.xml", replace("Categorale Opvang", "Categoriale Opvang")), "PUB-V008"),
}  # fmt: skip

AKN = {
    "label": (replace('marker="5"', 'marker="6"'), "PUB-V001"),
    "text": (replace("Wanneer een extra groot", "Wanneer een groot"), "PUB-V002"),
    "note": (sub(r'<authorialNote eId="authorialNote_5".*?</authorialNote>', ""), "PUB-V006"),
    "link": (sub(r'<authorialNote eId="authorialNote_5".*?</authorialNote>', '<noteRef href="#authorialNote_9" marker="5"/>'), "PUB-V004"),
    "address": (replace('href="https://nos.nl/artikel/2408495', 'href="https://nos.nl/artikel/2408496'), "PUB-V012"),
    "doubled": (sub(r'(<authorialNote eId="authorialNote_5".*?</authorialNote>)', r"\1\1"), "PUB-V007"),
    "moved": (sub(r'beveiliging\.(<authorialNote eId="authorialNote_5".*?</authorialNote>)', r"beveiliging\1."), "PUB-V010"),
    "space": (sub(r'beveiliging\.(<authorialNote eId="authorialNote_5")', r"beveiliging. \1"), "PUB-V010"),
    "word": (replace("Categorale Opvang", "Categoriale Opvang"), "PUB-V008"),
}  # fmt: skip

OP = {
    "label": (replace("<noot.nr>5</noot.nr>", "<noot.nr>6</noot.nr>"), "PUB-V001"),
    "text": (replace("Wanneer een extra groot", "Wanneer een groot"), "PUB-V002"),
    "note": (sub(r'<noot id="fn5".*?</noot>', ""), "PUB-V006"),
    "link": (sub(r'<noot id="fn5".*?</noot>', '<nootref refid="fn99"/>'), "PUB-V004"),
    "address": (replace('doc="https://nos.nl/artikel/2408495', 'doc="https://nos.nl/artikel/2408496'), "PUB-V012"),
    "doubled": (sub(r'(<noot id="fn5".*?</noot>)', r"\1\1"), "PUB-V007"),
    "moved": (sub(r'beveiliging\.(<noot id="fn5".*?</noot>)', r"beveiliging\1."), "PUB-V010"),
    "space": (sub(r'beveiliging\.(<noot id="fn5")', r"beveiliging. \1"), "PUB-V010"),
    "word": (replace("Categorale Opvang", "Categoriale Opvang"), "PUB-V008"),
}  # fmt: skip

NOTE_5 = r'(<text:note text:id="fn5".*?</text:note>)'
ODT = {
    "label": (sub(r'(text:id="fn5".*?<text:note-citation)>5<', r'\1 text:label="6">6<'), "PUB-V001"),
    "citation": (sub(r'(text:id="fn5".*?<text:note-citation)>5<', r"\1>6<"), "PUB-V001"),
    "text": (replace("Wanneer een extra groot", "Wanneer een groot"), "PUB-V002"),
    "note": (sub(NOTE_5, ""), "PUB-V006"),
    "address": (replace('href="https://nos.nl/artikel/2408495', 'href="https://nos.nl/artikel/2408496'), "PUB-V012"),
    "doubled": (sub(NOTE_5, r"\1\1"), "PUB-V007"),
    "moved": (sub(r"beveiliging\." + NOTE_5, r"beveiliging\1."), "PUB-V010"),
    "space": (sub(r"beveiliging\." + NOTE_5, r"beveiliging. \1"), "PUB-V010"),
    "word": (replace("Categorale Opvang", "Categoriale Opvang"), "PUB-V008"),
}  # fmt: skip

PDF = {
    "label": (pdf(lambda d: glyphs(d, "/Reference", 4, 0, six)), "PUB-V001"),
    "text": (pdf(lambda d: glyphs(d, "/Note", 4, 1, drop_half)), "PUB-V002"),
    "mark": (pdf(lambda d: glyphs(d, "/Note", 4, 0, six)), "PUB-V001"),
    "note": (pdf(no_note), "PUB-V006"),
    "call": (pdf(no_call), "PUB-V006"),
    "link": (pdf(call_elsewhere), "PUB-V004"),
    "back": (pdf(back_elsewhere), "PUB-V005"),
    "address": (pdf(other_address), "PUB-V012"),
    "order": (pdf(notes_exchanged), "PUB-V003"),
}  # fmt: skip

CASES = [
    *(("html", name, *case) for name, case in HTML.items()),
    *(("epub", name, within("text.xhtml", case[0]), case[1]) for name, case in HTML.items()),
    *(("docx", name, *case) for name, case in DOCX.items()),
    *(("akn", name, *case) for name, case in AKN.items()),
    *(("op", name, *case) for name, case in OP.items()),
    *(("odt", name, within("content.xml", case[0]), case[1]) for name, case in ODT.items()),
    (
        "odt",
        "counter",
        within("styles.xml", sub(r'text:start-value="0"', 'text:start-value="1"')),
        "PUB-V001",
    ),
    *(("pdf", name, *case) for name, case in PDF.items()),
]


@pytest.mark.parametrize(("kind", "name", "damage", "code"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES])
def test_each_damage_is_reported(
    kind: str, name: str, damage: Damage, code: str, files: dict[str, bytes], paper: NumberedDocument
) -> None:
    path = Path(f"paper{SUFFIX.get(kind, '.' + kind)}")
    assert compare(expect(paper), extract(path, files[kind])) == []
    findings = compare(expect(paper), extract(path, damage(files[kind])))
    assert code in {f.code for f in findings}, [f.message for f in findings]
    assert {f.format for f in findings} == {kind}
    if name == "word":
        assert {f.note for f in findings} == {""}
    elif (kind, name) not in {("docx", "doubled"), ("odt", "doubled")} and name not in {
        "address",
        "start",
        "swap",
        "order",
        "orphan",
    }:
        assert "5" in {f.note for f in findings}


@pytest.mark.parametrize("kind", KINDS)
def test_verify_names_note_and_format_without_the_manuscript(
    kind: str,
    files: dict[str, bytes],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Damage the file of one format: the majority of the other files is the reference."""
    damage = {c[0]: c[2] for c in CASES if c[1] == "note"}[kind]
    paths = []
    for name, data in files.items():
        path = tmp_path / f"paper{SUFFIX.get(name, '.' + name)}"
        path.write_bytes(damage(data) if name == kind else data)
        paths.append(str(path))
    assert command(["verify", *paths]) == 1
    err = capsys.readouterr().err
    assert f"PUB-V006 {kind}: Note 5 is missing" in err
    assert not re.search(rf"PUB-V\d+ (?!{kind})", err)


@pytest.mark.parametrize("kind", KINDS)
def test_invalid_bytes_are_rejected_except_as_html(kind: str) -> None:
    path = Path(f"paper{SUFFIX.get(kind, '.' + kind)}")
    for data in (b"", b"PK\x03\x04 broken", b"%PDF-1.7\n%broken", b"\x00\xff" * 50):
        try:
            extract(path, data)
        except publish.PublishError as error:
            assert [d.code for d in error.diagnostics] == ["PUB-V009"]  # noqa: PT017
        else:
            assert kind == "html"


@pytest.mark.parametrize(
    ("anchor", "other", "code"), [("fn5", "fn4", "PUB-V004"), ("fnref5", "fnref4", "PUB-V005")]
)
def test_wrong_structure_destination_is_reported(
    anchor: str, other: str, code: str, paper: NumberedDocument
) -> None:
    """Only PDF 2.0 viewers use structure destinations; the destination on the page stays correct."""
    data = publish.write(paper, "pdf", pdf_variant="4").data
    assert compare(expect(paper), extract(Path("paper.pdf"), data)) == []

    def elsewhere(document: pikepdf.Pdf) -> None:
        names = pikepdf.NameTree(document.Root.Names.Dests)
        names[anchor].SD[0] = names[other].SD[0]

    findings = compare(expect(paper), extract(Path("paper.pdf"), pdf(elsewhere)(data)))
    assert code in {f.code for f in findings}
    assert {f.note for f in findings} == {"5"}


SERIES = Path(__file__).parents[1] / "golden" / "series.md"

REFERENCES: dict[str, tuple[str, Damage]] = {
    "html-number": ("html", sub(r'(class="note-reference" href="#fn3">)2<', r"\g<1>3<")),
    "html-target": ("html", sub(r'class="note-reference" href="#fn3"', 'class="note-reference" href="#fn2"')),
    "html-dead": ("html", sub(r'<a class="note-reference" href="#fn3">2</a>', "2")),
    "epub-number": (
        "epub",
        within("chapter-001.xhtml", sub(r'(class="note-reference" href="#fn3">)2<', r"\g<1>3<")),
    ),
    "epub-target": (
        "epub",
        within("chapter-001.xhtml", sub(r'(class="note-reference" href=")#fn3', r"\g<1>#fn2")),
    ),
    "akn-number": ("akn", sub(r'(<ref [^>]*href="#authorialNote_3">)2<', r"\g<1>3<")),
    "akn-target": ("akn", sub(r'(<ref [^>]*href=")#authorialNote_3">2<', r"\g<1>#authorialNote_2\">2<")),
    "odt-number": ("odt", within("content.xml", sub(r'(<text:note-ref [^>]*"fn3">)2<', r"\g<1>3<"))),
    "odt-target": ("odt", within("content.xml", sub(r'(<text:note-ref [^>]*)"fn3">2<', r'\g<1>"fn2">2<'))),
    "docx-number": ("docx", within("document.xml", sub(r"(NOTEREF fnref3 \\h .*?<w:t[^>]*>)2<", r"\g<1>3<"))),
    "docx-target": ("docx", within("document.xml", sub(r"NOTEREF fnref3 \\h", r"NOTEREF fnref2 \\h"))),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_damaged_cross_reference_is_reported(name: str) -> None:
    kind, damage = REFERENCES[name]
    letter = resolve(publish.read(SERIES).document).document
    data = publish.write(letter, kind).data
    path = Path(f"letter{SUFFIX.get(kind, '.' + kind)}")
    assert compare(expect(letter), extract(path, data)) == []
    findings = compare(expect(letter), extract(path, damage(data)))
    assert "PUB-V015" in {f.code for f in findings}, [f.message for f in findings]
    assert "2" in {f.note for f in findings}


def test_damaged_cross_reference_in_pdf_is_reported() -> None:
    letter = resolve(publish.read(SERIES).document).document
    data = publish.write(letter, "pdf").data

    def elsewhere(document: pikepdf.Pdf) -> None:
        calls = structure(document, "/Reference")
        references = [
            link
            for link in structure(document, "/Link")
            if link.P.S not in {"/Reference", "/Lbl"}
            and re.fullmatch(r"fn\d+", str(link_of(link).get("/Dest", "")))
        ]
        assert len(references) == 5
        link_of(references[0]).Dest = link_of(calls[0]).Dest

    findings = compare(expect(letter), extract(Path("letter.pdf"), pdf(elsewhere)(data)))
    assert {f.code for f in findings} == {"PUB-V015"}


def test_text_below_the_depth_of_the_parser_is_not_agreed_with(tmp_path: Path) -> None:
    """libxml2 stops at 255 levels without an error; a browser shows the text that follows."""
    (output,) = publish.convert(b"Tekst.\n", ["html"], None, name="a.md").outputs.values()
    for name, extra in (("same", b""), ("more", b"<div>" * 300 + b"Meer." + b"</div>" * 300)):
        assert b"</main>" in output.data
        (tmp_path / f"{name}.html").write_bytes(output.data.replace(b"</main>", extra + b"</main>"))
    report = publish.verify([tmp_path / "same.html", tmp_path / "more.html"])
    assert [(f.code, f.path.rpartition("/")[2]) for f in report.findings] == [("PUB-V009", "more.html")]

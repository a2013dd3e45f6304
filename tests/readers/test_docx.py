"""Test the Word reader with each type of content in Word files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import publish
from publish.cli.inspect import _blocks
from publish.diagnostics import PublishError
from publish.engine.job import run
from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import document_nodes, nodes_in
from publish.readers.base import ReadResult
from publish.resolve import resolve
from tests.support import codes, job
from tests.word import CHANGED, NUMBERING, SEPARATORS, call, field, item, note, p, package, picture, r, word


def texts(result: ReadResult) -> list[str]:
    return [plain_text(b.inlines) for b in nodes_in(result.document.blocks) if isinstance(b, n.Paragraph)]


def labels(result: ReadResult) -> list[tuple[str, str]]:
    numbered = resolve(result.document).document
    return [
        (x.label, " ".join(plain_text(b.inlines) for b in x.blocks if isinstance(b, n.Paragraph)))
        for x in numbered.notes.values()
    ]


def outline(result: ReadResult) -> list[str]:
    return list(_blocks(resolve(result.document).document.document.blocks, 0, {}))


# Notes


def test_notes_are_identified_by_type_and_not_by_id() -> None:
    result = word(p("a", call(0), " b", call(1)), footnotes=SEPARATORS + note(1, "twee") + note(0, "een"))
    assert labels(result) == [("1", "een"), ("2", "twee")]


def test_a_footnote_and_an_endnote_with_the_same_id_are_separate_notes() -> None:
    result = word(
        p("a", call(1), " b", call(1, "endnote")),
        footnotes=note(1, "voet"),
        endnotes=note(1, "eind", kind="endnote"),
    )
    assert labels(result) == [("1", "voet"), ("i", "eind")]


def test_a_note_can_contain_paragraphs_and_links_of_the_footnotes_part() -> None:
    link = '<w:hyperlink r:id="r9"><w:r><w:t>de site</w:t></w:r></w:hyperlink>'
    relation = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" Type="x/hyperlink" Target="https://example.org/a" TargetMode="External"/></Relationships>'
    notes = f'<w:footnote w:id="1">{p("<w:r><w:footnoteRef/></w:r>", " Zie ", link)}{p("Tweede alinea.")}</w:footnote>'
    result = word(p("a", call(1)), footnotes=notes, parts={"word/_rels/footnotes.xml.rels": relation})
    (kept,) = result.document.notes.values()
    assert [plain_text(b.inlines) for b in kept.blocks if isinstance(b, n.Paragraph)] == [
        "Zie de site",
        "Tweede alinea.",
    ]
    assert [x.href for x in nodes_in(kept.blocks) if isinstance(x, n.Link)] == ["https://example.org/a"]


def test_noteref_fields_are_repeated_calls_or_cross_references() -> None:
    first = f'<w:bookmarkStart w:id="1" w:name="_Ref1"/>{call(1)}<w:bookmarkEnd w:id="1"/>'
    again = field(r"NOTEREF _Ref1 \f \h", "1").replace(
        "<w:r><w:t", '<w:r><w:rPr><w:rStyle w:val="Nootmarkering"/></w:rPr><w:t'
    )
    cited = field(r"NOTEREF _Ref1 \h", "1")
    result = word(p("a", first, " b", again) + p("zie noot ", cited), footnotes=note(1, "een"))
    numbered = resolve(result.document).document
    assert [len(x.calls) for x in numbered.notes.values()] == [2]
    assert [x.text for x in numbered.nodes() if isinstance(x, n.NoteCrossReference)] == ["1"]


def test_a_custom_marker_is_kept_and_uses_no_number() -> None:
    custom = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'
    notes = f'<w:footnote w:id="1">{p("* Bij de titel.")}</w:footnote>{note(2, "een")}'
    result = word(p("Titel", custom) + p("a", call(2)), footnotes=notes)
    assert labels(result) == [("*", "Bij de titel."), ("1", "een")]
    assert texts(result) == ["Titel", "a"]


def test_note_numbering_follows_the_settings_of_the_file() -> None:
    section = '<w:sectPr><w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/></w:footnotePr></w:sectPr>'
    result = word(p("a", call(1)) + section, footnotes=note(1, "een"))
    assert labels(result) == [("c", "een")]


def test_missing_notes_and_notes_without_a_call_are_reported() -> None:
    result = word(p("a", call(5)), footnotes=note(1, "Nergens."))
    assert codes(result.diagnostics) == ["PUB-R038", "PUB-R043"]
    assert "Nergens." in result.diagnostics[1].message


# Tracked changes and comments


@pytest.mark.parametrize(("how", "text"), [("accept", "Het nieuwe huis"), ("reject", "Het oude huis")])
def test_tracked_changes_are_accepted_or_rejected(how: str, text: str) -> None:
    result = word(CHANGED, track_changes=how)  # type: ignore[arg-type]
    assert texts(result) == [text]
    assert codes(result.diagnostics) == ["PUB-R033", "PUB-R033"]


def test_tracked_changes_can_cause_an_error() -> None:
    with pytest.raises(PublishError) as caught:
        word(CHANGED, track_changes="fail")
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.span and diagnostic.span.line) == ("PUB-R032", 1)
    assert "A. de Vries" in diagnostic.message


def test_a_paragraph_with_a_deleted_end_is_joined_with_the_next() -> None:
    mark = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    assert texts(word(p("Een ", properties=mark) + p("zin."))) == ["Een zin."]
    assert texts(word(p("Een ", properties=mark) + p("zin."), track_changes="reject")) == [
        "Een",
        "zin.",
    ]


def test_a_deleted_table_row_is_removed() -> None:
    def row(text: str, change: str = "") -> str:
        return f"<w:tr>{change}<w:tc>{p(text)}</w:tc><w:tc>{p('x')}</w:tc></w:tr>"

    borders = '<w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'
    deleted = '<w:trPr><w:del w:id="1" w:author="x"/></w:trPr>'
    body = f"<w:tbl>{borders}{row('blijft')}{row('weg', deleted)}</w:tbl>"
    assert "weg" not in texts(word(body))
    assert "weg" in texts(word(body, track_changes="reject"))


def test_comments_are_read_and_reported_but_not_published(tmp_path: Path) -> None:
    body = p(
        '<w:commentRangeStart w:id="4"/>',
        "drie miljoen",
        '<w:commentRangeEnd w:id="4"/>',
        '<w:r><w:commentReference w:id="4"/></w:r>',
        " euro",
    )
    comments = f'<w:comment w:id="4" w:author="J. Jansen" w:date="2024-01-02T00:00:00Z">{p("Klopt dit?")}</w:comment>'
    result = word(body, comments=comments)
    (annotation,) = result.document.annotations
    assert (annotation.text, annotation.quoted, annotation.author) == (
        "Klopt dit?",
        "drie miljoen",
        "J. Jansen",
    )
    assert texts(result) == ["drie miljoen euro"]
    assert [d.message for d in result.diagnostics if d.code == "PUB-R046"] == [
        "a comment by J. Jansen on 'drie miljoen': Klopt dit?"
    ]
    path = tmp_path / "brief.docx"
    path.write_bytes(package(body, comments=comments))
    made = run(job(str(path), ("docx", "html", "akn", "json", "op"), str(tmp_path / "out")))
    for name in made.files:
        assert b"Jansen" not in _unpacked(Path(name))
        assert b"Klopt dit" not in _unpacked(Path(name))


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_outputs_do_not_contain_names_from_the_file_properties(tmp_path: Path) -> None:
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Een brief</dc:title><dc:creator>Ambtenaar Pietersen</dc:creator><cp:lastModifiedBy>Collega Willemsen</cp:lastModifiedBy>"
        "</cp:coreProperties>"
    )
    path = tmp_path / "brief.docx"
    path.write_bytes(package(p("Tekst."), core=core))
    made = run(
        job(str(path), ("pdf", "docx", "epub", "akn", "html", "op", "odt", "json"), str(tmp_path / "out"))
    )
    assert len(made.files) == 8
    for name in made.files:
        data = _unpacked(Path(name))
        assert b"Pietersen" not in data, name
        assert b"Willemsen" not in data, name
    assert "Een brief" in (tmp_path / "out" / "brief.html").read_text("utf-8")


# Headings, lists, tables


def test_headings_are_recognised_by_style_and_outline_level() -> None:
    result = word(
        p("Een", style="Kop1")
        + p("a")
        + p("Twee", style="Eigen")
        + p("b")
        + p("Drie", properties='<w:outlineLvl w:val="1"/>')
    )
    assert outline(result) == [
        "section [een] (line 1): Een",
        "  paragraph (line 2): a",
        "section [twee] (line 3): Twee",
        "  paragraph (line 4): b",
        "  section [drie] (line 5): Drie",
    ]


def test_short_bold_paragraphs_are_headings_if_there_are_no_other_headings() -> None:
    bold = "<w:b/>"
    body = p(r("Inleiding", bold)) + p("Tekst.") + p(r("Is dit een vraag?", bold)) + p("Ja.") + p("Tekst.")
    result = word(body)
    assert [plain_text(b.title) for b in result.document.blocks if isinstance(b, n.Section)] == ["Inleiding"]
    assert "PUB-R045" in codes(result.diagnostics)
    assert "PUB-R045" not in codes(word(p("Kop", style="Kop1") + body).diagnostics)


def test_automatic_numbers_become_list_numbers() -> None:
    body = (
        item("een", 1)
        + item("a", 1, 1)
        + item("b", 1, 1)
        + item("twee", 1)
        + p("tussen")
        + item("drie", 1)
        + item("vijf", 4)
    )
    result = word(body, numbering=NUMBERING)
    lists = [b for b in result.document.blocks if isinstance(b, n.List)]
    assert [(x.start, x.style, x.delimiter, len(x.items)) for x in lists] == [
        (1, "decimal", ".", 2),
        (3, "decimal", ".", 1),
        (5, "decimal", ".", 1),
    ]
    inner = [b for b in lists[0].items[0].blocks if isinstance(b, n.List)]
    assert [(x.style, x.delimiter, len(x.items)) for x in inner] == [("lower-alpha", ")", 2)]


def test_an_indented_paragraph_belongs_to_the_list_item_above_it() -> None:
    body = item("een", 1) + p("nog iets", properties='<w:ind w:left="360"/>') + item("twee", 1) + p("los")
    (first, last) = word(body, numbering=NUMBERING).document.blocks
    assert isinstance(first, n.List)
    assert [len(x.blocks) for x in first.items] == [2, 1]
    assert isinstance(last, n.Paragraph)


def test_numbers_that_lists_cannot_represent_are_text() -> None:
    body = item("Begrippen", 2, style="Kop1") + item("wet", 2, 1) + item("besluit", 2, 1) + item("punt", 3)
    result = word(body, numbering=NUMBERING)
    (section,) = result.document.blocks
    assert isinstance(section, n.Section)
    assert plain_text(section.title) == "Artikel I Begrippen"
    assert texts(result) == ["1.1 wet", "1.2 besluit", "punt"]


def test_cell_spans_and_header_rows_are_read() -> None:
    borders = '<w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'

    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text) if text else '<w:p/>'}</w:tc>"

    wide, high = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('Kop', wide)}</w:tr>"
    rows = f"<w:tr>{cell('hoog', high)}{cell('a')}</w:tr><w:tr>{cell('', '<w:vMerge/>')}{cell('b')}</w:tr>"
    result = word(p("Tabel 1. Aantallen", style="Bijschrift") + f"<w:tbl>{borders}{head}{rows}</w:tbl>")
    (table,) = result.document.blocks
    assert isinstance(table, n.Table)
    assert plain_text(table.caption) == "Tabel 1. Aantallen"
    assert [[(c.columns, c.rows) for c in row.cells] for row in table.head] == [[(2, 1)]]
    assert [[(c.columns, c.rows) for c in row.cells] for row in table.body] == [[(1, 2), (1, 1)], [(1, 1)]]


def test_a_layout_table_without_borders_becomes_paragraphs() -> None:
    rows = f"<w:tr><w:tc>{p('Postbus 1')}</w:tc></w:tr><w:tr><w:tc>{p('Datum')}</w:tc><w:tc>{p('16 mei 2024')}</w:tc></w:tr>"
    result = word(f"<w:tbl><w:tblPr/>{rows}</w:tbl>")
    assert texts(result) == ["Postbus 1", "Datum", "16 mei 2024"]
    assert codes(result.diagnostics) == ["PUB-R042"]


# Inline content


def test_links_bookmarks_and_cross_references() -> None:
    body = (
        p('<w:bookmarkStart w:id="1" w:name="kop"/><w:bookmarkEnd w:id="1"/>', "Een", style="Kop1")
        + p(
            '<w:hyperlink w:anchor="kop"><w:r><w:t>hierboven</w:t></w:r></w:hyperlink>',
            " en ",
            field(r"REF kop \h", "Een"),
        )
        + p(
            field('HYPERLINK "https://example.org/x"', "buiten"),
            " en ",
            '<w:hyperlink w:anchor="weg"><w:r><w:t>nergens</w:t></w:r></w:hyperlink>',
        )
    )
    result = word(body)
    numbered = resolve(result.document).document
    assert [x.target for x in numbered.nodes() if isinstance(x, n.CrossReference)] == ["kop", "kop"]
    assert [x.href for x in numbered.nodes() if isinstance(x, n.Link)] == ["https://example.org/x"]
    assert codes(result.diagnostics) == ["PUB-R017"]


def test_visible_content_is_read_and_hidden_content_is_skipped() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt>"
    body = (
        p(control.format("", "inhoud"), control.format("<w:showingPlcHdr/>", "Klik hier"))
        + p("zicht", r("verborgen", "<w:vanish/>"), "baar")
        + p(
            '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
            " af",
            "<w:r><w:noBreakHyphen/></w:r>",
            "gerond",
        )
        + p('<w:r><w:sym w:font="Wingdings 3" w:char="F022"/></w:r>', "x")
        + p(field("DATE", "1 mei 2020"))
    )
    result = word(body)
    assert texts(result) == ["inhoud", "zichtbaar", "✓ af\u2011gerond", "\ufffdx", "1 mei 2020"]
    assert set(codes(result.diagnostics)) == {"PUB-R035", "PUB-R036", "PUB-R037", "PUB-R040"}


def test_formatting_becomes_nodes_and_adjacent_equal_formatting_is_merged() -> None:
    body = p(
        r("vet", "<w:b/>"),
        r(" en ", "<w:b/>"),
        r("schuin", "<w:b/><w:i/>"),
        " gewoon ",
        r("2", '<w:vertAlign w:val="superscript"/>'),
    )
    (paragraph,) = word(body).document.blocks
    assert isinstance(paragraph, n.Paragraph)
    strong, plain, raised = paragraph.inlines
    assert isinstance(strong, n.Strong)
    assert [type(x).__name__ for x in strong.inlines] == ["Text", "Emphasis"]
    assert isinstance(plain, n.Text)
    assert isinstance(raised, n.Superscript)


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    inner = f"<w:txbxContent>{p('In het kader.')}</w:txbxContent>"
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(word(p("Ervoor", box, " en erna.") + p("Slot."))) == [
        "Ervoor en erna.",
        "In het kader.",
        "Slot.",
    ]


def test_images_have_their_alternative_text_and_caption() -> None:
    drawing, parts, link = picture()
    result = word(p(drawing) + p("Figuur 1. Rood", style="Bijschrift"), parts=parts, links=link)
    (figure,) = result.document.blocks
    assert isinstance(figure, n.Figure)
    assert plain_text(figure.caption) == "Figuur 1. Rood"
    (image,) = [x for x in nodes_in((figure,)) if isinstance(x, n.Image)]
    assert (image.alt, result.document.resources[image.source].width) == ("een rood vlak", 4)


def test_formulas_become_tex() -> None:
    formula = "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    result = word(p("Als ", formula, " groeit") + p(f"<m:oMathPara>{formula}</m:oMathPara>"))
    found = [
        (x.text.replace("{", "").replace("}", ""), x.display)
        for x in document_nodes(result.document)
        if isinstance(x, n.Math)
    ]
    assert found == [("x^2", False), ("x^2", True)]


def test_an_unreadable_formula_keeps_its_characters() -> None:
    result = word(p("Als ", "<m:oMath><m:vreemd><m:r><m:t>xyz</m:t></m:r></m:vreemd></m:oMath>", " groeit"))
    assert codes(result.diagnostics) == ["PUB-R047"]
    assert texts(result) == ["Als xyz groeit"]


def test_the_table_of_contents_is_generated_again() -> None:
    body = p(field(r'TOC \o "1-2" \h', "Een 1")) + p("Een", style="Kop1") + p("a")
    result = word(body)
    assert result.document.structure is not None
    assert result.document.structure.contents == 2
    assert texts(result) == ["a"]
    assert codes(result.diagnostics) == ["PUB-R039"]


def test_page_headers_become_metadata_if_word_shows_them() -> None:
    def header(text: str) -> str:
        return (
            f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{p(text)}</w:hdr>'
        )

    links = '<Relationship Id="h1" Type="x/header" Target="h1.xml"/><Relationship Id="h2" Type="x/header" Target="h2.xml"/>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="even" r:id="h2"/></w:sectPr>'
    result = word(
        p("x") + section,
        parts={"word/h1.xml": header("Ons kenmerk 12"), "word/h2.xml": header("VERTROUWELIJK")},
        links=links,
    )
    assert result.document.metadata.extra == {"header": "Ons kenmerk 12"}


def test_embedded_documents_are_read_through_pandoc() -> None:
    link = '<Relationship Id="r7" Type="x/aFChunk" Target="stuk.htm"/>'
    result = word(
        '<w:altChunk r:id="r7"/>' + p("na"), parts={"word/stuk.htm": "<p>uit <b>HTML</b></p>"}, links=link
    )
    assert texts(result) == ["uit HTML", "na"]


def test_unknown_elements_are_reported_and_their_text_is_kept() -> None:
    result = word(p("a ", "<w:onbekend><w:t>woorden</w:t></w:onbekend>"))
    assert codes(result.diagnostics) == ["PUB-R034"]
    assert "woorden" in "".join(x.text for x in document_nodes(result.document) if isinstance(x, n.RawInline))


def test_charts_and_macros_are_reported() -> None:
    chart = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" descr="groei per jaar"/><a:graphic><a:graphicData>'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="r5"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
    result = word(p(chart, "x"), parts={"word/vbaProject.bin": b"x"})
    assert {"PUB-R070", "PUB-R044"} <= set(codes(result.diagnostics))
    assert any("groei per jaar" in d.message for d in result.diagnostics)


def test_positions_are_paragraph_and_run_numbers() -> None:
    result = word(p("a") + p("b ", call(3)), footnotes=note(1, "x"))
    (first, _) = result.diagnostics
    assert first.span is not None
    assert (first.span.line, first.span.column) == (2, 2)


def test_run_languages_are_kept_except_the_en_us_default_of_word() -> None:
    body = p(r("un mot", '<w:lang w:val="fr-FR"/>'), r(" woord", '<w:lang w:val="en-US"/>'))
    result = word(body)
    assert result.document.metadata.language == "nl-NL"
    spans = [x.attrs.get("lang") for x in document_nodes(result.document) if isinstance(x, n.TextSpan)]
    assert spans == ["fr-FR"]


def test_strict_ooxml_files_are_read() -> None:
    data = package(p("streng ", call(1)), footnotes=note(1, "een"))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            text = text.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            text = text.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            new.writestr(name, text)
    from publish.readers.base import Source
    from publish.readers.docx.reader import read

    result = read(Source("streng.docx", strict.getvalue(), None))
    assert labels(result) == [("1", "een")]


def test_the_api_reads_word_files(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(package(p("x", call(1)), footnotes=note(1, "een")))
    assert list(publish.read(path).document.notes) == ["footnote-1"]


def test_capitals_are_published_as_word_shows_them_and_highlighting_is_reported() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>Straße</w:t></w:r>"
        '<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t> nog na te gaan</w:t></w:r></w:p>'
    )
    result = word(body)
    assert texts(result) == ["STRASSE nog na te gaan"]
    assert codes(result.diagnostics) == ["PUB-R063"]


def test_a_form_field_is_apart_from_words_but_not_from_signs() -> None:
    def choice(entry: str) -> str:
        data = f'<w:ffData><w:ddList><w:listEntry w:val="{entry}"/></w:ddList></w:ffData>'
        begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        return f'{begin}<w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'

    assert texts(word(p("Small", choice("Yes"), "of", choice("06"), "/", choice("2020")))) == [
        "Small Yes of 06/2020"
    ]


@pytest.mark.parametrize("instruction", ["STYLEREF 1", "LISTNUM", "PAGEREF x", "= 2 + 3"])
def test_a_field_without_result_is_reported(instruction: str) -> None:
    result = word(p("a ", field(instruction, ""), " b"))
    assert codes(result.diagnostics) == ["PUB-R060"]
    assert texts(result) == ["a b"]


@pytest.mark.parametrize("instruction", ["XE boom", "DOCPROPERTY woordmerk", "SET x y", 'IF a = b "x" ""'])
def test_a_field_that_shows_nothing_is_not_reported(instruction: str) -> None:
    assert codes(word(p("a ", field(instruction, ""), "b")).diagnostics) == []

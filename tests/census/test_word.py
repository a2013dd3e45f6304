"""Census of Word files: what Word shows, and what it does not."""

from __future__ import annotations

from tests.census.support import CASES, census_of, notes, shown, unseen
from tests.word import NUMBERING, call, field, item, note, p, package, picture, r


def word(body: str, **more: str) -> bytes:
    return package(body, **more)


def test_labels_are_those_that_word_displays() -> None:
    body = (
        item("een", 1) + item("a", 1, 1) + item("b", 1, 1) + item("twee", 1) + item("a", 1, 1)
        + item("vijf", 4) + item("streep", 3) + item("artikel", 2) + item("lid", 2, 1)
    )  # fmt: skip
    census = census_of(word(body, numbering=NUMBERING), "x.docx")
    labels = ["1.", "a)", "b)", "2.", "a)", "5.", "•", "Artikel I", "1.1"]
    assert [label for label, _ in shown(census)] == labels


def test_tracked_changes_are_shown_as_the_user_chooses() -> None:
    body = p(
        "Het ",
        '<w:ins w:id="1"><w:r><w:t>nieuwe</w:t></w:r></w:ins>',
        '<w:del w:id="2"><w:r><w:delText>oude</w:delText></w:r></w:del>',
        " huis",
    )
    accepted = census_of(word(body), "x.docx")
    rejected = census_of(word(body), "x.docx", track_changes="reject")
    assert (shown(accepted), unseen(accepted)) == ([("", "Het nieuwe huis")], {("tracked deletion", "oude")})
    assert (shown(rejected), unseen(rejected)) == ([("", "Het oude huis")], {("tracked insertion", "nieuwe")})


def test_a_deleted_end_joins_paragraphs_only_within_their_container() -> None:
    mark = '<w:rPr><w:del w:id="3"/></w:rPr>'
    table = f"<w:tbl><w:tr><w:tc>{p('cel', properties=mark)}</w:tc><w:tc>{p('buur')}</w:tc></w:tr></w:tbl>"
    body = p("een", properties=mark) + p("twee") + p("drie", properties=mark) + table
    texts = [text for _, text in shown(census_of(word(body), "x.docx"))]
    assert texts == ["eentwee", "drie", "cel", "buur"]


def test_hidden_text_and_field_codes_are_unseen() -> None:
    body = p("zicht", r("baar", "<w:vanish/>"), field("DATE", "1 mei"))
    census = census_of(word(body), "x.docx")
    assert shown(census) == [("", "zicht1 mei")]
    assert unseen(census) == {("hidden", "baar"), ("field code", "DATE")}


def test_a_table_of_contents_is_unseen_and_a_list_of_figures_is_shown() -> None:
    body = p(field(r'TOC \o "1-3"', "Een 1")) + p(field(r'TOC \h \c "Figuur"', "Figuur 1 3"))
    census = census_of(word(body), "x.docx")
    assert shown(census) == [("", "Figuur 1 3")]
    assert ("cached table of contents", "Een 1") in unseen(census)


def test_note_labels_follow_their_sections() -> None:
    section = '<w:sectPr><w:footnotePr><w:numFmt w:val="upperLetter"/></w:footnotePr></w:sectPr>'
    body = p("een", call(1), properties=section) + p("twee", call(2)) + p("drie", call(3)) + "<w:sectPr/>"
    footnotes = note(1, "Noot een.") + note(2, "Noot twee.") + note(3, "Noot drie.") + note(4, "Nergens.")
    census = census_of(word(body, footnotes=footnotes), "x.docx")
    assert notes(census) == [("A", "Noot een."), ("2", "Noot twee."), ("3", "Noot drie.")]
    assert ("note without call", "Nergens.") in unseen(census)


def test_a_second_call_of_a_note_is_no_word() -> None:
    bookmark = f'<w:bookmarkStart w:id="1" w:name="_Ref1"/>{call(1)}<w:bookmarkEnd w:id="1"/>'
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    again = field(r"NOTEREF _Ref1 \h", "1").replace("<w:r><w:t", f"<w:r>{raised}<w:t")
    body = p("een", bookmark, " twee", again, " zie noot ", field(r"NOTEREF _Ref1 \h", "1"))
    census = census_of(word(body, footnotes=note(1, "Noot.")), "x.docx")
    assert shown(census) == [("", "een twee zie noot 1")]


def test_tables_have_rows_and_columns_and_images_their_digest() -> None:
    drawing, parts, link = picture()
    hidden = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p('weg')}</w:tc></w:tr>"
    wide = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>{p("kop")}</w:tc></w:tr>'
    body = f"<w:tbl>{wide}{hidden}</w:tbl>" + p(drawing)
    census = census_of(package(body, parts=parts, links=link), "x.docx")
    assert [(t.rows, t.columns) for t in census.tables] == [(1, 3)]
    assert [len(image.sha256) for image in census.images] == [64]


def test_crop_rotation_and_size_of_an_image() -> None:
    images = census_of(CASES / "docx" / "picture-size-crop-turn.docx").images
    first = images[0]
    assert (round(first.width, 1), round(first.height, 1), first.crop) == (11.1, 5.6, (0.5, 0.0, 0.0, 0.0))
    assert [image.rotation for image in images if image.rotation] == [90.0]


def test_symbol_fonts_display_other_characters() -> None:
    greek = '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    assert shown(census_of(word(p("hoek ", greek)), "x.docx")) == [("", "hoek α□")]

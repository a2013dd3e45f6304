"""Test the Markdown dialect of text that was extracted from old PDFs."""

from __future__ import annotations

from publish.model import nodes as n
from publish.model.text import plain_text
from publish.model.walk import document_nodes
from tests.support import codes, labels, markdown, numbered, resolved


def note_texts(document: n.Document) -> dict[str, str]:
    return {k: plain_text(v.blocks[0].inlines) for k, v in document.notes.items()}  # type: ignore[union-attr]


def test_a_note_at_an_original_page_end_is_linked_to_its_call() -> None:
    document = markdown("Eerste.<sup>1</sup> Meer.\n\n<sup>1</sup> De noot.\n\nVerder.").document
    assert note_texts(document) == {"1": "De noot."}
    assert len(document.blocks) == 2


def test_notes_on_adjacent_lines_are_separate_notes() -> None:
    text = "A.<sup>1</sup> B.<sup>2</sup>\n\n<sup>1</sup> Een,\nmet een tweede regel.\n<sup>2</sup> Twee.\n"
    assert note_texts(markdown(text).document) == {"1": "Een, met een tweede regel.", "2": "Twee."}


def test_note_numbers_can_restart_on_each_page() -> None:
    text = "A.<sup>1</sup>\n\n<sup>1</sup> Eerste.\n\nB.<sup>1</sup>\n\n<sup>1</sup> Tweede.\n"
    document = numbered(text)
    assert [plain_text(note.blocks[0].inlines) for note in document.notes.values()] == ["Eerste.", "Tweede."]  # type: ignore[union-attr]
    assert labels(document) == ["1", "2"]


def test_an_exponent_is_not_a_call() -> None:
    text = "Een vlak van 12 m<sup>2</sup> groot.<sup>1</sup> Zie ook daar.<sup>2</sup>\n\n<sup>1</sup> Een.\n\n<sup>2</sup> Twee.\n"
    document = markdown(text).document
    raised = [node for node in document_nodes(document) if isinstance(node, n.Superscript)]
    assert [plain_text(node.inlines) for node in raised] == ["2"]
    assert [node.note for node in document_nodes(document) if isinstance(node, n.NoteRef)] == ["1", "2"]


def test_an_apparent_exponent_is_the_call_if_the_note_has_no_other() -> None:
    document = markdown("In categorie A<sup>1</sup> staat meer.\n\n<sup>1</sup> De noot.\n").document
    assert note_texts(document) == {"1": "De noot."}
    assert any(isinstance(node, n.NoteRef) for node in document_nodes(document))


def test_superscript_without_a_note_stays_superscript() -> None:
    document = markdown("Op de 1<sup>e</sup> dag, 5 m<sup>3</sup>.").document
    assert document.notes == {}
    assert sum(isinstance(node, n.Superscript) for node in document_nodes(document)) == 2


def test_source_labels_out_of_order_are_reported() -> None:
    text = "A.<sup>2</sup> B.<sup>1</sup>\n\n<sup>1</sup> Een.\n\n<sup>2</sup> Twee.\n"
    assert codes(resolved(text).diagnostics).count("PUB-N004") == 2


def test_a_note_with_two_calls_is_one_note() -> None:
    document = numbered("A.<sup>1</sup> B.<sup>1</sup>\n\n<sup>1</sup> Een.\n")
    (note,) = document.notes.values()
    assert note.calls == ("fnref1", "fnref1-2")


def test_a_sentence_split_by_a_page_end_is_one_paragraph() -> None:
    result = markdown("Op basis van<sup>1</sup> feiten\n\n<sup>1</sup> Noot.\n\n(12 oktober) verder.\n")
    (paragraph,) = result.document.blocks
    assert plain_text(paragraph.inlines) == "Op basis van feiten (12 oktober) verder."  # type: ignore[union-attr]
    assert codes(result.diagnostics) == ["PUB-R020"]


def test_paragraphs_that_end_with_a_full_sentence_stay_separate() -> None:
    result = markdown("Op basis van feiten.<sup>1</sup>\n\n<sup>1</sup> Noot.\n\nverder gaat het.\n")
    assert len(result.document.blocks) == 2
    assert result.diagnostics == ()


def test_a_note_without_a_call_stays_in_place_and_is_reported() -> None:
    result = markdown("A.<sup>1</sup>\n\n<sup>1</sup> Een.\n\nB.\n\n<sup>1</sup> Zonder roep.\n")
    assert note_texts(result.document) == {"1": "Een."}
    assert plain_text(result.document.blocks[-1].inlines) == "1 Zonder roep."  # type: ignore[union-attr]
    assert codes(result.diagnostics) == ["PUB-N010"]


def test_two_labels_in_one_superscript() -> None:
    document = numbered("Y»<sup>3, 4</sup>\n\n<sup>3</sup> Drie.\n\n<sup>4</sup> Vier.\n")
    assert [plain_text(x.blocks[0].inlines) for x in document.notes.values()] == ["Drie.", "Vier."]  # type: ignore[union-attr]


def test_labels_on_a_separate_line_and_with_a_parenthesis() -> None:
    document = markdown(
        "A.<sup>1</sup> B.<sup>2)</sup>\n\n<sup>1</sup>\nEen.\n\n<sup>2)</sup> Twee.\n"
    ).document
    assert note_texts(document) == {"1": "Een.", "2": "Twee."}


def test_formulas_do_not_become_second_calls() -> None:
    text = "Zie.<sup>2</sup> CO<sup>2</sup>, (a+b)<sup>2</sup>, 3<sup>2</sup>.\n\n<sup>2</sup> Twee.\n"
    assert sum(isinstance(node, n.NoteRef) for node in document_nodes(markdown(text).document)) == 1

"""Manuscripts that repeat one thing, to measure how the work grows with it."""

from __future__ import annotations

from collections.abc import Callable

HEAD = "---\ntitle: Groei\nlang: nl\n---\n\n"


def notes(count: int) -> str:
    """Return paragraphs with a note each; every tenth paragraph calls an earlier note again."""
    out = []
    for k in range(1, count + 1):
        again = f" Zie ook eerder.[^{k - 5}]" if k % 10 == 0 else ""
        out.append(
            f"Alinea {k} met een noot.[^{k}]{again}\n\n[^{k}]: Uitleg {k}: <https://example.org/{k}>.\n"
        )
    return "\n".join(out)


def paragraphs(count: int) -> str:
    """Return short paragraphs."""
    return "\n\n".join(f"Alinea {k} met enkele woorden." for k in range(count))


def headings(count: int) -> str:
    """Return sections of two levels, each with a paragraph."""
    return "\n\n".join(f"{'#' * (1 + (k % 5 > 0))} Kop {k}\n\nTekst {k}." for k in range(count))


def runs(count: int) -> str:
    """Return one paragraph of words in bold, italics and code."""
    return " ".join(f"**vet {k}** en *schuin* met `code`" for k in range(count))


def rows(count: int) -> str:
    """Return one table of three columns."""
    lines = [f"| {k} | Gemeente {k} | {k * 7} |" for k in range(count)]
    return "\n".join(["| Nr. | Naam | Aantal |", "| --- | --- | ---: |", *lines])


def columns(count: int) -> str:
    """Return one table of four rows."""
    lines = ["| " + " | ".join(f"c{k}" for k in range(count)) + " |" for _ in range(4)]
    return "\n".join([lines[0], "|" + " --- |" * count, *lines[1:]])


def cells(count: int) -> str:
    """Return tables of four cells with a sentence in each cell."""
    row = "| Een zin in een cel. | Nog een zin. |"
    return "\n\n".join(f"| Kop {k} | Kop |\n| --- | --- |\n{row}" for k in range(count))


def links(count: int) -> str:
    """Return paragraphs with a link to a web page and a link to a heading."""
    head = "# Doel {#doel}\n\n"
    return head + "\n\n".join(
        f"Zie [pagina {k}](https://example.org/{k}) en [doel](#doel)." for k in range(count)
    )


def lists(count: int) -> str:
    """Return one list."""
    return "\n".join(f"{k}. Punt {k} van de lijst" for k in range(1, count + 1))


def nesting(count: int) -> str:
    """Return lists of four levels."""
    return "\n\nTussen.\n\n".join(
        "\n".join(f"{'   ' * depth}1. Punt {k} op niveau {depth}" for depth in range(4)) for k in range(count)
    )


def images(count: int) -> str:
    """Return paragraphs that show one image of the folder `examples/`."""
    return "\n\n".join(f"Tekst {k}.\n\n![Beeld {k}](data:image/png;base64,{PIXEL})" for k in range(count))


def citations(count: int) -> str:
    """Return paragraphs that cite laws and publications."""
    return "\n\n".join(
        f"Zie Kamerstuk 35 {k % 900 + 100}, nr. {k} en artikel {k % 40 + 1} van de Grondwet."
        for k in range(count)
    )


def quotation(count: int) -> str:
    """Return one quotation of many lines."""
    return "".join(f"> regel {k}\n" for k in range(count))


def quotations(count: int) -> str:
    """Return quotations within quotations."""
    return "\n\nTussen.\n\n".join(f"> Buiten {k}\n>\n> > Binnen {k}\n" for k in range(count))


def calls(count: int) -> str:
    """Return one paragraph with many notes."""
    called = " ".join(f"woord[^{k}]" for k in range(count))
    return called + "\n\n" + "".join(f"[^{k}]: Noot {k}.\n" for k in range(count))


def repeated(count: int) -> str:
    """Return one note that is called many times."""
    return "\n\n".join(f"Alinea {k}.[^a]" for k in range(count)) + "\n\n[^a]: Noot.\n"


def nested_notes(count: int) -> str:
    """Return notes that call other notes."""
    out = [
        f"Alinea {k}.[^a{k}]\n\n[^a{k}]: Buiten {k}.[^b{k}]\n\n[^b{k}]: Binnen {k}.\n" for k in range(count)
    ]
    return "\n".join(out)


def long_notes(count: int) -> str:
    """Return one note of many paragraphs."""
    return "Tekst.[^a]\n\n[^a]: Noot.\n" + "".join(f"\n    Alinea {k} van de noot.\n" for k in range(count))


def table_notes(count: int) -> str:
    """Return a table with a note in each row."""
    table = ["| Naam | Aantal |", "| --- | ---: |", *(f"| Gemeente {k}[^{k}] | {k} |" for k in range(count))]
    return "\n".join(table) + "\n\n" + "\n".join(f"[^{k}]: Noot {k}." for k in range(count))


def cited_notes(count: int) -> str:
    """Return notes and references to them in the text."""
    out = [
        f"Alinea {k}.[^{k}] Zie noot {max(k - 3, 1)}.\n\n[^{k}]: Uitleg {k}.\n" for k in range(1, count + 1)
    ]
    return "\n".join(out)


def cited_headings(count: int) -> str:
    """Return headings and links to them."""
    return "\n\n".join(f"# Kop {k} {{#kop-{k}}}\n\nZie [kop {k // 2}](#kop-{k // 2})." for k in range(count))


def sentence(count: int) -> str:
    """Return one paragraph of many citations of laws."""
    return " ".join(
        f"artikel {k} van de Grondwet en Kamerstukken II 2020/21, 35 {k % 900:03d}, nr. {k % 99}"
        for k in range(count)
    )


def breaks(count: int) -> str:
    """Return one paragraph of many lines."""
    return "\\\n".join(f"Regel {k}" for k in range(count))


def code(count: int) -> str:
    """Return one code block of many lines."""
    return "```\n" + "\n".join(f"regel {k} <a> & 'b'" for k in range(count)) + "\n```"


def listings(count: int) -> str:
    """Return code blocks."""
    return "\n\n".join(f"```\nregel {k}\n```" for k in range(count))


def bullets(count: int) -> str:
    """Return one list with two paragraphs in each item."""
    return "\n".join(f"* Punt {k}\n\n  Meer over punt {k}." for k in range(count))


def definitions(count: int) -> str:
    """Return definition lists."""
    return "\n\n".join(f"Begrip {k}\n: Uitleg van begrip {k}." for k in range(count))


def characters(count: int) -> str:
    """Return one word of many characters that formats escape."""
    return "<&>\"'é" * count


def marks(count: int) -> str:
    """Return one paragraph of characters that Markdown writes as escapes."""
    return r"\*\_\[\]\`\# " * count


def addresses(count: int) -> str:
    """Return one paragraph of links."""
    return " ".join(f"<https://example.org/pad/{k}>" for k in range(count))


def captions(count: int) -> str:
    """Return tables with captions."""
    return "\n\n".join(f"| A | B |\n| --- | --- |\n| {k} | x |\n\n: Tabel over {k}" for k in range(count))


def languages(count: int) -> str:
    """Return passages in another language."""
    return "\n\n".join(f"Het woord [weekend {k}]{{lang=en}} is Engels." for k in range(count))


def rules(count: int) -> str:
    """Return paragraphs with a rule after each."""
    return "\n\n".join(f"Tekst {k}.\n\n---" for k in range(count))


PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

SHAPES: dict[str, tuple[Callable[[int], str], int]] = {
    "notes": (notes, 200),
    "paragraphs": (paragraphs, 400),
    "headings": (headings, 200),
    "runs": (runs, 400),
    "rows": (rows, 200),
    "columns": (columns, 40),
    "cells": (cells, 60),
    "links": (links, 200),
    "lists": (lists, 300),
    "nesting": (nesting, 60),
    "images": (images, 60),
    "citations": (citations, 150),
    "quotation": (quotation, 400),
    "quotations": (quotations, 100),
    "calls": (calls, 200),
    "repeated": (repeated, 200),
    "nested notes": (nested_notes, 100),
    "long notes": (long_notes, 200),
    "table notes": (table_notes, 100),
    "cited notes": (cited_notes, 150),
    "cited headings": (cited_headings, 150),
    "sentence": (sentence, 100),
    "breaks": (breaks, 400),
    "code": (code, 400),
    "listings": (listings, 150),
    "bullets": (bullets, 200),
    "definitions": (definitions, 150),
    "characters": (characters, 2000),
    "marks": (marks, 500),
    "addresses": (addresses, 200),
    "captions": (captions, 60),
    "languages": (languages, 200),
    "rules": (rules, 200),
}
"""Function of each shape, and the smallest number of repetitions to measure."""


def manuscript(shape: str, count: int) -> bytes:
    """Return a manuscript that repeats a shape."""
    return f"{HEAD}{SHAPES[shape][0](count)}\n".encode()

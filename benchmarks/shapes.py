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
}
"""Function of each shape, and the smallest number of repetitions to measure."""


def manuscript(shape: str, count: int) -> bytes:
    """Return a manuscript that repeats a shape."""
    return f"{HEAD}{SHAPES[shape][0](count)}\n".encode()

"""Manuscripts for the benchmarks, from the seed manuscript or generated."""

from __future__ import annotations

import re
from pathlib import Path

SEED = Path(__file__).resolve().parent.parent / "examples" / "aanhangsel-1558.md"


def repeated(count: int) -> str:
    """Return the seed a number of times in one manuscript, each time with its own notes, as Markdown that every peer reads."""
    text = plain()
    return "\n\n".join(re.sub(r"\[\^(\w+)\]", rf"[^k{k}x\1]", text) for k in range(count)) + "\n"


def plain() -> str:
    """Return the seed with footnotes in a syntax that pandoc also reads."""
    text = SEED.read_text("utf-8")
    text = re.sub(r"<sup>(\d+)</sup>", r"[^\1]", text)
    return re.sub(r"^\[\^(\d+)\]:?\s+", r"[^\1]: ", text, flags=re.MULTILINE)


def book(notes: int) -> str:
    """Return chapters of paragraphs, each paragraph with a note."""
    out = ["---\ntitle: Een boek\nlang: nl\n---\n"]
    for k in range(1, notes + 1):
        if k % 20 == 1:
            out.append(f"# Hoofdstuk {k // 20 + 1}\n")
        words = "Dit is een zin van gewone lengte over een gewoon onderwerp. " * 6
        out.append(
            f"{words}En dan een noot.[^{k}]\n\n[^{k}]: Noot {k}, met een adres: <https://example.org/{k}>.\n"
        )
    return "\n".join(out)


def table(rows: int) -> str:
    """Return one table of five columns."""
    lines = [f"| {k} | Gemeente {k} | {k * 7} | een zin | {k % 13} |" for k in range(rows)]
    head = "---\ntitle: Een tabel\nlang: nl\n---\n\n| Nr. | Naam | Aantal | Tekst | Code |"
    return "\n".join([head, "| --- | --- | ---: | --- | --- |", *lines]) + "\n"


def variation(k: int) -> str:
    """Return the seed as another manuscript, with another number and an extra paragraph."""
    text = SEED.read_text("utf-8").replace("1558", str(1558 + k))
    own = f"Dit is stuk {k}, met {k * 7919 % 1000} woorden van eigen aard. " * (1 + k % 5)
    return text.replace("### Antwoord 9\n", f"### Antwoord 9\n\n{own}\n", 1)

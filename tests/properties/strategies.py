"""Random manuscripts in Markdown that combine all footnote cases.

The strategies generate Markdown, not the model. This tests the reader too, and a failing example is readable.
"""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "wet",
    "Kamer",
    "burger's",
    "«aanhaling»",
    "één",
    "coördinatie",
    "45%",
    "2021–2022",
    "B8/3-regeling",
    "e.g.",
    "(haakjes)",
    "vraag",
    "nr.",
    "12",
    "§3",
    "café",
    "naïef",
    "EU-richtlijn",
    "x",
]

word = st.sampled_from(WORDS)
phrase = st.lists(word, min_size=1, max_size=8).map(" ".join)


@st.composite
def inline(draw: st.DrawFn, labels: list[str]) -> str:
    """Generate text, possibly with emphasis, a link or code, and with note calls at its end."""
    text = draw(phrase)
    kind = draw(st.sampled_from(["plain", "plain", "em", "strong", "code", "link", "auto", "sup", "sub"]))
    match kind:
        case "em":
            text = f"*{text}*"
        case "strong":
            text = f"**{text}**"
        case "code":
            text = f"`{text}`"
        case "link":
            text = f"[{text}](https://example.org/{draw(st.integers(1, 9))})"
        case "auto":
            text = f"<https://example.org/{draw(st.integers(1, 9))}>"
        case "sup":
            text = f"{text}<sup>{draw(word)}</sup>"
        case "sub":
            text = f"{text}<sub>{draw(word)}</sub>"
        case _:
            pass
    if labels and draw(st.booleans()):
        calls = draw(st.lists(st.sampled_from(labels), min_size=1, max_size=3))
        gap = draw(st.sampled_from(["", "", "", " ", ", "]))
        text += gap.join(f"[^{label}]" for label in calls)
    return text + draw(st.sampled_from(["", ".", ",", "?", "»"]))


@st.composite
def paragraph(draw: st.DrawFn, labels: list[str]) -> str:
    return " ".join(draw(st.lists(inline(labels), min_size=1, max_size=4)))


def indented(text: str, by: str) -> str:
    return "\n".join(f"{by}{line}" if line else "" for line in text.split("\n"))


@st.composite
def block(draw: st.DrawFn, labels: list[str], depth: int = 0) -> str:
    kinds = [
        "paragraph",
        "paragraph",
        "heading",
        "heading",
        "bullets",
        "numbers",
        "quote",
        "table",
        "code",
        "definition",
        "rule",
    ]
    kind = draw(st.sampled_from(kinds if depth < 2 else kinds[:2]))
    match kind:
        case "heading":
            unit = draw(st.sampled_from(("", "", "", "Vraag", "Antwoord")))
            text = f"{unit} {draw(st.integers(1, 3))}" if unit else draw(inline(labels))
            return f"{'#' * draw(st.sampled_from((1, 1, 1, 2, 3, 4)))} {text}"
        case "bullets" | "numbers":
            mark = "- " if kind == "bullets" else f"{draw(st.integers(1, 5))}. "
            items = draw(
                st.lists(st.lists(block(labels, depth + 1), min_size=1, max_size=2), min_size=1, max_size=3)
            )
            return "\n".join(mark + indented("\n\n".join(item), " " * len(mark)).lstrip() for item in items)
        case "quote":
            return indented(
                "\n\n".join(draw(st.lists(block(labels, depth + 1), min_size=1, max_size=2))), "> "
            )
        case "table":
            columns = draw(st.integers(1, 3))
            row = st.lists(
                inline(labels).map(lambda t: t.replace("|", " ")), min_size=columns, max_size=columns
            )
            lines = [draw(row), ["---"] * columns, *draw(st.lists(row, min_size=1, max_size=3))]
            return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        case "code":
            return f"```\n{draw(phrase)}\n  {draw(phrase)}\n```"
        case "definition":
            return f"{draw(inline(labels))}\n: {draw(paragraph(labels))}"
        case "rule":
            return "***"
        case _:
            return draw(paragraph(labels))


@st.composite
def note(draw: st.DrawFn, label: str, others: list[str]) -> str:
    """Generate the definition of a note with one or more blocks."""
    blocks = [draw(paragraph(others))]
    blocks += draw(st.lists(block(others, depth=2), max_size=2))
    if draw(st.booleans()):
        blocks.append("- " + draw(paragraph([])) + "\n- " + draw(paragraph([])))
    return f"[^{label}]: " + indented("\n\n".join(blocks), "    ").lstrip()


FORMATS = ("decimal", "decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman", "symbols")


@st.composite
def policy(draw: st.DrawFn) -> str:
    """Generate the `notes:` of a front matter (scopes, formats, first numbers, series), or an empty string."""
    if not draw(st.integers(0, 3)):
        return ""

    def series(kind: str) -> str:
        out = f"format: {draw(st.sampled_from(FORMATS))}, start: {draw(st.sampled_from((1, 1, 3, 26)))}"
        out += f", source-labels: {draw(st.sampled_from(('check', 'keep', 'ignore')))}"
        return out + (f", kind: {kind}" if kind else "")

    scope = draw(st.sampled_from(("document", "chapter", "chapter", "role, role: 'qa:question'")))
    tables = draw(st.sampled_from(("shared", "own")))
    kind = draw(st.sampled_from(("", "", "", "end")))
    lines = [
        f"{series(kind)}, scope: {scope}, tables: {tables}",
        f"series: {{end: {{{series('end')}, scope: {draw(st.sampled_from(('document', 'chapter')))}}}, "
        f"minister: {{{series('foot')}}}, table: {{{series('table')}}}}}",
    ]
    return f"notes: {{{', '.join(lines)}}}\n"


@st.composite
def label(draw: st.DrawFn, number: int) -> str:
    """Generate a label: a name, a number, or a label that assigns the note to a series."""
    kind = draw(st.sampled_from(("n", "n", "", "", "end:", "table:", "minister:")))
    return f"{kind}{number}"


@st.composite
def cited(draw: st.DrawFn, labels: list[str]) -> str:
    """Generate a sentence that refers to notes by number and by link."""
    one, other = draw(st.sampled_from(labels)), draw(st.sampled_from(labels))
    words = draw(st.sampled_from(("Zie noot", "See notes", "zie ook voetnoot", "Eindnoot", "noten")))
    number = one.rpartition(":")[2].removeprefix("n")
    return f"{words} {number} en {other.rpartition(':')[2].removeprefix('n')}, [](#^{one}) of *noot [x](#^{other})*."


@st.composite
def manuscripts(draw: st.DrawFn, *, nested: bool = True) -> str:
    """Generate a complete manuscript, with note definitions in any order between the blocks."""
    labels = [draw(label(k)) for k in range(1, draw(st.integers(0, 6)) + 1)]
    blocks = draw(st.lists(block(labels), min_size=1, max_size=10))
    if labels and draw(st.booleans()):
        blocks.insert(draw(st.integers(0, len(blocks))), draw(cited(labels)))
    for k, own in enumerate(labels):
        others = labels[k + 1 :] if nested and draw(st.integers(0, 4)) == 0 else []
        definition = draw(note(own, others))
        blocks.insert(draw(st.integers(0, len(blocks))), definition)
    title = f"title: Titel{f'[^{labels[-1]}]' if labels and draw(st.booleans()) else ''}\n"
    matter = draw(
        st.sampled_from(["", f"---\n{title}lang: nl\nPOLICY---\n\n", "---\nlang: en\nPOLICY---\n\n"])
    )
    return matter.replace("POLICY", draw(policy())) + "\n\n".join(blocks) + "\n"

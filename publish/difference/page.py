"""The report as a standalone web page: `ins` and `del`, readable without colours, on paper, and aloud."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from publish.difference.compare import Change, Difference, shown
from publish.difference.text import runs

STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; border-bottom: 1px solid #767676; margin-top: 2rem } h3 { font-size: 1rem }
ins { background: #d9f2d9; color: #0b3d0b; text-decoration: underline }
del { background: #fbe0e0; color: #6b0f0f; text-decoration: line-through }
.change { margin: .75rem 0; padding-left: .75rem; border-left: .25rem solid #767676 }
.inserted { border-color: #1e7d1e } .deleted { border-color: #b01c1c } .moved { border-color: #1f4fa3 }
.what { font-size: .85rem; color: #4d4d4d }
table { border-collapse: collapse } th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left }
"""

NAMES = {"changed": "changed", "deleted": "deleted", "inserted": "added", "moved": "moved here"}


def page(found: Difference, old: str, new: str) -> str:
    """Return the whole page; names and texts are escaped."""
    head = f"{escape(old)} and {escape(new)}"
    counts = _counts(found)
    body = [
        f"<h1>What differs between {head}</h1>",
        f"<p>{counts}</p>",
        _metadata(found),
        _section("Text", found.text, by_place=True),
        _section("Notes", found.notes, by_place=False),
        _renumbered(found),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Differences: {head}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(filter(None, body))
        + "\n</main>\n</body>\n</html>\n"
    )


def _counts(found: Difference) -> str:
    if not found:
        return "No differences. Structure, words and notes are the same; formatting is not compared."
    changes = (*found.text, *found.notes)
    words = [
        f"{sum(change.what == what for change in changes)} {name}"
        for what, name in NAMES.items()
        if any(change.what == what for change in changes)
    ]
    more = [f"{len(found.metadata)} differences in metadata"] if found.metadata else []
    more += [f"{len(found.renumbered)} notes renumbered"] if found.renumbered else []
    return ", ".join([*words, *more]) + "."


def _metadata(found: Difference) -> str:
    if not found.metadata:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(field)}</th><td><del>{escape(old)}</del></td><td><ins>{escape(new)}</ins></td></tr>\n'
        for field, old, new in found.metadata
    )
    return (
        '<h2>Metadata</h2>\n<table>\n<tr><th scope="col">What</th><th scope="col">Old</th>'
        f'<th scope="col">New</th></tr>\n{rows}</table>'
    )


def _section(title: str, changes: Iterable[Change], *, by_place: bool) -> str:
    out: list[str] = []
    place: str | None = None
    for change in changes:
        if by_place and change.place != place:
            place = change.place
            out.append(f"<h3>{escape(place or 'Beginning')}</h3>")
        out.append(_change(change, by_place=by_place))
    return "\n".join([f"<h2>{title}</h2>", *out]) if out else ""


def _change(change: Change, *, by_place: bool) -> str:
    name = change.kind if by_place else f"note {change.place}"
    where = " → ".join(filter(None, [change.old, change.new]))
    what = f"{escape(name)} {NAMES[change.what]}" + (f" ({escape(where)})" if where else "")
    tags = {"same": "{}", "deleted": "<del>{}</del>", "inserted": "<ins>{}</ins>"}
    text = "".join(tags[piece.what].format(escape(shown(piece.text))) for piece in change.pieces)
    remarks = "".join(f"<br>{escape(remark)}" for remark in change.remarks)
    return f'<div class="change {change.what}"><p class="what">{what}{remarks}</p>\n<p>{text}</p></div>'


def _renumbered(found: Difference) -> str:
    if not found.renumbered:
        return ""
    pairs = ", ".join(f"{escape(old)} is now {escape(new)}" for old, new in runs(found.renumbered))
    return f"<h2>Notes with another number</h2>\n<p>{pairs}.</p>"

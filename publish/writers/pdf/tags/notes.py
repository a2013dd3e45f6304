"""Notes: each call is in a Reference, and each Note, with its Lbl, follows the Reference of its first call."""

from __future__ import annotations

import pydyf

from publish.writers.pdf.tags.tree import Object, Tree


def tag_notes(tree: Tree) -> None:
    """Wrap each call in a Reference, move each footnote after the Reference of its first call, and tag each Lbl."""
    placed: set[str] = set()
    place = {element.number: k for k, (element, _) in enumerate(tree.descendants(tree.document))}
    for anchor, link in sorted(tree.calls, key=lambda call: place.get(call[1].number, -1)):
        parent = tree.parent(link)
        reference = tree.wrap(link, parent, "/Reference")
        note = tree.notes.get(anchor)
        if note is None or anchor in placed or anchor in tree.fixed or anchor in tree.within:
            continue
        placed.add(anchor)
        if not tree.is_within(parent, note):
            tree.put_after(reference, note, parent)
    _place_nested(tree)
    for note in tree.notes.values():
        _label(tree, note)
    if tree.notes:
        names = pydyf.Array()
        for name, note in sorted(tree.notes.items()):
            names.extend([pydyf.String(name), note.reference])
        tree.root["IDTree"] = pydyf.Dictionary({"Names": names})


def _place_nested(tree: Tree) -> None:
    """Put each note that is called in a note directly after that note, in the order of their numbers."""
    last: dict[str, str] = {}
    for anchor in sorted(tree.within, key=lambda name: int(name.removeprefix("fn"))):
        top = tree.within[anchor]
        while top in tree.within:
            top = tree.within[top]
        before = tree.notes[last.get(top, top)]
        tree.put_after(before, tree.notes[anchor], tree.parent(before))
        last[top] = anchor


def _label(tree: Tree, note: Object) -> None:
    """Tag the first link in a note, which is the backlink to its call, as the label."""
    for element, parent in tree.descendants(note):
        if element["S"] == "/Link":
            tree.wrap(element, parent, "/Lbl")
            return

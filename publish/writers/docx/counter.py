"""Word's own note counter, simulated: where it would show another label, the mark must be literal text.

Formats as in ECMA-376-1, 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from publish.model.policy import NotePolicy, NumberFormat
from publish.resolve.labels import roman
from publish.resolve.numbered import NumberedDocument

WORD_FORMATS: dict[NumberFormat, str] = {
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "symbols": "chicago",
}

_CHICAGO = "*†‡§"


def word_label(number: int, style: NumberFormat) -> str:
    """What Word shows for its `number`th note: letters double after z (aa, bb), and there are four signs."""
    match style:
        case "decimal":
            return str(number)
        case "lower-alpha" | "upper-alpha":
            round_, index = divmod(number - 1, 26)
            text = chr(ord("a") + index) * (round_ + 1)
        case "lower-roman" | "upper-roman":
            text = roman(number)
        case "symbols":
            round_, index = divmod(number - 1, len(_CHICAGO))
            return _CHICAGO[index] * (round_ + 1)
    return text.upper() if style.startswith("upper") else text


def literal_marks(numbered: NumberedDocument) -> frozenset[str]:
    """The ids of the notes that Word's counter cannot label; a literal mark does not step the counter."""
    policy: NotePolicy = numbered.document.note_policy
    number = policy.start
    literal: set[str] = set()
    for note in numbered.notes.values():
        if note.parent:
            continue  # printed within its parent's note, where no counter reaches
        if number >= 1 and word_label(number, policy.format) == note.label:
            number += 1
        else:
            literal.add(note.id)
    return frozenset(literal)

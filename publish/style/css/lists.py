"""CSS for the numbers of lists, which are part of an official text: `a.`, `(iii)`, `2)`."""

from __future__ import annotations

from publish.style.css.rules import Rules

STYLES = ("decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman")
DELIMITERS = {"paren": ('""', '") "'), "parens": ('"("', '") "')}
"""Classes of lists whose numbers do not end with a full stop, with the text before and after a number."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _letters(name: str, letters: str) -> str:
    """Return a counter style with `aa`, `bb` after `z`, as in Dutch law and Word; CSS continues with `aa`, `ab`."""
    return f"@counter-style {name} {{ system: symbolic; symbols: {' '.join(letters)}; suffix: '. '; }}"


_COUNTERS = {"lower-alpha": "lower-alpha-twice", "upper-alpha": "upper-alpha-twice"}

LISTS: Rules = [
    # Items whose labels are text: the label has the position of a number.
    "ul.labelled { list-style-type: none; }",
    "ul.labelled > li > .p:first-child { text-indent: -1.2em; }",
    _letters("lower-alpha-twice", _LETTERS),
    _letters("upper-alpha-twice", _LETTERS.upper()),
    *(f"ol.{style} {{ list-style-type: {_COUNTERS.get(style, style)}; }}" for style in STYLES[1:]),
    *(
        f"@counter-style {style}-{name} {{ system: extends {_COUNTERS.get(style, style)}; prefix: {before}; suffix: {after}; }} "
        f"ol.{name}{f'.{style}' if style != 'decimal' else ''} {{ list-style-type: {style}-{name}; }}"
        for name, (before, after) in DELIMITERS.items()
        for style in STYLES
    ),
]

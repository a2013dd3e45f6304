"""The numbers of lists, which are part of an official text: `a.`, `(iii)`, `2)`."""

from __future__ import annotations

from publish.style.css.roles import Rules

STYLES = ("decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman")
DELIMITERS = {"paren": ('""', '") "'), "parens": ('"("', '") "')}
"""Classes of lists whose numbers do not end with a full stop, and what stands before and after a number."""

LISTS: Rules = [
    *(f"ol.{style} {{ list-style-type: {style}; }}" for style in STYLES[1:]),
    *(
        f"@counter-style {style}-{name} {{ system: extends {style}; prefix: {before}; suffix: {after}; }} "
        f"ol.{name}{f'.{style}' if style != 'decimal' else ''} {{ list-style-type: {style}-{name}; }}"
        for name, (before, after) in DELIMITERS.items()
        for style in STYLES
    ),
]

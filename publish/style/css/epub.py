"""CSS for reading systems."""

from __future__ import annotations

from publish.style.css.lists import LISTS
from publish.style.css.rules import Rules, roles
from publish.style.tokens import Style


def epub_css(style: Style) -> str:
    """Return CSS for reading systems: only relative sizes, no colours and no fonts, because the reading system sets them."""
    return "\n".join([*_EPUB, *roles(style)])


_EPUB: Rules = [
    "body { margin: 0 5%; }",
    "h1, h2, h3, h4, h5, h6 { page-break-after: avoid; break-after: avoid; line-height: 1.25; }",
    "body { overflow-wrap: break-word; }",
    ".p { margin: 0 0 .6em; }",
    # EPUB style sheets must not contain `direction`; the attribute `dir` sets it (EPUB 3.3, 6.3.2.2).
    "[dir=rtl] { text-align: right; } [dir=ltr] { text-align: left; }",
    ".number { font-size: 1.3em; }",
    ".call, .call-separator { font-size: .75em; line-height: 0; vertical-align: super; font-weight: normal; "
    "font-style: normal; }",
    ".call { text-decoration: none; }",
    ".notes { margin-top: 2em; font-size: .9em; }",
    ".table-notes { margin: .3em 0 1em; font-size: .9em; }",
    ".note { margin: 0 0 .5em; padding-left: 1.8em; }",
    ".note .p { margin: 0 0 .3em; }",
    ".mark { display: inline-block; min-width: 1.5em; margin-left: -1.8em; }",
    "table { border-collapse: collapse; }",
    "th, td { border: 1px solid; padding: .2em .5em; text-align: left; vertical-align: top; }",
    "td.center, th.center { text-align: center; }",
    "td.right, th.right { text-align: right; }",
    "caption, figcaption { text-align: left; font-style: italic; }",
    "blockquote { margin: .8em 0 .8em 1.5em; }",
    *LISTS,
    "pre { white-space: pre-wrap; }",
    "figure { margin: 1em 0; }",
    "dt { font-weight: bold; }",
    "img { max-width: 100%; }",
    ".formula { display: block; margin: .6em 0; text-align: center; }",
    ".small-caps { font-variant: small-caps; }",
    ".page-break { page-break-before: always; break-before: page; }",
    ".url { overflow-wrap: anywhere; }",
]

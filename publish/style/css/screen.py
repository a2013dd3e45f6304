"""Generate CSS for a page that a browser displays, and prints in the house style."""

from __future__ import annotations

from publish.style.css.lists import LISTS
from publish.style.css.print import print_css
from publish.style.css.rules import Rules, pt, roles
from publish.style.tokens import Style


def screen_css(style: Style, known: dict[str, str]) -> str:
    """Return CSS for a browser: readable in light and dark mode, wide and narrow; printed in the house style.

    Args:
        style: The house style.
        known: Values for the placeholders of page furniture (`publish.style.furniture.values`).
    """
    screen = "\n".join([*_screen(style), *_SCREEN])
    paper = "\n".join([print_css(style, known), *_paper(style)])
    return f"@media screen {{\n{screen}\n}}\n@media print {{\n{paper}\n}}"


def _screen(style: Style) -> Rules:
    link = style.colours.link
    return [
        ":root { color-scheme: light dark; --text: #1a1a1a; --page: #ffffff; --quiet: #555555; --rule: #b5b5b5; "
        f"--link: {link}; --lift: #f1f4f8; }}",
        "@media (prefers-color-scheme: dark) { :root { --text: #ececec; --page: #161718; --quiet: #b8b8b8; "
        "--rule: #55585c; --link: #9cc7ff; --lift: #23262a; } }",
        f'body {{ margin: 0 auto; padding: 2rem 1.2rem 4rem; max-width: 42rem; font: 1rem/1.6 "{style.fonts.body}", '
        "Arial, Helvetica, sans-serif; color: var(--text); background: var(--page); overflow-wrap: break-word; }",
        *roles(style),
    ]


_OPEN_NOTE: Rules = [
    # The called note appears at the foot of the window, as on a page; its backlink closes it. This uses only a link and a
    # style rule, so it works without scripts, also in a file that is archived for fifty years.
    ".note:target { position: fixed; z-index: 1; inset: auto 0 0 0; box-sizing: border-box; max-width: 42rem; max-height: 45vh; "
    "overflow: auto; margin: 0 auto; padding: .8rem 1.2rem .8rem 3rem; font-size: .95rem; background: var(--lift); "
    "border-top: 3px solid var(--link); box-shadow: 0 -.3rem 1.2rem rgb(0 0 0 / .35); }",
    ".note:target > .p:first-of-type > .mark::after { content: '\\a0\\2715' / ''; }",
    # The open note must not hide the focused element (WCAG 2.2, 2.4.11).
    ":root:has(.note:target) { scroll-padding-bottom: 46vh; } body:has(.note:target) { padding-bottom: 50vh; }",
]

_SCREEN: Rules = [
    ".contents { margin: 0 0 2rem; padding: .8rem 1rem; background: var(--lift); }",
    ".contents .entry { margin: 0; } .contents-title { font-weight: bold; }",
    ".entry-2 { padding-left: 1.2rem; } .entry-3 { padding-left: 2.4rem; } .entry-4 { padding-left: 3.6rem; } .entry-5, .entry-6 { padding-left: 4.8rem; }",
    "a { color: var(--link); }",
    "h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }",
    ".with-subtitle { margin-bottom: .2rem; } .subtitle { color: var(--quiet); font-size: 1.1rem; }",
    "h2 { font-size: 1.15rem; margin: 2rem 0 .4rem; }",
    "h3, h4, h5, h6 { font-size: 1rem; margin: 1.5rem 0 .3rem; }",
    ".p { margin: 0 0 .8rem; }",
    "li > .p { margin: 0 0 .3rem; } li > .p + .p { margin-top: .5rem; }",
    "[dir=rtl] { direction: rtl; text-align: right; } [dir=ltr] { direction: ltr; }",
    ".masthead { color: var(--quiet); border-bottom: 1px solid var(--rule); padding-bottom: .6rem; margin-bottom: 1.5rem; }",
    ".number { font-size: 1.3rem; }",
    ".call, .call-separator { font-size: .75em; line-height: 0; vertical-align: super; font-weight: normal; "
    "font-style: normal; }",
    ".call { text-decoration: none; padding: .4em .15em; }",
    ".call:hover, .call:focus { text-decoration: underline; }",
    ".notes { border-top: 1px solid var(--rule); margin-top: 3rem; padding-top: 1rem; font-size: .9rem; }",
    ".notes + .endnotes { margin-top: 1.5rem; }",
    ".table-notes { margin-top: .4rem; font-size: .9rem; }",
    ".note { margin: 0 0 .6rem; padding-left: 1.8em; }",
    ".note .p { margin: 0 0 .3rem; }",
    ".mark { display: inline-block; min-width: 1.5em; margin-left: -1.8em; padding: .1em .15em; }",
    ".call:target { background: var(--lift); outline: 2px solid var(--link); }",
    ".table { overflow-x: auto; margin: 1rem 0; }",
    "table { border-collapse: collapse; }",
    "th, td { border: 1px solid var(--rule); padding: .3rem .6rem; text-align: left; vertical-align: top; }",
    "td > .p:last-child, th > .p:last-child { margin-bottom: 0; }",
    "td.center, th.center { text-align: center; }",
    "td.right, th.right { text-align: right; }",
    "caption { text-align: left; font-style: italic; padding-bottom: .3rem; min-width: 14rem; }",
    "blockquote { margin: 1rem 0 1rem 1.5rem; }",
    *LISTS,
    "pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--lift); padding: .6rem; }",
    "figure { margin: 1rem 0; }",
    "dt { font-weight: bold; }",
    "figcaption { font-style: italic; }",
    "img { max-width: 100%; height: auto; }",
    ".formula { display: block; margin: .6rem 0; text-align: center; overflow-x: auto; overflow-y: hidden; }",
    # Keeps a call on the line of the formula; `math-style` follows the attribute, so the formula keeps display style.
    ".formula > math { display: inline math; }",
    ".small-caps { font-variant-caps: small-caps; }",
    ".page-break { border: 0; }",
    ".url { overflow-wrap: anywhere; }",
    ".editions { border-top: 1px solid var(--rule); margin-top: 2rem; padding-top: .6rem; font-size: .9rem; }",
    ".editions a { display: inline-block; padding: .2rem .6rem .2rem 0; }",
    *_OPEN_NOTE,
]


def _paper(style: Style) -> Rules:
    """Return the rules for browser print in addition to those of the PDF: notes at the end, no links to other files."""
    notes = style.notes
    return [
        f".notes {{ margin-top: {pt(notes.gap_before * 3)}; padding-top: {pt(notes.gap_before / 2)}; "
        f"border-top: {pt(max(notes.rule, 0.5))} solid {style.colours.rule}; }}",
        ".editions { display: none; }",
    ]

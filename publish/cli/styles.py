"""publish styles: list the house styles that come with publish, and create a new one."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from publish.cli import exits
from publish.cli.console import columns, complain, say_lines
from publish.diagnostics.codes import make
from publish.engine.files import write_whole
from publish.style import load_style, style_names

TEMPLATE = """\
# The house style "{name}". What is not set here is inherited from "{parent}"; `publish schema style` prints every token,
# and docs/styles.md describes them. Lengths are in points.

extends = "{parent}"
name = "{name}"
about = "{name}"

[page]
width = {page.width}
height = {page.height}
margin = {{ top = {m.top}, right = {m.right}, bottom = {m.bottom}, left = {m.left} }}

# Lines in the margins; this list takes the place of the inherited one. {{title}} {{number}} {{date}} … stand for metadata.
[[page.furniture]]
on = "all"
box = "bottom-right"
lines = ["{{page}}"]
valign = "top"
padding = {{ top = 18 }}

[body]
size = {body.size}
leading = {body.leading}

[title]
size = {title.size}
leading = {title.leading}

[notes]
size = {notes.size}
leading = {notes.leading}

[colours]
text = "{colours.text}"
link = "{colours.link}"
"""


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if options.new:
        return _new(options.new, options.parent)
    say_lines(columns(("style", ""), [(name, load_style(name).about) for name in style_names()]))
    return exits.OK


def _new(name: str, parent: str) -> int:
    """Write the folder of a new style, with the tokens that an office changes first."""
    folder = Path(name)
    target = folder / "style.toml"
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", folder.name):
        message = f"Invalid style name: '{folder.name}' (use only letters, digits, - and _)"
        return complain([make("PUB-C001", message)])
    if target.exists():
        return complain([make("PUB-W001", f"{target} already exists", hint="Use another name")])
    style = load_style(parent)
    text = TEMPLATE.format(
        name=folder.name,
        parent=parent,
        page=style.page,
        m=style.page.margin,
        body=style.body,
        title=style.title,
        notes=style.notes,
        colours=style.colours,
    )
    write_whole(target, text.encode())
    say_lines(f"{target}\ntry it: publish build PAPER --style {folder}")
    return exits.OK

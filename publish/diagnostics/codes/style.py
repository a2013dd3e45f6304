"""Codes PUB-S…: house styles."""

from __future__ import annotations

from publish.diagnostics.rule import Code
from publish.diagnostics.types import Severity

CODES = (
    Code(
        "PUB-S001",
        "unknown-style",
        Severity.ERROR,
        "Unknown style",
        "No house style has this name, and no style file is at this path.",
        "See `publish styles`.",
    ),
    Code(
        "PUB-S002",
        "invalid-style",
        Severity.ERROR,
        "Invalid style",
        "A style file is not valid TOML, or a token is unknown or has a wrong value.",
        "Fix the token that the message names.",
    ),
    Code(
        "PUB-S003",
        "font-not-found",
        Severity.WARNING,
        "Font not found",
        "A style names a font that is neither included with publish nor in the style's own folder `fonts`. Fonts installed on the machine are never used, because another machine may not have them.",
        "Put the font files into the folder `fonts` next to `style.toml`, or name another font.",
    ),
    Code(
        "PUB-S004",
        "token-without-effect",
        Severity.WARNING,
        "Token without effect",
        "The style sets a token that earlier versions had. It changes nothing in any format.",
        "Remove the token.",
    ),
    Code(
        "PUB-S005",
        "file-outside-folder",
        Severity.ERROR,
        "File outside the manuscript's folder",
        "The front matter names a house style or a jurisdiction that is neither installed nor a file below the folder of the manuscript, or a style extends such a file. A manuscript can come from an untrusted source, so it cannot make publish open other files.",
        "Put the file into the folder of the manuscript, or name it on the command line or in `publish.toml`.",
    ),
)

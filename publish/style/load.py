"""Functions that find and check house styles."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from publish.conversion import converted
from publish.diagnostics import Diagnostic, PublishError, Span
from publish.diagnostics.codes import make
from publish.entry_points import added, load
from publish.model.metadata import Metadata
from publish.storage import MEGABYTE, is_existing_file, read_regular
from publish.style.contrast import LEAST, too_faint
from publish.style.fonts import knows
from publish.style.furniture import values
from publish.style.token_positions import token_position
from publish.style.tokens import Style
from publish.toml_merge import merged

Files = list[tuple[Path, dict[str, Any]]]
"""The files of a style, from the file that all others extend to the file of the style itself, with the tokens in each."""

DROPPED = {"colours.quiet": "Remove it; furniture and headings have a `colour` of their own"}
"""Tokens that no longer have an effect, and what to do instead."""

GROUP = "publish.styles"
"""Entry points of styles in other packages. Each gives the path of a style folder, as `module:attribute`."""

LARGEST = MEGABYTE
"""Bytes of the largest style file."""

ROLE = re.compile(r"[A-Za-z][A-Za-z0-9:_-]*")
"""Name of a role of blocks."""

STAND_INS = {"body": "Liberation Sans", "mono": "Liberation Mono"}
"""Fallback for a missing font."""


def styles_folder() -> Path:
    """Return the folder of the styles included with publish: inside the wheel, or next to the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_styles"
    return installed if installed.is_dir() else package.parent / "styles"


def fonts_folder() -> Path:
    """Return the folder of the fonts included with publish."""
    return styles_folder() / "fonts"


def style_names() -> tuple[str, ...]:
    """Return the names of the styles included with publish, and of the styles that installed packages add."""
    shipped = sorted(path.parent.name for path in styles_folder().glob("*/style.toml"))
    return (*shipped, *sorted(point.name for point in added(GROUP)))


def load_style(name: str, within: Path | None = None) -> Style:
    """Load a style by its name, or by the path of its folder or `style.toml`.

    Args:
        name: The name or path.
        within: The folder that contains every file of the style that is not installed; None allows all folders.

    Raises:
        PublishError: PUB-S001, if the style is not found; PUB-S002, if it is invalid; PUB-S005, if a file is outside `within`.
    """
    path = _find(name)
    files = _tokens(path, (), within)
    tokens: dict[str, Any] = {}
    for _, own in files:
        tokens = merged(tokens, own)
    tokens.pop("extends", None)
    dropped = _dropped(tokens, files)
    try:
        style = converted({**tokens, "folder": str(path.parent)}, Style)
    except msgspec.ValidationError as error:
        hint = "See docs/styles.md for every token"
        source, span = _where(files, _token(str(error)))
        raise PublishError(make("PUB-S002", f"{error}", source=source, span=span, hint=hint)) from None
    _check_furniture(style, files)
    _check_roles(style, files)
    _check_contrast(style, files)
    return _with_known_fonts(replace(style, problems=dropped, files=_paths(files)), files)


def _paths(files: Files) -> tuple[str, ...]:
    fonts = (
        font
        for path, _ in files
        for font in sorted((path.parent / "fonts").glob("*.[ot]tf"))
        # A link could lead to any file, and a package for an archive contains these files.
        if font.resolve().is_relative_to(path.parent.resolve()) or _is_installed(font)
    )
    return (*map(str, fonts), *(str(path) for path, _ in files))


def _dropped(tokens: dict[str, Any], files: Files) -> tuple[Diagnostic, ...]:
    """Remove tokens that only earlier versions had, and return a diagnostic for each."""
    found = []
    for token, reason in DROPPED.items():
        table, _, name = token.partition(".")
        if isinstance(tokens.get(table), dict) and tokens[table].pop(name, None) is not None:
            source, span = _where(files, f"$.{token}")
            message = f"Token without effect: '{token}'"
            found.append(make("PUB-S004", message, source=source, span=span, hint=reason))
    return tuple(found)


def _check_furniture(style: Style, files: Files) -> None:
    known = {"page", *values(Metadata(), "")}
    for furniture in style.page.furniture:
        unknown = set(re.findall(r"\{(\w+)\}", " ".join(furniture.lines))) - known
        if unknown:
            source, span = _where(files, "$.page.furniture.lines")
            message = f"Unknown placeholder in a running head: {{{min(unknown)}}}"
            hint = f"Use one of {', '.join(f'{{{name}}}' for name in sorted(known))}"
            raise PublishError(make("PUB-S002", message, source=source, span=span, hint=hint))


def _check_roles(style: Style, files: Files) -> None:
    """Reject role names that style sheets and identifiers cannot contain."""
    wrong = next((role for role in style.roles if not ROLE.fullmatch(role)), None)
    if wrong is not None:
        message = f"Invalid name of a role: '{wrong[:80]}'"
        hint = "use letters, digits, hyphens and colons"
        raise PublishError(make("PUB-S002", message, source=str(files[-1][0]), hint=hint))


def _check_contrast(style: Style, files: Files) -> None:
    """Reject text that cannot be told from its background."""
    for token, found in too_faint(style):
        source, span = _where(files, f"$.{token}")
        message = f"Text cannot be read: '{token}' has a contrast of {found:.1f}:1 with its background"
        hint = f"use a contrast of at least {LEAST:.0f}:1"
        raise PublishError(make("PUB-S002", message, source=source, span=span, hint=hint))


def _token(message: str) -> str:
    """Return the token that msgspec reports, such as `$.body.size`."""
    found = re.search(r"`(\$[^`]*)`", message)
    unknown = re.search(r"unknown field `(\w+)`", message)
    return (found[1] if found else "$") + (f".{unknown[1]}" if unknown else "")


def _where(files: Files, token: str) -> tuple[str, Span | None]:
    """Return the file that contains a token, and its position there. Search the file of the style itself first."""
    for path, _ in reversed(files):
        span = token_position(read_regular(path, LARGEST).decode(), token)
        if span is not None:
            return str(path), span
    return str(files[-1][0]), None


def _with_known_fonts(style: Style, files: Files) -> Style:
    """Return the style with available fonts: replace each missing family with its fallback, and report it."""
    missing: list[Diagnostic] = []
    fonts = {"body": style.fonts.body, "mono": style.fonts.mono}
    for role, family in fonts.items():
        if not knows(style.folder, family):
            fonts[role] = STAND_INS[role]
            source, span = _where(files, f"$.fonts.{role}")
            message = f"Font not found: '{family}'; {STAND_INS[role]} is used instead"
            hint = f"Put its files in {Path(style.folder) / 'fonts'}"
            missing.append(make("PUB-S003", message, source=source, span=span, hint=hint))
    return (
        replace(style, fonts=replace(style.fonts, **fonts), problems=(*style.problems, *missing))
        if missing
        else style
    )


def _find(name: str) -> Path:
    shipped = styles_folder() / name / "style.toml"
    if "/" not in name and shipped.is_file():
        return shipped
    given = Path(name)
    for path in (given, given / "style.toml"):
        if is_existing_file(path):
            return path
    own = next((point for point in added(GROUP) if point.name == name), None)
    if own is not None and (Path(load(own.target)) / "style.toml").is_file():
        return Path(load(own.target)) / "style.toml"
    hint = f"Use one of {', '.join(style_names())}, or the path of a folder with a style.toml"
    raise PublishError(make("PUB-S001", f"Style not found: '{name}'", hint=hint))


def _tokens(path: Path, above: tuple[Path, ...], within: Path | None) -> Files:
    """Return the tokens of a style file after the tokens that it inherits, each with its file."""
    if path.resolve() in above:
        raise PublishError(make("PUB-S002", "Styles extend each other in a loop", source=str(path)))
    if within is not None and not _is_installed(path) and not path.resolve().is_relative_to(within.resolve()):
        message = f"Style extends a file outside the manuscript's folder: '{path.parent.name}'"
        raise PublishError(make("PUB-S005", message, source=str(above[-1]) if above else ""))
    try:
        tokens = tomllib.loads(read_regular(path, LARGEST).decode())
    except tomllib.TOMLDecodeError as error:
        raise PublishError(
            make("PUB-S002", f"Invalid TOML: {error}", source=str(path), span=_place(str(error)))
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise PublishError(make("PUB-S002", f"Cannot read file: {error}", source=str(path))) from None
    parent = tokens.get("extends")
    if parent is None:
        return [(path, tokens)]
    sibling = path.parent.parent / str(parent) / "style.toml"
    found = sibling if sibling.is_file() else _find(str(parent))
    if found.resolve().name != "style.toml":
        message = f"Style extends a file that is no style: '{parent}'"
        raise PublishError(make("PUB-S002", message, source=str(path), hint="name a style or its folder"))
    inherited = _tokens(found, (*above, path.resolve()), within)
    return [*inherited, (path, tokens)]


def _is_installed(path: Path) -> bool:
    """Return whether a style file comes with publish or with an installed package."""
    folders = (styles_folder(), *(Path(load(point.target)) for point in added(GROUP)))
    return any(path.resolve().is_relative_to(folder.resolve()) for folder in folders)


def _place(message: str) -> Span | None:
    words = message.replace(",", " ").replace(")", " ").split()
    try:
        return Span(int(words[words.index("line") + 1]), int(words[words.index("column") + 1]))
    except (ValueError, IndexError):
        return None

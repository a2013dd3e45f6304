"""Finding and checking house styles."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from publish.diagnostics import PublishError, Span
from publish.diagnostics.codes import make
from publish.style.tokens import Style


def styles_folder() -> Path:
    """The folder of the styles that come with publish: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_styles"
    return installed if installed.is_dir() else package.parent / "styles"


def fonts_folder() -> Path:
    """The folder of the fonts that come with publish."""
    return styles_folder() / "fonts"


def style_names() -> tuple[str, ...]:
    """The names of the styles that come with publish."""
    return tuple(sorted(path.parent.name for path in styles_folder().glob("*/style.toml")))


@cache
def load_style(name: str) -> Style:
    """A style by its name, or by the path of its folder or `style.toml`.

    Raises:
        PublishError: PUB-S001 where there is no such style, PUB-S002 where it is broken.
    """
    path = _find(name)
    tokens = _tokens(path, ())
    tokens.pop("extends", None)
    try:
        return msgspec.convert({**tokens, "folder": str(path.parent)}, Style)
    except msgspec.ValidationError as error:
        hint = "docs/styles.md describes every token"
        raise PublishError(make("PUB-S002", f"{error}", source=str(path), hint=hint)) from None


def _find(name: str) -> Path:
    shipped = styles_folder() / name / "style.toml"
    if "/" not in name and shipped.is_file():
        return shipped
    given = Path(name)
    for path in (given, given / "style.toml"):
        if path.is_file():
            return path
    hint = f"styles: {', '.join(style_names())}; or the path of a folder with a style.toml"
    raise PublishError(make("PUB-S001", f"there is no style '{name}'", hint=hint))


def _tokens(path: Path, above: tuple[Path, ...]) -> dict[str, Any]:
    if path.resolve() in above:
        raise PublishError(make("PUB-S002", "styles extend each other in a circle", source=str(path)))
    try:
        tokens = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PublishError(
            make("PUB-S002", f"not TOML: {error}", source=str(path), span=_place(str(error)))
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise PublishError(make("PUB-S002", f"cannot be read: {error}", source=str(path))) from None
    parent = tokens.get("extends")
    if parent is None:
        return tokens
    beside = path.parent.parent / str(parent) / "style.toml"
    inherited = _tokens(beside if beside.is_file() else _find(str(parent)), (*above, path.resolve()))
    return _merge(inherited, tokens)


def _place(message: str) -> Span | None:
    words = message.replace(",", " ").replace(")", " ").split()
    try:
        return Span(int(words[words.index("line") + 1]), int(words[words.index("column") + 1]))
    except (ValueError, IndexError):
        return None


def _merge(inherited: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Tables are merged key by key; anything else, lists among them, takes the place of what was inherited."""
    merged = dict(inherited)
    for key, value in own.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged

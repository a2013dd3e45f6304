"""House styles: one definition of the layout of a publication, from which publish generates CSS and Word styles."""

from publish.style.load import load_style, style_names
from publish.style.tokens import Style

__all__ = ["Style", "load_style", "style_names"]

"""House styles: one definition of how a paper looks, from which CSS and Word styles are made."""

from publish.style.load import load_style, style_names
from publish.style.tokens import Style

__all__ = ["Style", "load_style", "style_names"]

"""Generate CSS from the tokens of a style: for print, for screens and for reading systems."""

from publish.style.css.epub import epub_css
from publish.style.css.print import font_addresses, print_css
from publish.style.css.screen import screen_css

__all__ = ["epub_css", "font_addresses", "print_css", "screen_css"]

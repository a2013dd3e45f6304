"""Vector images for programs that do not show SVG."""

from __future__ import annotations

from publish.style.load import fonts_folder

PIXELS_PER_INCH = 300
"""Resolution of the PNG of a drawing."""


def as_png(svg: bytes, width: int) -> bytes:
    """Return an SVG as PNG, `width` pixels wide, with the fonts of the house style; empty if it cannot be drawn."""
    import resvg_py

    try:
        # The library raises no more specific exceptions.
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg.decode(),
                width=max(1, width),
                skip_system_fonts=True,
                font_dirs=[str(fonts_folder())],
                font_family="Liberation Sans",
                sans_serif_family="Liberation Sans",
                serif_family="Liberation Sans",
                monospace_family="Liberation Mono",
            )
        )
    except (ValueError, RuntimeError):
        return b""
    except BaseException as error:
        # A panic of the library is no subclass of Exception.
        if type(error).__name__ != "PanicException":
            raise
        return b""

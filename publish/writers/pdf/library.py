"""State that WeasyPrint shares between threads, and the lock that lets one thread at a time use it.

WeasyPrint and the libraries below it share state without a lock: fonts, caches, objects of Pango. Every use of WeasyPrint
holds `exclusive`. Any thread that collects garbage can free an object of Pango, so this module defers freeing until a thread
holds the lock. It changes neither the environment nor a stream of the process.
"""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from publish.style.load import fonts_folder

_LOCK = threading.RLock()

_GARBAGE: deque[tuple[Callable[[Any], Any], Any]] = deque()
"""Objects of Pango to free, with the functions that free them."""


@contextlib.contextmanager
def exclusive() -> Iterator[None]:
    """Prevent other threads from using WeasyPrint within this context."""
    with _LOCK:
        _free()
        try:
            yield
        finally:
            _free()


def _free() -> None:
    while _GARBAGE:
        destructor, data = _GARBAGE.popleft()
        destructor(data)


class DeferringFfi:
    """The `ffi` of cffi, with a `gc` that frees an object only while a thread holds `exclusive`."""

    def __init__(self, original: Any) -> None:  # noqa: ANN401 - cffi is untyped
        self._original = original

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        found = getattr(self._original, name)
        setattr(self, name, found)  # the next access does not call this method
        return found

    def gc(self, data: Any, destructor: Callable[[Any], Any]) -> Any:  # noqa: ANN401
        """Do the same as `ffi.gc`, but defer freeing."""
        keep = (
            _GARBAGE.append
        )  # bound here, because the names of the module no longer exist at the end of the process
        return self._original.gc(data, lambda freed: keep((destructor, freed)))


@cache
def house_fonts() -> Any:  # noqa: ANN401 - WeasyPrint is untyped
    """Return the shared font configuration for documents without additional fonts."""
    return new_fonts()


def new_fonts() -> Any:  # noqa: ANN401
    """Return a font configuration that contains the fonts of publish and no system fonts.

    WeasyPrint's constructor reads the configuration that the environment names, which applies to the whole process.
    """
    from weasyprint.text.ffi import ffi, gobject, pangoft2
    from weasyprint.text.fonts import FontConfiguration, fontconfig

    more = _fontconfig()
    config = ffi.cast(
        "FcConfig *", int(more.ffi.cast("uintptr_t", more.create(str(fonts_folder() / "fonts.conf"))))
    )
    fonts = FontConfiguration.__new__(FontConfiguration)
    fonts._config = config  # noqa: SLF001 - the constructor sets it
    fonts.font_map = DeferringFfi(ffi).gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
    pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", fonts.font_map), config)
    fontconfig.FcConfigDestroy(config)  # the font map holds a reference
    fonts._folder = None  # noqa: SLF001
    fonts.strut_layouts, fonts.font_features = {}, {}
    return fonts


class _Fontconfig:
    """Functions of fontconfig that WeasyPrint does not declare."""

    def __init__(self) -> None:
        from cffi import FFI

        self.ffi: Any = FFI()
        self.ffi.cdef(
            """
            typedef struct _FcConfig FcConfig;
            FcConfig *FcConfigCreate(void);
            int FcConfigParseAndLoad(FcConfig *config, const unsigned char *file, int complain);
            int FcConfigBuildFonts(FcConfig *config);
            """
        )
        names = ("libfontconfig.so.1", "libfontconfig.1.dylib", "fontconfig-1.dll", "libfontconfig-1.dll")
        self.library = self._opened(names)

    def _opened(self, names: tuple[str, ...]) -> Any:  # noqa: ANN401
        for name in names:
            with contextlib.suppress(OSError):
                return self.ffi.dlopen(name)
        raise OSError("fontconfig cannot be loaded")

    def create(self, file: str) -> Any:  # noqa: ANN401
        """Return a configuration from one file."""
        config = self.library.FcConfigCreate()
        self.library.FcConfigParseAndLoad(config, self.ffi.new("unsigned char[]", file.encode() + b"\0"), 1)
        self.library.FcConfigBuildFonts(config)
        return config


@cache
def _fontconfig() -> _Fontconfig:
    return _Fontconfig()

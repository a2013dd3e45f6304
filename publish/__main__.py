"""The command `publish`, also as `python -m publish`."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the command line. Answer `--version` and `--help` before importing anything."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from publish.version import __version__

        sys.stdout.write(f"publish {__version__}\n")
        return 0
    if sys.argv[1:] in (["--help"], ["-h"]):
        # No pathlib: its import alone takes a third of the time of starting Python.
        here = os.path.dirname(__file__)  # noqa: PTH120
        with open(f"{here}/cli/help.txt", encoding="utf-8") as text:  # noqa: PTH123
            sys.stdout.write(text.read())
        return 0
    _speed_up()
    from publish.cli.parser import run

    return run(sys.argv[1:])


def _speed_up() -> None:
    """Save time at the start and with long documents; only the command may change settings of the process."""
    import gc

    # A document consists of objects that live until the end: look for unused cycles less often.
    gc.set_threshold(50_000, 20, 50)
    # msgspec prefers `typing_extensions`, whose import is slow, to the same functions of `typing`.
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]
    import msgspec  # noqa: F401

    del sys.modules["typing_extensions"]


if __name__ == "__main__":
    sys.exit(main())

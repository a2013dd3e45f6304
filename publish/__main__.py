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
    from publish.process import collect_rarely, start_quickly

    collect_rarely()
    start_quickly()
    from publish.cli.parser import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

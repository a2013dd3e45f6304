"""The command `publish`, also as `python -m publish`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; `--version` is answered before anything is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from publish import __version__

        sys.stdout.write(f"publish {__version__}\n")
        return 0
    from publish.cli.parser import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

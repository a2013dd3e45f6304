"""The command `publish`, also as `python -m publish`."""

from __future__ import annotations

import os
import sys

from publish.process import Terminated, collect_rarely, end_on_request, open_streams, start_quickly


def main() -> int:
    """Run the command line; an interrupted command or a full disk ends it with one line and no traceback."""
    open_streams()
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt as error:
        sys.stderr.write("interrupted\n")
        return 143 if isinstance(error, Terminated) else 130
    except BrokenPipeError:
        # The program that receives the output has ended.
        _drop_output()
        return 0
    except OSError as error:
        if error.filename is not None:
            raise
        _drop_output()
        sys.stderr.write(f"error: Cannot write to standard output: {error.strerror or error}\n")
        return 1
    return code


def _run(arguments: list[str]) -> int:
    """Answer `--version` and `--help` before importing anything."""
    if arguments in (["--version"], ["-V"]):
        from publish.version import __version__

        sys.stdout.write(f"publish {__version__}\n")
        return 0
    if arguments in (["--help"], ["-h"]):
        # No pathlib: its import alone takes a third of the time of starting Python.
        here = os.path.dirname(__file__)  # noqa: PTH120
        with open(f"{here}/cli/help.txt", encoding="utf-8") as text:  # noqa: PTH123
            sys.stdout.write(text.read())
        return 0
    end_on_request()
    collect_rarely()
    start_quickly()
    from publish.cli.parser import run

    return run(arguments)


def _drop_output() -> None:
    """Drop what could not be written to standard output, so that Python does not try again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    sys.exit(main())

"""The command `publish`, also as `python -m publish`."""

from __future__ import annotations

import os
import sys

from publish.process import Terminated, collect_rarely, end_on_request, open_streams, start_quickly
from publish.supervisor import Death, supervised


def main() -> int:
    """Run the command line in a child process, which its parent ends at its limits."""
    return command(sys.argv[1:], in_child=True)


def command(arguments: list[str], *, in_child: bool = False) -> int:
    """Run a command; a request to end it or a full disk ends it with one line and no traceback.

    Args:
        arguments: The words of the command.
        in_child: Whether to run it in a child process. Without one, only the limits of reading hold.

    Returns:
        The exit code.
    """
    open_streams()
    try:
        code = _run(arguments, in_child=in_child)
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
        sys.stderr.write(f"error: Cannot write: {error.strerror or error}\n")
        return 1
    return code


def _run(arguments: list[str], *, in_child: bool) -> int:
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
    if in_child:
        try:
            code = supervised()
        except Death as death:
            return _died(death)
        if code is not None:
            return code
    collect_rarely()
    start_quickly()
    from publish.cli.parser import run

    return run(arguments)


def _died(death: Death) -> int:
    """Report that a signal ended the process of the command; return the exit code."""
    import signal

    if signal.SIGTERM in {death.asked, death.number}:
        raise Terminated
    if signal.SIGINT in {death.asked, death.number}:
        raise KeyboardInterrupt
    from publish.cli.console import complain
    from publish.limits import died, time_exceeded
    from publish.temporary import remove_temporary_folders

    remove_temporary_folders()
    job = death.job
    if death.asked:
        return complain([time_exceeded(job.seconds, job.name)])
    return complain([died(-death.number, job.name, job.megabytes)])


def _drop_output() -> None:
    """Drop what could not be written to standard output, so that Python does not try again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    sys.exit(main())

"""Settings of the whole process. Only the command and the workers of a batch change them, never the Python API."""

from __future__ import annotations

import contextlib
import gc
import os
import sys

TYPE_CHECKING = False
"""The name that type checkers recognise. Importing it from `typing` would take half as long as starting Python."""

if TYPE_CHECKING:
    from collections.abc import Iterator
    from sys import UnraisableHookArgs
    from types import ModuleType


def open_streams() -> None:
    """Make standard output and error usable: a closed stream takes all text, and unknown characters become escapes."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - until the process ends
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def module_command(name: str) -> list[str]:
    """Return the command that runs a module of publish in a new Python, which imports nothing from the current folder (-P)."""
    return [sys.executable, "-P", "-m", name]


@contextlib.contextmanager
def safe_path() -> Iterator[None]:
    """Start processes of Python that import nothing from the current folder, which can contain files of an attacker."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("PYTHONSAFEPATH", None)
        else:
            os.environ["PYTHONSAFEPATH"] = before


class Terminated(KeyboardInterrupt):
    """The system asks the process to end (SIGTERM); like Ctrl-C, it lets every block clean up."""


def end_on_request() -> None:
    """Raise `Terminated` on SIGTERM, and `KeyboardInterrupt` on SIGINT; ignore both after the first, so that cleaning up ends."""
    import signal

    numbers = [signal.SIGTERM]
    # A shell makes the commands that it starts in the background ignore SIGINT.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        numbers.append(signal.SIGINT)

    def end(number: int, _frame: object) -> None:
        for other in numbers:
            signal.signal(other, signal.SIG_IGN)
        raise Terminated if number == signal.SIGTERM else KeyboardInterrupt

    for number in numbers:
        signal.signal(number, end)
    shown = sys.unraisablehook

    def hook(unraisable: UnraisableHookArgs) -> None:
        """Ask again a moment later if Python cannot raise the exception at this place, such as in a callback of an import."""
        if not isinstance(unraisable.exc_value, KeyboardInterrupt):
            shown(unraisable)
            return
        import threading

        sys.unraisablehook = shown
        end_on_request()
        again = signal.SIGTERM if isinstance(unraisable.exc_value, Terminated) else signal.SIGINT
        threading.Timer(0.01, os.kill, (os.getpid(), again)).start()

    sys.unraisablehook = hook


def collect_rarely() -> None:
    """Look for unused cycles less often: nearly all objects of a document live until it is written."""
    gc.set_threshold(50_000, 10, 10)


def start_quickly() -> None:
    """Import msgspec without `typing_extensions`, whose import is slow; it then uses the same functions of `typing`."""
    if "msgspec" not in sys.modules and "typing_extensions" not in sys.modules:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]
        import msgspec  # noqa: F401

        del sys.modules["typing_extensions"]


def limit_memory(megabytes: int) -> None:
    """Limit the memory of this process, and of the processes that it starts; 0 removes the limit. Needs POSIX."""
    resource = _resource()
    if resource is not None:
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = megabytes * 1024 * 1024 or most
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))


def memory_limit() -> int:
    """Return the memory limit of this process in megabytes; 0 without a limit."""
    resource = _resource()
    limit = resource.getrlimit(resource.RLIMIT_DATA)[0] if resource is not None else -1
    return max(0, limit // (1024 * 1024))


def peak_memory() -> int:
    """Return the peak memory of this process in megabytes; 0 where the system does not tell."""
    resource = _resource()
    if resource is None:
        return 0
    # Linux counts kilobytes, macOS counts bytes.
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most // (1024 if sys.platform != "darwin" else 1024 * 1024))


def write_no_core() -> None:
    """Write no core file if this process crashes."""
    resource = _resource()
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_processor_time(process: int, seconds: float) -> None:
    """Limit the processor time of another process of this user. Needs Linux."""
    resource = _resource()
    if resource is not None and hasattr(resource, "prlimit"):
        most = int(seconds) + 1
        with contextlib.suppress(OSError):  # it has ended
            resource.prlimit(process, resource.RLIMIT_CPU, (most, most))


def _resource() -> ModuleType | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    return resource

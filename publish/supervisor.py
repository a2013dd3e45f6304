"""Run the command in a child process. The parent ends it at its limits, also in code that Python cannot interrupt.

The parent imports nothing else of publish, so that the child starts at once. The child tells the parent when a job begins and
ends. Systems without `fork` have no limits of this kind.
"""

from __future__ import annotations

import os
import signal

TYPE_CHECKING = False
"""The name that type checkers recognise. Importing it from `typing` would take half as long as starting Python."""


GRACE = 5.0
"""Seconds in which a child can clean up and report before the parent kills it."""

_parent: int | None = None
"""In the child: the pipe to the parent."""


class Job:
    """What the child does, and its limits."""

    def __init__(self, name: str = "", seconds: float = 0.0, megabytes: int = 0) -> None:
        self.name = name
        self.seconds = seconds
        """Time limit; 0 for none."""
        self.megabytes = megabytes
        """Memory limit; 0 for none."""


class TimeExceeded(BaseException):
    """The time limit of the job is exceeded. No handler of `Exception` catches it."""


class Death(Exception):  # noqa: N818 - it describes the child, not an error of this process
    """The child process was ended by a signal."""

    def __init__(self, job: Job, number: int, asked: int) -> None:
        super().__init__(number)
        self.job = job
        self.number = number
        """The signal."""
        self.asked = asked
        """What the parent had asked for: SIGINT or SIGTERM for the user, SIGUSR1 at the time limit, else 0."""


def supervised() -> int | None:
    """Start a child process that continues the command.

    Returns:
        None in the child, and on systems that cannot start it; the exit code of the child in the parent.

    Raises:
        Death: in the parent, if a signal ended the child.
    """
    if not hasattr(os, "fork"):
        return None
    told, telling = os.pipe()
    life, living = os.pipe()
    try:
        child = os.fork()
    except OSError:
        for end in (told, telling, life, living):
            os.close(end)
        return None
    if child:
        os.close(telling)
        os.close(life)
        return _wait(child, told)
    os.close(told)
    os.close(living)
    _continue(telling, life)
    return None


def tell(job: Job) -> None:
    """Tell the parent process, if there is one, what the child begins; an empty job ends the previous one."""
    if _parent is not None:
        name = os.fsencode(job.name).replace(b"\n", b" ")
        os.write(_parent, b"%a %d %b\n" % (float(job.seconds), job.megabytes, name))


def has_parent() -> bool:
    """Return whether a parent process supervises this one."""
    return _parent is not None


def _wait(child: int, told: int) -> int:
    """Wait until the child ends; end it at the limit of its job, or some time after a request of the user."""
    job, asked = Job(), 0

    def request(number: int, _frame: object) -> None:
        nonlocal asked
        asked = number
        os.kill(child, number)
        signal.setitimer(signal.ITIMER_REAL, GRACE)

    def expire(_number: int, _frame: object) -> None:
        nonlocal asked
        os.kill(child, signal.SIGKILL if asked else signal.SIGUSR1)
        asked = asked or signal.SIGUSR1
        signal.setitimer(signal.ITIMER_REAL, GRACE)

    signal.signal(signal.SIGALRM, expire)
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, request)
    with open(told, "rb") as lines:
        for line in lines:
            seconds, megabytes, name = line.rstrip(b"\n").split(b" ", 2)
            job = Job(os.fsdecode(name), float(seconds), int(megabytes))
            if asked in {0, signal.SIGUSR1}:
                asked = 0
                signal.setitimer(signal.ITIMER_REAL, job.seconds)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    signal.setitimer(signal.ITIMER_REAL, 0)
    if code < 0:
        raise Death(job, -code, asked)
    return code


def _continue(telling: int, life: int) -> None:
    """Initialise the child: handle the time limit, and exit when the parent exits."""
    global _parent  # noqa: PLW0603 - one pipe for each process
    import _thread  # `threading` takes longer to import

    def expire(_number: int, _frame: object) -> None:
        raise TimeExceeded

    def end_with_parent() -> None:
        os.read(life, 1)
        os._exit(1)

    _parent = telling
    signal.signal(signal.SIGUSR1, expire)
    _thread.start_new_thread(end_with_parent, ())

"""Set up publish on a new machine, then run it. Requires only Python 3.11 and pip.

    python3 -m publish.bootstrap build examples/aanhangsel-1558.md
    python3 -m publish.bootstrap add typst deposit sign cluster
    python3 -m publish.bootstrap test

The first command creates a virtual environment in `.venv`, installs publish and the system libraries that WeasyPrint
needs, and runs `publish` with the arguments. The second adds optional parts. The third installs the programs that the tests
need (LibreOffice, Java, poppler, qpdf, Chromium) and runs the tests. Each command prints its steps, changes nothing outside
`.venv` except missing system packages, and does nothing twice.

This module runs before anything is installed. It imports only the standard library and `publish.extras`, which imports
nothing else.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from publish.extras import EXTRAS

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCKS = ROOT / "requirements"
"""Files with the exact versions and digests of all packages: `base`, `dev`, and one for each extra."""

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
"""Shared libraries that WeasyPrint loads, and their Debian packages."""

PROGRAMS = {
    "soffice": "libreoffice-writer-nogui",
    "javac": "default-jdk-headless",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "chromium": "chromium",
}
"""Programs that the tests run, and their Debian packages."""

FORMULAS = Path("/usr/lib/libreoffice/program/libsmlo.so")
"""Library of LibreOffice that shows formulas; its Debian package contains no program."""

CHECKS: dict[str, tuple[tuple[str, ...], ...]] = {
    "pictures": (("python", "docs/pictures/make.py"),),
    "test": (("pytest", "-n", "auto"),),
    "lint": (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",), ("lint-imports",)),
}
"""Commands for development of publish; all other commands go to `publish`."""

RUN_PROGRAMS = frozenset({"test", "pictures"})
"""Development commands that need programs other than Python."""


def main(arguments: list[str]) -> int:
    """Install what is missing, and run the command."""
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(__doc__)
        return 0 if arguments else 2
    command, rest = arguments[0], arguments[1:]
    for_tests = command in CHECKS
    _python_version()
    _packages([p for library, p in LIBRARIES.items() if not _loads(library)])
    if command in RUN_PROGRAMS:
        missing = [p for program, p in PROGRAMS.items() if shutil.which(program) is None]
        _packages(missing + ([] if FORMULAS.exists() else ["libreoffice-math-nogui"]))
    if command == "add":
        return _add(rest)
    python = _environment("dev" if for_tests else "base")
    if not for_tests:
        return subprocess.call([python, "-m", "publish", *arguments])
    for check in CHECKS[command]:
        say(f"running {' '.join(check)}")
        program = str(Path(python).with_name(check[0]))
        code = subprocess.call([program, *check[1:], *rest], cwd=ROOT)
        if code:
            return code
    return 0


def say(text: str) -> None:
    """Print a progress message."""
    print(f"[bootstrap] {text}", file=sys.stderr, flush=True)


def _python_version() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - runs before pip can reject an older Python
        sys.exit(f"publish needs Python 3.11 or newer; this is {sys.version.split()[0]}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _packages(missing: list[str]) -> None:
    """Install Debian packages, with sudo if necessary."""
    if not missing:
        return
    names = " ".join(sorted(missing))
    if shutil.which("apt-get") is None:
        say(f"install the packages that provide: {names}")
        return
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    prefix = [] if is_root else ["sudo"]
    if prefix and shutil.which("sudo") is None:
        sys.exit(f"[bootstrap] as root, run: apt-get install {names}")
    say(f"installing system packages: {names}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = [*prefix, "apt-get", "-q", "-y"]
    subprocess.run([*apt, "update"], env=environment, check=True, stdout=sys.stderr)
    install = [*apt, "install", "--no-install-recommends", *sorted(missing)]
    if subprocess.call(install, env=environment, stdout=sys.stderr):
        sys.exit(f"[bootstrap] could not install: {names}")


def _add(extras: list[str]) -> int:
    """Install optional parts of publish."""
    unknown = sorted(set(extras) - set(EXTRAS))
    if unknown or not extras:
        lines = "\n".join(f"  {name:10}{about}" for name, about in EXTRAS.items())
        print(f"{f'Unknown part: {unknown[0]}' if unknown else 'Name the parts to add'}. Parts:\n{lines}")
        return 2
    _environment("base")
    for name in sorted(extras):
        _locked(name)
    return 0


def _environment(lock: str) -> str:
    """Create the virtual environment with publish and the packages of a lock if necessary; return the path of its Python."""
    if not _python().exists():
        say(f"creating a virtual environment in {VENV.relative_to(ROOT)}/")
        # Without pip: Debian's Python has the module venv, but not the files that venv needs to install pip.
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)
    stamp = VENV / f"installed-{lock}"
    files = (ROOT / "pyproject.toml", LOCKS / "dev.txt")
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    if not any(s.exists() and s.read_text() == wanted for s in (stamp, VENV / "installed-dev")):
        _locked(lock)
        # The locks contain the packages that build publish, so that pip downloads nothing without a digest.
        _pip("publish", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
        # Without compiled modules, each command compiles hundreds of files; pip compiles all packages except this one.
        subprocess.call([str(_python()), "-m", "compileall", "-q", str(ROOT / "publish")])
        stamp.write_text(wanted)
    return str(_python())


def _python() -> Path:
    return VENV / ("Scripts" if os.name == "nt" else "bin") / "python"


def _locked(lock: str) -> None:
    """Install the packages of a lock."""
    _pip(f"the packages of requirements/{lock}.txt", "--require-hashes", "-r", str(LOCKS / f"{lock}.txt"))


def _pip(what: str, *arguments: str) -> None:
    """Install packages in the virtual environment, with the pip of the running Python."""
    say(f"installing {what} with pip")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "--python", str(_python())]
    if subprocess.call([*pip, "install", *arguments], stdout=sys.stderr):
        sys.exit(f"[bootstrap] pip could not install {what}; see above")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

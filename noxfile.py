"""Tasks of the project, with one way to run each.

`nox -s tests`, `nox -s lint`, `nox -s validate`, `nox -s examples`, `nox -s pictures`, `nox -s bench`.
"""

from pathlib import Path

import nox

nox.options.sessions = ["tests", "lint"]


@nox.session(venv_backend="none")
def tests(session: nox.Session) -> None:
    """Run all tests."""
    session.run("python3", "-m", "publish.bootstrap", "test", *session.posargs, external=True)


@nox.session(venv_backend="none")
def lint(session: nox.Session) -> None:
    """Check lint rules, format, types and import contracts."""
    session.run("python3", "-m", "publish.bootstrap", "lint", external=True)


@nox.session(venv_backend="none")
def validate(session: nox.Session) -> None:
    """Run the independent validators on the test documents and on the examples in every style."""
    command = ["python3", "-m", "publish.bootstrap", "test", "-m", "validators", "--every-style"]
    session.run(*command, *session.posargs, external=True)


@nox.session(venv_backend="none")
def examples(session: nox.Session) -> None:
    """Build every example in every house style and format, in output/."""
    papers = [str(path) for path in sorted(Path("examples").glob("*.md")) if path.name != "README.md"]
    for style in sorted(path.parent.name for path in Path("styles").glob("*/style.toml")):
        command = [
            "python3",
            "-m",
            "publish.bootstrap",
            "build",
            *papers,
            "--style",
            style,
            "-o",
            f"output/{style}",
        ]
        session.run(*command, external=True)


@nox.session(venv_backend="none")
def pictures(session: nox.Session) -> None:
    """Create the images of pages in docs/pictures."""
    session.run("python3", "-m", "publish.bootstrap", "pictures", external=True)


@nox.session(venv_backend="none")
def bench(session: nox.Session) -> None:
    """Measure publish and its peers in one run; `nox -s bench -- --write` writes the table to docs/performance.md."""
    session.run(".venv/bin/python", "-m", "benchmarks", *session.posargs, external=True)

"""The project's tasks, one way to run each: `nox -s tests`, `nox -s lint`, `nox -s validate`, `nox -s pictures`."""

import nox

nox.options.sessions = ["tests", "lint"]


@nox.session(venv_backend="none")
def tests(session: nox.Session) -> None:
    """All tests."""
    session.run("python3", "-m", "publish.bootstrap", "test", *session.posargs, external=True)


@nox.session(venv_backend="none")
def lint(session: nox.Session) -> None:
    """Lint, format, types and import contracts."""
    session.run("python3", "-m", "publish.bootstrap", "lint", external=True)


@nox.session(venv_backend="none")
def validate(session: nox.Session) -> None:
    """The validators that other people wrote, on the test papers and on the examples in every style."""
    command = ["python3", "-m", "publish.bootstrap", "test", "-m", "validators", "--every-style"]
    session.run(*command, *session.posargs, external=True)


@nox.session(venv_backend="none")
def pictures(session: nox.Session) -> None:
    """The page pictures in docs/pictures."""
    session.run("python3", "-m", "publish.bootstrap", "pictures", external=True)

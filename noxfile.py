"""Tasks of the project, with one way to run each.

Everyday: `nox -s tests`, `nox -s lint`, `nox -s validate`, `nox -s examples`, `nox -s pictures`, `nox -s bench`. For a release:
`nox -s lock`, `nox -s audit`, `nox -s lowest`, `nox -s pythons`, `nox -s release`.
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


EXTRAS = ("typst", "deposit", "sign", "cluster", "s3")
"""Extras for users; each has a lock."""

PYTHONS = ["3.11", "3.12", "3.13"]

RESOLVE = (
    "uv", "pip", "compile", "--quiet", "--python-version", PYTHONS[0], "--no-emit-index-url", "--no-emit-find-links",
    "--no-header", "--no-annotate", "pyproject.toml", "requirements/build.in",
)  # fmt: skip

LICENCES = (
    "0BSD", "AGPL", "Apache", "Artistic", "BSD", "CC0", "EUPL", "GNU Affero General Public License v3", "GNU Lesser General Public License",
    "GNU Library or Lesser General Public License", "ISC", "LGPL", "MIT", "MPL", "Mozilla Public License", "PSF",
    "Python Software Foundation", "Public Domain", "The Unlicense", "Unlicense", "Zlib",
)  # fmt: skip
"""Parts of the names of licences that can be used together with the EUPL-1.2; NOTICE explains AGPL."""

UNNAMED = ("resvg_py",)
"""Packages whose metadata name no licence, but whose licence file (MIT) was read."""


@nox.session
def lock(session: nox.Session) -> None:
    """Renew the locks in requirements/; all have the versions of `dev`."""
    session.install("uv")
    exact = ("--universal", "--generate-hashes")
    session.run(*RESOLVE, *exact, "--all-extras", "--upgrade", "-o", "requirements/dev.txt")
    for name in ("base", *EXTRAS):
        extra = () if name == "base" else ("--extra", name)
        same = ("-c", "requirements/dev.txt")
        session.run(*RESOLVE, *exact, *same, *extra, "-o", f"requirements/{name}.txt")


@nox.session
def audit(session: nox.Session) -> None:
    """Look for known vulnerabilities in the locked packages. Needs access to a vulnerability database."""
    session.install("pip-audit")
    session.run("pip-audit", "--require-hashes", "--disable-pip", "-r", "requirements/dev.txt")


@nox.session
def release(session: nox.Session) -> None:
    """Write a release to dist/: packages, bill of materials (CycloneDX) and licences; reject a licence that is not listed."""
    session.install("--require-hashes", "-r", "requirements/base.txt")
    session.install("--no-deps", "--no-build-isolation", ".")
    tools = Path(session.create_tmp()) / "tools"
    session.run("python", "-m", "venv", str(tools))
    session.run(
        str(tools / "bin/pip"), "install", "-q", "build", "cyclonedx-bom", "pip-licenses", external=True
    )
    python = str(Path(session.virtualenv.bin) / "python")
    session.run(str(tools / "bin/python"), "-m", "build", "--outdir", "dist", external=True)
    materials = (
        "environment",
        "--pyproject",
        "pyproject.toml",
        "--output-reproducible",
        "-o",
        "dist/publish.cdx.json",
    )
    session.run(str(tools / "bin/cyclonedx-py"), *materials, python, external=True)
    for name in EXTRAS:
        session.install("--require-hashes", "-r", f"requirements/{name}.txt")
    licences = (str(tools / "bin/pip-licenses"), f"--python={python}", "--from=mixed")
    allowed = ("--partial-match", f"--allow-only={';'.join(LICENCES)}", "--ignore-packages", *UNNAMED)
    session.run(*licences, *allowed, external=True)
    texts = (
        "--format=plain-vertical",
        "--with-license-file",
        "--no-license-path",
        "--output-file=dist/NOTICE.txt",
    )
    session.run(*licences, *texts, external=True)


@nox.session(python=PYTHONS)
def pythons(session: nox.Session) -> None:
    """Run the tests with each supported Python."""
    session.install("--require-hashes", "-r", "requirements/dev.txt")
    session.install("--no-deps", "--no-build-isolation", "-e", ".")
    session.run("pytest", "-n", "2", *session.posargs)


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the tests with the lowest versions that pyproject.toml allows."""
    session.install("uv")
    found = Path(session.create_tmp()) / "lowest.txt"
    session.run(*RESOLVE, "--resolution", "lowest-direct", "--all-extras", "-o", str(found))
    session.install("-r", str(found))
    session.install("--no-deps", "--no-build-isolation", "-e", ".")
    session.run("pytest", "-n", "2", *session.posargs)

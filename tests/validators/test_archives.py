"""Check packages with the validators of the authors of each standard, each in a separate environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from publish.deposit.signing import Signer
from publish.deposit.write import deposit
from tests.conftest import ROOT
from tests.deposit.conftest import Key, key, request  # noqa: F401 - a fixture

pytestmark = [pytest.mark.validators, pytest.mark.timeout(400)]

HERE = Path(__file__).parent / "archives"
PAPERS = ["aanhangsel-1558", "kamerstuk", "rapport", "brief"]


def environment(folder: Path, *packages: str) -> Path:
    """Create an environment with these packages, and return its Python."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True, capture_output=True)
    return python


@pytest.fixture(scope="module")
def eark(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return environment(tmp_path_factory.mktemp("eark"), "eark-validator==1.1.3")


@pytest.fixture(scope="module")
def crate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return environment(tmp_path_factory.mktemp("crate"), "roc-validator>=0.13,<0.14", "rocrate>=0.14")


def messages(value: Any) -> list[tuple[str, str]]:
    """Return the severity and identifier of each rule in the JSON of the validator, at any depth."""
    if isinstance(value, list):
        return [found for entry in value for found in messages(entry)]
    if not isinstance(value, dict):
        return []
    own = (
        [(str(value["severity"]), str(value["rule_id"]))]
        if "severity" in value and "rule_id" in value
        else []
    )
    return own + [found for entry in value.values() for found in messages(entry)]


@pytest.mark.parametrize("paper", PAPERS)
def test_e_ark_validator_reports_no_errors(paper: str, eark: Path, tmp_path: Path) -> None:
    (place,) = deposit(request(ROOT / "examples" / f"{paper}.md", tmp_path, "eark")).packages
    done = subprocess.run([eark, HERE / "eark.py", "-v", place], capture_output=True, text=True, check=False)
    found = json.loads(done.stdout[done.stdout.index("{") :])
    assert found["structure"]["status"] == "WellFormed"
    assert found["metadata"]["schema_results"]["status"] == "VALID"
    # SIP14 requires an attribute without a namespace. The METS schema forbids it, and CSIP16 uses another.
    assert [rule for severity, rule in messages(found) if severity == "Error" and rule != "SIP14"] == []
    # Representations have no METS file: the METS file of the package lists all files.
    recommended = {rule for severity, rule in messages(found) if severity == "Warn"}
    assert recommended <= {"CSIPSTR12", "CSIPSTR13", "CSIP105"}


@pytest.mark.parametrize("paper", PAPERS)
def test_ro_crate_validator_reports_no_errors(paper: str, crate: Path, tmp_path: Path) -> None:
    (place,) = deposit(request(ROOT / "examples" / f"{paper}.md", tmp_path, "ro-crate")).packages
    report = tmp_path / "report.json"
    command = [
        crate,
        HERE / "crate.py",
        "-y",
        "validate",
        "--profile-identifier",
        "ro-crate-1.1",
        "-l",
        "recommended",
    ]
    subprocess.run(
        [*command, "--output-format", "json", "-o", report, place], capture_output=True, check=False
    )
    issues = json.loads(report.read_text("utf-8"))["issues"]
    # RO-Crate recommends a URL for each organisation; publish does not invent one.
    assert {(i["severity"], i["check"]["identifier"]) for i in issues} <= {
        ("RECOMMENDED", "ro-crate-1.1_31.2")
    }


def test_signed_pdf_conforms_to_pdf_a_and_pdf_ua(key: Key, verapdf: list[str], tmp_path: Path) -> None:  # noqa: F811
    import publish

    publish.convert(ROOT / "examples" / "rapport.md", ["pdf"], tmp_path)
    signed = tmp_path / "signed.pdf"
    signer = Signer(str(key.certificate), str(key.passphrase), "")
    signed.write_bytes(signer.pdf((tmp_path / "rapport.pdf").read_bytes()))
    done = subprocess.run(
        [*verapdf, signed, "PDFA-2A", "PDFUA-1"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("0 rules failed") == 2


def test_premis_events_contain_validator_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use the epubcheck that is installed in the environment of this Python."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    (place,) = deposit(request(ROOT / "examples" / "brief.md", tmp_path, "eark")).packages
    premis = etree.parse(Path(place) / "metadata" / "preservation" / "premis.xml")
    space = {"p": "http://www.loc.gov/premis/v3"}
    told = "//p:event[p:eventDetailInformation/p:eventDetail='against EPUB 3.3']//p:eventOutcome/text()"
    assert premis.xpath(told, namespaces=space) == ["pass"]
    agents = premis.xpath("//p:agentName/text()", namespaces=space)
    assert [agent for agent in agents if agent.startswith("epubcheck") and "usage" not in agent]

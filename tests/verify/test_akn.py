"""Test the rules for Akoma Ntoso: valid files have no findings, and each damage is reported with its code."""

from __future__ import annotations

import copy
import random
import re
from pathlib import Path

import pytest
from lxml import etree

import publish
from publish.cli.parser import run as main
from publish.resolve import resolve
from publish.verify.akn import check, schema_rules
from tests.conftest import ROOT, SEED

NOTE = '<authorialNote eId="authorialNote_2" marker="2" placement="bottom">'


@pytest.fixture(scope="module")
def paper() -> str:
    return publish.write(resolve(publish.read(SEED).document).document, "akn").data.decode()


def codes(data: str) -> set[str]:
    return {fault.code for fault in check(data.encode())}


def test_valid_document_has_no_findings(paper: str) -> None:
    assert check(paper.encode()) == []


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / "tests" / "golden").glob("*.akn.xml")))
def test_golden_files_have_no_findings(name: str) -> None:
    assert check((ROOT / "tests" / "golden" / name).read_bytes()) == []


@pytest.mark.parametrize("name", ["gold-seed", "gold-seed-minimal", "gold-doc-generic"])
def test_handwritten_files_have_no_findings(name: str, shared: Path) -> None:
    assert check((shared / "gold" / f"{name}.xml").read_bytes()) == []


DAMAGE: dict[str, tuple[str, str, str]] = {
    # The schema
    "an element that there is not": ("herkent u", "<blink>herkent</blink> u", "PUB-V016"),
    "a wrong order": (r"(<lifecycle.*?</lifecycle>)(.*?)(<workflow.*?</workflow>)", r"\3\2\1", "PUB-V016"),
    "a document type declaration": (r"\A(<\?xml.*?\?>)", r"\1<!DOCTYPE akomaNtoso>", "PUB-V016"),
    "text where none may be": ("<debateSection ", "tekst<debateSection ", "PUB-V016"),
    "another encoding": ("encoding='UTF-8'", "encoding='ISO-8859-1'", "PUB-V016"),
    "a question without anything": (r'(<question eId="question_2".*?</num>).*?</question>', r"\1</question>", "PUB-V016"),
    # Identification of the work
    "no identification": ("<identification.*?</identification>", "", "PUB-V017"),
    "no expression": ("<FRBRExpression>.*?</FRBRExpression>", "", "PUB-V017"),
    "no country": ('<FRBRcountry value="nl"/>', "", "PUB-V017"),
    "an empty author": ('<FRBRauthor href="#tk"', '<FRBRauthor href=""', "PUB-V017"),
    "neither number nor name": ('<FRBRnumber value="1558"/>', "", "PUB-V017"),
    "no format": ('<FRBRformat value="xml"/>', "", "PUB-V017"),
    "the null date": ('date="2022-02-03" name="ontvangen"', 'date="0001-01-01" name="ontvangen"', "PUB-V017"),
    "an expression of another work": ('1558/nld@2022-02-03"/>', '1559/nld@2022-02-03"/>', "PUB-V017"),
    "a manifestation of another expression": ("nld@2022-02-03.xml", "fra@2022-02-03.xml", "PUB-V017"),
    "a component of another work": ('tk/2022-02-03/1558/!main"', 'tk/2022-02-03/1557/!main"', "PUB-V017"),
    "another country": ('<FRBRcountry value="nl"', '<FRBRcountry value="be"', "PUB-V017"),
    "a country in capitals": ("/akn/nl/debate", "/akn/NL/debate", "PUB-V017"),
    "another document type": ("/akn/nl/debate/", "/akn/nl/debaterecord/", "PUB-V017"),
    "another subtype": ('<FRBRsubtype value="aanhangsel"', '<FRBRsubtype value="bijlage"', "PUB-V017"),
    "another actor": ("/aanhangsel/tk/", "/aanhangsel/ek/", "PUB-V017"),
    "another date": ('<FRBRdate date="2022-02-03"', '<FRBRdate date="2022-02-04"', "PUB-V017"),
    "another number": ('<FRBRnumber value="1558"', '<FRBRnumber value="1559"', "PUB-V017"),
    "another language in the IRI": ('<FRBRlanguage language="nld"', '<FRBRlanguage language="eng"', "PUB-V017"),
    "another version": ("nld@2022-02-03", "nld@2022-02-09", "PUB-V017"),
    "another format": ('<FRBRformat value="xml"', '<FRBRformat value="pdf"', "PUB-V017"),
    "an IRI of nobody's": ('FRBRuri value="/akn/nl/debate/aanhangsel/tk/2022-02-03/1558"', 'FRBRuri value="/akn/nl"', "PUB-V017"),
    # Identifiers
    "white space in an eId": ('eId="question_2"', 'eId="question 2"', "PUB-V018"),
    "an empty part of an eId": ('eId="question_2__p_1"', 'eId="question_2____p_1"', "PUB-V018"),
    "a sign that no fragment carries": ('eId="question_2__p_1"', 'eId="question_2__p_1/"', "PUB-V018"),
    "an eId twice": ('eId="question_2__p_1"', 'eId="question_1__p_1"', "PUB-V018"),
    "an eId that is missing": (' eId="dbsect_2"', "", "PUB-V018"),
    "an eId of another element": ('eId="question_2__p_1"', 'eId="question_2__block_1"', "PUB-V018"),
    "a name in full where it is abbreviated": ('eId="dbsect_2"', 'eId="debateSection_2"', "PUB-V018"),
    "a number that is not printed": ('eId="question_2"', 'eId="question_20"', "PUB-V018"),
    "a running number that is a word": ('eId="question_2__p_1"', 'eId="question_2__p_een"', "PUB-V018"),
    "a prefix of an element elsewhere": ('eId="question_2__p_1"', 'eId="answer_2__p_9"', "PUB-V018"),
    # References
    "a reference to nothing": ('by="#verkuijlen"', 'by="#verkuylen"', "PUB-V019"),
    "a link to nothing": ('<ref eId="answer_7__ref_1" href="#answer_3"', '<ref eId="answer_7__ref_1" href="#answer_33"', "PUB-V019"),
    "an event by a role": ('by="#verkuijlen" as="#kamerlid" refersTo', 'by="#kamerlid" as="#kamerlid" refersTo', "PUB-V019"),
    "a role that is a person": ('as="#kamerlid"', 'as="#verkuijlen"', "PUB-V019"),
    "an author that is an event": ('<FRBRauthor href="#publish"', '<FRBRauthor href="#indiening"', "PUB-V019"),
    "something that refers to a paragraph": ('refersTo="#indiening">', 'refersTo="#question_2">', "PUB-V019"),
    "a reference into the web": ('<ref eId="answer_7__ref_1" href="#answer_3"', '<ref eId="answer_7__ref_1" href="https://nos.nl/"', "PUB-V019"),
    "an empty address": (r'(<a eId="[^"]*" href=)"[^"]*"', r'\1""', "PUB-V019"),
    "an address that is none": (r'(<a eId="[^"]*" href=)"[^"]*"', r'\1"nos punt nl"', "PUB-V019"),
    "an entry that shows nothing": ('showAs="Verkuijlen"', 'showAs=""', "PUB-V019"),
    "an entry of another class": ("/ontology/person/nl.verkuijlen", "/ontology/role/nl.verkuijlen", "PUB-V019"),
    "an entry twice": ("/ontology/person/nl.verkuijlen", "/ontology/person/nl.van-der-burg", "PUB-V019"),
    # Notes
    "a note without a marker": (NOTE, NOTE.replace(' marker="2"', ""), "PUB-V020"),
    "a marker twice": (NOTE, NOTE.replace('marker="2"', 'marker="1"'), "PUB-V020"),
    "a marker that comes too soon": (NOTE, NOTE.replace('marker="2"', 'marker="3"'), "PUB-V020"),
    "a note without words": (NOTE + ".*?</authorialNote>", NOTE + '<p eId="authorialNote_2__p_1"/></authorialNote>', "PUB-V020"),
    "a note in a note": (r'(marker="2" placement="bottom"><p eId="authorialNote_2__p_1">)', r'\1<authorialNote eId="authorialNote_8" marker="8"><p>x</p></authorialNote>', "PUB-V020"),
    "a call with another marker": (f"{NOTE}(.*?)</authorialNote>", NOTE + r'\1</authorialNote><noteRef href="#authorialNote_2" marker="4" eId="noteRef_1"/>', "PUB-V020"),
    "a call of what is no note": (f"{NOTE}(.*?)</authorialNote>", NOTE + r'\1</authorialNote><noteRef href="#question_2" marker="2" eId="noteRef_1"/>', "PUB-V020"),
    "an editor's note that nobody calls": ("</references>", '</references><notes source="#publish"><note eId="note_1"><p>x</p></note></notes>', "PUB-V020"),
    # Residual markup
    "a marker in the note's text": ('<p eId="authorialNote_2__p_1">', '<p eId="authorialNote_2__p_1">2. ', "PUB-V022"),
    "a marker beside the note": (NOTE, "<sup>2</sup>" + NOTE, "PUB-V022"),
    "a marker before the note": (f"({NOTE}.*?</authorialNote>)", r"<sup>2\1</sup>", "PUB-V022"),
    "a call of Markdown": ("herkent u dit probleem", "herkent u dit probleem[^3]", "PUB-V022"),
    "bold of Markdown": ("herkent u dit probleem", "herkent u **dit** probleem", "PUB-V022"),
    "a replacement character": ("herkent u dit probleem", "herkent u dit probl\ufffdem", "PUB-V022"),
    "a private character": ("herkent u dit probleem", "herkent u dit \ue000probleem", "PUB-V022"),
    "letters in pieces": ("herkent u dit probleem", "herkent u dit proble\u0301em", "PUB-V022"),
    # Metadata
    "a language of two letters": ('language="nld"', 'language="nl"', "PUB-V021"),
    "a language that the text has not": ('<preface eId="preface" xml:lang="nl">', '<preface eId="preface" xml:lang="fr">', "PUB-V021"),
    "steps out of order": ('eId="step_1" date="2021-12-08"', 'eId="step_1" date="2022-12-08"', "PUB-V021"),
    "another printed number": (">1558</docNumber>", ">1559</docNumber>", "PUB-V021"),
    "another printed date": ('date="2021-12-08" refersTo="#indiening">', 'date="2021-12-09" refersTo="#indiening">', "PUB-V021"),
    "a day that there is not": ('date="2021-12-08" refersTo="#indiening">', 'date="2021-02-30" refersTo="#indiening">', "PUB-V021"),
    # Questions
    "a question that is missing": (r'<debateSection eId="dbsect_4".*?</debateSection>', "", "PUB-V023"),
    "a question without an answer": (r'<answer eId="answer_4".*?</answer>', "", "PUB-V023"),
    "a question by nobody": ('eId="question_4" by="#verkuijlen"', 'eId="question_4" by="#"', "PUB-V023"),
    "a number twice": (r"<num>Vraag 4</num>", "<num>Vraag 3</num>", "PUB-V023"),
}  # fmt: skip
"""For each damage to the seed: the pattern, its replacement, and the code of the finding."""


@pytest.mark.parametrize("name", DAMAGE)
def test_each_damage_is_reported(name: str, paper: str) -> None:
    pattern, new, code = DAMAGE[name]
    damaged, count = re.subn(pattern, new, paper, count=1, flags=re.DOTALL)
    assert count == 1, f"{pattern!r} is not there to be damaged"
    if "encoding" in name:
        assert code in {fault.code for fault in check(damaged.encode("iso-8859-1", "xmlcharrefreplace"))}
    else:
        assert code in codes(damaged)


def test_verify_shows_the_line_and_fails(
    paper: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "paper.akn.xml"
    path.write_text(paper.replace('by="#verkuijlen"', 'by="#verkuylen"', 1), "utf-8")
    assert main(["verify", str(path)]) == 1
    line = next(k for k, text in enumerate(path.read_text("utf-8").splitlines(), 1) if "verkuylen" in text)
    assert f"{path}:{line}:1: error: PUB-V019" in capsys.readouterr().err


def test_errors_in_the_source_are_reported_once_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], paper: str
) -> None:
    source = tmp_path / "paper.xml"
    source.write_text(paper.replace('<FRBRcountry value="nl"', '<FRBRcountry value="be"'), "utf-8")
    assert main(["build", str(source), "-t", "akn", "-o", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().err
    assert "PUB-V024" in told
    assert "PUB-V017" not in told


def test_elements_that_need_an_eid_match_the_independent_checker(shared: Path) -> None:
    import importlib.util

    from publish.verify.akn.schema_rules import identified

    spec = importlib.util.spec_from_file_location("akn_check", shared / "checks" / "akn_check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert identified() == module.IDREQ


@pytest.mark.parametrize("name", ["aanhangsel-1558", "kamerstuk", "rapport"])
def test_partial_schema_gives_the_same_result_as_the_whole_schema(name: str) -> None:
    """Compare valid documents, and documents in which an element is removed, duplicated, moved or renamed."""
    whole = schema_rules._schema()
    document = resolve(publish.read(ROOT / "examples" / f"{name}.md").document).document
    root = etree.fromstring(publish.write(document, "akn").data)
    chance = random.Random(name)
    verdicts: list[bool] = []
    for _ in range(300):
        changed = copy.deepcopy(root)
        elements = [e for e in changed.iter(etree.Element) if e is not changed]
        one, other = chance.choice(elements), chance.choice(elements)
        match chance.randrange(5):
            case 0:
                pass
            case 1:
                one.getparent().remove(one)
            case 2:
                one.addnext(copy.deepcopy(one))
            case 3:
                one.tag = other.tag
            case _ if one not in list(other.iterancestors()) and one is not other:
                other.append(one)
        names = frozenset(etree.QName(e).localname for e in changed.iter(etree.Element))
        said = schema_rules.part_for(names).validate(changed.getroottree())
        assert said == whole.validate(changed.getroottree())
        verdicts.append(said)
    assert 60 < sum(verdicts) < 300

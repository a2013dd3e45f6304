"""Test that a document cannot make publish fetch a URL or read a file outside its folder."""

from __future__ import annotations

import socket
import zipfile
from pathlib import Path

import pytest
from lxml import etree, html

import publish
from publish.writers.pdf import engine
from publish.writers.pdf.variants import find_variant

ATTACK = """\
---
title: "<link rel=attachment href=file:///etc/passwd>"
---

![a](file:///etc/passwd) ![b](https://example.org/x.png) ![c](../geheim.png) ![d](/etc/passwd) ![e](//example.org/x.png)

<link rel="attachment" href="file:///etc/passwd">

<img src="file:///etc/passwd"> <script src="https://example.org/x.js"></script>

<style>@import url(https://example.org/x.css); @font-face { src: url(file:///etc/passwd) }</style>

Tekst[^a] [x](file:///etc/passwd) [y](javascript:alert(1)).

[^a]: ![n](file:///etc/passwd)
"""


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
def test_output_contains_no_local_files_or_network_content(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "geheim.png").write_bytes(b"\x89PNG\r\n\x1a\nGEHEIM")
    (folder / "a.md").write_text(ATTACK)
    result = publish.convert(folder / "a.md", output=tmp_path / "uit")
    assert {d.code for d in result.diagnostics} >= {"PUB-R010", "PUB-R011", "PUB-R014"}
    secret = Path("/etc/passwd").read_bytes().splitlines()[0]
    for path in (tmp_path / "uit").iterdir():
        data = path.read_bytes()
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                data = b"".join(archive.read(name) for name in archive.namelist())
        assert secret not in data, path
        assert b"GEHEIM" not in data, path
    page = html.fromstring((tmp_path / "uit" / "a.html").read_bytes())
    addresses = [
        e.get(name) for e in page.iter(etree.Element) for name in ("src", "href", "data") if e.get(name)
    ]
    assert addresses
    beside = {"a.pdf", "a.docx", "a.epub", "a.akn.xml"}
    assert all(address.startswith("#") or address in beside for address in addresses)
    assert [e.get("type") for e in page.iter("script")] == ["application/ld+json"]


def test_layout_engine_does_not_load_local_files(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("GEHEIM")
    html = (
        f'<html lang="nl"><head><title>T</title><link rel="attachment" href="file://{secret}">'
        f'<link rel="stylesheet" href="file://{secret}"></head><body><p>x</p><img alt="a" src="file://{secret}"></body></html>'
    )
    data = engine.render(html, "", {}, b"0" * 32, "nl", find_variant(""), {})
    assert b"GEHEIM" not in data
    assert b"EmbeddedFile" not in data


def test_markup_in_titles_and_notes_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: '</title><script>x</script>'\n---\n\nA[^a]\n\n[^a]: `</div><script>x</script>` & <b>\n"
    )
    result = publish.convert(tmp_path / "a.md", output=tmp_path / "uit")
    assert result.report is not None
    assert result.report.agrees
    assert "<script>x" not in (tmp_path / "uit" / "a.html").read_text()

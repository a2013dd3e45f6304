"""Positions where a line must not break."""

from __future__ import annotations

import pytest

from publish.writers.non_breaking import bind


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("op 8 december 2021", "op 8~december 2021"),
        ("van 15 juli jl.", "van 15~juli jl."),
        ("nr. 1219 en nr. 12", "nr.~1219 en nr.~12"),
        ("van artikel 273f van", "van artikel~273f van"),
        ("(Stb. 2021, 3)", "(Stb.~2021, 3)"),
        ("de heer J. W. Jansen", "de heer J.~W.~Jansen"),
        ("op vraag 3 en 8", "op vraag~3 en 8"),
        ("het getal 12 is groot", "het getal 12 is groot"),
        ("in het lid dat 3 is", "in het lid dat 3 is"),
        ("12 miljoen", "12~miljoen"),
    ],
)
def test_non_breaking_spaces_are_inserted(text: str, bound: str) -> None:
    assert bind(text).replace("\u00a0", "~") == bound

"""Random manuscripts: the scanner of lines and the Markdown reader find the same words, notes, tables and links."""

from __future__ import annotations

from hypothesis import given, settings

from tests.census.support import proved
from tests.properties.strategies import manuscripts


@settings(max_examples=200)
@given(manuscripts())
def test_random_manuscripts_agree(text: str) -> None:
    assert [f"{f.code} {f.message}" for f in proved(text.encode(), "x.md")[1]] == []

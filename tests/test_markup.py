"""Escaping for XML gives the same result as the standard library."""

from __future__ import annotations

from xml.sax import saxutils

from hypothesis import given
from hypothesis import strategies as st

from publish.markup import escape, quoteattr


@given(st.text())
def test_escaping_is_that_of_the_standard_library(text: str) -> None:
    assert escape(text) == saxutils.escape(text)
    assert quoteattr(text) == saxutils.quoteattr(text)

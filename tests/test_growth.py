"""The work of each reader, writer and extractor grows in proportion to the document: 33 shapes (`benchmarks.shapes`).

The work is the number of calls of Python and C functions, so the result does not depend on the machine. `python -m
benchmarks.growth` measures seconds, and also the PDF engines.
"""

from __future__ import annotations

import pytest

from benchmarks.growth import LIMIT, amounts, calls, growth
from benchmarks.shapes import SHAPES

FORMATS = ("docx", "odt", "html", "epub", "akn", "op", "markdown", "json")
"""Formats of which publish does the work itself."""


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Exclude imports and caches from the first measurement."""
    for shape in SHAPES:
        amounts(shape, 4, calls, FORMATS)


@pytest.mark.parametrize("shape", SHAPES)
def test_work_grows_in_proportion_to_the_document(shape: str) -> None:
    found = growth(shape, calls, times=4, scale=0.2, formats=FORMATS)
    assert len(found) > 3 * len(FORMATS)
    faster = {step.step: round(step.exponent, 2) for step in found if step.exponent > LIMIT}
    assert not faster

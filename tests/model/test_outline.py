"""Conversion of headings to nested sections."""

import pytest

from publish.model import nodes as n
from publish.model.outline import Heading, nest


def heading(level: int, title: str) -> Heading:
    return Heading(level, (n.Text(title),))


@pytest.mark.parametrize("level", [0, -1])
def test_heading_level_below_one_becomes_level_one(level: int) -> None:
    first, second = nest([heading(1, "a"), heading(level, "b"), n.Rule()])
    assert isinstance(first, n.Section)
    assert isinstance(second, n.Section)
    assert (first.blocks, second.blocks) == ((), (n.Rule(),))

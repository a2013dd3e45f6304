"""Headings to sections."""

import pytest

from publish.model import nodes as n
from publish.model.outline import Heading, nest


def heading(level: int, title: str) -> Heading:
    return Heading(level, (n.Text(title),))


@pytest.mark.parametrize("level", [0, -1])
def test_a_level_below_the_first_is_the_first(level: int) -> None:
    first, second = nest([heading(1, "a"), heading(level, "b"), n.Rule()])
    assert isinstance(first, n.Section)
    assert isinstance(second, n.Section)
    assert (first.blocks, second.blocks) == ((), (n.Rule(),))

"""Numbering definitions: one for each list, so that each has a separate start number (ECMA-376-1, 17.9)."""

from __future__ import annotations

from publish.model import nodes as n
from publish.style.docx import W

_FORMATS = {
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_BULLETS = "•–▪"
_DELIMITERS = {".": "%{}.", ")": "%{})", "()": "(%{})"}


class Lists:
    """Collector of the lists of a document, which writes `word/numbering.xml`."""

    def __init__(self, first_kind: int = 0, last_number: int = 0) -> None:
        self.first_kind = first_kind
        self.last_number = last_number
        """Highest number that the lists of a template use."""
        self.kinds: dict[tuple[str, str], int] = {}
        self.instances: list[tuple[int, int, int]] = []

    def number(self, block: n.List, depth: int) -> int:
        """Return the `w:numId` of a list at a depth, counted from 0."""
        kind = (_FORMATS[block.style], block.delimiter) if block.ordered else ("bullet", "")
        abstract = self.kinds.setdefault(kind, self.first_kind + len(self.kinds))
        self.instances.append((abstract, min(depth, 8), block.start))
        return self.last_number + len(self.instances)

    def xml(self) -> str:
        """Return the part, which is also valid without lists."""
        kinds = "".join(self._kind(number, *kind) for kind, number in self.kinds.items())
        instances = "".join(
            f'<w:num w:numId="{k}"><w:abstractNumId w:val="{abstract}"/><w:lvlOverride w:ilvl="{depth}">'
            f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for k, (abstract, depth, start) in enumerate(self.instances, start=self.last_number + 1)
        )
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        return f'{head}<w:numbering xmlns:w="{W}">{kinds}{instances}</w:numbering>'

    @staticmethod
    def _kind(number: int, form: str, delimiter: str) -> str:
        levels = []
        for level in range(9):
            sign = (
                _BULLETS[level % len(_BULLETS)]
                if form == "bullet"
                else _DELIMITERS[delimiter].format(level + 1)
            )
            levels.append(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{sign}"/>'
                f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
            )
        kind = f'<w:multiLevelType w:val="multilevel"/>{"".join(levels)}'
        return f'<w:abstractNum w:abstractNumId="{number}">{kind}</w:abstractNum>'

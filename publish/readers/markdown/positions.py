"""Convert an offset in an inline text to a line and column of the file."""

from __future__ import annotations

from bisect import bisect_right

from publish.diagnostics import Span


class Lines:
    """The lines of the source file."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")

    def block(self, first: int, last: int) -> Span:
        """Return the span of a block. markdown-it counts lines from 0; `last` is the line after the block."""
        end = min(max(last, first + 1), len(self.lines))
        while end > first + 1 and not self.lines[end - 1].strip():
            end -= 1
        line = self.lines[first] if first < len(self.lines) else ""
        column = len(line) - len(line.lstrip()) + 1
        last_line = self.lines[end - 1] if end - 1 < len(self.lines) else ""
        return Span(first + 1, column, end, len(last_line) + 1)


class InlinePositions:
    """Positions within the inline text of one block.

    The inline text of a block is its lines without indentation or markers. Therefore the constructor searches for
    each line of the inline text in the corresponding line of the file.
    """

    def __init__(self, lines: Lines, content: str, first: int, after: int = 0) -> None:
        self.lines = lines
        self.content = content
        self.first = first
        self.starts = [0]
        self.columns: list[int] = []
        for index, part in enumerate(content.split("\n")):
            self.starts.append(self.starts[-1] + len(part) + 1)
            number = first + index
            line = lines.lines[number] if number < len(lines.lines) else ""
            found = line.find(part, after if index == 0 else 0)
            self.columns.append(max(found, 0))

    def span(self, start: int, end: int | None = None) -> Span:
        """Return the span from one offset to another."""
        row = self._row(start)
        line, column = self.first + row + 1, self.columns[row] + start - self.starts[row] + 1
        if end is None or end <= start:
            return Span(line, column)
        row = self._row(end)
        return Span(line, column, self.first + row + 1, self.columns[row] + end - self.starts[row] + 1)

    def _row(self, offset: int) -> int:
        return max(min(bisect_right(self.starts, offset) - 1, len(self.columns) - 1), 0)

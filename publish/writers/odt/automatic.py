"""Automatic styles: formats that a text needs in addition to its styles, each written once (ODF 1.3, part 3, 3.15.3)."""

from __future__ import annotations

from publish.markup import quoteattr
from publish.model import nodes as n
from publish.style.odt import NUMBERED_LEVELS, Format, points, style_name
from publish.writers.odt.runs import Properties, text

FORMATS = {
    "decimal": "1",
    "lower-alpha": "a",
    "upper-alpha": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
BULLETS = "•–▪"
AROUND = {".": ("", "."), ")": ("", ")"), "()": ("(", ")")}
"""Characters around the number of an item, by delimiter."""

STEP = 18
"""Indent of each level of lists, in points."""


class AutomaticStyles:
    """Collector of the automatic styles of one part."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        """Name of each style, by its content."""
        self.counts: dict[str, int] = {}

    def _name(self, letter: str, pattern: str) -> str:
        """Return the name of the style with this content, in which `{}` is the place of the name."""
        if pattern not in self.known:
            self.counts[letter] = self.counts.get(letter, 0) + 1
            self.known[pattern] = f"{letter}{self.counts[letter]}"
        return self.known[pattern]

    def xml(self) -> str:
        """Return all styles."""
        return "".join(pattern.replace("{}", name, 1) for pattern, name in self.known.items())

    def span(self, content: str, properties: Properties) -> str:
        """Return content with properties of text."""
        own = properties.attributes
        if own:
            pattern = f'<style:style style:name="{{}}" style:family="text"><style:text-properties {own}/></style:style>'
            content = f'<text:span text:style-name="{self._name("T", pattern)}">{content}</text:span>'
        if properties.style:
            content = f'<text:span text:style-name="{style_name(properties.style)}">{content}</text:span>'
        return content

    def run(self, characters: str, properties: Properties) -> str:
        """Return characters with properties; an empty string for no characters."""
        return self.span(text(characters), properties) if characters else ""

    def paragraph(self, parent: str, own: Format) -> str:
        """Return the name of a paragraph style that adds properties to a style."""
        if own == Format():
            return style_name(parent)
        block = f"<style:paragraph-properties {own.paragraph}>{own.inside}</style:paragraph-properties>"
        properties = block if own.paragraph or own.inside else ""
        properties += f"<style:text-properties {own.text}/>" if own.text else ""
        pattern = (
            f'<style:style style:name="{{}}" style:family="paragraph" style:parent-style-name="{style_name(parent)}">'
            f"{properties}</style:style>"
        )
        return self._name("P", pattern)

    def other(self, family: str, letter: str, properties: str) -> str:
        """Return the name of a style of another family, such as `table-cell`.

        Args:
            family: The family.
            letter: First letter of the name.
            properties: The elements with the properties.
        """
        pattern = f'<style:style style:name="{{}}" style:family="{family}">{properties}</style:style>'
        return self._name(letter, pattern)

    # Lists

    def list(self, block: n.List, depth: int) -> str:
        """Return the name of the style of a list.

        Args:
            block: The list.
            depth: Number of lists around it. Its style differs from theirs, so that programs count it alone.
        """
        if not block.ordered:
            return self._list("bullet", f'text:bullet-char="{BULLETS[depth % len(BULLETS)]}"', depth)
        around = _around(*AROUND[block.delimiter])
        number = f'style:num-format="{FORMATS[block.style]}" text:start-value="{block.start}"'
        return self._list("number", f"{around} {number}", depth)

    def label(self, label: str, depth: int) -> str:
        """Return the name of the list style of an item with a literal label."""
        return self._list("number", f'{_around(label, "")} style:num-format=""', depth)

    def _list(self, kind: str, attributes: str, depth: int) -> str:
        tag = f"text:list-level-style-{kind}"
        levels = "".join(
            f'<{tag} text:level="{level}" {attributes}>{_position(level)}</{tag}>'
            for level in NUMBERED_LEVELS
        )
        # The number of lists around a list is in its name, so that no list has the style of the list around it.
        return self._name(f"L{depth + 1}_", f'<text:list-style style:name="{{}}">{levels}</text:list-style>')


def _around(before: str, after: str) -> str:
    parts = [
        f"style:num-prefix={quoteattr(before)}" if before else "",
        f"style:num-suffix={quoteattr(after)}" if after else "",
    ]
    return " ".join(filter(None, parts))


def _position(level: int) -> str:
    """Return the position of the label and of the text of a level."""
    left = points(STEP * level)
    return (
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        f'<style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="{left}" '
        f'fo:text-indent="-{points(STEP)}" fo:margin-left="{left}"/></style:list-level-properties>'
    )

"""Tracked changes while a text is walked through."""

from __future__ import annotations

from publish.census.odt.package import Element, at, q, short


class Changes:
    """The tracked changes of a text, and those that contain the current position."""

    def __init__(self, body: Element, track_changes: str) -> None:
        self.rejects = track_changes == "reject"
        self.regions: dict[str, Element] = {}
        for region in body.iter(q("text:changed-region")):
            for identifier in (at(region, "xml:id"), at(region, "text:id")):
                if identifier and len(region):
                    self.regions.setdefault(identifier, region[0])
        self.open: dict[str, str] = {}
        """Kind of each change around the current position, by id."""

    def mark(self, element: Element) -> Element | None:
        """Note a mark of a change; return deleted content that is shown at this place."""
        identifier = at(element, "text:change-id")
        region = self.regions.get(identifier)
        if region is None:
            return None
        if short(element) == "text:change-start":
            self.open[identifier] = short(region).partition(":")[2]
        elif short(element) == "text:change-end":
            self.open.pop(identifier, None)
        elif self.rejects and short(region) == "text:deletion":
            return region
        return None

    @property
    def reason(self) -> str:
        """Why text at the current position is not shown; empty if it is shown."""
        kinds = self.open.values()
        if self.rejects:
            return "tracked insertion" if "insertion" in kinds else ""
        return "tracked deletion" if "deletion" in kinds else ""

    def hidden_text(self) -> list[str]:
        """Return the deleted texts that are stored apart and not shown."""
        if self.rejects:
            return []
        found = {id(r): r for r in self.regions.values() if short(r) == "text:deletion"}
        return [" ".join(_texts(region)) for region in found.values()]


def _texts(region: Element) -> list[str]:
    return ["".join(p.itertext()) for p in region.iter() if short(p) in {"text:p", "text:h"}]

"""officiele-publicatie, the XML of officielebekendmakingen.nl."""

from publish.writers.op.writer import write

__all__ = ["write"]

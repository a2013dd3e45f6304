"""officiele-publicatie: the XML in which KOOP publishes Staatsblad, Kamerstukken, Aanhangsel and the gazettes."""

from publish.readers.op.reader import read, recognise

__all__ = ["read", "recognise"]

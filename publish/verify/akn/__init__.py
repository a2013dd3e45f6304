"""Check that an Akoma Ntoso file meets conformance level 2 of the standard, and that its content is consistent.

Level 1 is the schema; level 2 adds the Naming Convention (OASIS, *Akoma Ntoso Naming Convention Version 1.0*, chapter 6).
In addition, the notes, the references, the dates and the questions with their answers must be consistent.
"""

from publish.verify.akn.check import check

__all__ = ["check"]

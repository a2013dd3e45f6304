"""Whether an Akoma Ntoso file is what the standard asks for at conformance level 2, and means what it says.

Level 1 is the schema; level 2 adds the Naming Convention (OASIS, *Akoma Ntoso Naming Convention Version 1.0*, chapter 6).
Beyond both, the notes, the references, the dates and the questions with their answers must make sense.
"""

from publish.verify.akn.check import check

__all__ = ["check"]

"""Compare the census of a source with the document, and with the account of its reader.

Every word, note, label, table, image and link that the source shows must be in the document or in the account; everything in
the document must be in the source or in the account.
"""

from publish.verify.source.proof import LeftOut, SourceProof, compare_source

__all__ = ["LeftOut", "SourceProof", "compare_source"]

"""Two versions or editions of one paper, compared by structure and words, notes included.

Whatever the two files are, they are read into the model and numbered; what is compared is what a reader reads. A note that is
added renumbers those after it: that is said once, and is no change of each of them.
"""

from publish.difference.compare import Change, Difference, compare_documents

__all__ = ["Change", "Difference", "compare_documents"]

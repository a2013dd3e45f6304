"""Kamervragen: written questions of members of the Dutch parliament, with the government's answers.

Such a paper appears in the Aanhangsel van de Handelingen. Its structure is in its words, not in its heading levels,
which the extraction of text from PDF gets wrong; so it is rebuilt here from headings that say "Vraag 3" or
"Antwoord 4 en 5", and from the two opening lines.
"""

from publish.profiles.base import Profile
from publish.profiles.kamervragen.options import KamervragenOptions
from publish.profiles.kamervragen.structure import apply, recognise

PROFILE = Profile(
    "kamervragen",
    "Written questions in the Dutch parliament, with their answers",
    recognise,
    apply,
    style="aanhangsel",
    options=KamervragenOptions,
)

__all__ = ["PROFILE"]

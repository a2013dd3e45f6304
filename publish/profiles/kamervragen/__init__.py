"""Kamervragen: written questions of members of the Dutch parliament, with the answers of the government.

These documents are published in the Aanhangsel van de Handelingen. Their structure is in the text, not in the heading
levels, because the extraction of text from PDF gets these wrong. This profile rebuilds the structure from headings such
as "Vraag 3" or "Antwoord 4 en 5", and from the two opening lines.
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

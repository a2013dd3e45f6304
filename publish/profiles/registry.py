"""The table of profiles, in the order in which they are tried."""

from __future__ import annotations

from msgspec.structs import replace

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.model.nodes import Document
from publish.model.options import DEFAULT, Options
from publish.profiles import kamervragen
from publish.profiles.base import Profile, ProfileResult

GENERIC = Profile("generic", "any document", lambda _: True, lambda document, _: ProfileResult(document))

PROFILES: tuple[Profile, ...] = (
    kamervragen.PROFILE,
    GENERIC,
)


def apply_profile(document: Document, name: str = "", options: Options = DEFAULT) -> ProfileResult:
    """Apply the profile with this name, else the one that the manuscript names, else the first that recognises it.

    Raises:
        PublishError: PUB-C001, where no profile has the name.
    """
    if document.origin is not None and not name:
        # Its structure is its own; only what kind of paper it is may be known.
        return ProfileResult(replace(document, profile=document.profile or GENERIC.name))
    wanted = name or document.settings.get("profile", "") or document.profile
    if wanted:
        profile = next((p for p in PROFILES if p.name == wanted), None)
        if profile is None:
            known = ", ".join(p.name for p in PROFILES)
            message = f"there is no profile '{wanted}'"
            raise PublishError(make("PUB-C001", message, source=document.source, hint=f"profiles: {known}"))
    else:
        profile = next(p for p in PROFILES if p.recognise(document))
    result = profile.apply(document, options)
    return ProfileResult(replace(result.document, profile=profile.name), result.diagnostics)

"""Table of profiles, in the order in which publish tries them.

Another package can add a profile with an entry point `publish.profiles`.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.entry_points import added, load
from publish.model.nodes import Document
from publish.options import Value, built
from publish.profiles import kamervragen
from publish.profiles.base import Profile, ProfileResult

GROUP = "publish.profiles"

GENERIC = Profile("generic", "any document", lambda _: True, lambda document, _: ProfileResult(document))

PROFILES: tuple[Profile, ...] = (
    kamervragen.PROFILE,
    GENERIC,
)


def all_profiles() -> tuple[Profile, ...]:
    """Return the profiles of publish and of all installed packages; those of packages come before the generic profile."""
    own: list[Profile] = [load(point.target) for point in added(GROUP)]
    return (*PROFILES[:-1], *own, GENERIC)


def find_profile(name: str) -> Profile | None:
    """Return the profile with this name, or None."""
    known = next((profile for profile in PROFILES if profile.name == name), None)
    return known or next((profile for profile in all_profiles() if profile.name == name), None)


def apply_profile(
    document: Document, name: str = "", options: Mapping[str, Mapping[str, Value]] | None = None
) -> ProfileResult:
    """Apply the profile with this name, else the profile set in the manuscript, else the first that recognises the document.

    Args:
        document: The document from the reader.
        name: Name of a profile; if empty, the manuscript or its text decides.
        options: Options of profiles, by name.

    Raises:
        PublishError: PUB-C001, if the profile or one of its options is unknown.
    """
    if document.origin is not None and not name:
        # The document already has its own structure; publish only sets the document type, if known.
        return ProfileResult(replace(document, profile=document.profile or GENERIC.name))
    wanted = name or document.settings.get("profile", "") or document.profile
    profile = find_profile(wanted) if wanted else next(p for p in all_profiles() if p.recognise(document))
    if profile is None:
        known = ", ".join(p.name for p in all_profiles())
        message = f"Unknown profile: '{wanted}'"
        raise PublishError(make("PUB-C001", message, source=document.source, hint=f"profiles: {known}"))
    own = built(
        profile.options, (options or {}).get(profile.name, {}), f"options of the profile '{profile.name}'"
    )
    result = profile.apply(document, own)
    return ProfileResult(replace(result.document, profile=profile.name), result.diagnostics, result.account)

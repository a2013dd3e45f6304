"""The table of profiles, in the order in which they are tried. Another package adds one by an entry point `publish.profiles`."""

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
    """The profiles of publish and of every installed package that adds one; these are tried before the generic one."""
    own: list[Profile] = [load(point.target) for point in added(GROUP)]
    return (*PROFILES[:-1], *own, GENERIC)


def find_profile(name: str) -> Profile | None:
    """The profile with this name."""
    known = next((profile for profile in PROFILES if profile.name == name), None)
    return known or next((profile for profile in all_profiles() if profile.name == name), None)


def apply_profile(
    document: Document, name: str = "", options: Mapping[str, Mapping[str, Value]] | None = None
) -> ProfileResult:
    """Apply the profile with this name, else the one that the manuscript names, else the first that recognises it.

    Args:
        document: The document, as its reader made it.
        name: Name of a profile; empty lets the manuscript or its text decide.
        options: Options of profiles, by name.

    Raises:
        PublishError: PUB-C001, if no profile has the name, or it does not know an option.
    """
    if document.origin is not None and not name:
        # Its structure is its own; only what kind of paper it is may be known.
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
    return ProfileResult(replace(result.document, profile=profile.name), result.diagnostics)

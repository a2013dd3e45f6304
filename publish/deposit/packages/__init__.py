"""Table of package kinds. Each kind is a function that converts the content to the files of its package, by their paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from publish.deposit.content import DepositContent
from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.entry_points import added, load

Files = dict[str, bytes]


class Kind(Struct, frozen=True):
    """A package kind."""

    name: str
    target: str
    """`module:function`, imported only on use."""
    about: str


KINDS: tuple[Kind, ...] = (
    Kind("mdto-sip", "publish.deposit.packages.mdto:pack", "Nationaal Archief, MDTO SIP specification 1.0"),
    Kind("bagit", "publish.deposit.packages.bag:pack", "BagIt 1.0 (RFC 8493), SHA-512"),
    Kind("eark", "publish.deposit.packages.eark:pack", "E-ARK SIP 2.1 (METS, PREMIS)"),
    Kind("ro-crate", "publish.deposit.packages.crate:pack", "RO-Crate 1.1"),
)
DEFAULT = "mdto-sip"

GROUP = "publish.packages"
"""Entry points of package kinds in other Python packages: each names a function like those of `KINDS`."""


def kinds() -> Iterator[Kind]:
    """Yield all package kinds; search other Python packages only after the kinds of publish."""
    yield from KINDS
    yield from (Kind(point.name, point.target, point.about) for point in added(GROUP))


def find(name: str) -> Kind:
    """Return the package kind with this name.

    Raises:
        PublishError: PUB-C001, if the package kind is unknown.
    """
    for kind in kinds():
        if kind.name == name:
            return kind
    hint = f"Use one of: {', '.join(kind.name for kind in kinds())}"
    raise PublishError(make("PUB-C001", f"Unknown package type: '{name}'", hint=hint))


def pack(kind: Kind, content: DepositContent) -> Files:
    """Return the files of a package."""
    function: Callable[[DepositContent], Files] = load(kind.target)
    return function(content)

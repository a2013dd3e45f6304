"""The task of a batch worker for one manuscript of a deposit."""

from __future__ import annotations

from msgspec.structs import replace

from publish.deposit import fixity
from publish.deposit.request import DepositRequest
from publish.deposit.write import deposit
from publish.engine.batch.work import Done, done, measured
from publish.request import Request
from publish.storage import as_path


def work(asked: DepositRequest, request: Request) -> Done:
    """Make the packages of one manuscript. The batch keeps the list of digests of each package.

    Args:
        asked: The request for each deposit.
        request: The manuscript and its output.
    """

    def pack() -> Done:
        found = deposit(replace(asked, request=request))
        lists = (str(fixity.checksum_file(as_path(package))) for package in found.packages)
        # Diagnostics refer to the received manuscript, not to the packed copy that was published.
        return replace(done(found.result, lists), diagnostics=found.diagnostics)

    return measured(pack)

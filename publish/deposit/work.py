"""What a worker of a batch does with one manuscript of a deposit."""

from __future__ import annotations

from msgspec.structs import replace

from publish.deposit import fixity
from publish.deposit.request import DepositRequest
from publish.deposit.write import deposit
from publish.engine.batch.work import Done, done, measured
from publish.request import Request
from publish.storage import as_path


def work(asked: DepositRequest, request: Request) -> Done:
    """Make the packages of one manuscript. What is remembered of each is the list of its digests.

    Args:
        asked: What is asked of each deposit.
        request: The manuscript and its output.
    """

    def pack() -> Done:
        found = deposit(replace(asked, request=request))
        lists = (str(fixity.checksum_file(as_path(package))) for package in found.packages)
        # Diagnostics are those of the manuscript that was received, not of its copy that was published.
        return replace(done(found.result, lists), diagnostics=found.diagnostics)

    return measured(pack)

"""What a worker of a batch does with one manuscript of a deposit."""

from __future__ import annotations

from msgspec.structs import replace

from publish.deposit import fixity
from publish.deposit.request import Request
from publish.deposit.write import deposit
from publish.engine.batch.work import Done, done, measured
from publish.engine.job import Job
from publish.places import place


def work(job: Job) -> Done:
    """Make the packages of one manuscript. What is remembered of each is the list of its digests."""
    assert isinstance(job, Request), "a deposit is asked for"

    def pack() -> Done:
        found = deposit(job)
        lists = (str(fixity.beside(place(package))) for package in found.packages)
        # Diagnostics are told of the manuscript that was received, not of its copy that was published.
        return replace(done(found.result, lists, found.pictures), diagnostics=found.diagnostics)

    return measured(pack)

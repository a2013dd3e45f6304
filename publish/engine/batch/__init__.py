"""Many manuscripts: each in a process that may die, none done twice, and nothing lost when the whole run is killed.

`sources` says what there is to do, `keys` whether it was done, `manifest` remembers it, `pool` does it, `run` goes through it
all, and `report` tells what came of it.
"""

from publish.engine.batch.run import Batch, Outcome, Summary, run

__all__ = ["Batch", "Outcome", "Summary", "run"]

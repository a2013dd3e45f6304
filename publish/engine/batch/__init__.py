"""Publish many manuscripts. Worker processes may die, and a killed run can resume without loss or repeated work.

`sources` lists the manuscripts, `fingerprint` detects changes, `manifest` stores results, `pool` runs the jobs, `run`
controls the whole batch, and `report` writes the outcomes.
"""

from publish.engine.batch.run import Batch, Outcome, Summary, run

__all__ = ["Batch", "Outcome", "Summary", "run"]

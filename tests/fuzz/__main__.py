"""Fuzz one target for some time: `python -m tests.fuzz TARGET SECONDS [FOLDER]`.

Each round damages one file and reads it. An exception that is not a diagnostic is printed once per code position, and its
input is written to FOLDER. `tests/fuzz/targets.py` lists the targets.
"""

import sys

from tests.fuzz.rounds import main

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

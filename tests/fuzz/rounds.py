"""Rounds of a fuzz test."""

from __future__ import annotations

import os
import resource
import tempfile
import time
import traceback
from pathlib import Path
from random import Random

from publish.diagnostics import PublishError
from tests.fuzz.targets import TARGETS

SLOW = 20.0
"""Seconds of processor time after which a round counts as a hang."""


def attempt(target: str, rng: Random, folder: Path) -> tuple[Path, str]:
    """Read one damaged file.

    Returns:
        The path of the file or of its folder, and the traceback of any exception that is not a diagnostic; otherwise an
        empty string.
    """
    begun = time.process_time()
    try:
        path = TARGETS[target](rng, folder)
    except PublishError:
        path = folder
    except Exception:  # noqa: BLE001 - the test looks for any exception
        return folder, traceback.format_exc()
    if time.process_time() - begun > SLOW:
        return path, f"\nhang\n{time.process_time() - begun:.0f} s\n\n"
    return path, ""


def main(target: str, seconds: str, keep: str = "") -> int:
    """Damage and read files for a number of seconds.

    Returns:
        1 if an error was found, otherwise 0.
    """
    os.environ["PUBLISH_DEBUG"] = "1"
    end, rounds, places = time.monotonic() + float(seconds), 0, set[str]()
    with tempfile.TemporaryDirectory() as made:
        while time.monotonic() < end:
            folder = Path(made)
            _, fault = attempt(target, Random(f"{target}-{rounds}-{os.getpid() if keep else ''}"), folder)
            rounds += 1
            place = "".join(fault.splitlines()[-4:-2])
            if fault and place not in places:
                places.add(place)
                print(f"--- {target}, round {rounds}\n{fault}", flush=True)
                for path in folder.glob("damaged*") if keep else ():
                    Path(keep).mkdir(parents=True, exist_ok=True)
                    (Path(keep) / f"{target}-{rounds}-{path.name}").write_bytes(path.read_bytes())
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{target}: {rounds} damaged files read in {seconds} s, {most} MB, {len(places)} places with a fault"
    )
    return bool(places)

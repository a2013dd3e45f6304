"""From the command line and the office's settings to what a reader is told."""

from __future__ import annotations

import argparse

from publish.config import Settings
from publish.model.options import Options


def reading(options: argparse.Namespace, settings: Settings) -> Options:
    """What the command line says of reading, else the settings."""
    values = {
        name: value if (value := getattr(options, name, None)) is not None else getattr(settings, name)
        for name in Options.__struct_fields__
    }
    return Options(**values)

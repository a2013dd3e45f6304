"""publish schema: print the JSON Schema of the document model, of a house style, or of a proof."""

from __future__ import annotations

import argparse
import json

from publish.cli import exits
from publish.cli.console import say_lines


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    if options.what == "style":
        from publish.style.tokens import json_schema
    elif options.what == "proof":
        from publish.verify.report import proof_schema as json_schema
    else:
        from publish.model.schema import json_schema
    say_lines(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return exits.OK

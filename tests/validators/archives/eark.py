"""Run the E-ARK validator of the DILCIS Board without a network. Its package contains the vocabularies.

The Python of a separate environment runs this script, because the validator pins an old version of lxml.
"""

import importlib.util
import io
import os
import sys
import urllib.request

BASE = os.path.join(
    os.path.dirname(importlib.util.find_spec("eark_validator").origin), "ipxml", "resources", "vocabs"
)


def opened(address, *rest, **named):
    name = str(getattr(address, "full_url", address)).rsplit("/", 1)[-1]
    for file in os.listdir(BASE):
        if file.split(".")[0] == name.split(".")[0]:
            return open(os.path.join(BASE, file), "rb")
    return io.BytesIO(b"")


urllib.request.urlopen = opened

from eark_validator.cli.app import main  # noqa: E402

sys.exit(main())

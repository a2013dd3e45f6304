"""Run the RO-Crate validator without a network. It fetches only the RO-Crate context, which `rocrate` contains.

The Python of a separate environment runs this script.
"""

import importlib.util
import io
import os
import urllib.request
import urllib.response
from email.message import Message

import requests

PLACE = os.path.join(os.path.dirname(importlib.util.find_spec("rocrate").origin), "data", "ro-crate.jsonld")
with open(PLACE, "rb") as stream:
    CONTEXT = stream.read()
PART, KIND = "w3id.org/ro/crate", "application/ld+json"
real_open, real_request = urllib.request.OpenerDirector.open, requests.Session.request


def opened(self, request, *rest, **named):
    address = getattr(request, "full_url", request)
    if PART not in address:
        return real_open(self, request, *rest, **named)
    head = Message()
    head["Content-Type"] = KIND
    return urllib.response.addinfourl(io.BytesIO(CONTEXT), head, address, 200)


def requested(self, method, address, *rest, **named):
    if PART not in address:
        return real_request(self, method, address, *rest, **named)
    answer = requests.Response()
    answer.status_code, answer._content, answer.url = 200, CONTEXT, address
    answer.headers["Content-Type"] = KIND
    return answer


urllib.request.OpenerDirector.open, requests.Session.request = opened, requested

from rocrate_validator.cli import cli  # noqa: E402

cli()

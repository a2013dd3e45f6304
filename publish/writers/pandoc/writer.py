"""Run pandoc on the tree of a document; each format has one writer."""

from __future__ import annotations

import json
import os
import subprocess
from functools import partial

from publish.diagnostics import PublishError
from publish.diagnostics.codes import make
from publish.pandoc import run_pandoc
from publish.resolve.numbered import NumberedDocument
from publish.temporary import temporary_folder
from publish.writers.base import IMAGE_SUFFIXES, Context, Output
from publish.writers.pandoc.tree import Tree, counts_alike

MEDIA = "media"
"""Folder of the images, if the caller names none."""

WITHOUT_IMAGES = frozenset({"rtf", "plain"})
"""Formats that contain their images, or have none."""

TIME_LIMIT = 120
"""Time limit in seconds."""


def write(to: str, numbered: NumberedDocument, context: Context) -> Output:
    """Write a document in one of pandoc's formats.

    Args:
        to: pandoc's name of the format.
        numbered: The document.
        context: The context, with the timestamp of the file.

    Raises:
        PublishError: PUB-W005, if pandoc fails or takes too long; PUB-C004, if it is missing.
    """
    document = numbered.document
    images = {
        key: f"{context.media or MEDIA}/picture-{k}.{IMAGE_SUFFIXES[resource.media_type]}"
        for k, (key, resource) in enumerate(document.resources.items(), start=1)
    }
    tree = json.dumps(Tree(numbered, images, to).document()).encode()
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(context.timestamp.timestamp()))}
    with temporary_folder() as folder:
        (folder / (context.media or MEDIA)).mkdir(parents=True)
        for key, name in images.items():
            (folder / name).write_bytes(document.resources[key].data)
        arguments = ["-f", "json", "-t", to, "--standalone", "--wrap=none", "-o", "-"]
        try:
            done = run_pandoc(arguments, tree, TIME_LIMIT, folder=folder, environment=environment)
        except subprocess.SubprocessError as error:
            reason = " ".join((getattr(error, "stderr", b"") or b"").decode("utf-8", "replace").split())[:300]
            message = f"{to}: pandoc failed: {reason or error}"
            raise PublishError(make("PUB-W005", message, source=document.source)) from None
    found = []
    if numbered.notes and not counts_alike(numbered):
        name = to.partition("-")[0]
        message = f"{name} numbers notes in its own way; calls and notes are written as text with their labels and links"
        found.append(make("PUB-W013", message, source=document.source))
    named = {name: document.resources[key].data for key, name in images.items()}
    attachments = named if to not in WITHOUT_IMAGES else {}
    return Output(done.stdout, tuple(found), attachments)


rtf = partial(write, "rtf")
latex = partial(write, "latex")
rst = partial(write, "rst")
org = partial(write, "org")
docbook = partial(write, "docbook5")
jats = partial(write, "jats")
mediawiki = partial(write, "mediawiki")
plain = partial(write, "plain")

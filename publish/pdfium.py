"""The lock around PDFium, which is not thread-safe: readers, census and verification use it in one process."""

from __future__ import annotations

import threading

EXCLUSIVE = threading.RLock()
"""Lock that a thread holds while it uses PDFium."""

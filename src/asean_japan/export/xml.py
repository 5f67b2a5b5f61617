"""Text as XML holds it."""

from __future__ import annotations

import re

from asean_japan.model import display

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 has no way to write these.


def xml_text(text: str) -> str:
    r"""
    Escape *text* for XML; what XML cannot hold is replaced by U+FFFD.

    >>> xml_text('"R&D"\x00')
    '&quot;R&amp;D&quot;�'
    """
    return display.escaped(_ILLEGAL.sub("\ufffd", text))

"""How values are written by `repr`: in one short line that can be pasted back, or else in angle brackets."""

from __future__ import annotations

import asean_japan
from asean_japan import copies, errors, model, questions

NAMES: dict[str, object] = {
    "asean_japan": asean_japan,
    "DetachedNodeError": errors.DetachedNodeError,
    **{
        name: getattr(package, name)
        for package in (model, questions, copies, asean_japan)
        for name in package.__all__
        if not name.startswith("_")
    },
}
LONGEST = 200


def pasted(value: object) -> object:
    """Evaluate the `repr` of a value."""
    return eval(repr(value), dict(NAMES))  # noqa: S307  # Our own.


def is_shown_well(value: object) -> bool:
    """Tell whether a `repr` is one line of at most 200 characters, and gives an equal value if it can be pasted."""
    written = repr(value)
    short = len(written) <= LONGEST and written.isprintable()
    return short and (written.startswith("<") or pasted(value) == value)

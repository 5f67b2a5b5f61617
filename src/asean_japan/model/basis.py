"""The four bases of truth, which are never mixed."""

from __future__ import annotations

import enum


class Basis(enum.Enum):
    """
    What a value rests on.

    >>> from asean_japan import Claim, Node, basis_of
    >>> basis_of(Node, "heading"), basis_of(Claim, "text")
    (Basis.STATED, Basis.RESTATED)

    Attributes:
        STATED: The report says it: numbers, headings, names, dates, order.
        RESTATED: This package's own words for what the report says.
        RESEARCHED: Known from elsewhere, with its source.
        EDITORIAL: Our judgment, with a reason.
    """

    STATED = "stated"
    RESTATED = "restated"
    RESEARCHED = "researched"
    EDITORIAL = "editorial"

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"


# The metadata of fields, which `basis_of` reads.
STATED = {"basis": Basis.STATED}
RESTATED = {"basis": Basis.RESTATED}
RESEARCHED = {"basis": Basis.RESEARCHED}
EDITORIAL = {"basis": Basis.EDITORIAL}

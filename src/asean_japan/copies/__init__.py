"""
A reader's copy of the report: read, held against the digests of the report's sentences, and searched for quotations.

Each name is fetched when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asean_japan.lazy import fetcher

if TYPE_CHECKING:
    from asean_japan.copies.binding import Binding
    from asean_japan.copies.conditions import Condition, ConditionKind, CutCondition
    from asean_japan.copies.copy import COPY_FORMATS, Copy, CopyFormat, Source
    from asean_japan.copies.coverage import BoundPart, Coverage, Leftover, LeftoverKind
    from asean_japan.copies.fingerprints import Fingerprint, IndexedPart, SourceIndex
    from asean_japan.copies.quoted import QuotedPassage
    from asean_japan.copies.quotes import Quote, QuoteAnswer, QuoteLevel, QuoteMatch

__all__ = [
    "COPY_FORMATS",
    "Binding",
    "BoundPart",
    "Condition",
    "ConditionKind",
    "Copy",
    "CopyFormat",
    "Coverage",
    "CutCondition",
    "Fingerprint",
    "IndexedPart",
    "Leftover",
    "LeftoverKind",
    "Quote",
    "QuoteAnswer",
    "QuoteLevel",
    "QuoteMatch",
    "QuotedPassage",
    "Source",
    "SourceIndex",
]


if not TYPE_CHECKING:  # pragma: no branch  # So that a checker knows the names above and no others.
    __getattr__ = fetcher(
        __name__,
        {
            "binding": "Binding",
            "conditions": "Condition ConditionKind CutCondition",
            "copy": "COPY_FORMATS Copy CopyFormat Source",
            "coverage": "BoundPart Coverage Leftover LeftoverKind",
            "fingerprints": "Fingerprint IndexedPart SourceIndex",
            "quoted": "QuotedPassage",
            "quotes": "Quote QuoteAnswer QuoteLevel QuoteMatch",
        },
    )


def __dir__() -> list[str]:
    return __all__

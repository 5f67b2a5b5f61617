"""
What can be asked of a report.

Each name is fetched when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asean_japan.lazy import fetcher

if TYPE_CHECKING:
    from asean_japan.questions.graph import NetworkxGraph
    from asean_japan.questions.passages import Passage, Unit
    from asean_japan.questions.places import Places
    from asean_japan.questions.search import Engine, Hit, Hits
    from asean_japan.questions.trace import Gaps, Trace

__all__ = [
    "Engine",
    "Gaps",
    "Hit",
    "Hits",
    "NetworkxGraph",
    "Passage",
    "Places",
    "Trace",
    "Unit",
]


if not TYPE_CHECKING:  # pragma: no branch  # So that a checker knows the names above and no others.
    __getattr__ = fetcher(
        __name__,
        {
            "graph": "NetworkxGraph",
            "passages": "Passage Unit",
            "places": "Places",
            "search": "Engine Hit Hits",
            "trace": "Gaps Trace",
        },
    )


def __dir__() -> list[str]:
    return __all__

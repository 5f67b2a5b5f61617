"""
The Report of the Expert Panel for the 50th Year of ASEAN-Japan Friendship and Cooperation (February 2023) as objects.

>>> import asean_japan as aj
>>> report = aj.load()
>>> report.action_items["III-2-④"].gist
'A sustainable and resilient society'

Importing the package reads no data and imports nothing else; each name is fetched when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # As `typing` has it, without importing it.
if TYPE_CHECKING:
    from asean_japan.binding import Binding, Bound, Coverage, Leftover
    from asean_japan.copies import Copy
    from asean_japan.errors import (
        AmbiguousRefError,
        ArgumentError,
        AseanJapanError,
        DataError,
        DetachedNodeError,
        LimitError,
        MissingExtraError,
        NotThisReportError,
        ReadError,
        RefNotFoundError,
        RefSyntaxError,
        SearchUnavailableError,
    )
    from asean_japan.fingerprints import SourceIndex
    from asean_japan.loading import load
    from asean_japan.model import (
        Action,
        ActionArea,
        ActionItem,
        Basis,
        Challenge,
        ChallengeArea,
        Claim,
        Edition,
        Kind,
        Mark,
        MarkStyle,
        Measure,
        Node,
        Nodes,
        Paragraph,
        Pillar,
        Place,
        Section,
        SubMeasure,
        basis_of,
    )
    from asean_japan.quotes import Quote, QuoteMatch
    from asean_japan.refs import Level, Ref, RefRange
    from asean_japan.report import Address, Places, Report
    from asean_japan.search import Hit, Hits
    from asean_japan.serialization import dumps, from_dict, loads, to_dict

__version__ = "0.1.0"

_MODULES = {
    "binding": "Binding Bound Coverage Leftover",
    "copies": "Copy",
    "errors": (
        "AmbiguousRefError ArgumentError AseanJapanError DataError DetachedNodeError LimitError MissingExtraError "
        "NotThisReportError ReadError RefNotFoundError RefSyntaxError SearchUnavailableError"
    ),
    "fingerprints": "SourceIndex",
    "loading": "load",
    "model": (
        "Action ActionArea ActionItem Basis Challenge ChallengeArea Claim Edition Kind Mark MarkStyle Measure Node "
        "Nodes Paragraph Pillar Place Section SubMeasure basis_of"
    ),
    "quotes": "Quote QuoteMatch",
    "refs": "Level Ref RefRange",
    "report": "Address Places Report",
    "search": "Hit Hits",
    "serialization": "dumps from_dict loads to_dict",
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = [
    "Action",
    "ActionArea",
    "ActionItem",
    "Address",
    "AmbiguousRefError",
    "ArgumentError",
    "AseanJapanError",
    "Basis",
    "Binding",
    "Bound",
    "Challenge",
    "ChallengeArea",
    "Claim",
    "Copy",
    "Coverage",
    "DataError",
    "DetachedNodeError",
    "Edition",
    "Hit",
    "Hits",
    "Kind",
    "Leftover",
    "Level",
    "LimitError",
    "Mark",
    "MarkStyle",
    "Measure",
    "MissingExtraError",
    "Node",
    "Nodes",
    "NotThisReportError",
    "Paragraph",
    "Pillar",
    "Place",
    "Places",
    "Quote",
    "QuoteMatch",
    "ReadError",
    "Ref",
    "RefNotFoundError",
    "RefRange",
    "RefSyntaxError",
    "Report",
    "SearchUnavailableError",
    "Section",
    "SourceIndex",
    "SubMeasure",
    "__version__",
    "basis_of",
    "dumps",
    "from_dict",
    "load",
    "loads",
    "to_dict",
]


if not TYPE_CHECKING:  # pragma: no branch  # So that a checker knows the names above and no others.

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        value: object = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__

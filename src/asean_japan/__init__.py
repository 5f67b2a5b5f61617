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
    from asean_japan import export
    from asean_japan.binding import Binding, Bound, Coverage, Leftover
    from asean_japan.checking import Finding, FindingKind
    from asean_japan.copies import Copy
    from asean_japan.crossref import Gaps, Link, LinkKind, Trace
    from asean_japan.entities import Entities, Entity, EntityKind, Fact
    from asean_japan.errors import (
        AmbiguousNameError,
        AmbiguousRefError,
        ArgumentError,
        AseanJapanError,
        DataError,
        DetachedNodeError,
        LimitError,
        MissingExtraError,
        NameNotFoundError,
        NotThisReportError,
        ReadError,
        RefNotFoundError,
        RefSyntaxError,
        SearchUnavailableError,
    )
    from asean_japan.fingerprints import SourceIndex
    from asean_japan.layers import Layers
    from asean_japan.loading import load
    from asean_japan.members import DatedFact, Mention, Quantity
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
    from asean_japan.overlays import (
        Agreement,
        Assignment,
        Code,
        Coding,
        Overlay,
        OverlayCoverage,
        Overlays,
    )
    from asean_japan.passages import Passage
    from asean_japan.quotes import Quote, QuoteMatch
    from asean_japan.refs import Level, Ref, RefRange
    from asean_japan.report import Address, Places, Report
    from asean_japan.search import Hit, Hits
    from asean_japan.serialization import dumps, from_dict, json_schema, loads, to_dict

__version__ = "0.1.0"

_MODULES = {
    "binding": "Binding Bound Coverage Leftover",
    "checking": "Finding FindingKind",
    "copies": "Copy",
    "crossref": "Gaps Link LinkKind Trace",
    "entities": "Entities Entity EntityKind Fact",
    "errors": (
        "AmbiguousNameError AmbiguousRefError ArgumentError AseanJapanError DataError DetachedNodeError LimitError "
        "MissingExtraError NameNotFoundError NotThisReportError ReadError RefNotFoundError RefSyntaxError "
        "SearchUnavailableError"
    ),
    "fingerprints": "SourceIndex",
    "layers": "Layers",
    "loading": "load",
    "members": "DatedFact Mention Quantity",
    "model": (
        "Action ActionArea ActionItem Basis Challenge ChallengeArea Claim Edition Kind Mark MarkStyle Measure Node "
        "Nodes Paragraph Pillar Place Section SubMeasure basis_of"
    ),
    "overlays": "Agreement Assignment Code Coding Overlay OverlayCoverage Overlays",
    "passages": "Passage",
    "quotes": "Quote QuoteMatch",
    "refs": "Level Ref RefRange",
    "report": "Address Places Report",
    "search": "Hit Hits",
    "serialization": "dumps from_dict json_schema loads to_dict",
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = [
    "Action",
    "ActionArea",
    "ActionItem",
    "Address",
    "Agreement",
    "AmbiguousNameError",
    "AmbiguousRefError",
    "ArgumentError",
    "AseanJapanError",
    "Assignment",
    "Basis",
    "Binding",
    "Bound",
    "Challenge",
    "ChallengeArea",
    "Claim",
    "Code",
    "Coding",
    "Copy",
    "Coverage",
    "DataError",
    "DatedFact",
    "DetachedNodeError",
    "Edition",
    "Entities",
    "Entity",
    "EntityKind",
    "Fact",
    "Finding",
    "FindingKind",
    "Gaps",
    "Hit",
    "Hits",
    "Kind",
    "Layers",
    "Leftover",
    "Level",
    "LimitError",
    "Link",
    "LinkKind",
    "Mark",
    "MarkStyle",
    "Measure",
    "Mention",
    "MissingExtraError",
    "NameNotFoundError",
    "Node",
    "Nodes",
    "NotThisReportError",
    "Overlay",
    "OverlayCoverage",
    "Overlays",
    "Paragraph",
    "Passage",
    "Pillar",
    "Place",
    "Places",
    "Quantity",
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
    "Trace",
    "__version__",
    "basis_of",
    "dumps",
    "export",
    "from_dict",
    "json_schema",
    "load",
    "loads",
    "to_dict",
]


if not TYPE_CHECKING:  # pragma: no branch  # So that a checker knows the names above and no others.

    def __getattr__(name: str) -> object:
        if name != "export" and name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        if name == "export":  # A package of functions, one for each format.
            return importlib.import_module(f"{__name__}.export")  # Which sets the name itself.
        value: object = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__

"""
The Report of the Expert Panel for the 50th Year of ASEAN-Japan Friendship and Cooperation (February 2023) as objects.

>>> import asean_japan as aj
>>> report = aj.load()
>>> report.action_items["III-2-④"].gist
'Sustainable and resilient society'

Importing the package reads no data and no other module but `asean_japan.lazy`; each name is fetched when it is first
used. `__init__.pyi` has the same names for tools that do not run the package.
"""

from __future__ import annotations

from asean_japan.lazy import fetcher

__version__ = "0.1.0"

__all__ = [
    "Action",
    "ActionArea",
    "ActionItem",
    "AmbiguousNameError",
    "AmbiguousRefError",
    "ArgumentError",
    "AseanJapanError",
    "Assignment",
    "Basis",
    "Challenge",
    "ChallengeArea",
    "Claim",
    "Code",
    "DataError",
    "Entity",
    "LimitError",
    "Link",
    "Measure",
    "MissingExtraError",
    "NameNotFoundError",
    "Node",
    "NotThisReportError",
    "Overlay",
    "Paragraph",
    "Pillar",
    "Place",
    "ReadError",
    "Ref",
    "RefNotFoundError",
    "RefRange",
    "RefSyntaxError",
    "Report",
    "Section",
    "SubMeasure",
    "__version__",
    "basis_of",
    "check_receipt",
    "dumps",
    "export",
    "from_dict",
    "json_schema",
    "load",
    "loads",
    "to_dict",
]

__getattr__ = fetcher(
    __name__,
    {
        "errors": (
            "AmbiguousNameError AmbiguousRefError ArgumentError AseanJapanError DataError LimitError "
            "MissingExtraError NameNotFoundError NotThisReportError ReadError RefNotFoundError "
            "RefSyntaxError"
        ),
        "loading": "load",
        "model.basis": "Basis",
        "model.entities": "Entity",
        "model.kinds": (
            "Action ActionArea ActionItem Challenge ChallengeArea Measure Paragraph Pillar Section SubMeasure basis_of"
        ),
        "model.links": "Link",
        "model.overlays": "Assignment Code Overlay",
        "model.places": "Claim Node Place",
        "receipts": "check_receipt",
        "refs": "Ref RefRange",
        "report": "Report",
        "serialization.structuring": "from_dict loads",
        "serialization.writing": "dumps json_schema to_dict",
        "export": "",
    },
)


def __dir__() -> list[str]:
    return __all__

# The names of the package, for tools that do not run it.

from asean_japan import export as export
from asean_japan.errors import AmbiguousNameError as AmbiguousNameError
from asean_japan.errors import AmbiguousRefError as AmbiguousRefError
from asean_japan.errors import ArgumentError as ArgumentError
from asean_japan.errors import AseanJapanError as AseanJapanError
from asean_japan.errors import DataError as DataError
from asean_japan.errors import LimitError as LimitError
from asean_japan.errors import MissingExtraError as MissingExtraError
from asean_japan.errors import NameNotFoundError as NameNotFoundError
from asean_japan.errors import NotThisReportError as NotThisReportError
from asean_japan.errors import ReadError as ReadError
from asean_japan.errors import RefNotFoundError as RefNotFoundError
from asean_japan.errors import RefSyntaxError as RefSyntaxError
from asean_japan.loading import load as load
from asean_japan.model.basis import Basis as Basis
from asean_japan.model.entities import Entity as Entity
from asean_japan.model.kinds import Action as Action
from asean_japan.model.kinds import ActionArea as ActionArea
from asean_japan.model.kinds import ActionItem as ActionItem
from asean_japan.model.kinds import Challenge as Challenge
from asean_japan.model.kinds import ChallengeArea as ChallengeArea
from asean_japan.model.kinds import Measure as Measure
from asean_japan.model.kinds import Paragraph as Paragraph
from asean_japan.model.kinds import Pillar as Pillar
from asean_japan.model.kinds import Section as Section
from asean_japan.model.kinds import SubMeasure as SubMeasure
from asean_japan.model.kinds import basis_of as basis_of
from asean_japan.model.links import Link as Link
from asean_japan.model.overlays import Assignment as Assignment
from asean_japan.model.overlays import Code as Code
from asean_japan.model.overlays import Overlay as Overlay
from asean_japan.model.places import Claim as Claim
from asean_japan.model.places import Node as Node
from asean_japan.model.places import Place as Place
from asean_japan.receipts import check_receipt as check_receipt
from asean_japan.refs import Ref as Ref
from asean_japan.refs import RefRange as RefRange
from asean_japan.report import Report as Report
from asean_japan.serialization.structuring import from_dict as from_dict
from asean_japan.serialization.structuring import loads as loads
from asean_japan.serialization.writing import dumps as dumps
from asean_japan.serialization.writing import json_schema as json_schema
from asean_japan.serialization.writing import to_dict as to_dict

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

__version__: str

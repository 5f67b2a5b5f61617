"""
The values of which a report is made: places, names, dates, links and codes.

Each name is fetched when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asean_japan.lazy import fetcher

if TYPE_CHECKING:
    from asean_japan.model.basis import Basis
    from asean_japan.model.display import Language
    from asean_japan.model.edition import SCHEMA_VERSION, Edition
    from asean_japan.model.entities import Entities, Entity, EntityFact, EntityKind, EntityName, Identifiers
    from asean_japan.model.facts import Amount, DatedFact, Mention, Quantity
    from asean_japan.model.findings import Finding, FindingKind
    from asean_japan.model.forms import FormKind, OtherForm
    from asean_japan.model.home import Home
    from asean_japan.model.index import Index
    from asean_japan.model.kinds import (
        KINDS,
        Action,
        ActionArea,
        ActionItem,
        Challenge,
        ChallengeArea,
        Measure,
        Paragraph,
        Pillar,
        Section,
        SubMeasure,
        basis_of,
    )
    from asean_japan.model.layers import LayerIndex, Layers
    from asean_japan.model.links import Link, LinkKind, Strength
    from asean_japan.model.outcomes import FollowUp, Outcome, OutcomeKind
    from asean_japan.model.overlays import Agreement, Assignment, Code, Coding, Overlay, OverlayCoverage, Overlays
    from asean_japan.model.places import Address, Claim, Kind, Mark, MarkStyle, Node, Nodes, Place, Prune

__all__ = [
    "KINDS",
    "SCHEMA_VERSION",
    "Action",
    "ActionArea",
    "ActionItem",
    "Address",
    "Agreement",
    "Amount",
    "Assignment",
    "Basis",
    "Challenge",
    "ChallengeArea",
    "Claim",
    "Code",
    "Coding",
    "DatedFact",
    "Edition",
    "Entities",
    "Entity",
    "EntityFact",
    "EntityKind",
    "EntityName",
    "Finding",
    "FindingKind",
    "FollowUp",
    "FormKind",
    "Home",
    "Identifiers",
    "Index",
    "Kind",
    "Language",
    "LayerIndex",
    "Layers",
    "Link",
    "LinkKind",
    "Mark",
    "MarkStyle",
    "Measure",
    "Mention",
    "Node",
    "Nodes",
    "OtherForm",
    "Outcome",
    "OutcomeKind",
    "Overlay",
    "OverlayCoverage",
    "Overlays",
    "Paragraph",
    "Pillar",
    "Place",
    "Prune",
    "Quantity",
    "Section",
    "Strength",
    "SubMeasure",
    "basis_of",
]


if not TYPE_CHECKING:  # pragma: no branch  # So that a checker knows the names above and no others.
    __getattr__ = fetcher(
        __name__,
        {
            "basis": "Basis",
            "display": "Language",
            "edition": "Edition SCHEMA_VERSION",
            "entities": "Entities Entity EntityFact EntityKind EntityName Identifiers",
            "facts": "Amount DatedFact Mention Quantity",
            "findings": "Finding FindingKind",
            "forms": "FormKind OtherForm",
            "home": "Home",
            "index": "Index",
            "kinds": (
                "Action ActionArea ActionItem Challenge ChallengeArea KINDS Measure Paragraph Pillar "
                "Section SubMeasure basis_of"
            ),
            "layers": "LayerIndex Layers",
            "links": "Link LinkKind Strength",
            "outcomes": "FollowUp Outcome OutcomeKind",
            "overlays": "Agreement Assignment Code Coding Overlay OverlayCoverage Overlays",
            "places": "Address Claim Kind Mark MarkStyle Node Nodes Place Prune",
        },
    )


def __dir__() -> list[str]:
    return __all__

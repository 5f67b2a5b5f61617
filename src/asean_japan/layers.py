"""All that is known of a report beyond its sentences, and where it stands: names, dates, quantities, links, codes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

import attrs

from asean_japan.crossref import Link
from asean_japan.entities import Entity
from asean_japan.folding import plain
from asean_japan.members import DatedFact, Holder, Member, Mention, Quantity
from asean_japan.model import is_tuple
from asean_japan.overlays import Assignment, Overlay

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from asean_japan.refs import Ref

_K = TypeVar("_K")
_V = TypeVar("_V")


@attrs.frozen
class Layers:
    """
    All that is known of a report beyond its sentences, each in its fixed order.

    >>> from asean_japan.layers import Layers
    >>> Layers().links
    ()

    Attributes:
        entities: By kind, then by key.
        mentions: In reading order.
        dates: In reading order.
        quantities: In reading order.
        links: Stated ones first, then editorial ones; each in reading order.
        overlays: In a fixed order.
    """

    entities: tuple[Entity, ...] = attrs.field(validator=is_tuple, default=())
    mentions: tuple[Mention, ...] = attrs.field(validator=is_tuple, default=())
    dates: tuple[DatedFact, ...] = attrs.field(validator=is_tuple, default=())
    quantities: tuple[Quantity, ...] = attrs.field(validator=is_tuple, default=())
    links: tuple[Link, ...] = attrs.field(validator=is_tuple, default=())
    overlays: tuple[Overlay, ...] = attrs.field(validator=is_tuple, default=())

    def members(self) -> Iterator[Member]:
        """
        Give each value of each layer.

        >>> from asean_japan import load
        >>> type(next(load().layers.members())).__name__
        'Entity'
        """
        for field in attrs.fields(Layers):
            yield from getattr(self, field.name)

    def detached(self) -> Layers:
        """
        Give the same values, belonging to no report.

        >>> from asean_japan import load
        >>> load().layers.detached().entities[0].detached
        True
        """
        fields = (field.name for field in attrs.fields(Layers))
        return Layers(**{name: tuple(attrs.evolve(member) for member in getattr(self, name)) for name in fields})


class LayerIndex:
    """
    Where everything of the layers of one report stands; built whole, never changed.

    Attributes:
        holder: The report.
        values: The layers.
        entities: The entity of each key.
        overlays: The overlay of each key.
        codings: For the key of each overlay, what is assigned to each address.
        mentions: The mentions at each address.
        names: For each name, as names are compared, the keys of what it can mean.
        namings: The mentions of each entity.
        dates: The dates at each address.
        quantities: The quantities at each address.
        links: The links from each address.
        back_links: The links to each address; one that leads to a range leads to each node at its top.
    """

    __slots__ = (
        "back_links",
        "codings",
        "dates",
        "entities",
        "holder",
        "links",
        "mentions",
        "names",
        "namings",
        "overlays",
        "quantities",
        "values",
    )

    def __init__(self, holder: Holder, values: Layers) -> None:
        self.holder: Holder = holder
        self.values: Layers = values
        for field in attrs.fields(Layers):
            for position, member in enumerate(getattr(values, field.name)):
                object.__setattr__(member, "_layers", self)  # Members are frozen for everyone else.
                object.__setattr__(member, "_key", (field.name, position))
        self.entities: Mapping[str, Entity] = {entity.key: entity for entity in values.entities}
        self.names: Mapping[str, tuple[str, ...]] = {
            name: tuple(dict.fromkeys(keys))
            for name, keys in _grouped(
                (plain(name), entity.key) for entity in values.entities for name in entity.names
            ).items()
        }
        self.overlays: Mapping[str, Overlay] = {overlay.key: overlay for overlay in values.overlays}
        self.codings: Mapping[str, Mapping[Ref, Assignment]] = {
            overlay.key: {assignment.ref: assignment for assignment in overlay.assignments}
            for overlay in values.overlays
        }
        self.mentions: Mapping[Ref, tuple[Mention, ...]] = _grouped(
            (mention.ref, mention) for mention in values.mentions
        )
        self.namings: Mapping[str, tuple[Mention, ...]] = _grouped(
            (mention.key, mention) for mention in values.mentions
        )
        self.dates: Mapping[Ref, tuple[DatedFact, ...]] = _grouped((fact.ref, fact) for fact in values.dates)
        self.quantities: Mapping[Ref, tuple[Quantity, ...]] = _grouped((fact.ref, fact) for fact in values.quantities)
        self.links: Mapping[Ref, tuple[Link, ...]] = _grouped((link.source_ref, link) for link in values.links)
        self.back_links: Mapping[Ref, tuple[Link, ...]] = _grouped(
            (target.ref, link) for link in values.links for target in link.targets
        )


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> Mapping[_K, tuple[_V, ...]]:
    found: defaultdict[_K, list[_V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}

"""All that is known of a report beyond its sentences, and where it is: names, dates, outcomes, links, codes ..."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import attrs

from asean_japan.arguments import require_tuple
from asean_japan.folding import comparable
from asean_japan.model.display import Shown
from asean_japan.model.entities import Entity
from asean_japan.model.facts import DatedFact, Mention, Quantity
from asean_japan.model.forms import OtherForm, spelled
from asean_japan.model.home import Home, Value
from asean_japan.model.links import Link
from asean_japan.model.outcomes import FollowUp, Outcome
from asean_japan.model.overlays import Assignment, Overlay
from asean_japan.pydantic_hooks import PydanticValue
from asean_japan.refs import Ref

_K = TypeVar("_K")
_V = TypeVar("_V")


@attrs.frozen(kw_only=True, repr=False)
class Layers(Shown, PydanticValue):
    """
    All that is known of a report beyond its sentences, each in its fixed order.

    >>> from asean_japan.model import Layers
    >>> Layers().links
    ()

    Attributes:
        entities: By kind, then by key.
        other_forms: In the order of the entities; of each, its forms first, then its homonyms.
        mentions: In reading order.
        dates: In reading order.
        quantities: In reading order.
        outcomes: By time, then by key.
        links: Stated ones first, then editorial ones, kind by kind; each in reading order.
        overlays: In a fixed order.
    """

    entities: tuple[Entity, ...] = attrs.field(validator=require_tuple, default=())
    other_forms: tuple[OtherForm, ...] = attrs.field(validator=require_tuple, default=())
    mentions: tuple[Mention, ...] = attrs.field(validator=require_tuple, default=())
    dates: tuple[DatedFact, ...] = attrs.field(validator=require_tuple, default=())
    quantities: tuple[Quantity, ...] = attrs.field(validator=require_tuple, default=())
    outcomes: tuple[Outcome, ...] = attrs.field(validator=require_tuple, default=())
    links: tuple[Link, ...] = attrs.field(validator=require_tuple, default=())
    overlays: tuple[Overlay, ...] = attrs.field(validator=require_tuple, default=())

    def values(self) -> Iterator[Value]:
        """
        Yield each value of each layer.

        >>> from asean_japan import load
        >>> next(load().layers.values()).key
        'acpheed'
        """
        for field in attrs.fields(Layers):
            yield from getattr(self, field.name)

    def detached(self) -> Layers:
        """
        Return the same values, detached from the report.

        >>> from asean_japan import load
        >>> load().layers.detached().dates[0].detached
        True
        """
        fields = (field.name for field in attrs.fields(Layers))
        return Layers(**{name: tuple(attrs.evolve(value) for value in getattr(self, name)) for name in fields})


class LayerIndex:
    """
    Where every value of the layers of one report is; built whole, never changed.

    Attributes:
        home: The report.
        layers: The layers.
        entities: The entity of each key.
        overlays: The overlay of each key.
        assignments: For the key of each overlay, what is assigned to each address.
        mentions: The mentions at each address.
        names: For each of the entities' own names, as names are compared, the keys of what it can mean.
        other_names: The same for the forms that other texts use.
        spellings: The same for all of these names, as `spelled` writes them.
        homonyms: The homonyms of each name, as names are compared.
        forms_of: The forms by which other texts name each entity.
        homonyms_of: The homonyms that are taken for each entity.
        mentions_of: The mentions of each entity.
        dates: The dates at each address.
        quantities: The quantities at each address.
        outcomes: The outcome of each key.
        outcome_links: The links to each outcome.
        links: The links from each address.
        back_links: The links to each address; one that leads to a range leads to each node at its top.
    """

    __slots__ = (
        "assignments",
        "back_links",
        "dates",
        "entities",
        "forms_of",
        "home",
        "homonyms",
        "homonyms_of",
        "layers",
        "links",
        "mentions",
        "mentions_of",
        "names",
        "other_names",
        "outcome_links",
        "outcomes",
        "overlays",
        "quantities",
        "spellings",
    )

    def __init__(self, home: Home, layers: Layers) -> None:
        self.home: Home = home
        self.layers: Layers = layers
        for field in attrs.fields(Layers):
            for position, value in enumerate(getattr(layers, field.name)):
                object.__setattr__(value, "_index", self)  # Values are frozen for everyone else.
                object.__setattr__(value, "_row", (field.name, position))
        self.entities: Mapping[str, Entity] = {entity.key: entity for entity in layers.entities}
        own = [(name, entity.key) for entity in layers.entities for name in entity.names]
        others = [(form.form, form.key) for form in layers.other_forms if form.key]
        homonyms = [form for form in layers.other_forms if not form.key]
        self.names: Mapping[str, tuple[str, ...]] = _meanings((comparable(name), key) for name, key in own)
        self.other_names: Mapping[str, tuple[str, ...]] = _meanings((comparable(name), key) for name, key in others)
        self.spellings: Mapping[str, tuple[str, ...]] = _meanings((spelled(name), key) for name, key in own + others)
        self.homonyms: Mapping[str, tuple[OtherForm, ...]] = _grouped(
            (comparable(form.form), form) for form in homonyms
        )
        self.forms_of: Mapping[str, tuple[OtherForm, ...]] = _grouped(
            (form.key, form) for form in layers.other_forms if form.key
        )
        self.homonyms_of: Mapping[str, tuple[OtherForm, ...]] = _grouped(
            (form.confused_key, form) for form in homonyms if form.confused_key
        )
        self.overlays: Mapping[str, Overlay] = {overlay.key: overlay for overlay in layers.overlays}
        self.assignments: Mapping[str, Mapping[Ref, Assignment]] = {
            overlay.key: {assignment.ref: assignment for assignment in overlay.assignments}
            for overlay in layers.overlays
        }
        self.mentions: Mapping[Ref, tuple[Mention, ...]] = _grouped(
            (mention.ref, mention) for mention in layers.mentions
        )
        self.mentions_of: Mapping[str, tuple[Mention, ...]] = _grouped(
            (mention.key, mention) for mention in layers.mentions
        )
        self.dates: Mapping[Ref, tuple[DatedFact, ...]] = _grouped((fact.ref, fact) for fact in layers.dates)
        self.quantities: Mapping[Ref, tuple[Quantity, ...]] = _grouped((fact.ref, fact) for fact in layers.quantities)
        self.outcomes: Mapping[str, Outcome] = {outcome.key: outcome for outcome in layers.outcomes}
        self.outcome_links: Mapping[str, tuple[Link, ...]] = _grouped(
            (link.outcome_key, link) for link in layers.links if link.outcome_key
        )
        self.links: Mapping[Ref, tuple[Link, ...]] = _grouped((link.source_ref, link) for link in layers.links)
        self.back_links: Mapping[Ref, tuple[Link, ...]] = _grouped(
            (target.ref, link) for link in layers.links for target in link.targets
        )

    def follow_ups(self, links: Iterable[Link]) -> tuple[FollowUp, ...]:
        """Return the outcomes to which links lead, each with its link, by time."""
        found = (FollowUp(outcome=self.outcomes[link.outcome_key], link=link) for link in links if link.outcome_key)
        return tuple(sorted(found, key=lambda each: (each.date, each.key)))


def _meanings(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Return the keys of what each name can mean, each once; what no letter is left of is no name."""
    return {name: tuple(dict.fromkeys(keys)) for name, keys in _grouped(pairs).items() if name}


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> Mapping[_K, tuple[_V, ...]]:
    found: defaultdict[_K, list[_V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}

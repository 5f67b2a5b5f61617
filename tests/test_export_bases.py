"""
Tests that what rests on a basis which is left out occurs in no format.

Two reports are compared that differ in nothing but what is left out: from one it is taken away, or replaced by
something else. What is written of both must be the same; so no kind, parent, name, reason or anything else on that
basis can be in it, in whatever way a format writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias, get_args

import attrs
import pytest

import asean_japan as aj
from asean_japan import Basis, Entity, Link, Ref, Report
from asean_japan.export import FORMATS
from asean_japan.model import EntityFact, EntityKind, Layers
from asean_japan.model.places import detach

LEFT_OUT = [{Basis.RESEARCHED}, {Basis.EDITORIAL}, {Basis.RESEARCHED, Basis.EDITORIAL}]
KINDS = get_args(EntityKind)

Written: TypeAlias = Callable[[Report, list[Basis], Path], object]


def with_layers(report: Report, layers: Layers) -> Report:
    """Build the report anew, with other layers."""
    return Report.trusted(report.edition, tuple(map(detach, report.sections.values())), layers)


@pytest.fixture(scope="module")
def rich() -> Report:
    """Return the bundled report, with what its layers could also hold: what is stated leads to what is researched."""
    layers = aj.load().layers
    entities = [attrs.evolve(each) for each in layers.entities]
    entities[0] = attrs.evolve(entities[0], tie_keys=("unfccc", entities[1].key))
    first, *quantities = map(attrs.evolve, layers.quantities)
    via = Link(
        source_ref=Ref.parse("0.p1"),
        target_ref=Ref.parse("I"),
        kind="refers_to",
        basis=Basis.STATED,
        reason="Our own.",
        via_key="unfccc",
    )
    return with_layers(
        aj.load(),
        Layers(
            entities=tuple(entities),
            mentions=tuple(map(attrs.evolve, layers.mentions)),
            dates=tuple(map(attrs.evolve, layers.dates)),
            quantities=(attrs.evolve(first, basis=Basis.EDITORIAL), *quantities),
            outcomes=tuple(map(attrs.evolve, layers.outcomes)),
            links=(*map(attrs.evolve, layers.links), via),
            overlays=tuple(map(attrs.evolve, layers.overlays)),
        ),
    )


def without(report: Report, left_out: set[Basis]) -> Report:
    """Take what is left out from the report, or put something else there."""
    layers = report.layers
    known = [each for each in layers.entities if Basis.RESEARCHED not in left_out or each.mentions]
    keys = {each.key for each in known}
    editorial = Basis.EDITORIAL in left_out
    return with_layers(
        report,
        Layers(
            entities=tuple(other(each, left_out, keys) for each in known),
            mentions=tuple(attrs.evolve(each) for each in layers.mentions if each.basis not in left_out),
            dates=tuple(attrs.evolve(each) for each in layers.dates if each.basis not in left_out),
            quantities=tuple(attrs.evolve(each) for each in layers.quantities if each.basis not in left_out),
            outcomes=() if Basis.RESEARCHED in left_out else tuple(map(attrs.evolve, layers.outcomes)),
            links=tuple(
                attrs.evolve(
                    each,
                    reason=None if editorial else each.reason,
                    via_key=each.via_key if each.via_key in keys else None,
                )
                for each in layers.links
                if each.basis not in left_out and not (each.outcome_key and Basis.RESEARCHED in left_out)
            ),
            overlays=() if editorial else tuple(map(attrs.evolve, layers.overlays)),
        ),
    )


def other(entity: Entity, left_out: set[Basis], keys: set[str]) -> Entity:
    """Take what is left out from an entity, or put something else there."""
    printed, official = entity.name in entity.forms, entity.name == entity.fact("official_name")
    changed = attrs.evolve(entity, tie_keys=tuple(key for key in entity.tie_keys if key in keys))
    if Basis.EDITORIAL in left_out:
        kind = KINDS[(KINDS.index(entity.kind) + 1) % len(KINDS)]
        known = printed or official or not entity.mentions  # What the report does not name is known from elsewhere.
        name = entity.name if known else f"Whatever {entity.key} is"
        changed = attrs.evolve(changed, kind=kind, name=name, note=None)
    if Basis.RESEARCHED in left_out:
        elsewhere = {
            field: value
            for field, is_known in (("official_name", official), ("acronym", entity.acronym == entity.fact("acronym")))
            if is_known and (value := entity.fact(field) and f"{field} of {entity.key}")
        }
        changed = attrs.evolve(
            changed,
            name=changed.name if printed else elsewhere.get("official_name", changed.name),
            acronym=elsewhere.get("acronym", changed.acronym),
            parent_key=None,
            country=None,
            facts=tuple(
                EntityFact(field=field, value=value, source="https://example.org", read="2026")
                for field, value in elsewhere.items()
            ),
        )
    return changed


def of_tables(report: Report, bases: list[Basis], path: Path) -> object:  # noqa: ARG001  # As the others.
    """Return the records of every table."""
    return [table.records() for table in aj.export.Tables(report, bases)]


def of_format(name: str, address: str | None = None) -> Written:
    """Return what writes a format, as a text or as the bytes of its files."""
    format_ = FORMATS[name]
    write = getattr(aj.export, format_.function)

    def written(report: Report, bases: list[Basis], path: Path) -> object:
        if format_.gives == "text":
            return write(report[address] if address else report, bases=bases)
        write(report, path, bases=bases)
        files = [path] if path.is_file() else sorted(path.iterdir())
        return [each.read_bytes() for each in files]

    return written


WAYS = {
    "tables": of_tables,
    **{name: of_format(name) for name, each in FORMATS.items() if "bases" in each.options},
    **{
        f"{name} of a place": of_format(name, "III.2.4")
        for name, each in FORMATS.items()
        if {"bases", "place"} <= {*each.options}
    },
}


def difference(first: object, second: object) -> Sequence[object]:
    """Say briefly where two differ."""
    if isinstance(first, str) and isinstance(second, str):
        return [pair for pair in zip(first.splitlines(), second.splitlines(), strict=False) if pair[0] != pair[1]][:3]
    return [] if first == second else ["bytes or rows"]


@pytest.mark.parametrize("left_out", LEFT_OUT, ids=lambda each: " ".join(sorted(basis.value for basis in each)))
@pytest.mark.parametrize("way", WAYS)
def test_what_is_left_out_occurs_nowhere(rich: Report, tmp_path: Path, way: str, left_out: set[Basis]) -> None:
    """What is written does not depend on what is left out."""
    bases = [basis for basis in Basis if basis not in left_out]
    first = WAYS[way](rich, bases, tmp_path / "first")
    second = WAYS[way](without(rich, left_out), bases, tmp_path / "second")
    assert difference(first, second) == []
    assert first == second


@pytest.mark.parametrize("left_out", LEFT_OUT, ids=lambda each: " ".join(sorted(basis.value for basis in each)))
@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_left_out_occurs(rich: Report, tmp_path: Path, way: str, left_out: set[Basis]) -> None:
    """The two reports differ where nothing is left out, so that the test above can fail."""
    first = WAYS[way](rich, [*Basis], tmp_path / "first")
    assert first != WAYS[way](without(rich, left_out), [*Basis], tmp_path / "second")


def test_what_is_taken_away(rich: Report) -> None:
    """Every sort of thing that can be left out is there, and goes."""
    bare = without(rich, {Basis.RESEARCHED, Basis.EDITORIAL})
    for name in ("mentions", "dates", "quantities", "outcomes", "links", "overlays", "entities"):
        assert len(getattr(bare.layers, name)) < len(getattr(rich.layers, name))
    assert not any(link.reason or link.via_key for link in bare.links)
    for entity in bare.entities.values():
        whole = rich.entities[entity.key]
        assert entity.kind != whole.kind
        assert not {*entity.facts} & {*whole.facts}
        assert (entity.parent_key, entity.country, entity.note) == (None, None, None)
    names = [bare.entities[key].name != rich.entities[key].name for key in bare.entities]
    assert any(names)
    assert not all(names)

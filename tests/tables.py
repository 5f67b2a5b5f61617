"""Builds a report anew from its tables, so that whatever carries them can be shown to lose nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, cast

from asean_japan import Assignment, Basis, Claim, Code, Entity, Link, Node, Overlay, Ref, RefRange, Report, Section
from asean_japan.model import DatedFact, Edition, EntityFact, Layers, Mark, Mention, Quantity
from asean_japan.model import KINDS

Record: TypeAlias = Mapping[str, Any]
Records: TypeAlias = Mapping[str, Iterable[Record]]


def rebuilt(tables: Records) -> Report:
    """Build the report of which *tables* are made."""
    (edition,) = tables["edition"]
    values = {name: value for name, value in edition.items() if name not in {"id", "layers"}}
    return Report(Edition(**values), tuple(_sections(tables)), _layers(tables))


def _sections(tables: Records) -> Iterable[Section]:
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for row in tables["claims"]:
        claims[row["node_id"]].append(Claim(Ref.parse(row["id"]), row["text"]))
    below: defaultdict[str | None, list[Record]] = defaultdict(list)
    for row in sorted(tables["nodes"], key=lambda row: row["position"]):
        below[row["parent_id"]].append(row)

    def node(row: Record) -> Node:
        mark = None if row["mark_value"] is None else Mark(row["mark"], row["mark_value"], row["mark_style"])
        children = tuple(map(node, below[row["id"]]))
        own = tuple(claims[row["id"]])
        return KINDS[row["kind"]](Ref.parse(row["id"]), mark, row["heading"], row["gist"], own, children)

    return cast("Iterable[Section]", map(node, below[None]))


def _grouped(rows: Iterable[Record], key: str) -> Mapping[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["position"]):
        found[row[key]].append(row)
    return found


def _layers(tables: Records) -> Layers:
    return Layers(
        tuple(_entities(tables)),
        tuple(
            Mention(Ref.parse(row["place_id"]), row["entity_id"], row["start"], row["stop"], Basis(row["basis"]))
            for row in tables["mentions"]
        ),
        tuple(
            DatedFact(_claim(row), row["start"], row["stop"], row["edtf"], row["event"], Basis(row["basis"]))
            for row in tables["dates"]
        ),
        tuple(
            Quantity(
                _claim(row), row["start"], row["stop"], _amount(row), row["unit"], row["counts"], Basis(row["basis"])
            )
            for row in tables["quantities"]
        ),
        tuple(map(_link, tables["links"])),
        tuple(_overlays(tables)),
    )


def _claim(row: Record) -> Ref:
    return Ref.parse(row["claim_id"])


def _amount(row: Record) -> int | tuple[int, int]:
    value: int = row["value"]
    return value if row["value_last"] is None else (value, row["value_last"])


def _link(row: Record) -> Link:
    first, last = Ref.parse(row["target_id"]), row["target_last_id"]
    return Link(
        Ref.parse(row["source_id"]),
        first if last is None else RefRange(first, Ref.parse(last)),
        row["kind"],
        Basis(row["basis"]),
        *(row[name] for name in ("strength", "reason", "start", "stop", "via_id")),
    )


def _entities(tables: Records) -> Iterable[Entity]:
    make = cast("Callable[..., Entity]", Entity)
    forms, ties, facts = (_grouped(tables[name], "entity_id") for name in ("forms", "ties", "facts"))
    for row in tables["entities"]:
        own = forms.get(row["id"], [])
        yield make(
            *(row[name] for name in ("id", "name", "acronym", "kind")),
            tuple(form["form"] for form in own if not form["demonym"]),
            tuple(form["form"] for form in own if form["demonym"]),
            *(row[name] for name in ("country", "parent_id", "proposed", "named", "note")),
            tuple(tie["tied_id"] for tie in ties.get(row["id"], [])),
            tuple(Fact(fact["field"], fact["value"], fact["source"]) for fact in facts.get(row["id"], [])),
        )


def _overlays(tables: Records) -> Iterable[Overlay]:
    make = cast("Callable[..., Overlay]", Overlay)
    books = _grouped(tables["code_book"], "overlay_id")
    for row in tables["overlays"]:
        codes: dict[str, list[str]] = {}
        reasons: dict[str, str] = {}
        for coded in tables["codes"]:
            if coded["overlay_id"] == row["id"] and coded["inherited_from_id"] is None:
                codes.setdefault(coded["node_id"], []).append(coded["code"])
                reasons[coded["node_id"]] = coded["reason"]
        yield make(
            *(row[name] for name in ("id", "title", "description", "source", "credits")),
            tuple(Code(*(code[name] for name in ("code", "label", "definition", "uri"))) for code in books[row["id"]]),
            tuple((row["units"] or "").split()),
            tuple((row["inherited_by"] or "").split()),
            tuple(Assignment(Ref.parse(ref), tuple(found), reasons[ref]) for ref, found in codes.items()),
        )

"""Builds a report anew from its tables, so that whatever carries them can be shown to lose nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, cast

from attrs import evolve

from asean_japan import Assignment, Basis, Claim, Code, Entity, Link, Node, Overlay, Ref, RefRange, Report, Section
from asean_japan.model import (
    KINDS,
    DatedFact,
    Edition,
    EntityFact,
    Layers,
    Mark,
    Mention,
    OtherForm,
    Outcome,
    Quantity,
)

Record: TypeAlias = Mapping[str, Any]
Records: TypeAlias = Mapping[str, Iterable[Record]]


def rebuilt(tables: Records) -> Report:
    """Build the report of which *tables* are made."""
    (edition,) = tables["edition"]
    fields = {name: value for name, value in edition.items() if name not in {"id", "bases"}}
    return Report(edition=Edition(**fields), sections=tuple(_sections(tables)), layers=_layers(tables))


def bookless(report: Report) -> Report:
    """Return a report without its code books, which tables do not have."""
    overlays = tuple(evolve(overlay, book=None) for overlay in report.layers.overlays)
    return Report(
        edition=report.edition,
        sections=tuple(report.sections.values()),
        layers=evolve(report.layers, overlays=overlays),
    )


def _sections(tables: Records) -> Iterable[Section]:
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for row in tables["claims"]:
        claims[row["node_id"]].append(Claim(ref=Ref.parse(row["id"]), text=row["text"]))
    below: defaultdict[str | None, list[Record]] = defaultdict(list)
    for row in sorted(tables["nodes"], key=lambda row: row["position"]):
        below[row["parent_id"]].append(row)

    def node(row: Record) -> Node:
        return KINDS[row["kind"]](
            ref=Ref.parse(row["id"]),
            mark=None
            if row["mark_value"] is None
            else Mark(text=row["mark"], value=row["mark_value"], style=row["mark_style"]),
            heading=row["heading"],
            gist=row["gist"],
            gist_ja=row["gist_ja"],
            claims=tuple(claims[row["id"]]),
            children=tuple(map(node, below[row["id"]])),
        )

    return cast("Iterable[Section]", map(node, below[None]))


def _grouped(rows: Iterable[Record], column: str) -> Mapping[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["position"]):
        found[row[column]].append(row)
    return found


def _layers(tables: Records) -> Layers:
    return Layers(
        entities=tuple(_entities(tables)),
        other_forms=tuple(map(_other_form, sorted(tables["other_forms"], key=lambda row: row["position"]))),
        mentions=tuple(Mention(**_span(row), key=row["key"]) for row in tables["mentions"]),
        dates=tuple(DatedFact(**_span(row), edtf=row["edtf"], event=row["event"]) for row in tables["dates"]),
        quantities=tuple(
            Quantity(**_span(row), value=_amount(row), unit=row["unit"], counts=row["counts"])
            for row in tables["quantities"]
        ),
        outcomes=tuple(map(_outcome, tables["outcomes"])),
        links=tuple(map(_link, tables["links"])),
        overlays=tuple(_overlays(tables)),
    )


def _span(row: Record) -> dict[str, Any]:
    return {
        "ref": Ref.parse(row["ref"]),
        "start": row["start"],
        "end": row["end"],
        "basis": Basis(row["basis"]),
    }


def _amount(row: Record) -> int | tuple[int, int]:
    value: int = row["value"]
    return value if row["value_last"] is None else (value, row["value_last"])


def _outcome(row: Record) -> Outcome:
    return Outcome(
        key=row["id"],
        text=row["text"],
        date=row["date"],
        kind=row["kind"],
        source=row["source"],
        publisher=row["publisher"],
        read=row["read"],
    )


def _link(row: Record) -> Link:
    first, last = row["target_ref"] and Ref.parse(row["target_ref"]), row["target_last_ref"]
    return Link(
        source_ref=Ref.parse(row["source_ref"]),
        target_ref=first if last is None else RefRange(first, Ref.parse(last)),
        kind=row["kind"],
        basis=Basis(row["basis"]),
        strength=row["strength"],
        reason=row["reason"],
        start=row["start"],
        end=row["end"],
        via_key=row["via_key"],
        outcome_key=row["outcome_key"],
    )


def _entities(tables: Records) -> Iterable[Entity]:
    forms, ties, facts = (_grouped(tables[name], "key") for name in ("forms", "ties", "facts"))
    for row in tables["entities"]:
        own = forms.get(row["id"], [])
        yield Entity(
            key=row["id"],
            name=row["name"],
            acronym=row["acronym"],
            kind=row["kind"],
            forms=tuple(form["form"] for form in own if not form["demonym"]),
            demonyms=tuple(form["form"] for form in own if form["demonym"]),
            country=row["country"],
            parent_key=row["parent_key"],
            proposed=row["proposed"],
            named=row["named"],
            note=row["note"],
            tie_keys=tuple(tie["tied_key"] for tie in ties.get(row["id"], [])),
            facts=tuple(
                EntityFact(**{name: fact[name] for name in ("field", "value", "source", "read", "note")})
                for fact in facts.get(row["id"], [])
            ),
        )


def _other_form(row: Record) -> OtherForm:
    names = ("key", "form", "language", "safe", "confused_key", "meaning", "source")
    return OtherForm(**{name: row[name] for name in names})


def _overlays(tables: Records) -> Iterable[Overlay]:
    books = _grouped(tables["code_book"], "overlay_key")
    for row in tables["overlays"]:
        codes: dict[str, list[str]] = {}
        reasons: dict[str, str | None] = {}
        for coding in tables["codings"]:
            if coding["overlay_key"] == row["id"] and coding["inherited_from"] is None:
                codes.setdefault(coding["ref"], []).append(coding["code"])
                reasons[coding["ref"]] = coding["reason"]
        yield Overlay(
            key=row["id"],
            title=row["title"],
            description=row["description"],
            source=row["source"],
            credits=row["credits"],
            codes=tuple(
                Code(code=code["code"], label=code["label"], definition=code["definition"], uri=code["uri"])
                for code in books[row["id"]]
            ),
            units=cast("Any", tuple((row["units"] or "").split())),
            inherited_by=cast("Any", tuple((row["inherited_by"] or "").split())),
            assignments=tuple(
                Assignment(ref=Ref.parse(ref), codes=tuple(found), reason=reasons[ref]) for ref, found in codes.items()
            ),
        )

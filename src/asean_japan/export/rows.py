"""One row of each table, from the value that it is about."""

from __future__ import annotations

from asean_japan.export.columns import (
    ClaimRow,
    CodeRow,
    CodingRow,
    DateRow,
    EditionRow,
    EntityRow,
    FactRow,
    FormRow,
    LinkRow,
    MentionRow,
    NodeRow,
    OtherFormRow,
    OutcomeRow,
    OverlayRow,
    PlaceRow,
    QuantityRow,
    TieRow,
)
from asean_japan.export.scope import EntityView
from asean_japan.model.basis import Basis
from asean_japan.model.edition import Edition
from asean_japan.model.entities import Entity, EntityFact
from asean_japan.model.facts import DatedFact, Mention, Quantity
from asean_japan.model.forms import OtherForm
from asean_japan.model.links import Link
from asean_japan.model.outcomes import Outcome
from asean_japan.model.overlays import Code, Coding, Overlay
from asean_japan.model.places import Claim, Node, Place, node_ref
from asean_japan.refs import Ref, RefRange


def edition_row(edition: Edition, bases: tuple[Basis, ...]) -> EditionRow:
    """Return the row of an edition, with the bases that are included."""
    researched = Basis.RESEARCHED in bases
    return EditionRow(
        id="edition",
        schema_version=edition.schema_version,
        data_version=edition.data_version,
        title=edition.title,
        date=edition.date,
        issuer=edition.issuer,
        status=edition.status,
        language=edition.language,
        source=edition.source,
        title_ja=edition.title_ja if researched else None,
        source_ja=edition.source_ja if researched else None,
        license=edition.license,
        bases=" ".join(basis.value for basis in bases),
    )


def place_row(place: Place, position: int) -> PlaceRow:
    """Return the row of a node or a claim."""
    return PlaceRow(
        id=str(place.ref),
        kind=place.kind if isinstance(place, Node) else "claim",
        position=position,
        parent_id=_text(place.ref.parent),
        cite=place.cite(),
    )


def node_row(node: Node) -> NodeRow:
    """Return the row of a node."""
    return NodeRow(
        id=str(node.ref),
        parent_id=_text(node.ref.parent),
        section_id=str(node.ref.section),
        kind=node.kind,
        position=node.position,
        depth=node.ref.depth,
        mark=node.mark.text if node.mark else None,
        mark_value=node.mark.value if node.mark else None,
        mark_style=node.mark.style if node.mark else None,
        heading=node.heading,
        gist=node.gist,
        gist_ja=node.gist_ja,
        text=" ".join(claim.text for claim in node.claims) or None,
        cite=node.cite(),
    )


def claim_row(claim: Claim, position: int, *, verbatim: bool) -> ClaimRow:
    """Return the row of a claim."""
    return ClaimRow(
        id=str(claim.ref),
        node_id=str(node_ref(claim.ref)),
        number=claim.ref.number,
        position=position,
        text=claim.text,
        verbatim=claim.verbatim if verbatim else None,
        cite=claim.cite(),
    )


def entity_row(view: EntityView) -> EntityRow:
    """Return the row of an entity, as far as the bases of a view know it."""
    entity = view.entity
    return EntityRow(
        id=entity.key,
        name=view.name,
        name_ja=view.name_ja,
        acronym=view.acronym,
        kind=view.kind,
        site=view.site,
        country=view.country,
        parent_key=view.parent_key,
        proposed=entity.proposed,
        named=entity.named,
        note=view.note,
    )


def form_row(entity: Entity, form: str, position: int) -> FormRow:
    """Return the row of a form, at its position among the forms and the demonyms of an entity."""
    return FormRow(
        id=f"{entity.key}:{position}",
        key=entity.key,
        position=position,
        form=form,
        demonym=position >= len(entity.forms),
    )


def other_form_row(form: OtherForm, position: int) -> OtherFormRow:
    """Return the row of a form that other texts use, at its position among these."""
    return OtherFormRow(
        id=str(position),
        key=form.key,
        position=position,
        form=form.form,
        kind=form.kind,
        language=form.language,
        safe=form.safe,
        confused_key=form.confused_key,
        meaning=form.meaning,
        source=form.source,
        basis=form.basis.value,
    )


def tie_row(entity: Entity, tied_key: str, position: int) -> TieRow:
    """Return the row of a tie, at its position among those of an entity."""
    return TieRow(id=f"{entity.key}:{position}", key=entity.key, position=position, tied_key=tied_key)


def fact_row(entity: Entity, fact: EntityFact, position: int) -> FactRow:
    """Return the row of what is known of an entity, at its position among what is."""
    return FactRow(
        id=f"{entity.key}:{position}",
        key=entity.key,
        position=position,
        field=fact.field,
        value=fact.value,
        source=fact.source,
        read=fact.read,
        note=fact.note,
        basis=fact.basis.value,
    )


def mention_row(mention: Mention) -> MentionRow:
    """Return the row of a mention."""
    return MentionRow(
        id=f"{mention.ref}:{mention.start}-{mention.end}:{mention.key}",
        ref=str(mention.ref),
        node_id=str(node_ref(mention.ref)),
        key=mention.key,
        start=mention.start,
        end=mention.end,
        text=mention.text,
        basis=mention.basis.value,
    )


def outcome_row(outcome: Outcome) -> OutcomeRow:
    """Return the row of an outcome."""
    return OutcomeRow(
        id=outcome.key,
        date=outcome.date,
        kind=outcome.kind,
        text=outcome.text,
        source=outcome.source,
        publisher=outcome.publisher,
        read=outcome.read,
        basis=outcome.basis.value,
    )


def link_row(link: Link, *, reason: str | None, via_key: str | None) -> LinkRow:
    """Return the row of a link, with its reason and the key of the entity that is meant as far as these are known."""
    target = link.target_ref
    first, last = (target.first, target.last) if isinstance(target, RefRange) else (target, None)
    parts = [link.source_ref, link.kind, target, link.start, via_key, link.outcome_key]
    return LinkRow(
        id=":".join(str(part) for part in parts if part is not None),
        source_ref=str(link.source_ref),
        target_ref=_text(first),
        target_last_ref=_text(last),
        kind=link.kind,
        basis=link.basis.value,
        strength=link.strength,
        reason=reason,
        start=link.start,
        end=link.end,
        text=link.text,
        via_key=via_key,
        outcome_key=link.outcome_key,
    )


def date_row(fact: DatedFact) -> DateRow:
    """Return the row of a date."""
    first, last = fact.years
    return DateRow(
        id=f"{fact.ref}:{fact.start}-{fact.end}",
        ref=str(fact.ref),
        node_id=str(node_ref(fact.ref)),
        start=fact.start,
        end=fact.end,
        text=fact.text,
        edtf=fact.edtf,
        first_year=first,
        last_year=last,
        event=fact.event,
        basis=fact.basis.value,
    )


def quantity_row(fact: Quantity) -> QuantityRow:
    """Return the row of a quantity."""
    first, last = fact.value if isinstance(fact.value, tuple) else (fact.value, None)
    return QuantityRow(
        id=f"{fact.ref}:{fact.start}-{fact.end}",
        ref=str(fact.ref),
        node_id=str(node_ref(fact.ref)),
        start=fact.start,
        end=fact.end,
        text=fact.text,
        value=first,
        value_last=last,
        unit=fact.unit,
        counts=fact.counts,
        basis=fact.basis.value,
    )


def overlay_row(overlay: Overlay) -> OverlayRow:
    """Return the row of an overlay."""
    return OverlayRow(
        id=overlay.key,
        title=overlay.title,
        description=overlay.description,
        source=overlay.source,
        credits=overlay.credits,
        units=" ".join(overlay.units) or None,
        inherited_by=" ".join(overlay.inherited_by) or None,
    )


def code_row(overlay: Overlay, code: Code, position: int) -> CodeRow:
    """Return the row of an entry of a code book, at its position there."""
    return CodeRow(
        id=f"{overlay.key}:{code.code}",
        overlay_key=overlay.key,
        position=position,
        code=code.code,
        label=code.label,
        definition=code.definition,
        uri=code.uri,
    )


def coding_row(coding: Coding, entry: CodeRow, position: int) -> CodingRow:
    """Return the row of one of the codes that hold at a place, at its position among these."""
    return CodingRow(
        id=f"{coding.ref}:{entry['id']}",
        ref=str(coding.ref),
        overlay_key=coding.overlay_key,
        code_id=entry["id"],
        code=entry["code"],
        label=entry["label"],
        position=position,
        inherited_from=_text(coding.inherited_from),
        reason=coding.reason,
        basis=coding.basis.value,
    )


def _text(ref: Ref | None) -> str | None:
    return None if ref is None else str(ref)

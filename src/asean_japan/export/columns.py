"""
The columns of the tables: a class for the rows of each, from whose annotations everything else about a column comes.

What is called `ref`, or ends in `_ref`, is the address of a place; what is called `key`, or ends in `_key`, is the key
of an entity, an outcome or an overlay.
"""

from __future__ import annotations

from types import NoneType
from typing import Annotated, Literal, NamedTuple, TypeAlias, TypedDict, get_args, get_type_hints

import attrs

from asean_japan.model.display import Shown
from asean_japan.pydantic_hooks import PydanticResult

ColumnType: TypeAlias = Literal["text", "integer", "boolean"]

_TYPES: dict[type, ColumnType] = {str: "text", int: "integer", bool: "boolean"}


@attrs.frozen(kw_only=True, repr=False)
class Column(Shown, PydanticResult):
    """
    One column of a table.

    >>> from asean_japan import load
    >>> load().tables.nodes.columns[1].references
    'nodes'

    Attributes:
        name: The same in every format.
        type: The type of its cells; an integer fits into 64 bits.
        description: What the cells hold.
        required: Whether every row has a value; otherwise it may be None.
        references: The table whose ``id`` the cells hold; None if they hold no id.
    """

    name: str
    type: ColumnType
    description: str
    required: bool
    references: str | None


class About(NamedTuple):
    """
    What the annotation of a column says beside the type of its cells.

    Attributes:
        description: What the cells hold.
        references: The table whose ``id`` the cells hold; None if they hold no id.
    """

    description: str
    references: str | None = None


def columns_of(row: type) -> tuple[Column, ...]:
    """
    Return the columns that the annotations of a class of rows describe, in their order.

    >>> [column.name for column in columns_of(TieRow) if column.references]
    ['key', 'tied_key']
    """
    return tuple(_column(name, hint) for name, hint in get_type_hints(row, include_extras=True).items())


def _column(name: str, hint: object) -> Column:
    """Return the column that ``Annotated[str, About(...)]``, or ``Annotated[str | None, About(...)]``, describes."""
    held, about = get_args(hint)
    kinds = get_args(held) or (held,)
    return Column(
        name=name,
        type=_TYPES[kinds[0]],
        description=about.description,
        required=NoneType not in kinds,
        references=about.references,
    )


# What several tables have.

_Basis: TypeAlias = Annotated[str, About("the basis of truth: stated, restated, researched or editorial")]
_Cite: TypeAlias = Annotated[str, About("its address as one writes it in a text")]
_NodeId: TypeAlias = Annotated[str, About("the node that contains it", references="nodes")]
_Key: TypeAlias = Annotated[str, About("the key of the entity", references="entities")]
_Start: TypeAlias = Annotated[
    int, About("where it begins, in characters from 0, in the text of the claim or in the heading")
]
_End: TypeAlias = Annotated[int, About("where it ends: the first character after it")]
_Words: TypeAlias = Annotated[str, About("the words themselves")]


class EditionRow(TypedDict):
    """Which text and which data this is; one row."""

    id: Annotated[str, About("always edition")]
    schema_version: Annotated[int, About("version of the layout of the data")]
    data_version: Annotated[str, About("version of the data")]
    title: Annotated[str, About("as printed")]
    date: Annotated[str, About("in EDTF, no finer than the report says")]
    issuer: Annotated[str, About("as printed")]
    status: Annotated[str, About("as printed")]
    language: Annotated[str, About("BCP 47 tag of the text that the claims restate")]
    source: Annotated[str, About("page of the Ministry of Foreign Affairs of Japan on the report")]
    title_ja: Annotated[str | None, About("title of the Japanese original; researched")]
    source_ja: Annotated[str | None, About("page that has the Japanese original; researched")]
    license: Annotated[str, About("SPDX expression for the data")]
    bases: Annotated[str, About("the bases of truth that are included, with spaces between them")]


class PlaceRow(TypedDict):
    """A node or a claim: whatever has an address."""

    id: Annotated[str, About("its address")]
    kind: Annotated[str, About("the kind of the node, or claim")]
    position: Annotated[int, About("reading order, from 0; the claims of a node come before the nodes below it")]
    parent_id: Annotated[str | None, About("the place above it; none for a section", references="places")]
    cite: _Cite


class NodeRow(TypedDict):
    """A place that has a number, or a paragraph."""

    id: Annotated[str, About("its address", references="places")]
    parent_id: Annotated[str | None, About("the node above it; none for a section", references="nodes")]
    section_id: Annotated[str, About("the section that contains it", references="nodes")]
    kind: Annotated[str, About("what it is")]
    position: Annotated[int, About("reading order among nodes, from 0")]
    depth: Annotated[int, About("steps of its address; 1 for a section")]
    mark: Annotated[str | None, About("its number as printed; none for bullets and paragraphs")]
    mark_value: Annotated[int | None, About("the number; none for paragraphs")]
    mark_style: Annotated[str | None, About("how it is printed; none for paragraphs")]
    heading: Annotated[str | None, About("as printed; stated")]
    gist: Annotated[str, About("a label of at most ten words; restated")]
    gist_ja: Annotated[str | None, About("a label in Japanese, of at most 40 characters; restated")]
    text: Annotated[str | None, About("its own claims with spaces between them; restated; none if it has none")]
    cite: _Cite


class ClaimRow(TypedDict):
    """One sentence of the report, restated."""

    id: Annotated[str, About("its address", references="places")]
    node_id: _NodeId
    number: Annotated[int, About("which sentence of its node it is, from 1")]
    position: Annotated[int, About("reading order among claims, from 0")]
    text: Annotated[str, About("the sentence in this package's words; restated")]
    verbatim: Annotated[
        str | None, About("the sentence as a reader's copy has it; none unless it was asked for and is known")
    ]
    cite: _Cite


class EntityRow(TypedDict):
    """Something that the report names, or that it proposes without a name."""

    id: Annotated[str, About("its key")]
    name: Annotated[str, About("the preferred name; as printed if the basis of that name is left out")]
    name_ja: Annotated[str | None, About("its name in Japanese; researched")]
    acronym: Annotated[str | None, About("none if there is none")]
    kind: Annotated[str | None, About("what it is; editorial, and missing if that is left out")]
    site: Annotated[str | None, About("the address of its own website; researched")]
    country: Annotated[str | None, About("ISO 3166-1 alpha-2 code of a country; researched")]
    parent_key: Annotated[
        str | None, About("the key of the body to which it belongs; researched", references="entities")
    ]
    proposed: Annotated[bool, About("whether it exists only as a proposal of the report")]
    named: Annotated[bool, About("whether the report gives it a name")]
    note: Annotated[str | None, About("what is odd about it; editorial")]


class FormRow(TypedDict):
    """One form in which the report names an entity."""

    id: Annotated[str, About("the entity and the position")]
    key: _Key
    position: Annotated[int, About("forms first, then demonyms; from 0")]
    form: Annotated[str, About("as printed")]
    demonym: Annotated[bool, About("whether it is a word made of the name")]


class OtherFormRow(TypedDict):
    """A form by which other texts name an entity, or a name that only looks like one; editorial."""

    id: Annotated[str, About("its position")]
    key: Annotated[str | None, About("the key of the entity that it names; none for a homonym", references="entities")]
    position: Annotated[int, About("from 0")]
    form: Annotated[str, About("as other texts print it")]
    kind: Annotated[str, About("form, or homonym")]
    language: Annotated[str, About("BCP 47 tag")]
    safe: Annotated[bool, About("whether it names the entity wherever it is printed")]
    confused_key: Annotated[
        str | None, About("the key of the entity for which a homonym is taken", references="entities")
    ]
    meaning: Annotated[str | None, About("what a form can mean besides, or what a homonym is")]
    source: Annotated[str, About("where it was seen, or general knowledge")]
    basis: _Basis


class TieRow(TypedDict):
    """An entity to which the report itself ties another."""

    id: Annotated[str, About("the entity and the position")]
    key: _Key
    position: Annotated[int, About("from 0")]
    tied_key: Annotated[str, About("the key of the other entity", references="entities")]


class FactRow(TypedDict):
    """Something that is known of an entity from elsewhere."""

    id: Annotated[str, About("the entity and the position")]
    key: _Key
    position: Annotated[int, About("from 0")]
    field: Annotated[str, About("what is known")]
    value: Annotated[str, About("the value; dates are in EDTF")]
    source: Annotated[str, About("where it is said")]
    read: Annotated[str, About("when that was read, in EDTF")]
    note: Annotated[str | None, About("what is to be known of it, such as a doubt")]
    basis: _Basis


class MentionRow(TypedDict):
    """One naming of an entity, in a claim or in a printed heading."""

    id: Annotated[str, About("place, span and entity")]
    ref: Annotated[str, About("the claim, or the node whose heading it is in", references="places")]
    node_id: _NodeId
    key: Annotated[str, About("the key of what is named", references="entities")]
    start: _Start
    end: _End
    text: _Words
    basis: _Basis


class OutcomeRow(TypedDict):
    """What became of a proposal: an event after the report; researched."""

    id: Annotated[str, About("its key")]
    date: Annotated[str, About("when, in EDTF")]
    kind: Annotated[str, About("adopted, continued, enacted, established, held or launched")]
    text: Annotated[str, About("what happened, in one sentence of this package")]
    source: Annotated[str, About("the page that says so")]
    publisher: Annotated[str, About("who publishes that page")]
    read: Annotated[str, About("when it was read, in EDTF")]
    basis: _Basis


class LinkRow(TypedDict):
    """A link from one place to another, to a range of places, or to an outcome."""

    id: Annotated[str, About("source, kind, target, and the words or the name that lead there")]
    source_ref: Annotated[str, About("where it begins", references="places")]
    target_ref: Annotated[
        str | None,
        About("where it leads; the first place of a range; none if it leads to an outcome", references="places"),
    ]
    target_last_ref: Annotated[str | None, About("the last place of a range; none for one place", references="places")]
    kind: Annotated[str, About("what it says of the two")]
    basis: _Basis
    strength: Annotated[str | None, About("direct or partial, for an editorial link")]
    reason: Annotated[
        str | None,
        About("why; our words, and editorial even for a stated link; never missing for an editorial link"),
    ]
    start: Annotated[
        int | None, About("where the words that point begin, in characters from 0 in the text of the source")
    ]
    end: Annotated[int | None, About("where they end")]
    text: Annotated[str | None, About("the words that point")]
    via_key: Annotated[
        str | None, About("the key of the entity that is meant by a source that names several", references="entities")
    ]
    outcome_key: Annotated[
        str | None, About("the key of the outcome to which it leads; none for a link to places", references="outcomes")
    ]


class DateRow(TypedDict):
    """A date, and what it dates."""

    id: Annotated[str, About("claim and span")]
    ref: Annotated[str, About("the claim", references="claims")]
    node_id: _NodeId
    start: _Start
    end: _End
    text: _Words
    edtf: Annotated[str, About("the date in the Extended Date/Time Format")]
    first_year: Annotated[int, About("the first year that it covers")]
    last_year: Annotated[int | None, About("the last year that it covers; none for one that has no end")]
    event: Annotated[str, About("what it dates")]
    basis: _Basis


class QuantityRow(TypedDict):
    """A number, its unit, and what it counts."""

    id: Annotated[str, About("claim and span")]
    ref: Annotated[str, About("the claim", references="claims")]
    node_id: _NodeId
    start: _Start
    end: _End
    text: _Words
    value: Annotated[int, About("the number; the first of a range")]
    value_last: Annotated[int | None, About("the last of a range")]
    unit: Annotated[str, About("the noun that is counted, or ordinal")]
    counts: Annotated[str, About("what it counts")]
    basis: _Basis


class OverlayRow(TypedDict):
    """A set of codes laid over places; editorial."""

    id: Annotated[str, About("its key")]
    title: Annotated[str, About("what it is called")]
    description: Annotated[str | None, About("what it asks; may be missing in an overlay of your own")]
    source: Annotated[str | None, About("where its codes come from; none for codes of our own")]
    credits: Annotated[str | None, About("what the keeper of the list wants to be said")]
    units: Annotated[str | None, About("the kinds of places that are to be coded, with spaces between them")]
    inherited_by: Annotated[
        str | None,
        About("the kinds of places that have the codes of the place above them, with spaces between them"),
    ]


class CodeRow(TypedDict):
    """One entry of the code book of an overlay."""

    id: Annotated[str, About("overlay and code, as in sdg:13")]
    overlay_key: Annotated[str, About("the key of the overlay", references="overlays")]
    position: Annotated[int, About("from 0")]
    code: Annotated[str, About("as the list has it")]
    label: Annotated[str | None, About("its name")]
    definition: Annotated[str | None, About("what it means here")]
    uri: Annotated[str | None, About("its address on the web")]


class CodingRow(TypedDict):
    """One code that holds at a place, its own or inherited; editorial."""

    id: Annotated[str, About("place, overlay and code")]
    ref: Annotated[str, About("the node that has the code", references="nodes")]
    overlay_key: Annotated[str, About("the key of the overlay", references="overlays")]
    code_id: Annotated[str, About("the entry of the code book", references="code_book")]
    code: Annotated[str, About("as the list has it")]
    label: Annotated[str | None, About("its name")]
    position: Annotated[int, About("0 for the primary code of the place")]
    inherited_from: Annotated[
        str | None, About("the place above that was coded; none for a code of its own", references="nodes")
    ]
    reason: Annotated[str | None, About("why; may be missing in an overlay of your own")]
    basis: _Basis


# Each table comes after those to which it refers. Descriptions are written out: `python -OO` has no docstrings.
ROWS: dict[str, tuple[type, str]] = {
    "edition": (EditionRow, "which text and which data this is; one row"),
    "places": (PlaceRow, "a node or a claim: whatever has an address"),
    "nodes": (NodeRow, "a place that has a number, or a paragraph"),
    "claims": (ClaimRow, "one sentence of the report, restated"),
    "entities": (EntityRow, "something that the report names, or that it proposes without a name"),
    "forms": (FormRow, "one form in which the report names an entity"),
    "other_forms": (
        OtherFormRow,
        "a form by which other texts name an entity, or a name that only looks like one; editorial",
    ),
    "ties": (TieRow, "an entity to which the report itself ties another"),
    "facts": (FactRow, "something that is known of an entity from elsewhere"),
    "mentions": (MentionRow, "one naming of an entity, in a claim or in a printed heading"),
    "outcomes": (OutcomeRow, "what became of a proposal: an event after the report; researched"),
    "links": (LinkRow, "a link from one place to another, to a range of places, or to an outcome"),
    "dates": (DateRow, "a date, and what it dates"),
    "quantities": (QuantityRow, "a number, its unit, and what it counts"),
    "overlays": (OverlayRow, "a set of codes laid over places; editorial"),
    "code_book": (CodeRow, "one entry of the code book of an overlay"),
    "codings": (CodingRow, "one code that holds at a place, its own or inherited; editorial"),
}

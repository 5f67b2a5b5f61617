"""
Make the JSON Schema of a report: data/schema/report.schema.json.

    python curation/tools/schema.py --check    compare with the schema
    python curation/tools/schema.py --write    write the schema

msgspec generates the schema from the classes below. They describe a second time, and independently of the package, what
a file holds: one closed class for each kind, with a pattern for each address, mark and text. A test makes the schema
anew and compares. Run this after a change of the layout, then `manifest.py`.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal, TypeAlias

import harness
import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

SCHEMA = harness.DATA / "schema" / "report.schema.json"
Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDENTIFIER = "urn:uuid:3ea137b4-ef2b-45e8-a1da-42dfd36c9adc"  # Of schema version 1; another version has another.

_N = "[1-9][0-9]{0,3}"
_END = r"$(?!\n)"  # In some engines, $ matches before a last line break, too.
_ROMAN = "(x{0,3})(ix|iv|v?i{0,3})"  # Up to 39; it also matches the empty text, which what comes before it prevents.
_WORD = r"[^\s]+"


def _whole(pattern: str, description: str | None = None) -> Meta:
    """Return the rule that a text matches *pattern* from its first to its last character."""
    return Meta(pattern=f"^{pattern}{_END}", description=description)


Text: TypeAlias = Annotated[str, _whole(f"{_WORD}( {_WORD})*", "Words with one space between them.")]
Lines: TypeAlias = Annotated[str, _whole(r"\S(?:[\s\S]*\S)?", "Markdown, of several lines.")]
Gist: TypeAlias = Annotated[str, _whole(f"{_WORD}( {_WORD}){{0,9}}", "The package's label, at most ten words.")]
GistJa: TypeAlias = Annotated[
    str, _whole(rf"(?=.{{1,40}}{_END}){_WORD}( {_WORD})*", "The package's label in Japanese, at most 40 characters.")
]
Month: TypeAlias = Annotated[str, _whole("[0-9]{4}-(0[1-9]|1[0-2])", "EDTF, month precision.")]
Positive: TypeAlias = Annotated[int, Meta(ge=1)]
ClaimRef: TypeAlias = Annotated[str, _whole(rf"(0|I|II|III|IV)(\.[0-9a-z]+)*\.s{_N}")]


class Closed(Struct, forbid_unknown_fields=True):
    """An object that has these properties and no others."""


class Edition(Closed):
    """Which text and which data these are."""

    schema_version: Literal[1]
    data_version: Text
    title: Text
    date: Month
    issuer: Text
    status: Text
    language: Text
    source: Text
    title_ja: Text | None
    source_ja: Text | None
    license: Text


class Claim(Closed):
    """One sentence of the report, restated."""

    ref: ClaimRef
    text: Text


class SectionMark(Closed):
    """The number of a section."""

    text: Annotated[str, _whole(r"(0|I|II|III|IV)\.")]
    value: Annotated[int, Meta(ge=0, le=4)]
    style: Literal["arabic", "roman"]


class ArabicMark(Closed):
    """The number of an area or a pillar."""

    text: Annotated[str, _whole(rf"{_N}\.")]
    value: Positive
    style: Literal["arabic"]


class CircledMark(Closed):
    """The number of a challenge or an action item."""

    text: Annotated[str, _whole(rf"([①-⑳㉑-㉟㊱-㊿]|\({_N}\))")]
    value: Positive
    style: Literal["circled"]


class BulletMark(Closed):
    """A bullet, which prints no number, and its position."""

    text: None
    value: Positive
    style: Literal["bullet"]


class LetterMark(Closed):
    """The letter of a measure."""

    text: Annotated[str, _whole(r"\([a-z]\)")]
    value: Annotated[int, Meta(ge=1, le=26)]
    style: Literal["letter"]


class RomanMark(Closed):
    """The small numeral of a sub-measure."""

    text: Annotated[str, _whole(rf"(?=[xvi]){_ROMAN}\.")]
    value: Annotated[int, Meta(ge=1, le=39)]
    style: Literal["roman"]


SomeClaims: TypeAlias = Annotated[list[Claim], Meta(min_length=1)]
NoChildren: TypeAlias = Annotated[list[Any], Meta(max_length=0)]


class Paragraph(Closed, tag_field="kind", tag="paragraph"):
    """Prose outside of any list."""

    ref: Annotated[str, _whole(rf"(0|I|II|III|IV)(\.{_N})?\.p{_N}")]
    mark: None
    heading: None
    gist: Gist
    gist_ja: GistJa | None
    claims: SomeClaims
    children: NoChildren


class Challenge(Closed, tag_field="kind", tag="challenge"):
    """What ASEAN and Japan face."""

    ref: Annotated[str, _whole(rf"I\.{_N}\.{_N}")]
    mark: CircledMark
    heading: None
    gist: Gist
    gist_ja: GistJa | None
    claims: SomeClaims
    children: NoChildren


class ChallengeArea(Closed, tag_field="kind", tag="challenge_area"):
    """One of the groups of challenges."""

    ref: Annotated[str, _whole(rf"I\.{_N}")]
    mark: ArabicMark
    heading: None
    gist: Gist
    gist_ja: GistJa | None
    claims: SomeClaims
    children: list[Paragraph | Challenge]


class Pillar(Closed, tag_field="kind", tag="pillar"):
    """One of the directions."""

    ref: Annotated[str, _whole(rf"II\.{_N}")]
    mark: ArabicMark
    heading: Text
    gist: Gist
    gist_ja: GistJa | None
    claims: list[Claim]
    children: list[Paragraph]


class SubMeasure(Closed, tag_field="kind", tag="sub_measure"):
    """A place with a small roman numeral below a measure."""

    ref: Annotated[str, _whole(rf"III\.{_N}\.{_N}\.{_N}\.[a-z]\.(?=[xvi]){_ROMAN}")]
    mark: RomanMark
    heading: None
    gist: Gist
    gist_ja: GistJa | None
    claims: SomeClaims
    children: NoChildren


class Measure(Closed, tag_field="kind", tag="measure"):
    """A lettered place below a bullet."""

    ref: Annotated[str, _whole(rf"III\.{_N}\.{_N}\.{_N}\.[a-z]")]
    mark: LetterMark
    heading: None
    gist: Gist
    gist_ja: GistJa | None
    claims: SomeClaims
    children: list[SubMeasure]


class Action(Closed, tag_field="kind", tag="action"):
    """A bullet below an action item."""

    ref: Annotated[str, _whole(rf"III\.{_N}\.{_N}\.{_N}")]
    mark: BulletMark
    heading: None
    gist: Gist
    gist_ja: GistJa | None
    claims: SomeClaims
    children: list[Measure]


class ActionItem(Closed, tag_field="kind", tag="action_item"):
    """What is proposed."""

    ref: Annotated[str, _whole(rf"III\.{_N}\.{_N}")]
    mark: CircledMark
    heading: None
    gist: Gist
    gist_ja: GistJa | None
    claims: SomeClaims
    children: list[Action]


class ActionArea(Closed, tag_field="kind", tag="action_area"):
    """One of the groups of action items."""

    ref: Annotated[str, _whole(rf"III\.{_N}")]
    mark: ArabicMark
    heading: Text
    gist: Gist
    gist_ja: GistJa | None
    claims: list[Claim]
    children: list[Paragraph | ActionItem]


class Section(Closed, tag_field="kind", tag="section"):
    """A top-level part."""

    ref: Annotated[str, _whole("(0|I|II|III|IV)")]
    mark: SectionMark
    heading: Text
    gist: Gist
    gist_ja: GistJa | None
    claims: list[Claim]
    children: list[Paragraph | ChallengeArea | Pillar | ActionArea]


Address: TypeAlias = Annotated[str, _whole(r"(0|I|II|III|IV)(\.[0-9a-z]+)*", "The address of a place.")]
Target: TypeAlias = Annotated[
    str, _whole(r"(0|I|II|III|IV)(\.[0-9a-z]+)*(-(0|I|II|III|IV)(\.[0-9a-z]+)*)?", "An address, or a range of them.")
]
Offset: TypeAlias = Annotated[int, Meta(ge=0, description="Counts characters (code points) of the text of the place.")]
_DATE = r"[0-9]{2}([0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|[0-9]X|XX)"
Edtf: TypeAlias = Annotated[str, _whole(f"{_DATE}(/({_DATE}|\\.\\.))?", "ISO 8601-2.")]
PlaceKind: TypeAlias = Literal[
    "section",
    "paragraph",
    "challenge_area",
    "challenge",
    "pillar",
    "action_area",
    "action_item",
    "action",
    "measure",
    "sub_measure",
]


class EntityFact(Closed):
    """Something that is known of an entity from elsewhere."""

    field: Text
    value: Text
    source: Text
    read: Edtf
    note: Text | None


class Entity(Closed):
    """Something that the report names, or that it proposes without a name."""

    key: Text
    name: Text
    acronym: Text | None
    kind: Literal[
        "agreement",
        "body",
        "country",
        "declaration",
        "event",
        "forum",
        "framework",
        "fund",
        "organization",
        "person",
        "place",
        "plan",
        "program",
        "term",
        "treaty",
    ]
    forms: list[Text]
    demonyms: list[Text]
    country: Text | None
    parent_key: Text | None
    proposed: bool
    named: bool
    note: Text | None
    tie_keys: list[Text]
    facts: list[EntityFact]


class OtherForm(Closed):
    """A form by which other texts name an entity, or a name that only looks like one."""

    key: Text | None
    form: Text
    language: Text
    safe: bool
    confused_key: Text | None
    meaning: Text | None
    source: Text


class Spanned(Closed):
    """A value at one span of one place."""

    ref: Address
    start: Offset
    end: Offset
    basis: Literal["stated", "editorial"]


class Mention(Spanned):
    """One naming of an entity."""

    key: Text


class DatedFact(Spanned):
    """A date, and what it dates."""

    edtf: Edtf
    event: Text


class Quantity(Spanned):
    """A number, its unit, and what it counts."""

    value: int | Annotated[list[int], Meta(min_length=2, max_length=2)]
    unit: Text
    counts: Text


LinkKind: TypeAlias = Literal[
    "refers_to",
    "continues",
    "follows_from",
    "restates",
    "counterpart",
    "answers",
    "serves",
    "carried_out_by",
    "followed_by",
]


class Outcome(Closed):
    """What became of a proposal: an event after the report."""

    key: Text
    text: Text
    date: Edtf
    kind: Literal["adopted", "continued", "enacted", "established", "held", "launched"]
    source: Text
    publisher: Text
    read: Edtf


class Link(Closed):
    """A link from one place to another, to a range of places, or to an outcome."""

    source_ref: Address
    target_ref: Target | None
    kind: LinkKind
    basis: Literal["stated", "editorial"]
    strength: Literal["direct", "partial"] | None
    reason: Text | None
    start: Offset | None
    end: Offset | None
    via_key: Text | None
    outcome_key: Text | None


class Code(Closed):
    """One entry of a code book."""

    code: Text
    label: Text | None
    definition: Text | None
    uri: Text | None


class Assignment(Closed):
    """The codes of one place, the primary one first."""

    ref: Address
    codes: Annotated[list[Text], Meta(min_length=1)]
    reason: Text | None


class Overlay(Closed):
    """Codes over a report: a code book, and which codes a place has."""

    key: Text
    title: Text
    description: Text | None
    source: Text | None
    credits: Text | None
    book: Lines | None
    codes: list[Code]
    units: list[PlaceKind]
    inherited_by: list[PlaceKind]
    assignments: list[Assignment]


class Layers(Closed):
    """All that is known beyond the sentences."""

    entities: list[Entity]
    other_forms: list[OtherForm]
    mentions: list[Mention]
    dates: list[DatedFact]
    quantities: list[Quantity]
    outcomes: list[Outcome]
    links: list[Link]
    overlays: list[Overlay]


class Report(Closed):
    """The report: which edition it is, its sections, and its layers where it has some."""

    edition: Edition
    sections: Annotated[list[Section], Meta(min_length=5, max_length=5)]
    layers: Layers | UnsetType = UNSET


def schema() -> dict[str, Json]:
    """Return the schema that msgspec generates, with the dialect and a name."""
    made: dict[str, Json] = msgspec.json.schema(Report)
    return {"$schema": DIALECT, "$id": IDENTIFIER, "title": "asean_japan report", **_fields(made)}


def _fields(value: dict[str, Json]) -> dict[str, Json]:
    """Leave out what OpenAPI has and JSON Schema does not: validators in strict mode refuse it."""
    return {key: _plain(each) for key, each in value.items() if key != "discriminator"}


def _plain(value: Json) -> Json:
    if isinstance(value, dict):
        return _fields(value)
    return [_plain(each) for each in value] if isinstance(value, list) else value


def dump() -> str:
    """Return the schema as the file has it."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Check or write."""
    options = harness.parser(__doc__).parse_args(arguments)
    return harness.settle({SCHEMA: dump()}, write=options.write)


if __name__ == "__main__":
    raise SystemExit(main())

"""
Strategies for hypothesis: addresses, places and whole reports, for tests of whatever is built on this package.

    python -m pip install "asean-japan[testing]"

>>> from asean_japan.testing import reports
>>> from hypothesis import given
>>> @given(reports())
... def test_every_place_has_an_address(report):
...     assert all(report[str(node.ref)] is node for node in report.walk())

Everything is drawn from parts by the rules of the report (numbering, marks, which kind stands where) and never through
the code that reads or checks it. Texts hold what has a meaning in HTML, in Markdown and in a spreadsheet, so that a
writer that forgets to escape is found.
"""

# Annotations are not postponed here: a composite strategy of hypothesis has those of its function, but not its module.

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import cycle
from typing import NamedTuple, TypeVar, get_args

from asean_japan.errors import MissingExtraError
from asean_japan.folding import comparable
from asean_japan.model.basis import Basis
from asean_japan.model.edition import SCHEMA_VERSION, Edition
from asean_japan.model.entities import Entity, EntityFact, EntityKind
from asean_japan.model.facts import DatedFact, Mention, Quantity, Spanned
from asean_japan.model.forms import OtherForm
from asean_japan.model.kinds import (
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
)
from asean_japan.model.layers import Layers
from asean_japan.model.links import Link, LinkKind, Strength
from asean_japan.model.outcomes import Outcome, OutcomeKind
from asean_japan.model.overlays import Assignment, Code, Overlay
from asean_japan.model.places import Claim, Kind, Mark, MarkStyle, Node, Place
from asean_japan.refs import CLAIM, PARAGRAPH, PLACE, Rank, Ref, RefRange, Steps
from asean_japan.report import Report

try:
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy
except ImportError as _missing:
    raise MissingExtraError("testing", "hypothesis") from _missing

_S = TypeVar("_S", bound=Spanned)

__all__ = ["TRAPS", "claims", "editions", "nodes", "places", "ref_ranges", "refs", "reports", "texts"]

_PLACES = ((0, 39), (1, 9999), (1, 9999), (1, 9999), (1, 26), (1, 39))  # Least and greatest number at each depth.
_MOST_ENDS = 200  # Pairs of claims between which a link is drawn.
_OTHERS = (1, 9999)  # The same for paragraphs and claims.
_HOLD_PARAGRAPHS = ("section", "area")  # The depths at which a place can have some.


def _numbers(least: int, greatest: int) -> SearchStrategy[int]:
    """Draw numbers, often small ones."""
    return st.integers(least, max(least, min(greatest, 60))) | st.integers(least, greatest)


@st.composite
def _steps(draw: DrawFn) -> Steps:
    """Draw the steps of any address that the grammar allows."""
    bounds = _PLACES[: draw(st.integers(1, len(_PLACES)))]
    steps: list[tuple[Rank, int]] = [(PLACE, draw(_numbers(*bound))) for bound in bounds]
    if len(steps) <= len(_HOLD_PARAGRAPHS) and draw(st.booleans()):
        steps.append((PARAGRAPH, draw(_numbers(*_OTHERS))))
    if draw(st.booleans()):
        steps.append((CLAIM, draw(_numbers(*_OTHERS))))
    return tuple(steps)


def _below(steps: Steps, rank: Rank, number: int) -> Steps:
    return (*steps, (rank, number))


def refs() -> SearchStrategy[Ref]:
    """
    Draw any address that the grammar allows, whether or not the bundled report has it.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3)
    ... @given(refs())
    ... def test_refs_are_read_back(ref):
    ...     assert Ref.parse(str(ref)) == ref
    >>> test_refs_are_read_back()
    """
    return _steps().map(Ref)


@st.composite
def ref_ranges(draw: DrawFn) -> RefRange:
    """
    Draw any range that the grammar allows.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3)
    ... @given(ref_ranges())
    ... def test_ranges_are_in_order(span):
    ...     assert span.first <= span.last
    >>> test_ranges_are_in_order()
    """
    *above, (rank, number) = draw(_steps())
    greatest = _PLACES[len(above)][1] if rank == PLACE else _OTHERS[1]
    last = draw(_numbers(number, max(number, greatest)))
    return RefRange(Ref([*above, (rank, number)]), Ref([*above, (rank, last)]))


# Places and reports.

_DATES = ("1973", "2022-02", "2003-12-12", "203X", "20XX", "2010/2019", "2022-02/..")
_DAYS = ("2026", "2026-11", "2026-11-30")
_STATED: tuple[LinkKind, ...] = ("refers_to", "continues", "follows_from", "restates")


class _Shape(NamedTuple):
    """A kind of numbered place: how it is marked, and what stands below it."""

    kind: type[Node]
    style: MarkStyle
    below: "_Shape | None" = None


_MEASURES = _Shape(Measure, "letter", _Shape(SubMeasure, "roman"))
_ACTION_ITEMS = _Shape(ActionItem, "circled", _Shape(Action, "bullet", _MEASURES))
TRAPS = (
    *("<b>", "&amp;", '"', "'", "`", "*", "**", "_", "[x](y)", "|", "~~", "#", "\\", "</p>", "&", "1.", "e\u0301"),
    *("=1+1", "@x", "]]>", "-->", "{{x}}", "<!--", "${x}"),
)


def texts() -> SearchStrategy[str]:
    """
    Draw a line of one to ten words, with what has a meaning in HTML, in Markdown and in a spreadsheet.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3)
    ... @given(texts())
    ... def test_texts_are_not_blank(text):
    ...     assert text.strip() == text
    >>> test_texts_are_not_blank()
    """
    words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=6)
    lines = st.lists(words | st.sampled_from(TRAPS), min_size=1, max_size=10).map(" ".join)
    return lines.map(lambda line: unicodedata.normalize("NFC", line))


def editions() -> SearchStrategy[Edition]:
    """
    Draw editions of the schema that this package reads.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3)
    ... @given(editions())
    ... def test_dates_are_months(edition):
    ...     assert len(edition.date) == 7
    >>> test_dates_are_months()
    """
    dates = st.dates().map(lambda date: f"{date.year:04}-{date.month:02}")
    line = texts()
    return st.builds(
        Edition,
        schema_version=st.just(SCHEMA_VERSION),
        data_version=line,
        title=line,
        date=dates,
        issuer=line,
        status=line,
        language=line,
        source=line,
        title_ja=st.none() | line,
        source_ja=st.none() | line,
        license=line,
    )


def _printed(style: MarkStyle, number: int) -> str | None:
    """Write a number up to 3 as the report prints it."""
    ways = {"arabic": f"{number}.", "circled": " ①②③"[number], "letter": f"({' abc'[number]})", "bullet": None}
    return ways.get(style, f"{'i' * number}.")


class _Drawn(NamedTuple):
    """What a report is drawn from: texts are drawn first and then taken in turn, which is faster."""

    draw: DrawFn
    lines: Iterator[str]
    least: int  # How many places of a kind there are at least.
    japanese: Iterator[str | None]

    def upto(self, greatest: int, least: int = 0) -> range:
        """Draw how many there are, and count them from 1."""
        return range(1, self.draw(st.integers(least, greatest)) + 1)

    def claims(self, steps: Steps, least: int) -> tuple[Claim, ...]:
        """Draw the claims of a place."""
        paths = [_below(steps, CLAIM, at) for at in self.upto(2, least)]
        return tuple(Claim(ref=Ref(path), text=next(self.lines)) for path in paths)

    def paragraphs(self, steps: Steps) -> list[Node]:
        """Draw the paragraphs of a section or an area."""
        paths = [_below(steps, PARAGRAPH, at) for at in self.upto(2, self.least)]
        return [
            Paragraph(ref=Ref(path), gist=next(self.lines), gist_ja=self.gist_ja(), claims=self.claims(path, 1))
            for path in paths
        ]

    def places(self, steps: Steps, shape: _Shape | None, headings: Sequence[str] | None = None) -> list[Node]:
        """Draw the numbered places below a place, one for each heading if they have some."""
        if shape is None:
            return []
        places: list[Node] = []
        for at in self.upto(2, self.least) if headings is None else range(1, len(headings) + 1):
            path = _below(steps, PLACE, at)
            heading = headings[at - 1] if headings else None
            mark = Mark(text=_printed(shape.style, at), value=at, style=shape.style)
            paragraphs = self.paragraphs(path) if len(path) == len(_HOLD_PARAGRAPHS) else []
            children = self.mixed(paragraphs, self.places(path, shape.below))
            claims = self.claims(path, 0 if heading else 1)
            gist = next(self.lines)
            places.append(
                shape.kind(
                    ref=Ref(path),
                    mark=mark,
                    heading=heading,
                    gist=gist,
                    gist_ja=self.gist_ja(),
                    claims=claims,
                    children=children,
                )
            )
        return places

    def gist_ja(self) -> str | None:
        """Return a label in Japanese, or none."""
        return next(self.japanese)

    def mixed(self, one: list[Node], other: list[Node]) -> tuple[Node, ...]:
        """Draw an order in which both lists keep their own."""
        sources = [0] * len(one) + [1] * len(other)
        left = (iter(one), iter(other))
        return tuple(next(left[source]) for source in (self.draw(st.permutations(sources)) if one else sources))


@st.composite
def reports(draw: DrawFn, *, least: int = 0) -> Report:
    """
    Draw small sound reports, built by hand.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3)
    ... @given(reports())
    ... def test_first_section_is_0(report):
    ...     assert str(report.walk()[0].ref) == "0"
    >>> test_first_section_is_0()

    Args:
        draw: Hypothesis gives it.
        least: How many places of each kind each place that can have them has, at least: 0, 1 or 2.
    """
    drawn = _Drawn(draw, cycle(draw(st.lists(texts(), min_size=1, max_size=5))), least, cycle(("要旨", None)))
    headings = [next(drawn.lines) for _ in drawn.upto(2, least)]
    below: list[tuple[_Shape | None, Sequence[str] | None]] = [
        (None, None),
        (_Shape(ChallengeArea, "arabic", _Shape(Challenge, "circled")), None),
        (_Shape(Pillar, "arabic"), headings),
        (_Shape(ActionArea, "arabic", _ACTION_ITEMS), headings),
        (None, None),
    ]
    sections: list[Section] = []
    for number, (shape, headed) in enumerate(below):
        path: Steps = ((PLACE, number),)
        style: MarkStyle = "roman" if number else "arabic"
        mark = Mark(text=("0.", "I.", "II.", "III.", "IV.")[number], value=number, style=style)
        children = drawn.mixed(drawn.paragraphs(path), drawn.places(path, shape, headed))
        heading, gist = next(drawn.lines), next(drawn.lines)
        claims = drawn.claims(path, 0)
        sections.append(
            Section(
                ref=Ref(path),
                mark=mark,
                heading=heading,
                gist=gist,
                gist_ja=drawn.gist_ja(),
                claims=claims,
                children=children,
            )
        )
    layers = _DrawnLayers(draw, sections).layers() if draw(st.booleans()) else None
    return Report(edition=draw(editions()), sections=tuple(sections), layers=layers)


class _DrawnLayers:
    """Draws layers for some sections, each value at an address that exists and in the text of that place."""

    def __init__(self, draw: DrawFn, sections: Sequence[Node]) -> None:
        self.draw = draw
        nodes = [node for section in sections for node in section.walk()]
        claims = [claim for node in nodes for claim in node.claims]
        self.texts = {claim.ref: claim.text for claim in claims}
        self.said = [claim.ref for claim in claims] or [nodes[0].ref]
        self.spoken = [claim.ref for claim in claims]
        self.texts |= {node.ref: node.heading for node in nodes if node.heading}
        self.challenges = [node.ref for node in nodes if node.kind == "challenge"]
        self.proposals = [node for node in nodes if node.kind in {"action_item", "action", "measure", "sub_measure"}]
        self.promised = [
            claim.ref
            for section in sections
            for pillar in section.children
            if pillar.kind == "pillar"
            for node in pillar.walk()
            for claim in node.claims
        ]
        self.keys = [f"e{at}" for at in range(draw(st.integers(0, 3)))]
        self.basis = st.sampled_from([Basis.STATED, Basis.EDITORIAL])
        self.text = texts()
        self.optional = st.none() | self.text

    def layers(self) -> Layers:
        """Draw all layers."""
        outcomes = tuple(self.outcome(f"o{at}") for at in range(self.draw(st.integers(0, 2)))) if self.proposals else ()
        return Layers(
            entities=tuple(map(self.entity, self.keys)),
            other_forms=tuple(self.other_forms()) if self.keys else (),
            mentions=self.some(self.mention, "key") if self.keys else (),
            dates=self.some(self.date, "edtf"),
            quantities=self.some(self.quantity, "unit"),
            outcomes=outcomes,
            links=(*self.stated_links(), *self.answers(), *self.promises(), *self.followed(outcomes)),
            overlays=(self.overlay(),) if self.draw(st.booleans()) else (),
        )

    def some(self, make: Callable[[], _S], name: str) -> tuple[_S, ...]:
        """Draw up to three values that differ in their span or in the field of a name."""
        made = [make() for _ in range(self.draw(st.integers(0, 3)))]
        return tuple({(value.ref, value.start, value.end, getattr(value, name)): value for value in made}.values())

    def entity(self, key: str) -> Entity:
        """Draw an entity with a key."""
        draw, keys = self.draw, st.sampled_from(self.keys)
        before = self.keys[: self.keys.index(key)]  # So that none is its own ancestor.
        fact = st.builds(
            EntityFact,
            field=self.text,
            value=self.text,
            source=self.text,
            read=st.sampled_from(_DAYS),
            note=self.optional,
        )
        return Entity(
            key=key,
            name=draw(self.text),
            acronym=draw(self.optional),
            kind=draw(st.sampled_from(get_args(EntityKind))),
            forms=tuple(draw(st.lists(self.text, max_size=2))),
            demonyms=tuple(draw(st.lists(self.text, max_size=1))),
            country=draw(self.optional),
            parent_key=draw(st.sampled_from([None, *before])),
            proposed=draw(st.booleans()),
            named=draw(st.booleans()),
            note=draw(self.optional),
            tie_keys=tuple(draw(st.lists(keys, max_size=2, unique=True))),
            facts=tuple(draw(st.lists(fact, max_size=1))),
        )

    def other_forms(self) -> Iterator[OtherForm]:
        """Draw up to three forms and homonyms, no two of the same name."""
        draw, keys = self.draw, st.sampled_from(self.keys)
        for form in draw(st.lists(self.text, max_size=3, unique_by=comparable)):
            key = draw(st.none() | keys)
            yield OtherForm(
                key=key,
                form=form,
                language=draw(st.sampled_from(["en", "ja"])),
                safe=key is not None and draw(st.booleans()),
                confused_key=None if key else draw(keys),
                meaning=draw(self.optional),
                source=draw(self.text),
            )

    def span(self, refs: Sequence[Ref]) -> tuple[Ref, int, int]:
        """Draw a place and a span of its text."""
        ref = self.draw(st.sampled_from(refs))
        start = self.draw(st.integers(0, len(self.texts[ref]) - 1))
        return ref, start, self.draw(st.integers(start + 1, len(self.texts[ref])))

    def mention(self) -> Mention:
        """Draw a mention of one of the entities."""
        ref, start, end = self.span(list(self.texts))
        key = self.draw(st.sampled_from(self.keys))
        return Mention(ref=ref, start=start, end=end, basis=self.draw(self.basis), key=key)

    def date(self) -> DatedFact:
        """Draw a date, in a claim if there is one."""
        ref, start, end = self.span(self.spoken or list(self.texts))
        edtf, event, basis = self.draw(st.sampled_from(_DATES)), self.draw(self.text), self.draw(self.basis)
        return DatedFact(ref=ref, start=start, end=end, basis=basis, edtf=edtf, event=event)

    def quantity(self) -> Quantity:
        """Draw a quantity, in a claim if there is one."""
        ref, start, end = self.span(self.spoken or list(self.texts))
        value = self.draw(st.integers(0, 10**9) | st.tuples(st.integers(0, 9), st.integers(10, 99)))
        unit, counts, basis = self.draw(self.text), self.draw(self.text), self.draw(self.basis)
        return Quantity(ref=ref, start=start, end=end, basis=basis, value=value, unit=unit, counts=counts)

    def stated_links(self) -> Iterator[Link]:
        """Draw up to two cross-references, no two between the same places."""
        ends = [(source, target) for source in self.said for target in self.said if source != target][:_MOST_ENDS]
        for source, target in self.draw(st.lists(st.sampled_from(ends), max_size=2, unique=True)) if ends else ():
            yield self.stated_link(source, target)

    def stated_link(self, source: Ref, target: Ref) -> Link:
        """Draw a cross-reference from one place to another."""
        return Link(
            source_ref=source,
            target_ref=target,
            kind=self.draw(st.sampled_from(_STATED)),
            basis=Basis.STATED,
            reason=self.draw(self.optional),
        )

    def answers(self) -> Iterator[Link]:
        """Draw one answer of a proposal to a challenge, if there are both."""
        if self.challenges and self.proposals:
            yield Link(
                source_ref=self.draw(st.sampled_from(self.proposals)).ref,
                target_ref=self.draw(st.sampled_from(self.challenges)),
                kind="answers",
                strength=self.draw(st.sampled_from(get_args(Strength))),
                reason=self.draw(self.text),
            )

    def promises(self) -> Iterator[Link]:
        """Draw one promise that a proposal carries out, if there are both."""
        if self.promised and self.proposals:
            yield Link(
                source_ref=self.draw(st.sampled_from(self.promised)),
                target_ref=self.draw(st.sampled_from(self.proposals)).ref,
                kind="carried_out_by",
                strength=self.draw(st.sampled_from(get_args(Strength))),
                reason=self.draw(self.text),
            )

    def outcome(self, key: str) -> Outcome:
        """Draw an outcome with a key."""
        draw, dates = self.draw, st.sampled_from(_DATES)
        kind = draw(st.sampled_from(get_args(OutcomeKind)))
        text, source, publisher = draw(self.text), draw(self.text), draw(self.text)
        return Outcome(
            key=key, text=text, date=draw(dates), kind=kind, source=source, publisher=publisher, read=draw(dates)
        )

    def followed(self, outcomes: Iterable[Outcome]) -> Iterator[Link]:
        """Draw a link from a proposal to each outcome."""
        for outcome in outcomes:
            yield Link(
                source_ref=self.draw(st.sampled_from(self.proposals)).ref,
                kind="followed_by",
                strength=self.draw(st.sampled_from(get_args(Strength))),
                reason=self.draw(self.text),
                outcome_key=outcome.key,
            )

    def overlay(self) -> Overlay:
        """Draw an overlay that codes some of the proposals."""
        draw, names = self.draw, ("1", "2", "none")
        chosen = st.lists(st.sampled_from(names), min_size=1, unique=True)
        return Overlay(
            key="o",
            title=draw(self.text),
            description=draw(self.optional),
            source=draw(self.optional),
            credits=draw(self.optional),
            book=draw(st.none() | st.lists(self.text, min_size=1).map("\n\n".join)),
            codes=tuple(
                Code(code=name, label=draw(self.optional), definition=draw(self.optional), uri=draw(self.optional))
                for name in names
            ),
            units=("action_item", "action"),
            inherited_by=("measure", "sub_measure"),
            assignments=tuple(
                Assignment(ref=node.ref, codes=tuple(draw(chosen)), reason=draw(self.optional))
                for node in self.proposals
                if draw(st.booleans())
            ),
        )


@st.composite
def nodes(draw: DrawFn, *, kind: Kind | None = None) -> Node:
    """
    Draw a node of a small report; it knows its neighbors.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3)
    ... @given(nodes(kind="measure"))
    ... def test_measures_stand_in_actions(node):
    ...     assert node.action.kind == "action"
    >>> test_measures_stand_in_actions()

    Args:
        draw: Hypothesis gives it.
        kind: Of this kind only.

    Raises:
        ArgumentError: If *kind* is unknown; when a node is drawn.
    """
    return draw(st.sampled_from(draw(reports(least=1 if kind else 0)).walk(kind=kind)))


@st.composite
def claims(draw: DrawFn) -> Claim:
    """
    Draw a claim of a small report.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3)
    ... @given(claims())
    ... def test_claims_know_their_node(claim):
    ...     assert claim in claim.parent.claims
    >>> test_claims_know_their_node()
    """
    return draw(st.sampled_from([*draw(reports(least=1)).claims.values()]))


def places() -> SearchStrategy[Place]:
    """
    Draw a node or a claim of a small report.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3)
    ... @given(places())
    ... def test_places_know_their_section(place):
    ...     assert place.section.kind == "section"
    >>> test_places_know_their_section()
    """
    return nodes() | claims()

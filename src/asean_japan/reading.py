"""
How people write addresses, and how that is read.

A folded text is split into marks, each with the label before it and the join behind it. "of" turns the order round:
the clauses between are taken from the last to the first. Then one walk down the levels gives each mark its place. What
comes out is syntax still, perhaps with numbers left open; a report says what exists.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from asean_japan.errors import RefSyntaxError
from asean_japan.folding import fold
from asean_japan.refs import (
    ANY,
    BELOW,
    CANONICAL,
    EID,
    EXPECTED,
    LAST,
    NUMBERS,
    PLACE,
    Reading,
    Ref,
    Steps,
    checked,
    expected_below,
    range_misfit,
    read_ordinal,
    scan_steps,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asean_japan.folding import Folded
    from asean_japan.refs import Level


def read(text: str, /) -> tuple[Reading, ...]:
    """
    Read an address or a range as people write it, in every way in which it can be read; there is at least one.

    Which of them is meant, only a report can tell: 4-6 may be an item and its bullet, or three items.

    >>> read("item ④ of section III.2")
    (Reading(first=(('place', 3), ('place', 2), ('place', 4)), last=None),)
    >>> [reading.last for reading in read("III.2.4-6")]
    [None, (('place', 3), ('place', 2), ('place', 6))]

    Raises:
        RefSyntaxError: If *text* cannot be read whole, with the place that the most hopeful reading reached.
        LimitError: If it is longer than any address or range.
    """
    folded = fold(checked(text))
    try:
        if folded.text.startswith("sec_"):
            return (Reading(_read_eid(folded.text)),)
        return _read_marks(folded, text)
    except RefSyntaxError as stop:
        raise RefSyntaxError(text, folded.origins[stop.position], stop.expected) from None


def read_ref(text: str, /) -> Ref:
    """
    Read the address of one place as people write it, as far as it means the same place in every report.

    >>> read_ref("item ④ of section III.2")
    Ref.parse('III.2.4')

    Raises:
        RefSyntaxError: If *text* cannot be read whole, or needs a report to be understood.
        LimitError: If it is longer than any address.
    """
    try:
        return Ref.parse(text)
    except RefSyntaxError:
        reading, *others = read(text)
    if others or reading.last or any(number in {ANY, LAST} for _, number in reading.first):
        raise RefSyntaxError(text, 0, "an address that means one place in every report, such as III.2.4")
    return Ref(reading.first)


def _read_eid(text: str) -> Steps:
    scan = scan_steps(text, EID)
    if not scan.is_whole:
        raise RefSyntaxError(text, scan.stop, scan.expected())
    return scan.steps


_PLACES: tuple[Level, ...] = ("section", "area", "item", "bullet", "letter", "roman")
_ENCLOSED: tuple[Level, ...] = ("item", "letter", "roman")  # And so a dash before a circled number tells apart.

_LABELS: dict[str, tuple[Level, ...]] = {
    "section": ("section",),
    "sect": ("section",),
    "sec": ("section",),
    "§": ("section",),
    "part": ("section",),
    "chapter": ("section",),
    "subsection": ("area",),
    "challenge area": ("area",),
    "action area": ("area",),
    "area": ("area",),
    "pillar": ("area",),
    "action item": ("item",),
    "challenge": ("item",),
    "item": ("item",),
    "action": ("bullet",),
    "bullet point": ("bullet",),
    "bullet": ("bullet",),
    "•": ("bullet",),
    "point": ("item", "bullet", "letter", "roman"),
    "letter": ("letter",),
    "measure": ("letter",),
    "sub-measure": ("roman",),
    "submeasure": ("roman",),
    "paragraph": ("paragraph",),
    "para": ("paragraph",),
    "p": ("paragraph",),
    "¶": ("paragraph",),
    "sentence": ("claim",),
    "sent": ("claim",),
    "claim": ("claim",),
    "s": ("claim",),
}

# The section that a label speaks of; the other labels are used in all of them.
_SECTIONS = {
    "challenge area": 1,
    "challenge": 1,
    "pillar": 2,
    "action area": 3,
    "action item": 3,
    "action": 3,
    "measure": 3,
    "sub-measure": 3,
    "submeasure": 3,
}

_COUNTING = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = {**{word: number for number, word in enumerate(_COUNTING.split(), start=1)}, "last": LAST, "final": LAST}

_WORDS = "|".join(label.replace(" ", r"\ +") for label in sorted(_LABELS, key=len, reverse=True) if len(label) > 1)
_LABEL = rf"(?:(?:{_WORDS})s?(?![a-z0-9])\.?|[§•¶]|[ps](?=[0-9]))\ *"
_NUMBER_SIGN = r"(?:(?:no|nr|number)(?![a-z0-9])\.?\ *|\#)"


@cache
def _mark_pattern() -> re.Pattern[str]:
    """Compile, on first use, the pattern of one mark, with its label and with what leads to the next."""
    return re.compile(
        rf"""
        \ *(?:the\ +)?
        (?P<whole>
            (?P<ordinal>[0-9]+(?:st|nd|rd|th)|{"|".join(_ORDINALS)})\ +(?P<ranked>{_LABEL})
            |(?P<label>{_LABEL})?{_NUMBER_SIGN}?(?P<mark>\((?:[a-z]+|[0-9]+)\)|(?:[a-z]+|[0-9]+)\)?)
        )
        (?:
            (?P<end>\ *[.,;:]?\ *\Z)
            |\ *\.?\ *(?P<of>of|in|under)\ +
            |\ *(?P<to>(?:to|through)\ |~)\ *
            |\ *\.?\ *(?P<dash>-)
            |\ *(?:\.?\ *[,/;:]|\.)?
        )
        """,
        re.ASCII | re.IGNORECASE | re.VERBOSE,
    )


class _Mark(NamedTuple):
    """A number of a folded text."""

    text: str  # "4" or "a"; empty for an ordinal.
    is_enclosed: bool  # As in "(4)" or "a)".
    ordinal: int | None  # 3 for "third".
    levels: tuple[Level, ...]  # What its label lets it count; all numbered places if it has no label.
    section: int | None  # In which its label lets it stand; any if it is `None`.
    is_plural: bool  # Whether its label is.
    start: int
    join: str  # What follows it: "of", "to", "dash", "end", or "whole" for what only separates.
    dash: int  # Where that dash stands, or -1.

    def labelled_like(self, other: _Mark) -> _Mark:
        """Take the label of *other*, unless there is one already."""
        return self._replace(levels=other.levels, section=other.section) if self.levels == _PLACES else self

    def number_at(self, level: Level) -> int | None:
        """Return the number that the mark has at *level*; None if it cannot be there."""
        if level not in self.levels or (self.is_enclosed and level not in _ENCLOSED):
            return None
        if self.ordinal is not None:  # No section is "the third", since they begin with 0.
            is_one = level != "section" and (self.ordinal == LAST or self.ordinal in NUMBERS[level])
            return self.ordinal if is_one else None
        return CANONICAL[level].numerals.read(self.text.upper() if level == "section" else self.text)


def _read_marks(folded: Folded, original: str) -> tuple[Reading, ...]:
    """Try every way to read the marks of a text."""
    marks = _marks(folded.text)
    readings: list[Reading] = []
    stops: list[RefSyntaxError] = []
    for first, last in _ways(folded.text, marks):
        try:
            readings.append(_reading(folded.text, first, last))
        except RefSyntaxError as stop:
            stops.append(stop)
    if not readings:
        raise max(reversed(stops), key=lambda stop: stop.position)  # Of equals the last, which knows of the range.
    joins = {original[folded.origins[mark.dash]] if mark.join == "dash" else mark.join for mark in marks[:-1]}
    if len(joins) == 1 and not readings[0].last:
        return (readings[0],)  # In III-2-4 a dash is what separates, so that none of them makes a range.
    return tuple(dict.fromkeys(readings))


def _marks(text: str) -> list[_Mark]:
    """Split a folded text into its marks."""
    marks: list[_Mark] = []
    position = 0
    while match := _mark_pattern().match(text, position):
        label = " ".join((match["ranked"] or match["label"] or "").lower().rstrip(" .").split())
        known = label if label in _LABELS else label[:-1]  # Or its plural.
        ordinal = (match["ordinal"] or "").lower()
        mark = _Mark(
            text=(match["mark"] or "").strip("()").lower(),
            is_enclosed=(match["mark"] or "").endswith(")"),
            ordinal=_ORDINALS.get(ordinal) or read_ordinal(ordinal),
            levels=_LABELS.get(known, _PLACES),
            section=_SECTIONS.get(known),
            is_plural=known != label,
            start=match.start("whole"),
            join=match.lastgroup or "",
            dash=match.start("dash"),
        )
        marks.append(mark)
        position = match.end()
        if mark.join == "end":
            return marks
    raise RefSyntaxError(text, position, "a number or a label" if marks else EXPECTED["section"])


def _ways(text: str, marks: list[_Mark]) -> Iterator[tuple[list[_Mark], list[_Mark]]]:
    """Yield the marks of the first and of the last place, from the section down; no last marks if it is not a range."""
    splits = [index for index, mark in enumerate(marks, start=1) if mark.join == "to"]
    if splits[1:]:
        raise RefSyntaxError(text, marks[splits[1]].start, "the end, after one range")
    if not splits:
        yield _downward(_clauses(marks)), []
        splits = [index for index, mark in enumerate(marks, start=1) if mark.join == "dash"]
    for split in splits:
        first = _downward(_clauses(marks[:split]))
        clauses = _clauses(marks[split:])
        last = _downward(clauses)
        yield first, last
        inner, *outer = clauses
        if len(inner) == 1:  # "III.2.4 to 6" ends beside its first place; "items 4 to 6 of III.2" has both in III.2.
            above = _downward(outer)
            yield [*above, *first], [*above, *first[:-1], inner[0].labelled_like(first[-1])]


def _clauses(marks: list[_Mark]) -> list[list[_Mark]]:
    """Split marks at each "of"."""
    clauses: list[list[_Mark]] = [[]]
    for mark in marks:
        clauses[-1].append(mark)
        if mark.join == "of":
            clauses.append([])
    first, *others = clauses[-1]
    bare = first._replace(levels=_PLACES, section=None)
    if others and "section" not in first.levels and bare.number_at("section") is not None:
        *between, last = others  # A label before a whole address, as in "item III.2.4", is about its last number.
        both = tuple(level for level in last.levels if level in first.levels)
        clauses[-1] = [bare, *between, last._replace(levels=both, section=first.section)]
    return clauses


def _downward(clauses: list[list[_Mark]]) -> list[_Mark]:
    """Join clauses from the outermost to the innermost."""
    return [mark for clause in reversed(clauses) for mark in clause]


def _reading(text: str, first: list[_Mark], last: list[_Mark]) -> Reading:
    """Return the steps of the marks of one place, or of a range."""
    steps = _walk(text, first)
    if not last:
        for mark in first:
            if mark.is_plural:
                raise RefSyntaxError(text, mark.start, "a range, after a label in the plural")
        return Reading(steps)
    last_steps = _walk(text, last)
    misfit = range_misfit(steps, last_steps)
    if misfit:
        raise RefSyntaxError(text, last[-1].start, misfit)
    return Reading(steps, last_steps)


def _walk(text: str, marks: list[_Mark]) -> Steps:
    """Walk down the levels, one mark after another."""
    level: Level | None = None
    steps: Steps = ()
    if marks[0].section is not None:  # "Pillar 2" says which section it means.
        level, steps = "section", ((PLACE, marks[0].section),)
    for mark in marks:
        found = _step(mark, level)
        if not found:
            named = [EXPECTED[below] for below in BELOW[level].values() if below in mark.levels != _PLACES]
            raise RefSyntaxError(
                text, mark.start, " or ".join(named) or expected_below(level, "the end" if level else "")
            )
        level, added = found
        steps += added
        if mark.section not in {None, steps[0][1]}:
            raise RefSyntaxError(text, mark.start, "another label, since this one is not used in that section")
    return steps


def _step(mark: _Mark, above: Level | None) -> tuple[Level, Steps] | None:
    """Find the level below *above* at which the mark can stand, and the steps that lead there."""
    for rank, level in BELOW[above].items():
        number = mark.number_at(level)
        if number is not None:
            return level, ((rank, number),)
    number = mark.number_at("letter") if above == "item" else None
    return ("letter", ((PLACE, ANY), (PLACE, number))) if number is not None else None

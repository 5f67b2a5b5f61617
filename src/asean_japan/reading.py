"""
How people write addresses, and how that is read.

Quotation marks and brackets around the whole are left out. A folded text is split into marks, each with its label and
the join behind it. "of" turns the order round: the clauses between are taken from the last to the first, and a comma
does the same where nothing else can be read. Then one walk down the levels gives each mark its place. What comes out is
syntax still, perhaps with numbers left open; a report says what exists.
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
    read_roman,
    scan_steps,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from asean_japan.folding import Folded
    from asean_japan.refs import Level


def read(text: str, /, *, inner_first: bool = True) -> tuple[Reading, ...]:
    """
    Read an address or a range as people write it, in every way in which it can be read; there is at least one.

    Which of them is meant, only a report can tell: 4-6 may be an item and its bullet, or three items.

    >>> read("item ④ of section III.2")
    (Reading(first=(('place', 3), ('place', 2), ('place', 4)), last=None),)
    >>> [reading.last for reading in read("III.2.4-6")]
    [None, (('place', 3), ('place', 2), ('place', 6))]

    Args:
        text: What was written.
        inner_first: Whether commas may part places from the innermost to the outermost, as in "item 4, III.2".

    Raises:
        RefSyntaxError: If *text* cannot be read whole, with the place that the most hopeful reading reached.
        LimitError: If it is longer than any address or range.
    """
    start, end = inside(checked(text))
    written = text[start:end].translate(_BRACKETS)
    folded = fold(written)
    try:
        if folded.text.startswith("sec_"):
            return (Reading(_read_eid(folded.text)),)
        return _read_marks(folded, written, inner_first=inner_first)
    except RefSyntaxError as stop:
        raise RefSyntaxError(text, start + folded.origins[stop.position], stop.expected) from None


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


def is_only_words(text: str, /) -> bool:
    """
    Tell whether *text* has words but neither a number nor a label, and so can hardly be meant as an address.

    >>> is_only_words("climate change"), is_only_words("the third pillar")
    (True, False)
    """
    words = _WORD.findall(text.lower())
    known = {*_ORDINALS, *_CARDINALS, *" ".join(_LABELS).split()}
    is_number = any(character.isnumeric() for character in text) or any(map(read_roman, words))
    return bool(words) and not is_number and not any({word, word.removesuffix("s")} & known for word in words)


_WORD = re.compile(r"[^\W\d_]+")


_BRACKETS_AROUND = dict(zip("([{<（［｛＜【〔〈《", ")]}>）］｝＞】〕〉》", strict=True))
_AROUND = {
    **_BRACKETS_AROUND,
    **{mark: mark for mark in "\"'`*"},
    "“": "”",
    "„": "“”",
    "‟": "”",
    "‘": "’",
    "‚": "‘’",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
}
_MOST_AROUND = 4
_ONE_MARK = re.compile(r"\s*\w+\s*")


def inside(text: str, /) -> tuple[int, int]:
    """
    Find what is inside the quotation marks and brackets around the whole of *text*; all of it if there are none.

    >>> inside("“III.2.4”"), inside("III.2(4)")
    ((1, 8), (0, 8))
    """
    start, end = 0, len(text)
    for _ in range(_MOST_AROUND):
        opening = end - len(text[start:end].lstrip())
        closing = start + len(text[start:end].rstrip())
        if text[closing - 1 : closing] in {".", ",", ";", ":"} and _is_around(text[opening : closing - 1]):
            closing -= 1
        if not _is_around(text[opening:closing]):
            break
        start, end = opening + 1, closing - 1
    return start, end


def _is_around(text: str) -> bool:
    """Tell whether one pair of marks is around all of *text*; brackets around one number belong to it, as in (a)."""
    opening, inner, closing = text[:1], text[1:-1], text[-1:]
    if len(text) <= 1 or closing not in _AROUND.get(opening, ""):
        return False
    if opening not in _BRACKETS_AROUND:
        within = inner.strip(opening + closing)  # Also **III.2.4**.
        return opening not in within and closing not in within
    depth = 0
    for character in inner:
        depth += (character == opening) - (character == closing)
        if depth < 0:
            return False
    return not depth and not _ONE_MARK.fullmatch(inner)


def _read_eid(text: str) -> Steps:
    scan = scan_steps(text, EID)
    if not scan.is_whole:
        raise RefSyntaxError(text, scan.stop, scan.expected())
    return scan.steps


_PLACES: tuple[Level, ...] = ("section", "area", "item", "bullet", "letter", "roman")
_ENCLOSED: tuple[Level, ...] = ("item", "letter", "roman")  # And so a dash before a circled number tells apart.

# Below a section, what is called so has a number of its own: Part III, Section 2.
_PARTS: tuple[Level, ...] = ("section", "area")
_POINTS: tuple[Level, ...] = ("item", "bullet", "letter", "roman")

_LABELS: dict[str, tuple[Level, ...]] = {
    **dict.fromkeys(("section", "sect", "sec", "§", "part", "pt", "chapter", "chap", "ch"), _PARTS),
    **dict.fromkeys(("abschnitt", "kapitel", "kap", "teil"), _PARTS),
    **dict.fromkeys(("subsection", "sub-section", "subsec", "unterabschnitt"), ("area",)),
    **dict.fromkeys(("challenge area", "action area", "area", "pillar", "säule"), ("area",)),
    **dict.fromkeys(("action item", "challenge", "item", "ziffer", "ziff"), ("item",)),
    **dict.fromkeys(("action", "bullet point", "bullet", "•", "･", "indent", "tiret", "spiegelstrich"), ("bullet",)),
    **dict.fromkeys(("point", "punkt"), _POINTS),
    **dict.fromkeys(("letter", "lit", "littera", "buchstabe", "buchst", "measure"), ("letter",)),
    **dict.fromkeys(("sub-measure", "submeasure"), ("roman",)),
    **dict.fromkeys(("paragraph", "para", "par", "p", "¶", "absatz", "abs"), ("paragraph",)),
    **dict.fromkeys(("sentence", "sent", "claim", "s", "satz"), ("claim",)),
}

# What Japanese writes behind a number.
_COUNTERS: dict[str, tuple[Level, ...]] = {
    "章": ("section",),
    "節": ("area",),
    "項目": ("item",),
    "項": ("item",),
    "号": ("item", "bullet"),
    "段落": ("paragraph",),
    "文": ("claim",),
}

# The section that a label speaks of; the other labels are used in all of them.
_SECTIONS = {
    "challenge area": 1,
    "challenge": 1,
    "pillar": 2,
    "säule": 2,
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
_CARDINAL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_ORDINALS = {**{word: number for number, word in enumerate(_COUNTING.split(), start=1)}, "last": LAST, "final": LAST}
_CARDINALS = {word: str(number) for number, word in enumerate(_CARDINAL.split())}
_KANJI = "〇一二三四五六七八九"

_WORDS = "|".join(label.replace(" ", r"\ +") for label in sorted(_LABELS, key=len, reverse=True) if len(label) > 1)
_LABEL = rf"(?:(?:{_WORDS})s?(?![a-z0-9])\.?|§§?|¶¶?|[•･]|[ps](?=[0-9]))\ *"
_NUMBER_SIGN = r"(?:(?:nos?|nrs?|numbers?)(?![a-z0-9])\.?\ *|[\#№第]\ *)"
_COUNTER = "|".join(_COUNTERS)
_GERMAN = r"\ +(?:spiegelstrich|absatz|satz)(?![a-z]|\ *[0-9(])"  # "3. Spiegelstrich" is the third.

# One for one, so that every character stays where it is. A middle dot parts numbers, and is a bullet at the beginning.
_BRACKETS = str.maketrans("[]{}［］｛｝〔〕【】〈〉《》・·ーｰ", "()()()()()()()()･･--")


@cache
def _mark_pattern() -> re.Pattern[str]:
    """Compile, on first use, the pattern of one mark, with its label and with what leads to the next."""
    return re.compile(
        rf"""
        \ *(?:the\ +)?
        (?P<whole>
            (?P<ordinal>[0-9]+(?:st|nd|rd|th|d|\.(?={_GERMAN}))|{"|".join(_ORDINALS)})\ +(?P<ranked>{_LABEL})
            |(?P<label>{_LABEL})?{_NUMBER_SIGN}?
            (?P<mark>\((?:[a-z]+|[0-9]+)\)|(?:[a-z]+|[0-9]+)\)?|[{_KANJI}十]+(?={_COUNTER}))
            (?P<counter>{_COUNTER})?
        )
        (?:
            (?P<end>\ *(?:まで)?\ *[.,;:。、]?\ *\Z)
            |\ *\.?\ *(?P<of>of|in|under)\ +
            |\ *(?P<to>(?:to|through|bis)\ |~|から)\ *
            |\ *\.?\ *(?P<dash>-)
            |\ *\.?\ *(?P<comma>[,、])
            |\ *(?:\.?\ *[/;:]|[.･の])?
        )
        """,
        re.ASCII | re.IGNORECASE | re.VERBOSE,
    )


def _read_kanji(text: str) -> str:
    """Write 十二 as 12; anything but a number from 1 to 99 stays as it is."""
    tens, ten, ones = text.rpartition("十")
    if not text or len(tens) > 1 or len(ones) > 1 or not set(tens + ones) <= set(_KANJI[1:]):
        return text
    return str((_KANJI.find(tens) if tens else 1) * 10 * len(ten) + (_KANJI.find(ones) if ones else 0))


def _read_rank(text: str) -> int | None:
    """Read an ordinal, also 2d, 3d and the German 3."""
    if text.endswith("."):
        return CANONICAL["bullet"].numerals.read(text[:-1])
    number = _ORDINALS.get(text) or read_ordinal(text)
    if number or not text.endswith("d"):
        return number
    return read_ordinal(f"{text[:-1]}nd") or read_ordinal(f"{text[:-1]}rd")


class _Mark(NamedTuple):
    """A number of a folded text."""

    text: str  # "4" or "a"; empty for an ordinal.
    is_half: bool  # As ④ and 4), which can count less than (4) and 4.
    is_bracketed: bool  # As (4).
    is_small: bool  # As (iii), but not (III).
    ordinal: int | None  # 3 for "third".
    levels: tuple[Level, ...]  # What its label lets it count; all numbered places if it has no label.
    section: int | None  # In which its label lets it stand; any if it is `None`.
    is_labelled: bool
    is_plural: bool  # Whether its label is.
    start: int
    join: str  # What follows it: "of", "to", "dash", "end", or "whole" for what only separates.
    dash: int  # Where that dash stands, or -1.

    def labelled_like(self, other: _Mark) -> _Mark:
        """Take the label of *other*, unless there is one already."""
        if self.is_labelled:
            return self
        return self._replace(levels=other.levels, section=other.section, is_labelled=other.is_labelled)

    def number_at(self, level: Level) -> int | None:
        """Return the number that the mark has at *level*; None if it cannot be there."""
        if level not in self.levels or (self.is_half and level not in _ENCLOSED):
            return None
        if level == "section" and self.is_bracketed and self.is_small:
            return None
        if self.ordinal is not None:  # No section is "the third", since they begin with 0.
            is_one = level != "section" and (self.ordinal == LAST or self.ordinal in NUMBERS[level])
            return self.ordinal if is_one else None
        if level == "area" and self.is_labelled and self.levels == ("area",):
            return read_roman(self.text) or CANONICAL[level].numerals.read(self.text)
        return CANONICAL[level].numerals.read(self.text.upper() if level == "section" else self.text)


def _read_marks(folded: Folded, original: str, *, inner_first: bool) -> tuple[Reading, ...]:
    """Try every way to read the marks of a text."""
    marks = _marks(folded, original)
    readings, stops = _tried(folded.text, marks)
    if not readings and inner_first and _is_inner_first(marks):
        turned = [mark._replace(join="of") if mark.join == "comma" else mark for mark in marks]
        readings, _ = _tried(folded.text, turned)
    if not readings:
        raise max(reversed(stops), key=lambda stop: stop.position)  # Of equals the last, which knows of the range.
    joins = {original[folded.origins[mark.dash]] if mark.join == "dash" else mark.join for mark in marks[:-1]}
    if len(joins) == 1 and not readings[0].last:
        return (readings[0],)  # In III-2-4 a dash is what separates, so that none of them makes a range.
    return tuple(dict.fromkeys(readings))


def _tried(text: str, marks: list[_Mark]) -> tuple[list[Reading], list[RefSyntaxError]]:
    """Return every reading of the marks, and where the other ways stopped."""
    readings: list[Reading] = []
    stops: list[RefSyntaxError] = []
    for first, last in _ways(text, marks):
        try:
            readings.append(_reading(text, first, last))
        except RefSyntaxError as stop:
            stops.append(stop)
    return readings, stops


def _is_inner_first(marks: list[_Mark]) -> bool:
    """Tell whether commas may stand for "of", as in "item 4, III.2": what comes before the last says what it is."""
    commas = [index for index, mark in enumerate(marks) if mark.join == "comma"]
    inner = marks[: commas[-1] + 1] if commas else []
    alike = [False, *(mark.join in {"to", "dash"} for mark in inner)]  # "items 4 to 6" says it of both.
    said = [mark.is_labelled or mark.is_bracketed or like for mark, like in zip(inner, alike, strict=False)]
    return all(said) and any(mark.is_labelled for mark in inner)


def _marks(folded: Folded, original: str) -> list[_Mark]:
    """Split a folded text into its marks."""
    marks: list[_Mark] = []
    position = 0
    while match := _mark_pattern().match(folded.text, position):
        marks.append(_mark(match, _is_circled(folded, original, match)))
        position = match.end()
        if marks[-1].join == "end":
            return marks
    raise RefSyntaxError(folded.text, position, "a number or a label" if marks else EXPECTED["section"])


def _is_circled(folded: Folded, original: str, match: re.Match[str]) -> bool:
    """Tell whether the number of *match* is one character, such as ④; the brackets of ⑷ are those of (4)."""
    first = folded.origins[match.start("mark")]
    is_one = match["mark"] is not None and first == folded.origins[match.end("mark") - 1] and match["mark"][0] == "("
    return is_one and not "\u2474" <= original[first] <= "\u2487"


def _mark(match: re.Match[str], is_circled: bool) -> _Mark:  # noqa: FBT001  # A fact, no option.
    """Return what a match of the pattern says."""
    label = " ".join((match["ranked"] or match["label"] or "").lower().rstrip(" .").split())
    known = label if label in _LABELS else label[:-1]  # Or its plural.
    counted = _COUNTERS.get(match["counter"], _LABELS.get(known, _PLACES))
    written = match["mark"] or ""
    number = written.strip("()").lower()
    is_bracketed = written.startswith("(") and not is_circled
    return _Mark(
        text=_CARDINALS.get(number) or _read_kanji(number),
        is_half=is_circled or (written.endswith(")") and not is_bracketed),
        is_bracketed=is_bracketed,
        is_small=written != written.upper(),
        ordinal=_read_rank((match["ordinal"] or "").lower()),
        levels=tuple(level for level in _LABELS.get(known, counted) if level in counted),
        section=_SECTIONS.get(known),
        is_labelled=bool(label or match["counter"]),
        is_plural=known != label,
        start=match.start("whole"),
        join=match.lastgroup or "",
        dash=match.start("dash"),
    )


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
    is_place = others and "section" not in first.levels and bare.number_at("section") is not None
    if is_place and not _is_roman_area(first, others[0]):
        *between, last = others  # A label before a whole address, as in "item III.2.4", is about its last number.
        both = tuple(level for level in last.levels if level in first.levels)
        clauses[-1] = [bare, *between, last._replace(levels=both, section=first.section)]
    return clauses


def _is_roman_area(mark: _Mark, below: _Mark) -> bool:
    """Tell whether *mark* is an area in Roman numerals, as in "pillar II, paragraph 1", where no area follows."""
    return mark.levels == ("area",) and below.is_labelled and "area" not in below.levels


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
    section = marks[0].section
    if marks[0].levels == ("area",):  # "Pillar 2" says which section it means, and so does "challenge 7 of area 2".
        section = next((mark.section for mark in marks if mark.section is not None), None)
    if section is not None:
        level, steps = "section", ((PLACE, section),)
    join = ""
    for mark in marks:
        is_bullet = level == "item" and mark.is_bracketed and join == "dash"  # (4)-(6) are two items.
        found = None if is_bullet and mark.text.isdigit() else _step(mark, level)
        join = mark.join
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

"""
What a quoter adds to a quotation and leaves out of it: ellipses, brackets, remarks, footnote marks and citations.

A quotation is taken apart at these, and its parts are looked for one after the other, within a place or a neighbor.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from asean_japan.copies.skeletons import Passage, PassageFinder, skeleton

GapKind: TypeAlias = Literal["mark", "added", "cut"]  # From the one that allows least to the one that allows most.

MOST_PARTS = 32  # Of one quotation.
LEAST_ANCHOR = 10  # Letters of its longest part; shorter ones would be found by chance.
_MOST_REPLACED = 80  # Letters that a bracket replaces.
_ORDER: tuple[GapKind, ...] = ("mark", "added", "cut")

_SPACE = r"\s{0,2}"
_DOTS = rf"(?:(?:[.\u00b7\u30fb\u3002]{_SPACE}){{2,}}|[\u2025\u2026\u22ef]+[.\s]*)"
_NAMED = r"(?:snip|cut|omitted|text omitted|omission|gap)"
_CUT = (
    rf"[\[(<{{\u3014/]{_SPACE}(?:{_DOTS}|{_NAMED}|[-\u2010-\u2015*_]+|){_SPACE}[\])>}}\u3015/]\.?"
    rf"|(?:[.\u30fb\u3002]{_SPACE}){{3,}}|\.\.|[\u2025\u2026\u22ef]+[.\s]*|(?:\*{_SPACE}){{3,}}"
)
_REMARKS = (
    r"emphas[ie]s|italics?|bold|underlin\w*|my|our|sic|citations?|footnotes?|notes?|internal|quotation|translat\w*|"
    r"capitali\w*|alterations?|author\w*|original|trans|ed"
)
_REMARK = rf"\(\s*(?:(?:{_REMARKS})\b[^()]{{0,80}}|[!?]+)\)"
_UP = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079"
_MARK = rf"[{_UP}]+(?:\s?[,\u207b\u2013-]\s?[{_UP}]+)*|<sup>[^<>]{{0,20}}</sup>|\^\d+\^?|\[\^?\d+\]"
_BRACKET = r"\[[^\[\]]{1,200}\]"
_APART = re.compile(rf"(?P<cut>{_CUT})|(?P<mark>{_MARK}|{_REMARK})|(?P<added>{_BRACKET})", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<![^\W\d_])\[([^\W\d_])\](?=[^\W\d_])")

_NAME = r"[A-Z][\w.&'\u2019-]*"
_CITING = re.compile(
    r"[\W_]*(?:(?:see|cf|quoted|in|from|says|as|also|the)[\s.,]+)*(?:"
    r"(?:pp?|paras?|sections?|sec|ch|pt|part|art|n|ibid|op|supra|loc|emphas\w*|italics?|report|panel|expert panel|mofa|"
    r"ministry|asean-japan)\b"
    r"|[\u00a7\u00b6]|[\W_]*[0IVX]+[-.,(\s]*[\d\u2460-\u2473(]"
    r"|\d{1,4}(?:\s?[-\u2013,:]\s?\d+)*[\W_]*\Z"
    rf"|(?-i:{_NAME}(?:[\s,]+(?:{_NAME}|&|and|et|al\.|of|the|on|for))*,?\s+\(?(?:19|20)\d\d)"
    r")",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"[\s,;:.\u2013\u2014-]*(?P<told>[(\[][^()\[\]]{1,120}[)\]])[\s.]*\Z")
_ATTRIBUTED = re.compile(r"(?<=[.!?\"\u201d\u2019])\s*[\u2012-\u2015-]{1,3}\s*(?P<told>[^\u2012-\u2015]{1,120})\Z")
_QUOTED = re.compile(r"\s*[\"\u201c\u201e\u00ab]")
_BEHIND_QUOTED = re.compile(r"(?<=[\"\u201d\u201c\u00bb])(?P<told>[^\"\u201c\u201d\u00bb]{1,160})\Z")
_LONGEST_CITATION = 200
_FOOTNOTE = re.compile(r"(?<=[^\W\d_][.,;!?\"\u201d])(?P<told>\d{1,3})\s*\Z")
_MOST_CITATIONS = 4

_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|without|cannot|none|nobody|nothing|nowhere|hardly|scarcely|barely|rarely|seldom|"
    r"unless|except|fail\w*|lack\w*|instead|rather|against|refus\w*|den(?:y|ies|ied))\b|n['\u2019]t\b|\bnon-",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"\[[^\W\d_]{2,}-?\](?=[^\W\d_])")


class Gap(NamedTuple):
    """
    What is between two parts of a quotation.

    Attributes:
        kind: "mark": nothing is left out. "added": what was added may replace some words. "cut": something is left out.
        joined: Whether the part before it and the part behind it may end and begin within a word.
    """

    kind: GapKind
    joined: tuple[bool, bool]


class TakenApart(NamedTuple):
    """
    A quotation without what a quoter added.

    Attributes:
        parts: The parts that have letters.
        gaps: What is between them, one fewer.
        added: What was added, as it is written.
        turning: Those of what was added that can turn a meaning.
        cited: Whether the last of what was added is behind the last part.
    """

    parts: tuple[str, ...]
    gaps: tuple[Gap, ...]
    added: tuple[str, ...]
    turning: tuple[str, ...]
    cited: bool


def negations(text: str) -> tuple[str, ...]:
    """
    Return the words of a text that can turn the meaning of what is around them.

    >>> negations("is no longer, or cannot be")
    ('no', 'cannot')
    """
    return tuple(found[0] for found in _NEGATION.finditer(text))


def take_apart(text: str) -> TakenApart | None:
    """
    Take a quotation apart; None if nothing was added to it and nothing left out.

    >>> taken = take_apart("[T]hese efforts also aims [sic] to renew ... the region (p. 4)")
    >>> taken and taken.parts
    ('These efforts also aims ', ' to renew ', 'the region')
    >>> taken and taken.added
    ('[sic]', '(p. 4)')
    """
    bare = _CAPITAL.sub(r"\1", text)
    bare, cited = _without_citations(bare)
    added: list[str] = []
    turning: list[str] = []
    parts: list[str] = []
    gaps: list[Gap] = []
    waiting: Gap | None = None
    at = 0
    for found in [*_APART.finditer(bare), None]:
        part = bare[at : found.start() if found else len(bare)]
        if skeleton(part):
            if parts:
                gaps.append(waiting or Gap("mark", (False, False)))
            parts.append(part)
            waiting = None
        if found:
            gap = _gap(bare, found)
            waiting = _wider(waiting, gap) if waiting else gap
            at = found.end()
            if gap.kind != "cut":
                added.append(found[0])
                turns = negations(found[0]) or _PREFIX.match(bare, found.start())
                turning += [found[0]] if turns else []
    turning += [told for told in cited if negations(told)]
    if bare == text and not added and not cited and not gaps:
        return None
    return TakenApart(tuple(parts), tuple(gaps), (*added, *cited), tuple(turning), bool(cited))


def _without_citations(text: str) -> tuple[str, list[str]]:
    """Return a quotation without what cites its source at its end, and that."""
    cited: list[str] = []
    patterns = [_TRAILING, _FOOTNOTE, *([_BEHIND_QUOTED] if _QUOTED.match(text) else []), _ATTRIBUTED]
    for _ in range(_MOST_CITATIONS):
        text = text.rstrip()
        tried = (pattern.search(text, max(0, len(text) - _LONGEST_CITATION)) for pattern in patterns)
        found = next((each for each in tried if each and _CITING.match(each["told"])), None)
        if not found:
            break
        cited.insert(0, found["told"].strip())
        text = text[: found.start("told")]
    return text, cited


def _gap(text: str, found: re.Match[str]) -> Gap:
    """Return what a cut, a mark or a bracket is."""
    kind: GapKind = "cut" if found["cut"] is not None else "mark" if found["mark"] is not None else "added"
    before, behind = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    in_brackets = found[0].startswith("[")
    return Gap(kind, (in_brackets and before.isalpha(), in_brackets and behind.isalpha()))


def _wider(first: Gap, second: Gap) -> Gap:
    """Return what two gaps with no letter between them are together."""
    wider = max(first, second, key=lambda gap: _ORDER.index(gap.kind))
    return Gap(wider.kind, (first.joined[0], second.joined[1]))


# Where the parts are.


def chains(
    finder: PassageFinder, taken: TakenApart, place_of: Callable[[Passage], tuple[int, int]]
) -> Iterator[tuple[Passage, ...]]:
    """
    Yield each row of passages that has the parts of a quotation in order, as near to one another as they can be.

    Args:
        finder: What looks for a part.
        taken: The quotation.
        place_of: Returns the turns of the places in which a passage begins and ends.
    """
    found = [_at_words(finder, passages, taken, turn) for turn, passages in enumerate(_each(finder, taken))]
    rows = [row for first in found[0] if (row := _row(first, found, taken.gaps))]
    for turn, row in enumerate(rows):
        tighter = rows[turn + 1][-1] if turn + 1 < len(rows) else None
        near = place_of(row[-1])[1] - place_of(row[0])[0] <= 1
        if near and (tighter is None or tighter.extent != row[-1].extent):
            yield row


def _each(finder: PassageFinder, taken: TakenApart) -> Iterator[list[Passage]]:
    """Yield where each part is, in the order of the report."""
    for part in taken.parts:
        passages = finder.find(part)
        yield [each for each in passages if all(left + 1 == right for left, right in pairwise(each.parts))]


def _at_words(finder: PassageFinder, passages: list[Passage], taken: TakenApart, turn: int) -> list[Passage]:
    """Return the passages that begin and end as words do where the quotation is cut."""
    cut_before = turn > 0 and not taken.gaps[turn - 1].joined[1]
    cut_behind = turn < len(taken.gaps) and not taken.gaps[turn].joined[0]
    return [
        passage
        for passage in passages
        if not (cut_before and finder.in_word(passage.extent[0]))
        and not (cut_behind and finder.in_word(passage.extent[1]))
    ]


def _row(first: Passage, found: Sequence[list[Passage]], gaps: Sequence[Gap]) -> tuple[Passage, ...]:
    """Return the passages that follow a first one, each as soon as it can; empty if one does not."""
    row = [first]
    for passages, gap in zip(found[1:], gaps, strict=True):
        end = row[-1].extent[1]
        at = bisect_left(passages, end, key=lambda passage: passage.extent[0])
        if at == len(passages):
            return ()
        apart = passages[at].extent[0] - end
        if apart > {"mark": 0, "added": _MOST_REPLACED}.get(gap.kind, apart):
            return ()
        row.append(passages[at])
    return tuple(row)

"""What hangs together by our own links: what answers, carries out or follows what, and what is left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import shorten
from typing import NamedTuple, get_args

import attrs

from asean_japan.model import display
from asean_japan.model.display import Shown
from asean_japan.model.home import Home
from asean_japan.model.kinds import Challenge, Pillar
from asean_japan.model.layers import LayerIndex
from asean_japan.model.links import HOW, Link, LinkKind, Strength
from asean_japan.model.outcomes import Outcome
from asean_japan.model.places import Claim, Node, Nodes, Place
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import Ref

_LONGEST_PROMISE = 100  # Characters of a sentence in a list of several.


@attrs.frozen(kw_only=True, repr=False)
class Trace(Shown, PydanticResult):
    """
    What hangs together with a place: from challenge to pillar, action and means, and back.

    >>> from asean_japan import load
    >>> trace = load().trace("I.1.2")
    >>> [str(node.ref) for node in trace.pillars], [str(node.ref) for node in trace.answers]
    (['II.1', 'II.2'], ['III.1.4', 'III.2.4.7.a'])
    >>> print(load().trace("I.1.3"))
    Challenge I.1.3: Military coup in Myanmar
      Pillar II.1: Free, open, rules-based, and fair regional order
        III.1.8 answers it directly: Rule of law, dialogue, and humanitarian assistance in Myanmar
          served by IV.p2.s1: public funds such as ODA

    Attributes:
        place: Where it starts.
        promises: The claims of section II that are asked about, or that the proposals carry out, in reading order; none
            from a challenge or from a means.
        proposals: The proposals that carry them out, in reading order.
        challenges: In reading order.
        pillars: Those under which the answers are proposed, and the place itself, in reading order.
        answers: The proposals that answer the challenges, in reading order; of several in one another only those that
            do so themselves.
        means: The claims of section IV whose means serve the answers, or a place above or below them, in reading
            order. From a place in section III only those that serve it, or a place above or below it, and not what
            serves its neighbors under the same answer; from one in section IV only its own.
        outcomes: What became of the answers, or of a place above or below them, by time; from a place in section III
            what became of it.
        links: The editorial links between these, kind by kind, in reading order of where they begin.
    """

    place: Place
    promises: tuple[Claim, ...]
    proposals: Nodes[Node]
    challenges: tuple[Challenge, ...]
    pillars: tuple[Pillar, ...]
    answers: Nodes[Node]
    means: tuple[Claim, ...]
    outcomes: tuple[Outcome, ...]
    links: tuple[Link, ...]

    def __str__(self) -> str:
        if str(self.place.section.ref) == "II" and self.promises:
            return "\n".join(self._promised())
        return "\n".join(self._answered())

    def _of_kind(self, kind: LinkKind) -> list[Link]:
        return [link for link in self.links if link.kind == kind]

    def _carrying(self, claim: Claim) -> list[Link]:
        """Return the links from a promise to the proposals that carry it out."""
        return [link for link in self._of_kind("carried_out_by") if link.source_ref == claim.ref]

    def _promised(self) -> Iterator[str]:
        """Yield the promises of each pillar with what carries them out, and what is answered under it."""
        for pillar in self.pillars:
            yield f"Pillar {pillar.ref}: {pillar.gist}"
            for claim in self.promises:
                if pillar in claim.ancestors:
                    yield from self._carried_out(claim)
            answering = [link for link in self._of_kind("answers") if link.source.node.pillar == pillar]
            for challenge in self.challenges:
                by = _addresses(link.source_ref for link in answering if link.target_ref == challenge.ref)
                if by:
                    yield f"  Challenge {challenge.ref} is answered by {by}: {challenge.gist}"
            serving = [link for link in self._of_kind("serves") if _end(link).pillar == pillar]
            for claim in self.means:
                served = _addresses(_end(link).ref for link in serving if link.source_ref == claim.ref)
                if served:
                    yield f"  {claim.ref} serves {served}"
            followed = [link for link in self._of_kind("followed_by") if link.source.node.pillar == pillar]
            if followed:
                yield f"  Outcomes follow {_addresses(link.source_ref for link in followed)}"

    def _carried_out(self, claim: Claim) -> Iterator[str]:
        """Yield a promise, and what carries it out: in one line, or one by one if it alone is asked about."""
        links = self._carrying(claim)
        alone = claim == self.place
        yield f"  {claim.ref}: {claim.text if alone else _shortened(claim.text)}"
        direct, partial = (
            _addresses(_end(link).ref for link in links if link.strength == how) for how in get_args(Strength)
        )
        if not links:
            yield "    no proposal carries it out"
        elif alone:
            yield from (f"    {_carried(link)}" for link in links)
        else:
            yield "    carried out " + "; ".join(
                filter(None, (direct and f"by {direct}", partial and f"in part by {partial}"))
            )

    def _answered(self) -> Iterator[str]:
        """Yield each challenge with its answers, and what serves and what follows these."""
        yield from self._kept()
        beside = [link for link in self.links if link.kind in {"serves", "followed_by"}]
        for challenge in self.challenges:
            yield f"Challenge {challenge.ref}: {challenge.gist}"
            answering = {link.source_ref: link for link in self.links if challenge.ref == link.target_ref}
            for pillar in self.pillars:
                nodes = [node for node in self.answers if node.ref in answering and node.pillar == pillar]
                if nodes:
                    yield f"  Pillar {pillar.ref}: {pillar.gist}"
                for node in nodes:
                    yield f"    {node.ref} answers it {_how(answering[node.ref])}: {node.gist}"
                    yield from _beside(node, [link for link in beside if _reach(node.ref, link)])
        others = [link for link in beside if not any(_reach(node.ref, link) for node in self.answers)]
        if not self.challenges and self.place.section.ref == Ref.parse("III"):
            yield f"{self.place.ref} answers no challenge"
        elif others:
            yield "Without a challenge"
        elif not self.challenges:
            yield f"No editorial link leads to or from {self.place.ref}"
        if not self.challenges:
            yield from (f"  Pillar {pillar.ref}: {pillar.gist}" for pillar in self.pillars)
        for node in dict.fromkeys(map(_end, others)):
            yield f"    {node.ref}: {node.gist}"
            yield from _beside(node, [link for link in others if _end(link) == node])

    def _kept(self) -> Iterator[str]:
        """Yield each promise with what carries it out."""
        for claim in self.promises:
            yield f"Promise {claim.ref}: {_shortened(claim.text)}"
            yield from (f"  {_carried(link)}" for link in self._carrying(claim))

    def _repr_html_(self) -> str:
        return f"<pre>{display.escaped(str(self))}</pre>"


def _how(link: Link) -> str:
    return HOW[link.strength or "partial"]


def _carried(link: Link) -> str:
    return f"{_end(link).ref} carries it out {_how(link)}: {_end(link).gist}"


def _end(link: Link) -> Node:
    """Return the proposal of a link that leads to one, or that leads from one to an outcome."""
    return link.targets[0].node if link.targets else link.source.node


def _addresses(refs: Iterable[Ref]) -> str:
    return ", ".join(map(str, dict.fromkeys(refs)))


def _shortened(text: str) -> str:
    return shorten(text, _LONGEST_PROMISE, placeholder=" …")


def _beside(node: Node, links: list[Link]) -> Iterator[str]:
    """Yield what serves a proposal, and what followed it."""
    for link in links:
        where = "" if _end(link) == node else f" at {_end(link).ref}"
        if link.outcome:
            yield f"      followed{where} {_how(link)}, {link.outcome.date}: {link.outcome.text}"
        else:
            name = link.via.name if link.via else link.text or link.source.gist
            yield f"      served{where} by {link.source_ref}: {name}"


def _reach(ref: Ref, link: Link) -> bool:
    """Return whether a link leads to or from a proposal, or one above or below it."""
    end = _end(link).ref
    return end.is_relative_to(ref) or ref.is_relative_to(end)


@attrs.frozen(kw_only=True, repr=False)
class Gaps(Shown, PydanticResult):
    """
    What the editorial links leave open.

    >>> from asean_japan import load
    >>> [str(node.ref) for node in load().gaps().challenges]
    []

    Attributes:
        challenges: Those that no proposal answers.
        partial: Those that no proposal answers directly.
        promises: The claims in the prose of the pillars that no proposal carries out.
        proposals: Action items and actions that answer no challenge, neither by themselves nor by what is above or
            below them.
    """

    challenges: tuple[Challenge, ...]
    partial: tuple[Challenge, ...]
    promises: tuple[Claim, ...]
    proposals: Nodes[Node]

    def __str__(self) -> str:
        parts = (
            ("No proposal answers", self.challenges),
            ("No proposal answers directly", self.partial),
            ("No proposal carries out", self.promises),
            ("Answers no challenge", self.proposals),
        )
        return "\n".join(f"{title}:\n{_listed(places)}" for title, places in parts)


def _listed(places: Iterable[Node | Claim]) -> str:
    lines = (f"  {each.ref}: {each.gist if isinstance(each, Node) else _shortened(each.text)}" for each in places)
    return "\n".join(lines) or f"  {display.NONE_FOUND}"


def trace(index: LayerIndex, place: Place) -> Trace:
    """Follow the editorial links from a place in both directions, as `Report.trace` does."""
    home = index.home
    carrying, answering, serving, following = _links_of(index, place)
    sources = {link.source_ref for link in answering}
    answered = {link.target_ref for link in answering} | {place.ref}
    promised = {link.source_ref for link in carrying} | {claim.ref for claim in _promises(place)}
    carried = {link.target_ref for link in carrying}
    found = Nodes(node for node in home.walk() if node.ref in sources)
    pillars = {node.pillar for node in (*found, place.node)}
    outcomes = {link.outcome_key for link in following}
    places = home.place_index()
    return Trace(
        place=place,
        promises=tuple(places.claims[ref] for ref in sorted(promised)),
        proposals=Nodes(node for node in home.walk() if node.ref in carried),
        challenges=tuple(each for each in places.of_kind(Challenge) if each.ref in answered),
        pillars=tuple(each for each in places.of_kind(Pillar) if each in pillars),
        answers=found,
        means=tuple(places.claims[ref] for ref in sorted({link.source_ref for link in serving})),
        outcomes=tuple(outcome for outcome in index.layers.outcomes if outcome.key in outcomes),
        links=(*carrying, *answering, *serving, *following),
    )


def _promises(place: Place) -> list[Claim]:
    """Return the claims of a place that are in the prose of a pillar."""
    claims = [place] if isinstance(place, Claim) else [claim for node in place.node.walk() for claim in node.claims]
    return [claim for claim in claims if any(isinstance(above, Pillar) for above in claim.ancestors)]


class _Links(NamedTuple):
    """The editorial links that hang together with a place, by their kinds."""

    carrying: list[Link]
    answering: list[Link]
    serving: list[Link]
    following: list[Link]


def _links_of(index: LayerIndex, place: Place) -> _Links:
    """Return the links of promises, answers, means and outcomes that hang together with a place."""
    node, home = place.node, index.home
    carrying, following = _of_kind(index, "carried_out_by"), _of_kind(index, "followed_by")
    answering, serving = _of_kind(index, "answers"), _of_kind(index, "serves")
    section = str(node.section.ref)
    if section == "III":
        near = _related(home, {node.ref})
        return _Links(
            [link for link in carrying if link.target_ref in near],
            [link for link in answering if link.source_ref in near],
            [link for link in serving if link.target_ref in near],
            [link for link in following if link.source_ref in near],
        )
    if section == "IV":
        here = {place.ref} if isinstance(place, Claim) else {claim.ref for each in node.walk() for claim in each.claims}
        serving = [link for link in serving if link.source_ref in here]
        near = _related(home, {_end(link).ref for link in serving})
        return _Links(
            [],
            [link for link in answering if link.source_ref in near],
            serving,
            [link for link in following if link.source_ref in near],
        )
    below = _below(node)
    promised = {claim.ref for claim in _promises(place)}
    areas = [each.action_area for each in (*node.walk(), *node.ancestors) if isinstance(each, Pillar)]
    proposed = {ref for area in areas for ref in _below(area)}
    carrying = [link for link in carrying if link.source_ref in promised]
    answering = [link for link in answering if link.target_ref in below or link.source_ref in proposed]
    near = _related(home, {link.source_ref for link in answering})
    return _Links(
        carrying,
        answering,
        [link for link in serving if link.target_ref in near],
        [link for link in following if link.source_ref in near],
    )


def _of_kind(index: LayerIndex, kind: LinkKind) -> list[Link]:
    return [link for link in index.layers.links if link.kind == kind]


def _below(node: Node) -> set[Ref]:
    return {each.ref for each in node.walk()}


def _related(home: Home, refs: Iterable[Ref]) -> set[Ref]:
    """Return *refs*, and what is above and below them."""
    return {ref for node in (home[ref].node for ref in refs) for ref in (*node.ref.parents, *_below(node))}


def gaps(index: LayerIndex) -> Gaps:
    """Return what the editorial links leave open, as `Report.gaps` does."""
    home = index.home
    links = _of_kind(index, "answers")
    answered = {link.target_ref for link in links}
    directly = {link.target_ref for link in links if link.strength == "direct"}
    answering = _related(home, {link.source_ref for link in links})
    challenges = home.place_index().of_kind(Challenge)
    proposals = [node for node in home.walk() if node.kind in {"action_item", "action"}]
    carried_out = {link.source_ref for link in _of_kind(index, "carried_out_by")}
    promises = [claim for section in home.place_index().sections for claim in _promises(section)]
    return Gaps(
        challenges=tuple(each for each in challenges if each.ref not in answered),
        partial=tuple(each for each in challenges if each.ref in answered - directly),
        promises=tuple(each for each in promises if each.ref not in carried_out),
        proposals=Nodes(each for each in proposals if each.ref not in answering),
    )

"""What hangs together by our own links: what answers what, and what is left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from asean_japan.model import display
from asean_japan.model.display import Shown
from asean_japan.model.home import Home
from asean_japan.model.kinds import Challenge, Pillar
from asean_japan.model.layers import LayerIndex
from asean_japan.model.links import Link, LinkKind
from asean_japan.model.places import Claim, Node, Nodes, Place
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import Ref


@attrs.frozen(kw_only=True, repr=False)
class Trace(Shown, PydanticResult):
    """
    What hangs together with a place: from challenge to pillar, action and means, and back.

    >>> from asean_japan import load
    >>> trace = load().trace("I.1.2")
    >>> [str(node.ref) for node in trace.pillars], [str(node.ref) for node in trace.answers]
    (['II.1', 'II.2'], ['III.1.4', 'III.2.4.7.a'])
    >>> print(trace)
    Challenge I.1.2: Free and open, rules-based maritime order
      Pillar II.1: Free, open, rules-based, and fair regional order
        III.1.4 answers it directly: Stable maritime order and maritime security
          served at III.1.4.2 by IV.p2.s1: public funds such as ODA
      Pillar II.2: Society of economic prosperity, sustainability, and equity
        III.2.4.7.a answers it in part: ASEAN-Japan Environmental Cooperation Initiative and marine plastic waste

    Attributes:
        place: Where it starts.
        challenges: In reading order.
        pillars: Those under which the answers are proposed, and the place itself, in reading order.
        answers: The proposals that answer the challenges, in reading order; of several in one another only those that
            do so themselves.
        means: The claims of section IV whose means serve the answers, or a place above or below them, in reading
            order. From a place in section III only those that serve it, or a place above or below it, and not what
            serves its neighbors under the same answer; from one in section IV only its own.
        links: The editorial links between these, in reading order of where they begin.
    """

    place: Place
    challenges: tuple[Challenge, ...]
    pillars: tuple[Pillar, ...]
    answers: Nodes[Node]
    means: tuple[Claim, ...]
    links: tuple[Link, ...]

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        serving = [link for link in self.links if link.kind == "serves"]
        for challenge in self.challenges:
            yield f"Challenge {challenge.ref}: {challenge.gist}"
            answering = {link.source_ref: link for link in self.links if challenge.ref == link.target_ref}
            for pillar in self.pillars:
                nodes = [node for node in self.answers if node.ref in answering and node.pillar == pillar]
                if nodes:
                    yield f"  Pillar {pillar.ref}: {pillar.gist}"
                for node in nodes:
                    how = "directly" if answering[node.ref].strength == "direct" else "in part"
                    yield f"    {node.ref} answers it {how}: {node.gist}"
                    yield from _served(node, [link for link in serving if _reach(node.ref, link)])
        others = [link for link in serving if not any(_reach(node.ref, link) for node in self.answers)]
        if not self.challenges and self.place.section.ref == Ref.parse("III"):
            yield f"{self.place.ref} answers no challenge"
        elif others:
            yield "Without a challenge"
        elif not self.challenges:
            yield f"No editorial link leads to or from {self.place.ref}"
        if not self.challenges:
            yield from (f"  Pillar {pillar.ref}: {pillar.gist}" for pillar in self.pillars)
        for node in dict.fromkeys(link.targets[0].node for link in others):
            yield f"    {node.ref}: {node.gist}"
            yield from _served(node, [link for link in others if link.target_ref == node.ref])

    def _repr_html_(self) -> str:
        return f"<pre>{display.escaped(str(self))}</pre>"


def _served(node: Node, links: list[Link]) -> Iterator[str]:
    for link in links:
        name = link.via.name if link.via else link.text or link.source.gist
        where = "" if link.target_ref == node.ref else f" at {link.target_ref}"
        yield f"      served{where} by {link.source_ref}: {name}"


def _reach(ref: Ref, link: Link) -> bool:
    """Return whether a link leads to a place, or to one above or below it."""
    target = link.target_ref.first
    return target.is_relative_to(ref) or ref.is_relative_to(target)


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
        proposals: Action items and actions that answer no challenge, neither by themselves nor by what is above or
            below them.
    """

    challenges: tuple[Challenge, ...]
    partial: tuple[Challenge, ...]
    proposals: Nodes[Node]

    def __str__(self) -> str:
        parts = (
            ("No proposal answers", self.challenges),
            ("No proposal answers directly", self.partial),
            ("Answers no challenge", self.proposals),
        )
        return "\n".join(f"{title}:\n{_listed(nodes)}" for title, nodes in parts)


def _listed(nodes: Iterable[Node]) -> str:
    return "\n".join(f"  {node.ref}: {node.gist}" for node in nodes) or f"  {display.NONE_FOUND}"


def trace(index: LayerIndex, place: Place) -> Trace:
    """Follow the editorial links from a place in both directions, as `Report.trace` does."""
    home = index.home
    answering, serving = _links_of(index, place)
    sources = {link.source_ref for link in answering}
    answered = {link.target_ref for link in answering} | {place.ref}
    found = Nodes(node for node in home.walk() if node.ref in sources)
    pillars = {node.pillar for node in (*found, place.node)}
    means = sorted({link.source_ref for link in serving})
    return Trace(
        place=place,
        challenges=tuple(each for each in home.place_index().of_kind(Challenge) if each.ref in answered),
        pillars=tuple(each for each in home.place_index().of_kind(Pillar) if each in pillars),
        answers=found,
        means=tuple(home.place_index().claims[ref] for ref in means),
        links=tuple(answering + serving),
    )


def _links_of(index: LayerIndex, place: Place) -> tuple[list[Link], list[Link]]:
    """Return the links from proposals to challenges, and from means to proposals, that hang together with a place."""
    node, home = place.node, index.home
    answering, serving = _of_kind(index, "answers"), _of_kind(index, "serves")
    section = str(node.section.ref)
    if section == "III":
        near = _related(home, {node.ref})
        return (
            [link for link in answering if link.source_ref in near],
            [link for link in serving if link.target_ref in near],
        )
    if section == "IV":
        here = {place.ref} if isinstance(place, Claim) else {claim.ref for each in node.walk() for claim in each.claims}
        serving = [link for link in serving if link.source_ref in here]
        near = _related(home, {link.target_ref.first for link in serving})
        return [link for link in answering if link.source_ref in near], serving
    below = _below(node)
    areas = [each.action_area for each in (*node.walk(), *node.ancestors) if isinstance(each, Pillar)]
    proposed = {ref for area in areas for ref in _below(area)}
    answering = [link for link in answering if link.target_ref in below or link.source_ref in proposed]
    near = _related(home, {link.source_ref for link in answering})
    return answering, [link for link in serving if link.target_ref in near]


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
    return Gaps(
        challenges=tuple(each for each in challenges if each.ref not in answered),
        partial=tuple(each for each in challenges if each.ref in answered - directly),
        proposals=Nodes(each for each in proposals if each.ref not in answering),
    )

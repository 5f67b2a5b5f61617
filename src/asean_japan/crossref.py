"""Links between places, and what can be asked of them: what answers what, what is left open, the whole as a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, cast

import attrs

from asean_japan import display
from asean_japan.errors import MissingExtraError
from asean_japan.members import Holder, Member, text_of
from asean_japan.model import ActionArea, Basis, Challenge, Claim, Node, Nodes, Pillar
from asean_japan.refs import Ref, RefRange
from asean_japan.services import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from networkx import MultiDiGraph

    from asean_japan.entities import Entity
    from asean_japan.layers import LayerIndex
    from asean_japan.overlays import Overlay

LinkKind: TypeAlias = Literal["refers_to", "continues", "follows_from", "restates", "counterpart", "answers", "serves"]
Strength: TypeAlias = Literal["direct", "partial"]


@attrs.frozen(getstate_setstate=False)
class Link(Member):
    """
    A link from one place to another, or to a range of places.

    >>> from asean_japan import load
    >>> link = load()["III.2.4.3"].links[0]
    >>> link.kind, str(link.target_ref), link.basis.value, link.strength
    ('answers', 'I.2.8', 'editorial', 'direct')

    Attributes:
        source_ref: Where it begins: a claim or a node.
        target_ref: Where it leads: an address, or a range of them.
        kind: What it says of the two:
            ``refers_to`` the source points to the target in words ("the above", "these rules");
            ``continues`` it goes on from it; ``follows_from`` it is its consequence; ``restates`` it says it again;
            ``counterpart`` a pillar and its action area;
            ``answers`` a proposal answers a challenge; ``serves`` a means serves a proposal.
        basis: `Basis.STATED` for the report's own references, `Basis.EDITORIAL` for our judgement.
        strength: "direct" or "partial" for an editorial link; None for a stated one.
        reason: Why, in our words: always for an editorial link; for a stated one where its reading is open to doubt.
        start: Where the words that point begin, as an offset into the text of the source; None if no words point.
        end: Where they end.
        via: Key of the entity that is meant by a source that names several; else None.
    """

    source_ref: Ref
    target_ref: Ref | RefRange
    kind: LinkKind
    basis: Basis
    strength: Strength | None
    reason: str | None
    start: int | None
    end: int | None
    via: str | None

    @property
    def source(self) -> Claim | Node:
        """Where it begins."""
        return cast("Claim | Node", self._report("source")[self.source_ref])

    @property
    def targets(self) -> tuple[Claim | Node, ...]:
        """Where it leads: one place, or each of a range, without what is below them."""
        report = self._report("targets")
        if isinstance(self.target_ref, Ref):
            return (cast("Claim | Node", report[self.target_ref]),)
        first, last = cast("Node", report[self.target_ref.first]), cast("Node", report[self.target_ref.last])
        siblings = first.parent.children if first.parent else report.walk(kind="section")
        return tuple(node for node in siblings if first.position <= node.position <= last.position)

    @property
    def text(self) -> str | None:
        """The words that point; None if there are none."""
        return None if self.start is None else text_of(self.source)[self.start : self.end]

    @property
    def means(self) -> Entity | None:
        """The entity that is meant by *via*; None if there is none."""
        return None if self.via is None else self._known("means").entities[self.via]


@attrs.frozen
class Trace(Answer):
    """
    What hangs together with a place: from challenge to pillar, action and means, and back.

    >>> from asean_japan import load
    >>> trace = load().trace("I.1.2")
    >>> [str(node.ref) for node in trace.pillars], [str(node.ref) for node in trace.answers]
    (['II.1', 'II.2'], ['III.1.4', 'III.2.4.7.a'])
    >>> print(trace)
    Challenge I.1.2: A free, open, rules-based maritime order
      Pillar II.1: A fair, rules-based order for the region
        III.1.4 answers it directly: Stable maritime order and maritime security
          served at III.1.4.2 by IV.p2.s1: Public funds such as ODA
      Pillar II.2: A society of prosperity, sustainability and equity
        III.2.4.7.a answers it in part: Environmental initiative and marine plastic waste

    Attributes:
        place: Where it starts.
        challenges: In reading order.
        pillars: Those under which the answers stand, and the place itself, in reading order.
        answers: The proposals that answer the challenges, in reading order; of several in one another only those that
            do so themselves.
        means: The claims of section IV whose means serve the answers, or what stands above or below them, in reading
            order. From a place in section III only those that serve it, or what stands above or below it, and not what
            serves its neighbours under the same answer; from one in section IV only its own.
        links: The editorial links between these, in reading order of where they begin.
    """

    place: Claim | Node
    challenges: tuple[Challenge, ...]
    pillars: tuple[Pillar, ...]
    answers: Nodes
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
                nodes = [node for node in self.answers if node.ref in answering and _pillar(node) == pillar]
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
        for node in dict.fromkeys(cast("Node", link.targets[0]) for link in others):
            yield f"    {node.ref}: {node.gist}"
            yield from _served(node, [link for link in others if link.target_ref == node.ref])

    def _repr_html_(self) -> str:
        return f"<pre>{display.escaped(str(self))}</pre>"


def _served(node: Node, links: list[Link]) -> Iterator[str]:
    for link in links:
        name = link.means.name if link.means else (link.reason or "").partition(":")[0]
        where = "" if link.target_ref == node.ref else f" at {link.target_ref}"
        yield f"      served{where} by {link.source_ref}: {name}"


def _reach(ref: Ref, link: Link) -> bool:
    """Whether a link leads to a place, or to one that stands above or below it."""
    target = cast("Ref", link.target_ref)
    return target.is_relative_to(ref) or ref.is_relative_to(target)


def _pillar(node: Node) -> Pillar | None:
    for above in (node, *node.ancestors):
        if isinstance(above, Pillar):
            return above
        if isinstance(above, ActionArea):
            return above.pillar
    return None


@attrs.frozen
class Gaps(Answer):
    """
    What the editorial links leave open.

    >>> from asean_japan import load
    >>> [str(node.ref) for node in load().gaps().challenges]
    []

    Attributes:
        challenges: Those that no proposal answers.
        partial: Those that no proposal answers directly.
        proposals: Action items and actions that answer no challenge, neither by themselves nor by what stands above or
            below them.
    """

    challenges: tuple[Challenge, ...]
    partial: tuple[Challenge, ...]
    proposals: Nodes


def trace(layers: LayerIndex, place: Claim | Node) -> Trace:
    """Follow the editorial links from a place in both directions, as `Report.trace` does."""
    node = place if isinstance(place, Node) else place.parent
    report = layers.holder
    answering, serving = _of_kind(layers, "answers"), _of_kind(layers, "serves")
    section = str(node.section.ref)
    if section == "III":
        near = _related(report, {node.ref})
        answering = [link for link in answering if link.source_ref in near]
        serving = [link for link in serving if link.target_ref in near]
    elif section == "IV":
        here = {place.ref} if isinstance(place, Claim) else {claim.ref for each in node.walk() for claim in each.claims}
        serving = [link for link in serving if link.source_ref in here]
        near = _related(report, {cast("Ref", link.target_ref) for link in serving})
        answering = [link for link in answering if link.source_ref in near]
    else:
        below = _below(node)
        areas = [each.action_area for each in (*node.walk(), *node.ancestors) if isinstance(each, Pillar)]
        proposed = {ref for area in areas for ref in _below(area)}
        answering = [link for link in answering if link.target_ref in below or link.source_ref in proposed]
        near = _related(report, {link.source_ref for link in answering})
        serving = [link for link in serving if link.target_ref in near]
    sources = {link.source_ref for link in answering}
    answered = {link.target_ref for link in answering}
    found = [each for each in report.walk() if each.ref in sources]
    pillars = {pillar.ref for each in (*found, node) if (pillar := _pillar(each))}
    return Trace(
        place,
        tuple(each for each in report.walk() if isinstance(each, Challenge) and each.ref in answered | {place.ref}),
        tuple(each for each in report.walk() if isinstance(each, Pillar) and each.ref in pillars),
        Nodes(found),
        tuple(cast("Claim", report[ref]) for ref in sorted({link.source_ref for link in serving})),
        tuple(answering + serving),
    )


def _of_kind(layers: LayerIndex, kind: LinkKind) -> list[Link]:
    return [link for link in layers.values.links if link.kind == kind]


def _below(node: Node) -> set[Ref]:
    return {each.ref for each in node.walk()}


def _related(report: Holder, refs: Iterable[Ref]) -> set[Ref]:
    """*refs*, and what stands above and below them."""
    nodes = [cast("Node", report[ref]) for ref in refs]
    return {ref for node in nodes for ref in (*node.ref.parents, *_below(node))}


def gaps(layers: LayerIndex) -> Gaps:
    """What the editorial links leave open, as `Report.gaps` tells."""
    report = layers.holder
    links = _of_kind(layers, "answers")
    answered = {link.target_ref for link in links}
    directly = {link.target_ref for link in links if link.strength == "direct"}
    answering = _related(report, {link.source_ref for link in links})
    challenges = [each for each in report.walk() if isinstance(each, Challenge)]
    proposals = [each for each in report.walk() if each.kind in {"action_item", "action"}]
    return Gaps(
        tuple(each for each in challenges if each.ref not in answered),
        tuple(each for each in challenges if each.ref in answered - directly),
        Nodes(each for each in proposals if each.ref not in answering),
    )


def graph(layers: LayerIndex) -> dict[str, object]:
    """The report as node-link data, as `Report.graph` gives it."""
    parts = (
        _places_graph(layers.holder),
        _names_graph(layers),
        _links_graph(layers),
        *map(_codes_graph, layers.values.overlays),
    )
    nodes = [node for some, _ in parts for node in some]
    edges = [edge for _, some in parts for edge in some]
    return {"directed": True, "multigraph": True, "graph": {}, "nodes": nodes, "edges": edges}


_Part: TypeAlias = tuple[list[dict[str, object]], list[dict[str, object]]]  # Nodes and edges.


def _vertex(name: object, kind: str, label: str) -> dict[str, object]:
    return {"id": str(name), "kind": kind, "label": label}


def _edge(source: object, target: object, kind: str, **more: object) -> dict[str, object]:
    given = {key: value for key, value in more.items() if value is not None}
    return {"source": str(source), "target": str(target), "kind": kind, **given}


def _places_graph(report: Holder) -> _Part:
    nodes = report.walk()
    claims = [claim for node in nodes for claim in node.claims]
    return (
        [_vertex(node.ref, node.kind, display.title(node)) for node in nodes]
        + [_vertex(claim.ref, "claim", claim.text) for claim in claims],
        [_edge(node.parent.ref, node.ref, "contains") for node in nodes if node.parent]
        + [_edge(claim.parent.ref, claim.ref, "contains") for claim in claims],
    )


def _names_graph(layers: LayerIndex) -> _Part:
    entities = layers.values.entities
    return (
        [_vertex(f"entity:{entity.key}", entity.kind, entity.name) for entity in entities],
        [
            _edge(f"entity:{each.key}", f"entity:{each.parent_key}", "part_of", basis=Basis.RESEARCHED.value)
            for each in entities
            if each.parent_key
        ]
        + [
            _edge(f"entity:{each.key}", f"entity:{tie}", "tied_to", basis=Basis.STATED.value)
            for each in entities
            for tie in each.tie_keys
        ]
        + [
            _edge(mention.ref, f"entity:{mention.key}", "mentions", basis=mention.basis.value)
            for mention in layers.values.mentions
        ],
    )


def _links_graph(layers: LayerIndex) -> _Part:
    return [], [
        _edge(
            *(link.source_ref, target.ref, link.kind),
            basis=link.basis.value,
            strength=link.strength,
            reason=link.reason,
            via=link.via and f"entity:{link.via}",
        )
        for link in layers.values.links
        for target in link.targets
    ]


def _codes_graph(overlay: Overlay) -> _Part:
    pairs = [(assignment.ref, code) for assignment in overlay.assignments for code in assignment.codes]
    used = dict.fromkeys(code for _, code in pairs)
    labels = {code.code: code.label or code.code for code in overlay.codes}
    return (
        [_vertex(f"{overlay.key}:{code}", f"code:{overlay.key}", labels[code]) for code in used],
        [_edge(ref, f"{overlay.key}:{code}", "coded", basis=Basis.EDITORIAL.value) for ref, code in pairs],
    )


def networkx_graph(data: dict[str, object]) -> MultiDiGraph[str]:
    """Node-link data as a graph of networkx, as `Report.networkx` gives it."""
    try:
        import networkx as nx
    except ImportError as error:
        raise MissingExtraError("graph", "networkx") from error

    read: Callable[..., MultiDiGraph[str]] = getattr(nx, "node_link_graph")  # noqa: B009  # Its types are not known.
    return read(data, edges="edges")

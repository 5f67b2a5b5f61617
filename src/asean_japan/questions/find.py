"""Every node that fits, in reading order: exact and complete."""

from __future__ import annotations

from collections.abc import Iterator

from asean_japan.arguments import require_a, require_number, require_one, require_text
from asean_japan.errors import ArgumentError
from asean_japan.folding import comparable
from asean_japan.model.entities import Entity
from asean_japan.model.home import Home
from asean_japan.model.places import Kind, Node, Nodes, node_ref
from asean_japan.refs import Ref


def find(  # noqa: PLR0913  # One for each thing that can be asked.
    home: Home,
    *,
    kind: Kind | None,
    text: str | None,
    mentions: str | Entity | None,
    code: str | None,
    year: int | None,
    deep: bool,
) -> Nodes[Node]:
    """Return the nodes for which all that is asked is true, as `Report.find` tells it."""
    require_a("deep", deep, bool)
    asked: list[set[Ref]] = []
    if text is not None:
        asked.append(_with_text(home, text))
    if mentions is not None:
        asked.append(_with_mention(home, mentions))
    if code is not None:
        asked.append({node.ref for node in _coded(home, code)})
    if year is not None:
        require_number("year", year, 0)
        asked.append({node_ref(fact.ref) for fact in home.layers.dates if fact.covers(year)})
    nodes = home.walk(kind=kind)
    for having in asked:
        fitting = having | {above for ref in having for above in ref.parents} if deep else having
        nodes = Nodes(node for node in nodes if node.ref in fitting)
    return nodes


def _with_text(home: Home, text: str) -> set[Ref]:
    require_text("text", text)
    if not (wanted := comparable(text)):
        raise ArgumentError("text", text, "a text that can be seen")
    return {node.ref for node in home.walk() if any(wanted in comparable(own) for own in _texts(node))}


def _texts(node: Node) -> Iterator[str]:
    """Yield what is looked into: the heading, then each claim."""
    if node.heading:
        yield node.heading
    for claim in node.claims:
        yield claim.text


def _with_mention(home: Home, mentions: str | Entity) -> set[Ref]:
    name = mentions.key if isinstance(mentions, Entity) else mentions
    require_one("mentions", name, "one name or entity")
    return {node_ref(mention.ref) for mention in home.entities[name].mentions}


def _coded(home: Home, code: str) -> Nodes[Node]:
    require_one("code", code, "one code")
    key, _, name = code.partition(":")
    overlays = home.layer_index().overlays
    if key not in overlays or not name:
        known = ", ".join(f"{each}:..." for each in overlays)
        raise ArgumentError("code", code, f"an overlay and a code of it: {known}")
    return overlays[key].coded(name)

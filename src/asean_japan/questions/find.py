"""Every node that fits, in reading order: exact and complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, cast

from asean_japan.arguments import require_a, require_number, require_one, require_text
from asean_japan.errors import ArgumentError
from asean_japan.folding import comparable
from asean_japan.model.entities import Entity
from asean_japan.model.facts import DatedFact
from asean_japan.model.home import Home
from asean_japan.model.overlays import Overlay
from asean_japan.model.places import Kind, Node, Nodes, node_ref
from asean_japan.refs import Ref

_T = TypeVar("_T")


def find(  # noqa: PLR0913  # One for each thing that can be asked.
    home: Home,
    *,
    kind: Kind | Iterable[Kind] | None,
    text: str | Iterable[str] | None,
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
        asked.append({node_ref(fact.ref) for fact in home.layers.dates if _covers(fact, year, home)})
    nodes = _of_kinds(home, kind)
    for having in asked:
        fitting = having | {above for ref in having for above in ref.parents} if deep else having
        nodes = Nodes(node for node in nodes if node.ref in fitting)
    return nodes


def _of_kinds(home: Home, kind: Kind | Iterable[Kind] | None) -> Nodes[Node]:
    if kind is None or isinstance(kind, str):
        return home.walk(kind=kind)
    kinds = _several("kind", kind)
    found = {node.ref for each in kinds for node in home.walk(kind=each)}
    return Nodes(node for node in home.walk() if node.ref in found)


def _with_text(home: Home, text: str | Iterable[str]) -> set[Ref]:
    """Return the nodes that have one text, or any of several."""
    wanted: list[str] = []
    for each in (text,) if isinstance(text, str) else _several("text", text):
        require_text("text", each)
        wanted.append(comparable(each))
        if not wanted[-1]:
            raise ArgumentError("text", each, "a text that can be seen")
    return {
        node.ref for node in home.walk() if any(one in own for own in map(comparable, _texts(node)) for one in wanted)
    }


def _several(argument: str, values: Iterable[_T]) -> tuple[_T, ...]:
    """Return several values that are asked for at once; the keys of a mapping are not meant to be."""
    require_a(argument, values, str, Iterable)
    several = () if isinstance(values, Mapping) else tuple(values)
    if not several:
        raise ArgumentError(argument, cast("object", values), "one or several")
    return several


def _covers(fact: DatedFact, year: int, home: Home) -> bool:
    """Return whether a date covers a year; one without an end ends with the report."""
    first, last = fact.years
    return first <= year <= (int(home.edition.date[:4]) if last is None else last)


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
    asked, _, name = code.partition(":")
    overlays = home.layer_index().overlays
    key = {comparable(key): key for key in overlays}.get(comparable(asked), "")
    if not key or not name:
        near = _near(overlays, asked, name)
        wanted = f", such as {near}" if near else ": " + ", ".join(f"{each}:..." for each in overlays)
        raise ArgumentError("code", code, f"an overlay and a code of it{wanted}")
    return overlays[key].coded(name)


def _near(overlays: Mapping[str, Overlay], asked: str, name: str) -> str:
    """Return what a code without the key of an overlay, or with another key, may mean; empty if nothing is near."""
    from difflib import get_close_matches

    if name:
        return ", ".join(f"{key}:{name}" for key in get_close_matches(asked.lower(), overlays, n=1))
    known = ((key, code) for key, overlay in overlays.items() for code in overlay.codes)
    wanted = comparable(asked)
    alike = (
        f"{key}:{code.code}" for key, code in known if wanted in {comparable(code.code), comparable(code.label or "")}
    )
    return ", ".join(alike)

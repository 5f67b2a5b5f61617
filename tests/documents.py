"""A small document that has a place of each kind, and every way to break one value of it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

Json: TypeAlias = Any  # Whatever JSON holds; tests break it in every way.
Path: TypeAlias = tuple[str | int, ...]


def node(ref: str, kind: str, mark: Json, heading: str | None, *children: Json) -> Json:
    """Write a node with one claim."""
    return {
        "ref": ref,
        "kind": kind,
        "mark": mark and dict(zip(("text", "value", "style"), mark, strict=True)),
        "heading": heading,
        "gist": f"Gist of {ref}",
        "gist_ja": f"{ref}の要旨",
        "claims": [{"ref": f"{ref}.s1", "text": f"Claim of {ref}."}],
        "children": list(children),
    }


# The smallest report that has a place of each kind.
DOCUMENT: Json = {
    "edition": {
        "schema_version": 1,
        "data_version": "1.0.0",
        "title": "Title",
        "date": "2023-02",
        "issuer": "Issuer",
        "status": "Status",
        "language": "en",
        "source": "https://example.org",
        "title_ja": "題名",
        "source_ja": "https://example.org/ja",
        "license": "CC-BY-4.0",
    },
    "sections": [
        node("0", "section", ("0.", 0, "arabic"), "Zero", node("0.p1", "paragraph", None, None)),
        node(
            *("I", "section", ("I.", 1, "roman"), "One"),
            node(
                *("I.1", "challenge_area", ("1.", 1, "arabic"), None),
                node("I.1.1", "challenge", ("①", 1, "circled"), None),
            ),
        ),
        node(
            *("II", "section", ("II.", 2, "roman"), "Two"),
            node("II.1", "pillar", ("1.", 1, "arabic"), "First", node("II.1.p1", "paragraph", None, None)),
        ),
        node(
            *("III", "section", ("III.", 3, "roman"), "Three"),
            node(
                *("III.1", "action_area", ("1.", 1, "arabic"), "First"),
                node(
                    *("III.1.1", "action_item", ("①", 1, "circled"), None),
                    node(
                        *("III.1.1.1", "action", (None, 1, "bullet"), None),
                        node(
                            *("III.1.1.1.a", "measure", ("(a)", 1, "letter"), None),
                            node("III.1.1.1.a.i", "sub_measure", ("i.", 1, "roman"), None),
                        ),
                    ),
                ),
            ),
        ),
        node("IV", "section", ("IV.", 4, "roman"), "Four"),
    ],
    "layers": {
        "entities": [
            {
                "key": "body",
                "name": "A Body",
                "acronym": "AB",
                "kind": "organization",
                "forms": ["A Body"],
                "demonyms": ["Bodily"],
                "country": "JP",
                "parent_key": "whole",
                "proposed": False,
                "named": True,
                "note": "A note.",
                "tie_keys": ["body"],
                "facts": [
                    {
                        "field": "established",
                        "value": "1967",
                        "source": "https://example.org",
                        "read": "2026-11-30",
                        "note": "A doubt.",
                    }
                ],
            },
            {
                "key": "whole",
                "name": "A Whole",
                "acronym": None,
                "kind": "organization",
                "forms": ["A Whole"],
                "demonyms": [],
                "country": None,
                "parent_key": None,
                "proposed": False,
                "named": True,
                "note": None,
                "tie_keys": [],
                "facts": [],
            },
        ],
        "other_forms": [
            {
                "key": "body",
                "form": "Bodie",
                "language": "en",
                "safe": True,
                "confused_key": None,
                "meaning": "A town.",
                "source": "general knowledge",
            },
            {
                "key": None,
                "form": "Embody",
                "language": "en",
                "safe": False,
                "confused_key": "body",
                "meaning": "A verb.",
                "source": "general knowledge",
            },
        ],
        "mentions": [{"ref": "0.s1", "start": 0, "end": 5, "basis": "stated", "key": "body"}],
        "dates": [{"ref": "0.s1", "start": 0, "end": 5, "basis": "editorial", "edtf": "2023-02", "event": "An event"}],
        "quantities": [
            {"ref": "0.s1", "start": 0, "end": 5, "basis": "stated", "value": 3, "unit": "years", "counts": "A time"}
        ],
        "outcomes": [
            {
                "key": "event",
                "text": "Something happened.",
                "date": "2024-05",
                "kind": "held",
                "source": "https://example.org",
                "publisher": "A Body",
                "read": "2026",
            }
        ],
        "links": [
            {
                "source_ref": "III.1.1",
                "target_ref": "I.1.1",
                "kind": "answers",
                "basis": "editorial",
                "strength": "direct",
                "reason": "A reason.",
                "start": None,
                "end": None,
                "via_key": "body",
                "outcome_key": None,
            },
            {
                "source_ref": "IV.s1",
                "target_ref": "II-III",
                "kind": "refers_to",
                "basis": "stated",
                "strength": None,
                "reason": None,
                "start": 0,
                "end": 5,
                "via_key": None,
                "outcome_key": None,
            },
            {
                "source_ref": "III.1.1",
                "target_ref": None,
                "kind": "followed_by",
                "basis": "editorial",
                "strength": "partial",
                "reason": "Another reason.",
                "start": None,
                "end": None,
                "via_key": None,
                "outcome_key": "event",
            },
        ],
        "overlays": [
            {
                "key": "codes",
                "title": "Codes",
                "description": "What for.",
                "source": "A list",
                "credits": "A keeper",
                "book": "# Codes\n\n- Use 1.\n  Always.",
                "codes": [{"code": "1", "label": "One", "definition": "The first", "uri": "https://example.org"}],
                "units": ["action_item", "action"],
                "inherited_by": ["measure"],
                "assignments": [{"ref": "III.1.1", "codes": ["1"], "reason": "A reason."}],
            }
        ],
    },
}


# One value of each type that JSON has, empty and not, and of those that Python likes to take for one another.
VALUES: tuple[Json, ...] = (None, True, False, 0, 1, -7, 10**17, 0.0, 1.0, 2.5, "", "1", [], [1], [[]], {}, {"a": 1})


def objects(value: Json, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every object in *value*."""
    if isinstance(value, dict):
        yield path
    for key, element in steps(value):
        yield from objects(element, (*path, key))


def steps(value: Json) -> list[tuple[str | int, Json]]:
    """List what is directly inside *value*, with its key or index."""
    if isinstance(value, dict):
        return list(cast("dict[str | int, Json]", value).items())
    return list(enumerate(cast("list[object]", value))) if isinstance(value, list) else []


def at(value: Json, path: Path) -> Json:
    """Follow *path*."""
    for step in path:
        value = value[step]
    return value


def written(path: Path) -> str:
    """Write *path* as our errors do."""
    return "report" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


OBJECTS = {written(path): path for path in objects(DOCUMENT)}
FIELDS = {written((*path, key)): (path, key) for path in OBJECTS.values() for key in at(DOCUMENT, path)}
TEXTS = {name: where for name, where in FIELDS.items() if isinstance(at(DOCUMENT, where[0])[where[1]], str)}


# What may be null in the layers.
NULLABLE = {
    "acronym",
    "country",
    "parent_key",
    "note",
    "strength",
    "reason",
    "start",
    "end",
    "via_key",
    "outcome_key",
    "target_ref",
} | {*("description", "source", "credits", "book", "label", "definition", "uri")}
OPTIONAL = {"layers"}  # What may be left out.


def same_type(one: object, other: object) -> bool:
    """Return whether two values are of one type exactly."""
    return type(one) is type(other)


def fits(path: Path, key: str | int, value: Json) -> bool:
    """Return whether a value is of a type that a field may have, though it may break a rule."""
    held: object = at(DOCUMENT, (*path, key))
    form = path[:2] == ("layers", "other_forms") and key in {"key", "confused_key", "meaning"}
    null = form or key in {"gist_ja", "title_ja", "source_ja"} or (path[:1] == ("layers",) and key in NULLABLE)
    offset = held is None and key in {"start", "end"} and type(value) is int
    held_text = form or key in {"target_ref", "via_key", "outcome_key", "parent_key", "acronym", "country", "note"}
    text = held is None and held_text and type(value) is str
    pair = key == "value" and path[:2] == ("layers", "quantities") and same_type(value, [])  # Of two numbers.
    return (
        pair
        or same_type(value, held)
        or (null and value is None)
        or offset
        or text
        or (held is None and key == "reason")
    )


def broken() -> dict[str, Json]:
    """Return the document broken in one place: a field missing, unknown, or of another type; each with its name."""
    found: dict[str, Json] = {}
    for name, (path, key) in FIELDS.items():
        if key not in OPTIONAL:
            found[f"without {name}"] = document = copy.deepcopy(DOCUMENT)
            del at(document, path)[key]
        for value in (None, True, 10**17, 2.5, "", [7], {"a": 1}):
            if not fits(path, key, value):
                found[f"{name} is {value!r}"] = document = copy.deepcopy(DOCUMENT)
                at(document, path)[key] = value
    for name, path in OBJECTS.items():
        found[f"more in {name}"] = document = copy.deepcopy(DOCUMENT)
        at(document, path)["extra"] = None
    return found

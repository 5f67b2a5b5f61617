"""Frozen dataclasses with slots, filled and written by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

TYPE_CHECKING = False  # As `typing` has it, without importing it.
if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    text: str | None
    value: int
    style: str


@dataclass(frozen=True, slots=True)
class Claim:
    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Node:
    ref: str
    kind: str
    mark: Mark | None
    heading: str | None
    gist: str
    gist_ja: str | None
    claims: tuple[Claim, ...]
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    schema_version: int
    data_version: str
    title: str
    date: str
    issuer: str
    status: str
    language: str
    source: str
    title_ja: str | None
    source_ja: str | None
    license: str


@dataclass(frozen=True, slots=True)
class Report:
    edition: Edition
    sections: tuple[Node, ...]


def node(data: dict[str, Any]) -> Node:
    mark = data["mark"]
    return Node(
        data["ref"],
        data["kind"],
        Mark(mark["text"], mark["value"], mark["style"]) if mark else None,
        data["heading"],
        data["gist"],
        data["gist_ja"],
        tuple([Claim(claim["ref"], claim["text"]) for claim in data["claims"]]),
        tuple([node(child) for child in data["children"]]),
    )


def plain(node: Node) -> dict[str, object]:
    mark = node.mark
    return {
        "ref": node.ref,
        "kind": node.kind,
        "mark": mark and {"text": mark.text, "value": mark.value, "style": mark.style},
        "heading": node.heading,
        "gist": node.gist,
        "gist_ja": node.gist_ja,
        "claims": [{"ref": claim.ref, "text": claim.text} for claim in node.claims],
        "children": [plain(child) for child in node.children],
    }


def load(text: bytes) -> Report:
    data = json.loads(text)
    return Report(Edition(**data["edition"]), tuple([node(section) for section in data["sections"]]))


def dump(report: Report) -> str:
    edition = {field.name: getattr(report.edition, field.name) for field in fields(Edition)}
    data = {"edition": edition, "sections": [plain(section) for section in report.sections]}
    return json.dumps(data, ensure_ascii=False, indent=1)

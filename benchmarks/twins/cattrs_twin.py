"""Frozen attrs classes, and the converter that cattrs gives for JSON, with its defaults."""

from __future__ import annotations

import attrs
from cattrs.preconf.json import make_converter


@attrs.frozen
class Mark:
    text: str | None
    value: int
    style: str


@attrs.frozen
class Claim:
    ref: str
    text: str


@attrs.frozen
class Node:
    ref: str
    kind: str
    mark: Mark | None
    heading: str | None
    gist: str
    gist_ja: str | None
    claims: tuple[Claim, ...]
    children: tuple[Node, ...]


@attrs.frozen
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


@attrs.frozen
class Report:
    edition: Edition
    sections: tuple[Node, ...]


converter = make_converter()


def load(text: bytes) -> Report:
    return converter.loads(text, Report)


def dump(report: Report) -> str:
    return converter.dumps(report, ensure_ascii=False, indent=1)

"""Frozen Structs of msgspec, which reads and writes JSON itself."""

from __future__ import annotations

import msgspec


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str | None
    value: int
    style: str


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ref: str
    text: str


class Node(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ref: str
    kind: str
    mark: Mark | None
    heading: str | None
    gist: str
    gist_ja: str | None
    claims: tuple[Claim, ...]
    children: tuple[Node, ...]


class Edition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
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


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    edition: Edition
    sections: tuple[Node, ...]


decoder = msgspec.json.Decoder(Report)
encoder = msgspec.json.Encoder()


def load(text: bytes) -> Report:
    return decoder.decode(text)


def dump(report: Report) -> str:
    return msgspec.json.format(encoder.encode(report), indent=1).decode()

"""Frozen models of pydantic, which take nothing that is not of the type already."""

from __future__ import annotations

import pydantic


class Model(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(frozen=True, strict=True, extra="forbid")


class Mark(Model):
    text: str | None
    value: int
    style: str


class Claim(Model):
    ref: str
    text: str


class Node(Model):
    ref: str
    kind: str
    mark: Mark | None
    heading: str | None
    gist: str
    gist_ja: str | None
    claims: tuple[Claim, ...]
    children: tuple[Node, ...]


class Edition(Model):
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


class Report(Model):
    edition: Edition
    sections: tuple[Node, ...]


def load(text: bytes) -> Report:
    return Report.model_validate_json(text)


def dump(report: Report) -> str:
    return report.model_dump_json(indent=1)

"""Tests of the JSON Schema, and that the four descriptions of a report agree."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec
import pytest
import schema as tool
from documents import DOCUMENT, Json, at, broken
from hypothesis import example, given, settings
from jsonschema import Draft202012Validator

from asean_japan import DataError, LimitError, Report, dumps, from_dict, json_schema, load, loads, to_dict
from asean_japan.loading import build
from asean_japan.model import SCHEMA_VERSION
from asean_japan.testing import reports

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "data" / "golden"
VALIDATOR = Draft202012Validator(json_schema())
BROKEN = broken()


def accepted(data: Json) -> bool:
    """Return whether the schema takes *data*."""
    check: Callable[[Json], bool] = getattr(VALIDATOR, "is_valid")  # noqa: B009  # Its types are not known.
    return check(data)


def everything(value: Json) -> list[Json]:
    """Return every object in *value*, itself included."""
    if isinstance(value, list):
        return [each for one in cast("list[object]", value) for each in everything(one)]
    if isinstance(value, dict):
        return [value, *(each for one in cast("dict[str, object]", value).values() for each in everything(one))]
    return []


def test_packaged_schema_is_the_generated_one() -> None:
    """The file is what msgspec makes of the classes in the tool."""
    assert tool.SCHEMA.read_text("utf-8") == tool.dump()
    assert json_schema() == tool.schema()


def test_schema_is_a_schema() -> None:
    """It is one of the dialect that it names, and has a name that never changes."""
    Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert json_schema()["$id"] == "urn:uuid:3ea137b4-ef2b-45e8-a1da-42dfd36c9adc"


def test_schema_is_new_each_time() -> None:
    """What is done to one does no harm to the next."""
    json_schema().clear()
    assert json_schema()


def test_schema_is_closed() -> None:
    """Every object has its properties, all of them, and no others."""
    described = [each for each in everything(json_schema()) if each.get("type") == "object"]
    assert len(described) > 15
    for each in described:
        assert each["additionalProperties"] is False
        optional = {"layers"} if each["title"] == "Report" else set[str]()  # A report without any has no key for them.
        assert set(each["required"]) == set(each["properties"]) - optional


def test_schema_needs_nothing_else() -> None:
    """Every reference in it leads into it."""
    definitions = cast("dict[str, Json]", json_schema()["$defs"])
    references = {each["$ref"] for each in everything(json_schema()) if "$ref" in each}
    assert references == {f"#/$defs/{name}" for name in definitions}


def test_schema_takes_the_bundled_report() -> None:
    """What is bundled fits."""
    assert accepted(to_dict(load()))
    assert accepted(DOCUMENT)


@pytest.mark.parametrize("name", BROKEN)
def test_broken_document_is_refused(name: str) -> None:
    """A field missing, unknown or of another type is refused by the schema and by the package."""
    assert not accepted(BROKEN[name])
    with pytest.raises((DataError, LimitError)):
        from_dict(BROKEN[name])


def test_there_are_enough_broken_documents() -> None:
    """They are hundreds, all different."""
    assert len({json.dumps(each, sort_keys=True) for each in BROKEN.values()}) == len(BROKEN) > 300


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("edition", "date"), "2023"),
        (("edition", "title"), "a  b"),
        (("edition", "title"), "a\n"),
        (("edition", "schema_version"), 3),
        (("sections",), DOCUMENT["sections"][:4]),
        (("sections", 0, "ref"), "V"),
        (("sections", 1, "mark", "text"), "I"),
        (("sections", 1, "gist"), "a b c d e f g h i j k"),
        (("sections", 1, "children", 0, "mark", "text"), "1)"),
        (("sections", 1, "children", 0, "children", 0, "mark", "text"), "1"),
        (("sections", 1, "children", 0, "children", 0, "claims"), []),
        (("sections", 1, "children", 0, "children", 0, "children"), DOCUMENT["sections"][0]["children"]),
        (("sections", 1, "children", 0, "claims", 0, "ref"), "I.1"),
        (("sections", 2, "children"), DOCUMENT["sections"][1]["children"][0]["children"]),
        (("sections", 2, "children", 0, "heading"), None),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_value_that_does_not_belong_is_refused(path: tuple[str | int, ...], value: Json) -> None:
    """Patterns, lengths and kinds are part of the schema too."""
    document = copy.deepcopy(DOCUMENT)
    at(document, path[:-1])[path[-1]] = value
    assert not accepted(document)
    with pytest.raises(DataError):
        from_dict(document)


@pytest.mark.long
@settings(max_examples=40)
@given(reports())
@example(load())
def test_four_descriptions_agree(report: Report) -> None:
    """The fast builder, the writer, the careful reader and the schema say the same of any report; so do its classes."""
    data: Json = to_dict(report)
    text = dumps(report)
    assert accepted(data)
    assert build(data) == from_dict(data) == report
    assert to_dict(build(data)) == json.loads(text) == data
    decoded = msgspec.json.decode(text, type=tool.Report)
    assert json.loads(msgspec.json.encode(decoded)) == data


def test_one_golden_file_for_each_schema_version() -> None:
    """No version is forgotten."""
    assert sorted(path.name for path in GOLDEN.iterdir()) == [f"report-{n}.json" for n in range(1, SCHEMA_VERSION + 1)]


@pytest.mark.parametrize("path", sorted(GOLDEN.iterdir()), ids=lambda path: path.name)
def test_golden_file_stays_loadable(path: Path) -> None:
    """What was written under a schema version is read, and nothing of it is lost."""
    text = path.read_text("utf-8")
    read = loads(text)
    assert read.check() == ()
    assert to_dict(read) == json.loads(text)
    assert dumps(read) == text

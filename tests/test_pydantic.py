"""Tests of our values in the hands of pydantic: taken strictly, written as `dumps` does, described by our schema."""

from __future__ import annotations

import collections.abc
import importlib
import json
import pkgutil
import subprocess
import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, TypeAlias, TypeVar, cast, get_args, get_origin, get_type_hints, is_typeddict

import attrs
import pytest
from example_values import ANSWERS, COLLECTIONS, GIVEN, REPORT, VALUES
from jsonschema import Draft202012Validator
from pydantic import BaseModel, PydanticUserError, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

import asean_japan as aj
from asean_japan import Claim, Node, Place, Ref, RefRange, Report, copies, export, model, questions
from asean_japan.export import columns
from asean_japan.model import KINDS
from asean_japan.model.facts import Spanned
from asean_japan.model.home import AtHome, Home, HomeMapping, Value, ValueMapping
from asean_japan.pydantic_hooks import PydanticResult, PydanticValue
from asean_japan.serialization.writing import write_value

Json: TypeAlias = Any

ONLY_GIVEN = ANSWERS | COLLECTIONS
PUBLIC: dict[str, Json] = {
    name: getattr(package, name) for package in (aj, model, questions, copies, export) for name in package.__all__
}
NOT_SERVED: dict[type, str] = {  # Of our classes that are public, or that a report leads to; with their subclasses.
    aj.AseanJapanError: "is raised, and nothing returns it",
    aj.Basis: "is an enumeration, which pydantic knows by itself",
}
NO_VALUES = {  # Of the same, by name and without subclasses.
    "Index": "is how a report finds its places",
    "LayerIndex": "is how a report finds the values of its layers",
    "_Indexed": "is what these two have in common",
    "Engine": "is how a report is searched",
    "Readable": "is what a copy can be read from",
    "Format": "is how a command finds a function",
    "Shown": "is how values are written by repr",
    "TakenAsText": "is noted on an annotation",
}
MODULES = [importlib.import_module(each.name) for each in pkgutil.walk_packages(aj.__path__, "asean_japan.")]
NAMES: dict[str, Json] = {  # For annotations whose names only type checkers import.
    **vars(collections.abc),
    **{name: value for module in MODULES for name, value in vars(module).items()},
    **PUBLIC,
    "MultiDiGraph": list,  # Others' classes, which lead nowhere.
    "pa": SimpleNamespace(Table=object),
}


def adapter(kind: object) -> TypeAdapter[Any]:
    """Return what pydantic makes of a class."""
    return TypeAdapter(cast("type[Any]", kind))


def misfits(error: ValidationError) -> list[Json]:
    """Return what pydantic says is wrong."""
    return [*error.errors()]


def reachable() -> set[type]:
    """Return our classes that are public, and those that are returned by what they have and do; not types of dicts."""
    found: set[type] = set()
    todo: list[Json] = [*PUBLIC.values()]
    while todo:
        hint = todo.pop()
        todo += [*get_args(hint), *([hint.__bound__] if isinstance(hint, TypeVar) else [])]
        kind: Json = hint if get_origin(hint) is None else get_origin(hint)
        ours = isinstance(kind, type) and kind.__module__.startswith("asean_japan.") and not is_typeddict(kind)
        if ours and kind not in found:
            found.add(kind)
            todo += [*kind.__bases__, *getattr(kind, "__orig_bases__", ())]
            hints = get_type_hints(kind, localns=names_of(kind)) if attrs.has(kind) else {}
            todo += [each for name, each in hints.items() if not name.startswith("_")]
            todo += [returned_by(member) for name, member in vars(kind).items() if not name.startswith("_")]
    return found


def served(found: set[type]) -> set[type]:
    """Return those of which pydantic can return values."""
    return {cls for cls in found if issubclass(cls, PydanticValue)}


def returned_by(member: Json) -> Json:
    """Return the type of what a property or a method returns."""
    function = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
    return get_type_hints(function, localns=names_of(function)).get("return") if callable(function) else None


def names_of(holder: Json) -> dict[str, Json]:
    """Return the names for the annotations of a class or a function; those of its own module go first."""
    return NAMES | vars(sys.modules[holder.__module__])


def test_every_class_is_served() -> None:
    """All of them, but for those listed, of which each is needed."""
    found = reachable()
    assert {aj.Report, questions.Hit, model.Agreement, export.Table, export.Column, copies.Fingerprint} <= found
    left: dict[type, list[type]] = {
        cls: [kind for kind in NOT_SERVED if issubclass(cls, kind)] for cls in found - served(found)
    }
    rows = {name for name in vars(columns) if name.endswith("Row")}  # pydantic knows a TypedDict by itself.
    assert {cls.__name__ for cls, kinds in left.items() if not kinds} - rows == {*NO_VALUES}
    assert {kind for kinds in left.values() for kind in kinds} == {*NOT_SERVED}


def test_every_served_class_is_tried() -> None:
    """None is left out below; those of which there are only kinds are tried by these."""
    assert served(reachable()) - {type(value) for value, _ in GIVEN.values()} == {
        *(Place, Node, Spanned, Value, AtHome),
        *(Home, HomeMapping, ValueMapping),
        *(PydanticValue, PydanticResult),
    }


@pytest.mark.parametrize("name", ["Address", "Basis", "EntityKind", "FindingKind", "Kind", "Level", "LinkKind"])
def test_other_types_need_no_help(name: str) -> None:
    """An enumeration, and a name for several classes or for some texts, have a schema."""
    assert adapter(NAMES[name]).json_schema()


@pytest.mark.parametrize("name", GIVEN)
def test_value_is_returned(name: str) -> None:
    """With these fields, in this order."""
    value, expected = GIVEN[name]
    assert json.dumps(json.loads(adapter(type(value)).dump_json(value))) == json.dumps(expected)


@pytest.mark.parametrize("name", VALUES)
def test_value_comes_back(name: str) -> None:
    """What is returned as JSON is taken again, equal."""
    value = VALUES[name]
    fit = adapter(type(value))
    assert fit.validate_json(fit.dump_json(value)) == value
    assert fit.validate_python(fit.dump_python(value)) == value


@pytest.mark.parametrize("name", GIVEN)
def test_value_itself_is_taken_as_it_is(name: str) -> None:
    """No copy is made: a place keeps its report."""
    value, _ = GIVEN[name]
    assert adapter(type(value)).validate_python(value) is value


@pytest.mark.parametrize("name", GIVEN)
def test_schema_describes_what_is_returned(name: str) -> None:
    """The schema is a sound one, takes the value, and refuses it with a field more or of another type."""
    value, data = GIVEN[name]
    fit = adapter(type(value))
    schemas = [fit.json_schema(mode="validation"), fit.json_schema(mode="serialization")]
    assert schemas[0] == schemas[1]
    Draft202012Validator.check_schema(schemas[0])
    validator: Json = Draft202012Validator(schemas[0])
    assert validator.is_valid(data)
    assert not validator.is_valid(7)
    assert not validator.is_valid([7])
    if isinstance(data, dict) and not isinstance(value, Mapping):
        fields = cast("dict[str, object]", data)
        assert not validator.is_valid(fields | {"more": 1})
        for key in fields.keys() - {"layers"}:
            assert not validator.is_valid({name: each for name, each in fields.items() if name != key})
            assert not validator.is_valid(fields | {key: {"a": 1}})


@pytest.mark.parametrize("kind", [Node, Place])
def test_any_kind_of_place(kind: type) -> None:
    """A place of any kind is taken as what it is, and the schema has them all."""
    fit = adapter(kind)
    schema = fit.json_schema()
    assert set(schema["$defs"]) >= {cls.__name__ for cls in KINDS.values()}
    validator: Json = Draft202012Validator(schema)
    for name in (*KINDS, "claim"):
        place = VALUES[name]
        if isinstance(place, kind):
            assert fit.validate_json(fit.dump_json(place)) == place
        assert validator.is_valid(write_value(place)) == isinstance(place, kind)


@pytest.mark.parametrize("name", VALUES)
def test_what_does_not_fit_is_refused(name: str) -> None:
    """The error is one of pydantic and says what ours says; nothing is coerced."""
    fit = adapter(type(VALUES[name]))
    data: Json = write_value(VALUES[name])
    wrongs: list[Json] = [None, 7, [], "\0", {}, *([{**data, "more": 1}] if isinstance(data, dict) else [])]
    for wrong in wrongs:
        with pytest.raises(ValidationError) as caught:
            fit.validate_python(wrong)
        (error,) = misfits(caught.value)
        assert error["type"] == "asean_japan"
        assert error["ctx"]["reason"] == error["msg"]
        assert error["ctx"]["misfits"]
        json.loads(caught.value.json())


def test_all_misfits_are_told() -> None:
    """As `loads` does, with their paths."""
    data: Json = aj.to_dict(REPORT["III.2.4"])
    data["gist"], data["color"] = 7, "red"
    with pytest.raises(ValidationError) as caught:
        adapter(aj.ActionItem).validate_python(data)
    (error,) = misfits(caught.value)
    assert sorted(error["ctx"]["misfits"]) == ["expected text, not int @ place.gist", "unknown fields: color @ place"]


def test_texts_of_a_value_are_checked() -> None:
    """A value alone may not hold what none may hold in a report."""
    data: Json = write_value(VALUES["fact"])
    with pytest.raises(ValidationError, match=r"stray white space .* @ value.source"):
        adapter(model.EntityFact).validate_python(data | {"source": "a\u200bb"})


def test_overlay_is_held_to_its_rules() -> None:
    """An overlay alone has no code that its book lacks, as `loads` has it."""
    data: Json = write_value(VALUES["overlay"])
    data["assignments"][0]["codes"] = ["x"]
    with pytest.raises(ValidationError, match=r"not a code of sdg: 'x' @ overlay.assignments\[0\]"):
        adapter(aj.Overlay).validate_python(data)


@pytest.mark.parametrize("name", ONLY_GIVEN)
def test_results_are_only_returned(name: str) -> None:
    """What no file has is not taken as JSON, and the error says so."""
    value, data = ONLY_GIVEN[name]
    with pytest.raises(ValidationError, match=f"{type(value).__name__} is a result, which is returned and never taken"):
        adapter(type(value)).validate_python(data)


@pytest.mark.parametrize("name", ONLY_GIVEN)
def test_results_are_described(name: str) -> None:
    """Their schema has the name and the summary of the class."""
    cls = type(ONLY_GIVEN[name][0])
    schema = adapter(cls).json_schema()
    assert schema["title"] == cls.__name__
    assert (cls.__doc__ or "").strip().splitlines()[0] == schema["description"]


def test_nothing_of_a_copy_but_what_was_asked_for_is_returned() -> None:
    """A binding has none of the words of the copy."""
    bound = json.dumps(GIVEN["binding"][1])
    assert not any(claim.text in bound for claim in REPORT.claims.values())
    assert adapter(copies.Binding).dump_json(GIVEN["binding"][0]).decode() == bound.replace(": ", ":").replace(
        ", ", ","
    )


def test_places_are_of_their_kind() -> None:
    """With its parameter, the schema of a collection has that kind alone, and returns no other."""
    fit = adapter(questions.Places[aj.Pillar])
    schema = fit.json_schema()
    assert schema["additionalProperties"] == {"$ref": "#/$defs/Pillar"}
    assert "ActionArea" not in schema["$defs"]
    assert json.loads(fit.dump_json(REPORT.pillars)) == GIVEN["places"][1]
    with pytest.raises(PydanticSerializationError, match=r"asean_japan\.model\.kinds\.Challenge"):
        fit.dump_json(cast("Any", REPORT.challenges))


def test_hostile_depth_is_refused() -> None:
    """The limits of `from_dict` hold here, too."""
    data: Json = []
    for _ in range(200):
        data = [data]
    for kind in (Report, Claim, model.Mention):
        with pytest.raises(ValidationError, match="over the limit of 64"):
            adapter(kind).validate_python({"a": data})


class Answer(BaseModel):
    """A model of a user's own, with values of ours in it."""

    at: Ref
    place: Claim | aj.ActionItem
    others: list[Ref | RefRange] = []
    links: tuple[aj.Link, ...] = ()
    codings: dict[str, model.Coding] = {}


def test_values_are_fields_of_models() -> None:
    """As fields, in lists and in unions."""
    item = REPORT.action_items["III.2.4"]
    answer = Answer(
        at=cast("Ref", "III-2-④"),
        place=item,
        others=[RefRange.parse("I.2.6-I.2.8"), Ref.parse("I")],
        links=item.links,
        codings={coding.overlay_key: coding for coding in item.codings},
    )
    assert answer.at == item.ref
    data = answer.model_dump(mode="json")
    assert data["place"] == aj.to_dict(item)
    assert data["others"] == ["I.2.6-I.2.8", "I"]
    assert len(data["links"]) == len(item.links)
    validator: Json = Draft202012Validator(Answer.model_json_schema())
    assert validator.is_valid(data)
    assert Answer.model_validate(data | {"codings": {}}).place == item
    claim = Answer(at=item.claims[0].ref, place=item.claims[0])
    assert claim.model_dump()["place"]["text"] == item.claims[0].text


def test_wrong_value_is_not_written() -> None:
    """What was put into a model by force is not passed off as one of ours."""
    forced = Answer.model_construct(at=7, place=REPORT["I.1"])
    with pytest.warns(UserWarning, match="expected Ref, not int"):
        forced.model_dump()


def test_each_class_is_described_once() -> None:
    """A schema names our classes, and does not repeat them."""
    schema = Answer.model_json_schema()
    assert {"ActionItem", "Action", "Claim", "Coding", "Link", "Ref", "RefRange"} <= set(schema["$defs"])
    assert json.dumps(schema).count('"One sentence of the report, restated."') == 1


def test_pydantic_needs_to_be_asked() -> None:
    """The control: a class of another kind is refused, so what is above is due to us."""
    with pytest.raises(PydanticUserError, match="arbitrary_types_allowed"):
        adapter(type("Stranger", (), {}))


def test_nobody_else_needs_pydantic() -> None:
    """Neither importing nor using the package imports it."""
    code = (
        "import sys; sys.modules['pydantic'] = sys.modules['pydantic_core'] = None\n"
        "import asean_japan as aj; report = aj.load(); aj.loads(aj.dumps(report)); report.passages(); report.check()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

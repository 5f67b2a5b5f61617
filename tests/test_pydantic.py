"""Tests of our values in the hands of pydantic: taken strictly, given as `dumps` does, described by our schema."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, TypeAlias, cast

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, PydanticUserError, TypeAdapter, ValidationError

import asean_japan as aj
from asean_japan import Claim, Node, Place, Ref, RefRange, Report
from asean_japan.model import KINDS
from asean_japan.serialization import write_value
from asean_japan.services import Served

Json: TypeAlias = Any

REPORT = aj.load()
SDG = REPORT.overlays["sdg"]
VALUES: dict[str, object] = {
    "report": REPORT,
    **{kind: next(iter(REPORT.walk(kind=kind))) for kind in KINDS},
    "claim": REPORT["I.2.7.s3"],
    "ref": Ref.parse("III.2.4.3.a"),
    "range": RefRange.parse("I.2.6-I.2.8"),
    "mark": next(node.mark for node in REPORT.walk(kind="action_item")),
    "edition": REPORT.edition,
    "entity": REPORT.entities["AOIP"],
    "fact": REPORT.entities["ERIA"].facts[0],
    "mention": REPORT.mentions[0],
    "date": REPORT.dates[0],
    "quantity": REPORT.quantities[0],
    "range of numbers": next(
        (fact for fact in REPORT.quantities if isinstance(fact.value, tuple)), REPORT.quantities[1]
    ),
    "link": REPORT.links[0],
    "link to a range": next(link for link in REPORT.links if isinstance(link.target_ref, RefRange)),
    "judgement": REPORT.links[-1],
    "overlay": SDG,
    "code": SDG.codes[0],
    "assignment": SDG.assignments[0],
    "layers": REPORT.layers,
}
ANSWERS: dict[str, object] = {
    "coding": SDG["III.2.4.3"],
    "inherited coding": SDG["III.2.4.3.b"],
    "passage": REPORT.passages()[7],
    "passage of a claim": REPORT.passages("claim")[7],
}
ALL = VALUES | ANSWERS


def adapter(kind: object) -> TypeAdapter[Any]:
    """Return what pydantic makes of a class."""
    return TypeAdapter(cast("type[Any]", kind))


def misfits(error: ValidationError) -> list[Json]:
    """Return what pydantic says is wrong."""
    return [*error.errors()]


def test_every_class_is_tried() -> None:
    """No public class is left out below; those of which there are only kinds are tried by these."""
    public = [getattr(aj, name) for name in aj.__all__]
    served = {each for each in public if isinstance(each, type) and issubclass(each, Served)}
    assert served - {type(value) for value in ALL.values()} == {Place, Node}


@pytest.mark.parametrize("name", VALUES)
def test_value_comes_back(name: str) -> None:
    """What is given as JSON is taken again, equal."""
    value = VALUES[name]
    fit = adapter(type(value))
    assert fit.validate_json(fit.dump_json(value)) == value
    assert fit.validate_python(fit.dump_python(value)) == value
    assert json.loads(fit.dump_json(value)) == write_value(value)


@pytest.mark.parametrize("name", ALL)
def test_value_itself_is_taken_as_it_is(name: str) -> None:
    """No copy is made, so that a place keeps its report."""
    assert adapter(type(ALL[name])).validate_python(ALL[name]) is ALL[name]


@pytest.mark.parametrize("name", ALL)
def test_schema_describes_what_is_given(name: str) -> None:
    """The schema is a sound one, takes the value, and refuses it with a field more or of another type."""
    value = ALL[name]
    fit = adapter(type(value))
    schemas = [fit.json_schema(mode="validation"), fit.json_schema(mode="serialization")]
    assert schemas[0] == schemas[1]
    Draft202012Validator.check_schema(schemas[0])
    validator: Json = Draft202012Validator(schemas[0])
    data: Json = write_value(value)
    assert validator.is_valid(data)
    assert not validator.is_valid(7)
    if isinstance(data, dict):
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
        adapter(aj.Fact).validate_python(data | {"source": "a\u200bb"})


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_are_only_given(name: str) -> None:
    """What no file has is not taken as JSON, and the error says what would be."""
    fit = adapter(type(ANSWERS[name]))
    with pytest.raises(ValidationError, match="expected Report, Place"):
        fit.validate_json(fit.dump_json(ANSWERS[name]))


def test_hostile_depth_is_refused() -> None:
    """The limits of `from_dict` hold here, too."""
    data: Json = []
    for _ in range(200):
        data = [data]
    for kind in (Report, Claim, aj.Mention):
        with pytest.raises(ValidationError, match="over the limit of 64"):
            adapter(kind).validate_python({"a": data})


class Answer(BaseModel):
    """A model of a user's own, with values of ours in it."""

    at: Ref
    place: Claim | aj.ActionItem
    others: list[Ref | RefRange] = []
    links: tuple[aj.Link, ...] = ()
    codes: dict[str, aj.Coding] = {}


def test_values_stand_in_models() -> None:
    """As fields, in lists and in unions."""
    item = REPORT.action_items["III.2.4"]
    answer = Answer(
        at=cast("Ref", "III-2-④"),
        place=item,
        others=[RefRange.parse("I.2.6-I.2.8"), Ref.parse("I")],
        links=item.links,
        codes={coding.overlay: coding for coding in item.codes},
    )
    assert answer.at == item.ref
    data = answer.model_dump(mode="json")
    assert data["place"] == aj.to_dict(item)
    assert data["others"] == ["I.2.6-I.2.8", "I"]
    assert len(data["links"]) == len(item.links)
    validator: Json = Draft202012Validator(Answer.model_json_schema())
    assert validator.is_valid(data)
    assert Answer.model_validate(data | {"codes": {}}).place == item
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
    """The control: a class of another kind is refused, so that what is above is due to us."""
    with pytest.raises(PydanticUserError, match="arbitrary_types_allowed"):
        adapter(type("Stranger", (), {}))


def test_nobody_else_needs_pydantic() -> None:
    """Neither importing nor using the package imports it."""
    code = (
        "import sys; sys.modules['pydantic'] = sys.modules['pydantic_core'] = None\n"
        "import asean_japan as aj; report = aj.load(); aj.loads(aj.dumps(report)); report.passages(); report.check()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

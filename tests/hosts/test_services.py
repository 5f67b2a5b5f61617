"""Tests of our values in services and indexes of others: FastAPI without a socket, a search engine, the code lists."""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
from pathlib import Path
from typing import Annotated, Any, TypeAlias, cast

import pytest
from example_values import GIVEN, REPORT, VALUES
from fastapi import Body, FastAPI
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

import asean_japan as aj
from asean_japan.model import KINDS, Nodes
from asean_japan.questions import Places
from asean_japan.serialization.writing import write_value

Json: TypeAlias = Any

bm25s: Any = importlib.import_module("bm25s")  # It has no types.

PAGES = Path(__file__).parents[2] / "docs"
CODE_LIST = PAGES.parent / "curation" / "codelists" / "dac_crs_purpose_codes.csv"


def service() -> FastAPI:
    """Build a service that gives and takes a value of each class, and any place or node."""
    app = FastAPI()
    for name, (value, _json) in GIVEN.items():
        app.get(f"/{name}", response_model=type(value))(lambda value=value: value)
    for name, value in (VALUES | {"any place": aj.Claim, "any node": aj.Section}).items():
        kind = {"any place": aj.Place, "any node": aj.Node}.get(name, type(value))
        app.post(f"/{name}", response_model=kind)(taking(kind))

    @app.get("/places/{ref}")
    def _(ref: aj.Ref, other: aj.Ref | None = None) -> dict[str, aj.Ref | None]:
        return {"ref": ref, "other": other}

    @app.get("/nodes", response_model=list[aj.Node])
    def _() -> Nodes[aj.Node]:
        return REPORT.find(text="think tanks")

    @app.get("/pillars")
    def _() -> Places[aj.Pillar]:
        return REPORT.pillars

    @app.get("/wrong", response_model=aj.Claim)
    def _() -> object:
        return {"ref": "I.1"}

    return app


def taking(kind: type) -> Any:  # noqa: ANN401 - a route, which FastAPI reads.
    """Return a function that takes a body of a class and gives it back."""

    def route(body: object) -> object:
        return body

    route.__annotations__["body"] = Annotated[kind, Body()]
    return route


CLIENT = TestClient(service())
OPENAPI: Json = CLIENT.get("/openapi.json").json()


@pytest.mark.parametrize("name", GIVEN)
def test_value_is_given(name: str) -> None:
    """A route gives it, and the description of the route describes it."""
    answer = CLIENT.get(f"/{name}")
    assert answer.status_code == 200
    assert answer.json() == GIVEN[name][1]
    content = OPENAPI["paths"][f"/{name}"]["get"]["responses"]["200"]["content"]
    schema = content["application/json"]["schema"] | {"components": OPENAPI["components"]}
    Draft202012Validator.check_schema(schema)
    validator: Json = Draft202012Validator(schema)
    assert validator.is_valid(answer.json())
    assert not validator.is_valid(7)


@pytest.mark.parametrize("name", VALUES)
def test_value_is_taken(name: str) -> None:
    """A body is validated and comes back the same; what does not fit gets the status 422 and our words."""
    data: Json = write_value(VALUES[name])
    assert CLIENT.post(f"/{name}", json=data).json() == data
    wrongs: tuple[Json, ...] = (None, 7, [], {"a": 1})
    for wrong in wrongs:
        answer = CLIENT.post(f"/{name}", json=wrong)
        assert answer.status_code == 422
        assert answer.json()["detail"][0]["type"] in {"asean_japan", "missing"}


@pytest.mark.parametrize("name", [*KINDS, "claim"])
def test_any_place_is_taken(name: str) -> None:
    """Where a place of any kind is expected, each is taken as what it is."""
    data: Json = write_value(VALUES[name])
    assert CLIENT.post("/any place", json=data).json() == data
    assert CLIENT.post("/any node", json=data).status_code == (422 if name == "claim" else 200)


def test_hostile_bodies_are_refused() -> None:
    """What is nested too deeply, or holds what JSON has not, is an ordinary error."""
    deep = "[" * 100 + "]" * 100
    assert CLIENT.post("/report", content=f'{{"a": {deep}}}').status_code == 422
    assert CLIENT.post("/claim", content="{").status_code == 422
    assert CLIENT.post("/quantity", content='{"value": NaN}').status_code == 422


def test_address_is_a_parameter() -> None:
    """In the path and in the query; what is no address never reaches the route."""
    assert CLIENT.get("/places/III-2-④?other=I.2").json() == {"ref": "III.2.4", "other": "I.2"}
    assert CLIENT.get("/places/I").json() == {"ref": "I", "other": None}
    assert CLIENT.get("/places/III.2.x").status_code == 422
    assert CLIENT.get("/places/I?other=x").status_code == 422
    assert CLIENT.get(f"/places/{'I' * 500}").status_code == 422


def test_what_was_found_is_given() -> None:
    """A route may say that it gives a list of nodes."""
    assert [each["ref"] for each in CLIENT.get("/nodes").json()] == [
        str(node.ref) for node in REPORT.find(text="think tanks")
    ]


def test_places_of_one_kind_are_given() -> None:
    """A route may say of which kind the places of a collection are."""
    assert CLIENT.get("/pillars").json() == GIVEN["places"][1]
    content = OPENAPI["paths"]["/pillars"]["get"]["responses"]["200"]["content"]
    described = content["application/json"]["schema"]["additionalProperties"]
    assert described == {"$ref": "#/components/schemas/Pillar"}


def test_wrong_answer_is_not_given() -> None:
    """A route that gives something else fails, rather than to give what does not fit."""
    assert TestClient(service(), raise_server_exceptions=False).get("/wrong").status_code == 500


def test_value_without_a_class_is_refused() -> None:
    """A route that does not say what it gives cannot give it, as the guide says; FastAPI does not ask the value."""
    app = FastAPI()
    app.get("/")(lambda: REPORT["III.2.4"])
    with pytest.raises(ValueError, match="'ActionItem' object is not iterable"):
        TestClient(app).get("/")


def test_description_names_our_classes_once() -> None:
    """Every reference leads somewhere, and the classes have their own names."""
    schemas = OPENAPI["components"]["schemas"]
    assert {cls.__name__ for cls in KINDS.values()} | {"Claim", "Report", "Entity", "Link", "Hit", "Trace"} <= set(
        schemas
    )
    text = json.dumps(OPENAPI)
    assert set(re.findall('"#/components/schemas/([^"]+)"', text)) <= set(schemas)
    assert "#/$defs/" not in text
    assert not [name for name in schemas if "__" in name]  # As one would be called that is there twice.


def test_passages_fill_an_index() -> None:
    """A search engine finds a place by words that stand in it and in no other, and its id leads there."""
    records = [passage.record() for passage in REPORT.passages()]
    engine = bm25s.BM25(corpus=records)
    engine.index(bm25s.tokenize([record["text"] for record in records], show_progress=False), show_progress=False)
    question = bm25s.tokenize("emergency reserve of rice", show_progress=False)
    found, _ = engine.retrieve(question, k=3, show_progress=False)
    best = cast("dict[str, str]", found[0][0])
    assert "rice" in best["text"].lower()
    assert REPORT[best["id"]].statement() == best["text"]


def test_lines_of_the_code_list_are_its_own() -> None:
    """What the page about aid data shows of the list of codes stands in the list."""
    page = (PAGES / "guides" / "join-crs.md").read_text("utf-8")
    block = re.search(r'CODES = """\\\n(.*?)\.\.\. """', page, re.DOTALL)
    assert block
    shown = list(csv.DictReader(io.StringIO(block[1].replace("... ", ""))))
    text = CODE_LIST.read_text("utf-8")
    known = list(csv.DictReader(io.StringIO(text)))
    assert len(shown) == 5
    assert all(row in known for row in shown)


def test_codes_of_the_overlay_are_active() -> None:
    """None of them is voluntary or withdrawn, so that each can stand in microdata."""
    text = CODE_LIST.read_text("utf-8")
    active = {row["code"] for row in csv.DictReader(io.StringIO(text)) if row["status"] == "active"}
    assert {code.code for code in REPORT.overlays["crs"].codes if not code.is_none} <= active

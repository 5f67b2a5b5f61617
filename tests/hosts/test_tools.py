"""Tests that each question to a report is a tool as it is: for LangChain, for an MCP server, as a route of FastAPI."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from langchain_core.tools import StructuredTool
from langchain_core.utils.function_calling import convert_to_openai_tool
from mcp import Client
from mcp.server.mcpserver import MCPServer
from pydantic import TypeAdapter, ValidationError, validate_call

from asean_japan import load, to_dict
from asean_japan.model import Address, EntityName

if TYPE_CHECKING:
    from mcp.types import CallToolResult

Json: TypeAlias = Any

REPORT = load()
ASKED: dict[str, dict[str, object]] = {  # What each is asked, as a language model or a query has it.
    "trace": {"address": "challenge 3 of I.1"},
    "find": {"kind": "action", "mentions": "AOIP", "deep": True},
    "search": {"query": "emergency reserves of rice", "limit": 2},
    "resolve": {"address": "item ④ of section III.2"},
}
NODES = REPORT.find(kind="action", mentions="AOIP", deep=True)
HITS = REPORT.search("emergency reserves of rice", limit=2)
ANSWERS: dict[str, object] = {
    "trace": REPORT.trace("I.1.3"),
    "find": NODES,
    "search": HITS,
    "resolve": REPORT["III.2.4"].ref,
}
LISTED: dict[str, tuple[object, ...]] = {"find": NODES, "search": HITS}


@pytest.mark.parametrize("name", ASKED)
def test_langchain(name: str) -> None:
    """LangChain takes the method, checks what it is given, and returns the answer."""
    tool = StructuredTool.from_function(getattr(REPORT, name))
    assert tool.invoke(ASKED[name]) == ANSWERS[name]
    called = tool.invoke({"type": "tool_call", "id": "1", "name": name, "args": ASKED[name]})
    assert called.content == str(ANSWERS[name])


@pytest.mark.parametrize("name", ASKED)
def test_language_models_are_told_little(name: str) -> None:
    """An address or a name is one string in the description of a tool, whatever else Python code may give."""
    described: Json = convert_to_openai_tool(StructuredTool.from_function(getattr(REPORT, name)))["function"]
    asked: dict[str, Json] = described["parameters"]["properties"]
    assert asked.keys() >= ASKED[name].keys()
    assert all(asked[each]["type"] == "string" for each in {"address", "query"} & asked.keys())
    assert '"object"' not in json.dumps(asked)
    assert len(json.dumps(described)) < 3_000


def served(name: str, arguments: dict[str, object]) -> CallToolResult:
    """Call a tool of a server, as a client of the protocol does."""
    server = MCPServer("report")
    for each in ASKED:
        server.add_tool(getattr(REPORT, each))

    async def call() -> CallToolResult:
        async with Client(server) as client:
            tools = await client.list_tools()
            assert [tool.name for tool in tools.tools] == [*ASKED]
            return await client.call_tool(name, arguments)

    return asyncio.run(call())


@pytest.mark.parametrize("name", ASKED)
def test_model_context_protocol(name: str) -> None:
    """A server takes the method; a client is told the answer as people read it, and nodes with all their fields."""
    result = served(name, ASKED[name])
    told = [json.loads(block.text) for block in result.content if block.type == "text"]
    assert told == [str(each) for each in LISTED.get(name, (ANSWERS[name],))]
    fields = {"result": [to_dict(node) for node in NODES]} if name == "find" else None
    assert (result.is_error, result.structured_content) == (False, fields)


@pytest.mark.parametrize("name", ASKED)
def test_fastapi(name: str) -> None:
    """The method is a route, its parameters are those of the query, and its answer is JSON."""
    app = FastAPI()
    app.get("/asked")(getattr(REPORT, name))
    client = TestClient(app)
    answer = client.get("/asked", params={key: str(value) for key, value in ASKED[name].items()})
    assert answer.status_code == 200
    adapter: TypeAdapter[object] = TypeAdapter(type(ANSWERS[name]))
    assert answer.json() == adapter.dump_python(ANSWERS[name], mode="json")
    operation: Json = client.get("/openapi.json").json()["paths"]["/asked"]["get"]
    assert {parameter["name"] for parameter in operation["parameters"]} >= ASKED[name].keys()
    assert "requestBody" not in operation


def test_values_are_taken_beside_texts() -> None:
    """In Python, pydantic lets the value through where a text is described."""
    node, entity = REPORT.pillars["II.1"], REPORT.entities["AOIP"]
    assert validate_call(REPORT.trace)(node) == REPORT.trace(node)
    assert validate_call(REPORT.find)(mentions=entity) == REPORT.find(mentions=entity)
    assert TypeAdapter(Address).json_schema() == TypeAdapter(EntityName).json_schema() == {"type": "string"}
    wrong: Any = 12
    with pytest.raises(ValidationError):
        validate_call(REPORT.trace)(wrong)

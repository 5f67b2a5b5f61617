"""Tests of the JSON Schema in other hands: Ajv validates with it, TypeScript checks programs with types made of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from documents import DOCUMENT, FIELDS, Json, at, broken

from asean_japan import json_schema, load, to_dict
from asean_japan.model import KINDS, Kind

AJV = "ajv@8.20.0"
PAGE = Path(__file__).parents[2] / "docs" / "guides" / "schema.md"
NODE, NPM = shutil.which("node"), shutil.which("npm")

pytestmark = pytest.mark.skipif(not (NODE and NPM), reason="node and npm are not there")

# Reads a schema and documents; writes what is wrong with each document, by its name.
VALIDATE = """
const Ajv = require("ajv/dist/2020").default;
const { schema, documents } = JSON.parse(require("fs").readFileSync(0, "utf-8"));
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);
const errors = (document) => (validate(document) ? [] : validate.errors.map((error) => error.keyword));
console.log(JSON.stringify(documents.map(errors)));
"""

# Programs that must not pass, beside what the compiler says of them.
WRONG = {
    "a kind that there is not": ('(place: Place) => place.kind === "chapter";', "TS2367"),
    "a field that there is not": ("(place: Place) => place.title;", "TS2339"),
    "a field of claims": ("(place: Place) => place.text;", "TS2339"),
    "a mark that may be missing": ("(place: Place) => place.mark.text;", "TS18047"),
    "a heading that may be missing": ("(place: Place): string => place.heading;", "TS2322"),
    "a number for a text": ("(place: Place): number => place.gist;", "TS2322"),
    "a report that is one section": ("(place: Section): AseanJapanReport => place;", "TS2739"),
    "four sections": ("(s: Section, r: AseanJapanReport) => { r.sections = [s, s, s, s]; };", "TS2322"),
}
PREAMBLE = 'import type { AseanJapanReport, Section } from "./report";\nimport type { Place } from "./walk";\n'


def blocks(language: str) -> list[str]:
    """Return the code blocks of the page that are in *language*."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run *command* as a user would, with this Python as `python`; skip the test if npm reaches nothing."""
    bash = shutil.which("bash")
    assert bash
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [bash, "-euo", "pipefail", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    if done.returncode and "npm install" in command:
        probe = subprocess.run(
            [str(NPM), "view", "typescript", "version"], cwd=folder, capture_output=True, check=False
        )
        if probe.returncode:
            pytest.skip("npm reaches no registry")
    return done


@pytest.fixture(scope="module")
def with_ajv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which Ajv is installed."""
    folder = tmp_path_factory.mktemp("ajv")
    done = shell(f"npm install --no-audit --no-fund {AJV}", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def with_types(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the recipe of the page was followed, with the program of the page in it."""
    folder = tmp_path_factory.mktemp("types")
    (recipe,) = (block for block in blocks("sh") if "json2ts" in block)
    done = shell(recipe, folder)
    assert done.returncode == 0, done.stderr
    (program,) = blocks("ts")
    (folder / "walk.ts").write_text(program, "utf-8")
    return folder


def misfits(schema: Json, documents: list[Json], folder: Path) -> list[list[str]]:
    """Return the keywords that each of *documents* fails, as Ajv says; it must have nothing to say of the schema."""
    done = subprocess.run(
        [str(NODE), "-e", VALIDATE],
        input=json.dumps({"schema": schema, "documents": documents}),
        cwd=folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    found: list[list[str]] = json.loads(done.stdout)
    assert len(found) == len(documents)
    return found


def complaints(folder: Path, *files: str) -> dict[str, list[str]]:
    """Return what the compiler has against each of *files*, found by the command of the page; all else must pass."""
    (command,) = (block for block in blocks("sh") if "tsc" in block and "install" not in block)
    done = shell(command.replace("walk.ts", " ".join(files)), folder)
    found = re.findall(r"^(\S+\.ts)\(\d+,\d+\): error (TS\d+): ", done.stdout, re.MULTILINE)
    assert bool(done.returncode) is bool(found), done.stdout + done.stderr
    assert {name for name, _ in found} <= set(files)
    return {file: [code for name, code in found if name == file] for file in files}


def literal(document: Json) -> str:
    """Write a program that takes *document* for a report."""
    text = json.dumps(document, ensure_ascii=False)
    return f'import type {{ AseanJapanReport }} from "./report";\nexport const report: AseanJapanReport = {text};\n'


def test_ajv_takes_what_fits(with_ajv: Path) -> None:
    """The strictest validator has nothing against the schema, nor the schema against sound reports."""
    assert misfits(json_schema(), [to_dict(load()), DOCUMENT], with_ajv) == [[], []]


def test_ajv_refuses_every_broken_document(with_ajv: Path) -> None:
    """A field missing, unknown or of another type is refused, in each of hundreds of documents."""
    documents = broken()
    found = misfits(json_schema(), list(documents.values()), with_ajv)
    assert len(found) > 300
    assert [name for name, keywords in zip(documents, found, strict=True) if not keywords] == []


@pytest.mark.parametrize("kind", KINDS)
def test_ajv_validates_a_place_with_the_definition_of_its_class(kind: Kind, with_ajv: Path) -> None:
    """The definition fits all places of the class and no others."""
    schema = {**json_schema(), "$ref": f"#/$defs/{KINDS[kind].__name__}"}
    nodes = load().walk()
    found = misfits(schema, [to_dict(node) for node in nodes], with_ajv)
    assert [not keywords for keywords in found] == [node.kind == kind for node in nodes]


def test_program_of_the_page_passes(with_types: Path) -> None:
    """It walks a report with the types that the recipe makes."""
    assert complaints(with_types, "walk.ts") == {"walk.ts": []}


def test_wrong_programs_fail(with_types: Path) -> None:
    """Each is refused, for the reason that was meant."""
    files = {f"wrong{number}.ts": program for number, program in enumerate(WRONG.values())}
    for name, (program, _) in files.items():
        (with_types / name).write_text(f"{PREAMBLE}export default {program}\n", "utf-8")
    assert complaints(with_types, *files) == {name: [code] for name, (_, code) in files.items()}


def test_bundled_report_is_of_these_types(with_types: Path) -> None:
    """Written out in a program, it is a report."""
    (with_types / "bundled.ts").write_text(literal(to_dict(load())), "utf-8")
    assert complaints(with_types, "bundled.ts") == {"bundled.ts": []}


def test_broken_documents_are_not(with_types: Path) -> None:
    """All are refused but those with a fraction: TypeScript has one type for all numbers."""
    files: dict[str, str] = {}
    for number, (name, document) in enumerate(broken().items()):
        files[f"broken{number}.ts"] = name
        (with_types / f"broken{number}.ts").write_text(literal(document), "utf-8")
    passed = {files[file] for file, found in complaints(with_types, *files).items() if not found}
    offsets = {"start", "end"}  # Of a link they may be null.
    numbers = {
        name for name, (path, key) in FIELDS.items() if key in offsets or type(at(DOCUMENT, (*path, key))) is int
    }
    assert passed == {f"{name} is 2.5" for name in numbers - {"report.edition.schema_version"}}
    assert len(files) - len(passed) > 300

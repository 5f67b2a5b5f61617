"""
What is measured: each task of the package and its peers, and where the time of three of them goes.

A peer is imported when it is measured, by name, so that none of them has to be installed.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from heapq import nlargest
from importlib import import_module
from itertools import chain
from operator import attrgetter, itemgetter, methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from xml.etree import ElementTree as ET

import importlib_resources
from measuring import Contender, Task, Work, in_rounds, median
from twins import TWINS

import asean_japan
from asean_japan import Node
from asean_japan.checking import rule_findings

if TYPE_CHECKING:
    from twins import Document

FOLDER = Path(__file__).parent
DATA = importlib_resources.files("asean_japan") / "data" / "report.json"
TEXT = DATA.read_bytes()
PLACE = "III.2.4"
LARGE = 20  # Nodes in a subtree that counts as one.

report = asean_japan.load()
nodes = report.walk()
sections = tuple(report.sections.values())
bare = asean_japan.Report(edition=report.edition, sections=sections)  # Without layers: what the twins have.


# In a fresh process


def fresh(code: str) -> Work:
    """
    Run *code* in a process of its own; its answer is what it prints.

    Python may write its compiled files, whatever the environment says, and the answer is asked for first: what is timed
    finds them written.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run() -> str:
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, cwd=FOLDER, env=environment, stdout=subprocess.PIPE
        )
        return str(done.stdout, "utf-8")

    return Work(run, run)


NOTHING = "pass"
PARSE = (
    f"import json; data = json.loads(open({str(DATA)!r}, 'rb').read());"
    "print(data['sections'][3]['children'][1]['children'][3]['gist'])"
)
LOAD = f"import asean_japan; print(asean_japan.load()[{PLACE!r}].gist)"


def load_twin(module: str) -> str:
    """Code that loads a twin and looks a place up."""
    return (
        f"from twins import indexed; from twins.{module} import load;"
        f"print(indexed(load(open({str(DATA)!r}, 'rb').read()))[{PLACE!r}].gist)"
    )


def importing(module: str) -> Contender:
    """Import a peer."""
    return Contender(f"import {module}", partial(fresh, f"import {module}"), module.partition(".")[0])


IMPORT = Task(
    "import, fresh process",
    (
        Contender("python -c pass", partial(fresh, NOTHING)),
        Contender(
            "import asean_japan",
            partial(fresh, "import asean_japan"),
            must=3.0,
            aim=1.3,
            note="lazy: each name is imported at its first use",
        ),
        Contender("from asean_japan import *", partial(fresh, "from asean_japan import *"), note="every name used"),
        *map(importing, ("attrs", "cattrs", "msgspec", "pydantic", "anytree", "lxml.etree", "networkx", "bm25s")),
    ),
)

LOADING = Task(
    "import, load, one look-up, fresh process",
    (
        Contender("json.loads", partial(fresh, PARSE), note="plain dicts, the place reached by its position"),
        Contender(
            "asean_japan.load",
            partial(fresh, LOAD),
            must=3.2,
            aim=2.5,
            note="proves the digest of the file",
        ),
        *(
            Contender(name, partial(fresh, load_twin(module)), needed, note=note)
            for module, name, needed, note in TWINS
        ),
    ),
)


# Over the tree


def recursive(places: Iterable[Node]) -> Iterator[Node]:
    """Walk as one would without the package's index."""
    for place in places:
        yield place
        yield from recursive(place.children)


class Forest(NamedTuple):
    """
    The tree of the report in the classes of a peer.

    Attributes:
        whole: Returns all its nodes, parents first.
        below: Returns a node and all nodes below it, parents first.
        at: Its nodes, by address.
        ref: The address of a node.
        find: Returns what is at an address, in the way of the peer.
        gist: The label of what was found.
    """

    whole: Callable[[], Iterable[Any]]
    below: Callable[[Any], Iterable[Any]]
    at: Mapping[str, Any]
    ref: Callable[[Any], str]
    find: Callable[[str], Any]
    gist: Callable[[Any], object]


def address(node: Node) -> str:
    """As it is written."""
    return str(node.ref)


def own_forest() -> Forest:
    """The package's way."""
    at = {address(node): node for node in nodes}
    return Forest(report.walk, Node.walk, at, address, report.__getitem__, attrgetter("gist"))


def plain_forest() -> Forest:
    """The way of somebody who has nothing but nodes with children."""
    forest = own_forest()

    def below(node: Node) -> Iterator[Node]:
        return recursive((node,))

    return forest._replace(whole=lambda: recursive(sections), below=below, find=forest.at.__getitem__)


def xml_forest(etree: Any, find: Callable[[Any], Callable[[str], Any]]) -> Forest:  # noqa: ANN401  # Either library.
    """Elements of *etree*, looked up by what *find* makes of their root."""
    root = etree.Element("report")
    at: dict[str, Any] = {}
    for node in nodes:
        above = root if node.parent is None else at[str(node.parent.ref)]
        at[str(node.ref)] = etree.SubElement(above, node.kind, ref=str(node.ref), gist=node.gist)
    top = tuple(root)
    return Forest(
        lambda: chain.from_iterable([element.iter() for element in top]),
        methodcaller("iter"),
        at,
        methodcaller("get", "ref"),
        find(root),
        methodcaller("get", "gist"),
    )


def elementtree_forest() -> Forest:
    """Elements of the standard library."""

    def find(root: ET.Element) -> Callable[[str], ET.Element]:
        return lambda ref: next(element for element in root.iter() if element.get("ref") == ref)

    return xml_forest(ET, find)


def lxml_forest() -> Forest:
    """Elements of lxml, looked up by a compiled XPath expression."""
    etree = import_module("lxml.etree")

    def find(root: object) -> Callable[[str], Any]:
        path = etree.XPath("//*[@ref = $ref]")
        return lambda ref: path(root, ref=ref)[0]

    return xml_forest(etree, find)


def anytree_forest() -> Forest:
    """Nodes of anytree."""
    anytree = import_module("anytree")
    root = anytree.Node("report")
    at: dict[str, Any] = {}
    for node in nodes:
        above = root if node.parent is None else at[str(node.parent.ref)]
        at[str(node.ref)] = anytree.Node(str(node.ref), parent=above, gist=node.gist)
    return Forest(
        lambda: chain.from_iterable([anytree.PreOrderIter(node) for node in root.children]),
        anytree.PreOrderIter,
        at,
        attrgetter("name"),
        partial(anytree.find_by_attr, root),
        attrgetter("gist"),
    )


def networkx_forest() -> Forest:
    """A directed graph of networkx, whose nodes are the addresses."""
    networkx = import_module("networkx")
    graph = networkx.DiGraph()
    for node in nodes:
        graph.add_node(str(node.ref), gist=node.gist)
        if node.parent is not None:
            graph.add_edge(str(node.parent.ref), str(node.ref))
    top = [str(section.ref) for section in sections]
    below = partial(networkx.dfs_preorder_nodes, graph)
    return Forest(
        lambda: chain.from_iterable([below(ref) for ref in top]),
        below,
        {ref: ref for ref in graph},
        str,
        graph.nodes.__getitem__,
        itemgetter("gist"),
    )


OWN = "asean_japan"
FORESTS: tuple[tuple[str, Callable[[], Forest], str | None], ...] = (
    ("recursive generator", plain_forest, None),
    (OWN, own_forest, None),
    ("ElementTree", elementtree_forest, None),
    ("lxml", lxml_forest, "lxml"),
    ("anytree", anytree_forest, "anytree"),
    ("networkx", networkx_forest, "networkx"),
)


def exhaust(places: Iterable[object]) -> None:
    """Meet each of *places*."""
    for _ in places:
        pass


def walk_of(forest: Forest) -> Work:
    """Meet every node."""
    return Work(lambda: exhaust(forest.whole()), lambda: [forest.ref(node) for node in forest.whole()])


def subtrees_of(forest: Forest) -> Work:
    """Meet every node of every large subtree."""
    large = [forest.at[str(node.ref)] for node in nodes if len(node.walk()) >= LARGE]

    def run() -> None:
        for node in large:
            exhaust(forest.below(node))

    return Work(run, lambda: [[forest.ref(node) for node in forest.below(top)] for top in large])


def over_trees(name: str, work: Callable[[Forest], Work]) -> Task:
    """One task in every forest."""

    def contender(peer: str, forest: Callable[[], Forest], module: str | None) -> Contender:
        own = peer == OWN
        return Contender(peer, lambda: work(forest()), module, 10.0 if own else None, 13.0 if own else None)

    return Task(name, tuple(contender(*each) for each in FORESTS), by_speed=True)


WALK = over_trees("walk over all nodes", walk_of)
SUBTREES = over_trees(f"walk over each subtree of {LARGE} nodes or more", subtrees_of)


def finding(forest: Callable[[], Forest], address: object = PLACE) -> Callable[[], Work]:
    """Look one place up, in the way of a peer; the answer is its label."""

    def prepare() -> Work:
        made = forest()
        find = partial(made.find, cast("str", address))
        return Work(find, lambda: made.gist(find()))

    return prepare


def in_collection() -> Forest:
    """The package's way, among places of one kind."""

    def find(ref: str) -> Node:
        return report.action_items[ref]

    return own_forest()._replace(find=find)


LOOK_UP = Task(
    f"look-up of {PLACE}",
    (
        Contender("dict", finding(plain_forest), note="knows one way to write an address"),
        Contender('report["III.2.4"]', finding(own_forest)),
        Contender('report["III-2-④"]', finding(own_forest, "III-2-④")),
        Contender(
            'report["Section III, 2, item 4"]', finding(own_forest, "Section III, 2, item 4"), note="as people write it"
        ),
        Contender("report[Ref]", finding(own_forest, report[PLACE].ref)),
        Contender('report.action_items["III.2.4"]', finding(in_collection), note="collects the action items each time"),
        Contender("ElementTree", finding(elementtree_forest), note="looks at each element"),
        Contender("lxml", finding(lxml_forest), "lxml", note="XPath"),
        Contender("anytree", finding(anytree_forest), "anytree", note="find_by_attr"),
        Contender("networkx", finding(networkx_forest), "networkx", note="a dict"),
    ),
)


# Search

QUERIES = ("emergency rice reserves", "supply chain resilience", "young people", "legal systems and competition law")
BEST = 10
Searcher = Callable[[str, int], Sequence[int]]  # From a query and a limit to the positions of nodes, best first.


@cache
def fts5() -> sqlite3.Connection:
    """The texts of all nodes in a table of SQLite's FTS5, and a table of its words."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE node USING fts5(body, tokenize = 'porter unicode61 remove_diacritics 2')")
    connection.execute("CREATE VIRTUAL TABLE word USING fts5vocab(node, instance)")
    for at, node in enumerate(nodes):
        body = "\n".join([node.heading or "", node.gist, *(claim.text for claim in node.claims)])
        connection.execute("INSERT INTO node (rowid, body) VALUES (?, ?)", (at, body))
    return connection


@cache
def stems() -> tuple[list[list[str]], dict[str, list[str]]]:
    """The stems of each node and of each query, as FTS5 makes them."""
    connection = fts5()
    texts: list[list[str]] = [list[str]() for _ in (*nodes, *QUERIES)]
    for at, query in enumerate(QUERIES, len(nodes)):
        connection.execute("INSERT INTO node (rowid, body) VALUES (?, ?)", (at, query))
    found = connection.execute("SELECT term, doc FROM word ORDER BY doc, offset")
    for stem, at in cast("Iterable[tuple[str, int]]", found):
        texts[at].append(stem)
    connection.execute("DELETE FROM node WHERE rowid >= ?", (len(nodes),))
    return texts[: len(nodes)], dict(zip(QUERIES, texts[len(nodes) :], strict=True))


def searching(searcher: Callable[[], Searcher]) -> Callable[[], Work]:
    """Ask every query; the answer is which nodes are hit at all, since formulas rank differently."""

    def prepare() -> Work:
        search = searcher()
        return Work(
            lambda: [search(query, BEST) for query in QUERIES],
            lambda: [set(search(query, len(nodes))) for query in QUERIES],
        )

    return prepare


def scan() -> Searcher:
    """Count the stems of the query in each node."""
    texts, queries = stems()

    def search(query: str, limit: int) -> list[int]:
        wanted = queries[query]
        scores = [sum(map(text.count, wanted)) for text in texts]
        return nlargest(limit, (at for at, score in enumerate(scores) if score), key=scores.__getitem__)

    return search


def own_search() -> Searcher:
    """The package's way."""
    return lambda query, limit: [hit.place.position for hit in report.search(query, limit=limit)]


def sqlite_search() -> Searcher:
    """What a few lines around FTS5 do."""
    connection = fts5()

    def search(query: str, limit: int) -> list[int]:
        terms = " OR ".join(f'"{word}"' for word in query.split())
        found = connection.execute("SELECT rowid FROM node WHERE node MATCH ? ORDER BY rank LIMIT ?", (terms, limit))
        return [row for (row,) in found]

    return search


def rank_bm25_search() -> Searcher:
    """The package rank-bm25, over stems."""
    texts, queries = stems()
    index = import_module("rank_bm25").BM25Okapi(texts)

    def search(query: str, limit: int) -> list[int]:
        scores = index.get_scores(queries[query])
        return [int(at) for at in scores.argsort()[::-1][:limit] if scores[at] > 0]

    return search


def bm25s_search() -> Searcher:
    """The package bm25s, over stems."""
    texts, queries = stems()
    index = import_module("bm25s").BM25()
    index.index(texts, show_progress=False)

    def search(query: str, limit: int) -> list[int]:
        found, scores = index.retrieve([queries[query]], k=limit, show_progress=False)
        return [int(at) for at, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search


GIVEN_STEMS = "is given the stems of texts and queries"
SEARCH = Task(
    f"search, {len(QUERIES)} queries, the best {BEST}",
    (
        Contender("plain scan", searching(scan), note=GIVEN_STEMS),
        Contender("asean_japan", searching(own_search), note="reads the query, and gives a snippet with each hit"),
        Contender("SQLite FTS5", searching(sqlite_search), note="the engine of the package, without snippets"),
        Contender("rank_bm25", searching(rank_bm25_search), "rank_bm25", note=GIVEN_STEMS),
        Contender("bm25s", searching(bm25s_search), "bm25s", note=GIVEN_STEMS),
    ),
)


# JSON


def dumping(dump: Callable[[], str]) -> Work:
    """Write the whole; the answer is the text, without the line end that the package adds."""
    return Work(dump, lambda: dump().removesuffix("\n"))


def loading(load: Callable[[], Any], plain: Callable[[Any], object]) -> Work:
    """Read the whole; the answer is what is written back, as plain values."""
    return Work(load, lambda: plain(load()))


def twin(module: str) -> tuple[Callable[[bytes], Document], Callable[[Any], str]]:
    """The loader and the dumper of a twin."""
    found = import_module(f"twins.{module}")
    return found.load, found.dump


def twin_dumping(module: str) -> Work:
    """Write a twin."""
    load, dump = twin(module)
    return dumping(partial(dump, load(TEXT)))


def twin_loading(module: str) -> Work:
    """Read a twin."""
    load, dump = twin(module)
    return loading(partial(load, TEXT), lambda document: json.loads(dump(document)))


def written_dicts() -> str:
    """What the standard library makes of plain dicts."""
    return json.dumps(PLAIN, ensure_ascii=False, indent=1)


PLAIN = asean_japan.to_dict(bare)
WHOLE = asean_japan.to_dict(report)

DUMPS = Task(
    "dumps",
    (
        Contender("json.dumps of the same dicts", lambda: dumping(written_dicts)),
        Contender("asean_japan.dumps", lambda: dumping(partial(asean_japan.dumps, bare)), must=1.5, aim=1.1),
        *(Contender(name, partial(twin_dumping, module), needed) for module, name, needed, _ in TWINS),
    ),
)

LOADS = Task(
    "loads",
    (
        Contender("json.loads", lambda: loading(partial(json.loads, TEXT), lambda data: data), note="plain dicts"),
        Contender(
            "asean_japan.loads",
            lambda: loading(partial(asean_japan.loads, TEXT), asean_japan.to_dict),
            note="proves types, names of fields, addresses and the whole tree; limits depth and size",
        ),
        *(Contender(name, partial(twin_loading, module), needed, note=note) for module, name, needed, note in TWINS),
    ),
)

WHOLE_TEXT = asean_japan.dumps(report)

WHOLE_DUMPS = Task(
    "dumps, with the layers",
    (
        Contender(
            "json.dumps of the same dicts", lambda: dumping(partial(json.dumps, WHOLE, ensure_ascii=False, indent=1))
        ),
        Contender("asean_japan.dumps", lambda: dumping(partial(asean_japan.dumps, report)), must=1.5, aim=1.1),
    ),
)

WHOLE_LOADS = Task(
    "loads, with the layers",
    (
        Contender(
            "json.loads", lambda: loading(partial(json.loads, WHOLE_TEXT), lambda data: data), note="plain dicts"
        ),
        Contender("asean_japan.loads", lambda: loading(partial(asean_japan.loads, WHOLE_TEXT), asean_japan.to_dict)),
    ),
)

TASKS = (IMPORT, LOADING, WALK, SUBTREES, LOOK_UP, SEARCH, DUMPS, WHOLE_DUMPS, LOADS, WHOLE_LOADS)


# Where the time goes


class Part(NamedTuple):
    """
    What a part of a task takes.

    Attributes:
        task: Of which it is a part.
        name: Unique in its task.
        seconds: Of one run.
        ratio: To the time of the yardstick of the task.
    """

    task: Task
    name: str
    seconds: float
    ratio: float


ALL = "all of it"
Runs = Mapping[str, Callable[[], object]]


def parts_of(task: Task, rounds: Sequence[Mapping[str, float]]) -> list[Part]:
    """The parts of a task, from what each took in each round, compared with the yardstick."""
    yardstick = task.contenders[0].name
    return [
        Part(
            task,
            name,
            median([times[name] for times in rounds]),
            median([times[name] / times[yardstick] for times in rounds]),
        )
        for name in rounds[0]
        if name != yardstick
    ]


def parts_of_loading(rounds: int) -> list[Part]:
    """Where a fresh process that loads the report spends its time."""
    bare, yardstick = "Python itself", LOADING.contenders[0].name
    inside = fresh("import inside; inside.main()")
    seen: list[dict[str, float]] = []
    runs: Runs = {
        yardstick: fresh(PARSE).run,
        ALL: fresh(LOAD).run,
        bare: fresh(NOTHING).run,
        "inside": lambda: seen.append(json.loads(str(inside.run()))),
    }
    found: list[dict[str, float]] = []
    for times, imports_and_load in zip(in_rounds(runs, rounds, 0), seen[-rounds:], strict=True):
        parts = {bare: times[bare], **imports_and_load}
        rest = times[ALL] - sum(parts.values())
        found.append({yardstick: times[yardstick], ALL: times[ALL], **parts, "ending the process, and the rest": rest})
    return parts_of(LOADING, found)


def parts_of_dumps(rounds: int, shortest: float) -> list[Part]:
    """How much of writing is making dicts."""
    runs: Runs = {
        DUMPS.contenders[0].name: written_dicts,
        ALL: partial(asean_japan.dumps, bare),
        "to_dict": partial(asean_japan.to_dict, bare),
    }
    found = [{**times, "writing": times[ALL] - times["to_dict"]} for times in in_rounds(runs, rounds, shortest)]
    return parts_of(DUMPS, found)


def parts_of_loads(rounds: int, shortest: float) -> list[Part]:
    """How much of reading is reading text, building values, and checking the whole."""
    yardstick = LOADS.contenders[0].name
    runs: Runs = {
        yardstick: partial(json.loads, TEXT),
        ALL: partial(asean_japan.loads, TEXT),
        "from_dict": partial(asean_japan.from_dict, PLAIN),
        "check": partial(rule_findings, bare.edition, sections),
    }
    found = [
        {
            yardstick: times[yardstick],
            ALL: times[ALL],
            "limits and parsing": times[ALL] - times["from_dict"],
            "types, fields, building, indexes": times["from_dict"] - times["check"],
            "check of the whole": times["check"],
        }
        for times in in_rounds(runs, rounds, shortest)
    ]
    return parts_of(LOADS, found)

"""
Ranked search over headings, gists and claims: BM25 by SQLite's FTS5.

The index lives in memory and is built when a thread first asks, since a connection belongs to its thread.
"""

from __future__ import annotations

import re
import threading
import weakref
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, SupportsIndex, overload

import attrs

from asean_japan.arguments import require_number, require_text
from asean_japan.errors import SearchUnavailableError
from asean_japan.folding import normalized
from asean_japan.model import display
from asean_japan.model.display import Shown
from asean_japan.model.places import Node
from asean_japan.pydantic_hooks import PydanticResult
from asean_japan.refs import Ref

if TYPE_CHECKING:
    import sqlite3
_WORD = re.compile(r"[^\W_]+")  # FTS5 parts words at an underscore, too.
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")  # Its s would be found wherever there is another one.
_OPEN, _CLOSE = "\x02", "\x03"  # Around each word that was found; no text of a report has characters that do not show.
_SNIPPET_WORDS = 24
_STRETCH = r"(?s).{1,4000}(?!\S)|.{1,4000}"  # What goes into one row; no text of the bundled report is as long.
_ROWS_A_NODE = 1 << 32
_TERMS_A_QUERY = 400  # FTS5 refuses expressions that are too large; longer passages are asked for in parts.

_CREATE = """
CREATE VIRTUAL TABLE node USING fts5(heading, gist, claims, tokenize = 'porter unicode61 remove_diacritics 2')
"""
_INSERT = "INSERT INTO node (rowid, heading, gist, claims) VALUES (?, ?, ?, ?)"
_SCORE = "SELECT rowid, bm25(node) FROM node WHERE node MATCH ?"
_SNIPPET = "SELECT snippet(node, -1, ?, ?, '…', ?) FROM node WHERE node MATCH ? AND rowid = ?"


@attrs.frozen(kw_only=True, repr=False)
class Hit(Shown, PydanticResult):
    """
    One result of a search.

    >>> from asean_japan import load
    >>> hit, *others = load().search("rice reserve", limit=1)
    >>> str(hit.ref), "**Rice** **Reserve**" in hit.snippet
    ('III.2.4.5.b', True)

    Attributes:
        place: The node whose heading, gist or claims have words of the query.
        score: BM25; greater is better, comparable within one search only.
        marked: The best stretch of its text, with each word that was found between U+0002 and U+0003.
    """

    place: Node
    score: float
    marked: str
    _shown = ("place", "score", "snippet", "marked")

    @property
    def snippet(self) -> str:
        """The same to be read, with each word that was found between double asterisks."""
        return self.marked.replace(_OPEN, "**").replace(_CLOSE, "**")

    @property
    def ref(self) -> Ref:
        """Address of the place."""
        return self.place.ref

    def __str__(self) -> str:
        return f"{self.place.cite()}  {self.place.gist}\n    {self.snippet}"

    def _repr_html_(self) -> str:
        return _html(self)


class Hits(tuple[Hit, ...], PydanticResult):
    """
    The results of a search, best first: a tuple that a notebook shows with its snippets.

    >>> from asean_japan import load
    >>> hits = load().search("Myanmar")
    >>> hits[0].score > hits[-1].score
    True
    """

    __slots__ = ()

    if TYPE_CHECKING:  # As a tuple has it; tools that only complete names do not look there.

        def __iter__(self) -> Iterator[Hit]: ...
        @overload
        def __getitem__(self, at: SupportsIndex, /) -> Hit: ...
        @overload
        def __getitem__(self, at: slice, /) -> tuple[Hit, ...]: ...
        def __getitem__(self, at: SupportsIndex | slice, /) -> Hit | tuple[Hit, ...]: ...

    def __str__(self) -> str:
        return "\n".join(map(str, self)) or display.NONE_FOUND

    def __repr__(self) -> str:
        return display.bounded_items(self)

    def _repr_html_(self) -> str:
        return "".join(map(_html, self)) or f"<p>{display.NONE_FOUND}</p>"


def _html(hit: Hit) -> str:
    text = display.escaped(hit.marked).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")
    return f"<p><code>{hit.ref}</code> {text}</p>"


class Engine:
    """Searches one report, in any thread."""

    __slots__ = ("_local", "_nodes")

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._local = threading.local()

    def search(self, query: str, limit: int) -> Hits:
        """See `Report.search`."""
        require_text("query", query)
        require_number("limit", limit, 1)
        plain = _POSSESSIVE.sub("", normalized("NFC", query))
        forms = (plain, normalized("NFKC", plain))  # Full-width letters may stand in a query or in a text.
        words = {word.lower(): word for form in forms for word in _WORD.findall(form)}
        terms = [f'"{word}"' for word in words.values()]  # As written: FTS5 folds case in its own way.
        parts = [" OR ".join(terms[at : at + _TERMS_A_QUERY]) for at in range(0, len(terms), _TERMS_A_QUERY)]
        connection = self._connection()
        scores: dict[int, float] = {}
        best: dict[int, tuple[float, str]] = {}
        for part in parts:
            for row, score in connection.execute(_SCORE, (part,)):
                scores[row] = scores.get(row, 0.0) - score
                best[row] = max(best.get(row, (0.0, "")), (-score, part))
        rows: dict[int, int] = {}
        for row in sorted(scores, key=lambda row: (-scores[row], row)):
            rows.setdefault(row // _ROWS_A_NODE, row)  # A node is worth as much as its best row.
        return Hits(
            Hit(place=self._nodes[at], score=scores[row], marked=self._snippet(connection, best[row][1], row))
            for at, row in [*rows.items()][:limit]
        )

    @staticmethod
    def _snippet(connection: sqlite3.Connection, part: str, row: int) -> str:
        ((snippet,),) = connection.execute(_SNIPPET, (_OPEN, _CLOSE, _SNIPPET_WORDS, part, row))
        return str(snippet)

    def _connection(self) -> sqlite3.Connection:
        try:
            own: _Own = self._local.own
        except AttributeError:
            own = self._local.own = _Own(_filled(self._nodes))
        return own.connection


class _Own:
    """The connection of one thread; closed when the thread or the engine is gone, whichever is the first."""

    __slots__ = ("__weakref__", "connection")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        weakref.finalize(self, connection.close)


def _filled(nodes: Sequence[Node]) -> sqlite3.Connection:
    """A database in memory that holds the texts of *nodes*."""
    try:
        import sqlite3
    except ImportError as error:
        raise SearchUnavailableError("this Python was built without SQLite") from error
    connection = sqlite3.connect(":memory:", check_same_thread=False)  # Whoever drops the engine closes it.
    try:
        connection.execute(_CREATE)
    except sqlite3.OperationalError as error:
        connection.close()
        raise SearchUnavailableError("this Python's SQLite was built without FTS5") from error
    connection.executemany(_INSERT, _rows(nodes))
    return connection


def _rows(nodes: Sequence[Node]) -> Iterator[tuple[int, str, str, str]]:
    """What is searched: a row for each node, and more for a long one, since snippets take quadratic time in each."""
    for at, node in enumerate(nodes):
        texts = (node.heading or "", node.gist, "\n".join(claim.text for claim in node.claims))
        columns = [re.findall(_STRETCH, text) for text in texts]
        for row, stretches in enumerate(zip_longest(*columns, fillvalue=""), at * _ROWS_A_NODE):
            yield (row, *stretches)

"""Tests of ranked search."""

from __future__ import annotations

import copy
import gc
import pickle
import sqlite3
import sys
import unicodedata
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, pairwise, repeat
from threading import Barrier, Thread, local
from typing import TYPE_CHECKING, cast

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st
from strategies import token_soup

from asean_japan import ArgumentError, Claim, Node, Ref, Report, Section
from asean_japan.errors import SearchUnavailableError
from asean_japan.model import SCHEMA_VERSION, Edition, Mark
from asean_japan.questions import Hit, Hits

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

THREADS = 8
EVERYTHING = 1000  # More than there are nodes.

EDITION = Edition(
    schema_version=SCHEMA_VERSION,
    data_version="1.0.0",
    title="Title",
    date="2023-02",
    issuer="Issuer",
    status="Status",
    language="en",
    source="https://example.org",
    license="CC-BY-4.0",
)
MARKS = (
    ("0", Mark(text="0.", value=0, style="arabic")),
    ("I", Mark(text="I.", value=1, style="roman")),
    ("II", Mark(text="II.", value=2, style="roman")),
    ("III", Mark(text="III.", value=3, style="roman")),
    ("IV", Mark(text="IV.", value=4, style="roman")),
)

# Names that the report gives: they stand in the claims of these places, however the claims are worded.
NAMES = [
    ("Fukuda", {"0.p1", "0.p4"}),
    ("fukuda?", {"0.p1", "0.p4"}),
    ("Manila", {"0.p1"}),
    ("APTERR", {"III.2.4.5.b"}),
    ("JENESYS", {"III.3.4.3", "IV.p1"}),
    ("RCEP", {"I.2.2", "III.2.1.1.a"}),
    ("WTO", {"I.2.2", "III.2.1.1"}),
]

# What has a meaning in the language that FTS5 reads, or in none.
STRANGE = (
    *("AND", "OR", "NOT", "NEAR", "NEAR(rice reserve, 5)", "rice AND", "NOT rice", "rice OR OR", "AND AND AND"),
    *(
        "rice*",
        "*",
        "^rice",
        "gist:rice",
        "nosuch:rice",
        "{gist heading} : rice",
        "-rice",
        "- : rice",
        "rice + reserve",
    ),
    *('"', '""', '"rice', 'rice"', '""rice""', "'rice", "rice'; DROP TABLE node; --", "?", "?1", ":at", "@at", "%"),
    *("(", ")", "()", "((rice)", "rice)", "[rice]", "\\", "\\rice", "`rice`", "/* rice", "-- rice"),
    *("\x00", "rice\x00reserve", "\x00rice", "\ud800", "rice\udfff", "\udcff\ud800", "\ufeffrice", "rice\u200breserve"),
    *(
        "🙂",
        "👩\u200d👩\u200d👧",
        "日本とASEAN",
        "東南アジア",
        "④",
        "Ⅲ",
        "²",
        "İ",
        "ſ",
        "ﬁ",
        "e\u0301",
        "\u0301",
        "a_b",
    ),
    *("...", "—", "?!", "•", "¶", "_", "1", "2050", "1,000", "50%"),
)
WORDLESS = (*'"*^-+:()_{}\\', "'", "...", "—", "?!", "•", "*:^", "🙂", "\x00", "\ud800", "\u0301")


def made(*texts: str) -> Report:
    """Build a report of five sections, the first of which say *texts*."""
    claims = chain(texts, repeat("Else."))
    sections = tuple(
        Section(
            ref=Ref.parse(name),
            mark=mark,
            heading="Heading",
            gist="Gist",
            claims=(Claim(ref=Ref.parse(f"{name}.s1"), text=text),),
        )
        for (name, mark), text in zip(MARKS, claims, strict=False)
    )
    return Report(edition=EDITION, sections=sections)


def found(report: Report, query: str, limit: int = EVERYTHING) -> list[str]:
    """Search, and give the addresses only."""
    return [str(hit.ref) for hit in report.search(query, limit=limit)]


def words(node: Node) -> str:
    """Write everything that a search looks at, case-folded."""
    return " ".join([node.heading or "", node.gist, *(claim.text for claim in node.claims)]).casefold()


@pytest.mark.parametrize(("query", "places"), NAMES)
def test_name_is_found_wherever_it_stands(report: Report, query: str, places: set[str]) -> None:
    """A name leads to each place that has it, and to no other."""
    hits = report.search(query, limit=EVERYTHING)
    assert {str(hit.ref) for hit in hits} >= places
    assert [hit for hit in hits if query.casefold().strip("?") not in words(hit.place)] == []


def test_places_with_more_of_the_words_come_first() -> None:
    """One of the words is enough; each further one counts."""
    report = made("Wheat is here.", "Rice and wheat and barley.", "Nothing of it.", "Rice, wheat.")
    assert found(report, "barley rice wheat") == ["I", "III", "0"]


def test_rare_words_count_more() -> None:
    """A word that stands everywhere says little."""
    report = made("Rice for all.", "Wheat for all.", "Wheat for all.", "Wheat for all.")
    assert found(report, "wheat rice")[0] == "0"


def test_equal_places_come_in_reading_order() -> None:
    """What scores the same keeps the order of the report."""
    assert found(made(*["Rice."] * 5), "rice") == ["0", "I", "II", "III", "IV"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("RICE", "rice"),
        ("rice", "RICE"),
        ("reserve", "reserves"),
        ("cooperating", "cooperation"),
        ("ho chi minh", "Hồ Chí Minh"),
        ("Ｈồ", "ＨỒ"),
        ("regional", "(region)"),
        ("people to people", "people-to-people"),
        ("headings", "only in the heading, not"),
        ("gists", "only in the gist, not"),
        ("日本", "日本"),
    ],
)
def test_words_are_compared_without_case_accents_and_endings(query: str, text: str) -> None:
    """Headings, gists and claims are found by the stems of their words."""
    assert "0" in found(made(f"{text} here"), query)


@pytest.mark.parametrize("name", ["0", "I", "II", "III", "IV", "II.1", "II.2", "II.3"])
def test_heading_finds_its_place(report: Report, name: str) -> None:
    """A heading as printed leads to where it stands."""
    node = report[name]
    assert isinstance(node, Node)
    assert name in found(report, node.heading or "", 5)


def test_claim_finds_its_node(report: Report) -> None:
    """The text of a claim leads to its node, nearly always before any other, and always among the first."""
    hits = [(str(claim.parent.ref), found(report, claim.text, 5)) for claim in report.claims.values()]
    assert [(ref, refs) for ref, refs in hits if ref not in refs] == []
    assert sum(ref == refs[0] for ref, refs in hits) > 0.95 * len(hits)


def test_passage_finds_its_nodes(report: Report) -> None:
    """The claims of a whole section are a query, too; every node of which they are comes up."""
    nodes = [node for node in report.sections["III"].walk() if node.claims]
    passage = "\n".join(claim.text for node in nodes for claim in node.claims)
    assert {str(node.ref) for node in nodes} <= set(found(report, passage))


def test_repeated_word_counts_once(report: Report) -> None:
    """Saying a word twice asks for nothing more."""
    assert report.search("rice Rice RICE") == report.search("rice")


@pytest.mark.parametrize("distinct", [399, 400, 401, 100_000])
def test_long_passage_is_asked_for_whole(distinct: int) -> None:
    """The first and the last of any number of words are found, and the places with both come first."""
    passage = " ".join(["barley", *(f"w{at}" for at in range(distinct - 2)), "rice"])
    assert found(made("Rice.", "Wheat.", "Rice and barley.", "Barley."), passage) == ["II", "0", "III"]


@pytest.mark.parametrize("query", STRANGE)
def test_any_text_is_a_query(report: Report, query: str) -> None:
    """Nothing in a query is read as an operator, and nothing is refused."""
    hits = report.search(query, limit=3)
    assert len(hits) <= 3
    assert all(hit.place is report[hit.ref] for hit in hits)


@pytest.mark.parametrize("query", [query for query in STRANGE if "rice" in query and "reserve" not in query])
def test_operators_are_passed_over(query: str) -> None:
    """What stands around a word does not keep it from being found."""
    assert "0" in found(made("Rice."), query)


@pytest.mark.parametrize("query", WORDLESS)
def test_query_without_a_word_finds_nothing(report: Report, query: str) -> None:
    """Marks alone are no error."""
    assert report.search(query) == ()


@given(query=(st.text() | token_soup() | st.sampled_from(STRANGE)).filter(str.strip), limit=st.integers(1, 200))
def test_hits_are_ranked(report: Report, query: str, limit: int) -> None:
    """Any text that is not blank gives at most *limit* places of the report, each once, with falling scores."""
    hits = report.search(query, limit=limit)
    assert len({hit.ref for hit in hits}) == len(hits) <= limit
    assert all(hit.place is report[hit.ref] for hit in hits)
    assert all((-a.score, a.place.position) < (-b.score, b.place.position) for a, b in pairwise(hits))


@pytest.mark.parametrize("limit", [1, 2, 5, 187, 10**30])
def test_limit_cuts_the_same_ranking(report: Report, limit: int) -> None:
    """A smaller limit gives the first of what a greater one gives."""
    assert report.search("ASEAN and Japan", limit=limit) == report.search("ASEAN and Japan", limit=EVERYTHING)[:limit]


def test_ten_hits_unless_told(report: Report) -> None:
    """The limit has a default."""
    assert report.search("ASEAN and Japan") == report.search("ASEAN and Japan", limit=10)


@pytest.mark.parametrize("query", ["", " ", "\t\r\n", "\u3000\u00a0", None, 5, b"rice", ["rice"]], ids=repr)
def test_query_that_is_no_text_or_blank_is_refused(report: Report, query: str) -> None:
    """White space asks for nothing, nor does what is no text."""
    with pytest.raises(ArgumentError) as caught:
        report.search(query)
    assert (caught.value.argument, caught.value.value) == ("query", query)


@pytest.mark.parametrize("limit", [0, -1, -(10**30), True, None, "3", 2.5, float("nan")], ids=repr)
def test_limit_that_is_no_number_from_one_is_refused(report: Report, limit: int) -> None:
    """Nobody wants no hits, or half a hit."""
    with pytest.raises(ArgumentError) as caught:
        report.search("rice", limit=limit)
    assert caught.value.argument == "limit"
    assert caught.value.value is limit
    assert caught.value.expected.endswith(" 1")


def test_threads_search_at_once_and_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each thread has a connection of its own, opened at its first search and used again."""
    connect = cast("Callable[..., sqlite3.Connection]", sqlite3.connect)
    threads: list[object] = []
    mine = local()

    def counted(*arguments: object, **options: object) -> sqlite3.Connection:
        threads.append(mine)
        return connect(*arguments, **options)

    monkeypatch.setattr(sqlite3, "connect", counted)
    report = made("Rice.", "Wheat.", "Rice and barley.")
    barrier = Barrier(THREADS)

    def search(_: int) -> list[list[str]]:
        barrier.wait()
        return [found(report, query) for query in ("rice barley", "wheat", "rice barley")]

    with ThreadPoolExecutor(THREADS) as pool:
        results = list(pool.map(search, range(THREADS)))
    assert results == [[["II", "0"], ["I"], ["II", "0"]]] * THREADS
    assert len(threads) == THREADS


def test_engine_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for another thread searches with what that one has made."""
    report = made("Rice.")
    by_another: list[Hits] = []

    @contextmanager
    def waiting() -> Generator[None, None, None]:
        monkeypatch.undo()
        by_another.append(report.search("rice"))
        monkeypatch.setattr(sqlite3, "connect", None)  # Another engine would need another connection.
        yield

    monkeypatch.setattr("asean_japan.report._lock", waiting())
    assert report.search("rice") == by_another[0]


class WithoutFts5(sqlite3.Connection):
    """What SQLite is where it was built without FTS5."""

    closed = False

    def execute(self, sql: str, *arguments: object) -> sqlite3.Cursor:
        """Know no such module."""
        del sql, arguments
        raise sqlite3.OperationalError("no such module: fts5")

    def close(self) -> None:
        """Remember it."""
        super().close()
        self.closed = True


def test_sqlite_without_fts5_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search says what is missing, keeps nothing open, and works as soon as it can."""
    report = made("Rice.")
    connection = WithoutFts5(":memory:")

    def connect(*_: object, **__: object) -> sqlite3.Connection:
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", connect)
        with pytest.raises(SearchUnavailableError) as caught:
            report.search("rice")
    assert caught.value.reason == "this Python's SQLite was built without FTS5"
    assert isinstance(caught.value.__cause__, sqlite3.OperationalError)
    assert connection.closed
    assert found(report, "rice") == ["0"]


def test_python_without_sqlite_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search says what is missing, and works as soon as it can."""
    report = made("Rice.")
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "sqlite3", None)
        with pytest.raises(SearchUnavailableError) as caught:
            report.search("rice")
    assert caught.value.reason == "this Python was built without SQLite"
    assert isinstance(caught.value.__cause__, ImportError)
    assert found(report, "rice") == ["0"]


def test_snippet_shows_what_was_found() -> None:
    """Each word that was found stands between double asterisks."""
    (hit,) = made("Reserves of rice, and rice alone.").search("rice reserve")
    assert hit.snippet == "**Reserves** of **rice**, and **rice** alone."


def test_long_text_is_cut_around_what_was_found() -> None:
    """A snippet is a stretch of the text, with an ellipsis where it is cut."""
    before, after = (" ".join(f"{side}{at}" for at in range(100)) for side in "ba")
    (hit,) = made(f"{before} rice {after}").search("rice")
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    assert " **rice** " in hit.snippet
    assert len(hit.snippet.split()) < 30


@pytest.mark.parametrize("between", ["filler ", "x"])
def test_very_long_text_is_searched_whole(between: str) -> None:
    """Wherever a word stands in it, a node is found once and shown where it has most of the words."""
    filler = between * 20_000
    report = made(" ".join(f"Rice {filler} barley wheat {filler} oats".split()), "Wheat.")
    assert [found(report, query) for query in ("rice", "oats", "barley")] == [["0"]] * 3
    assert sorted(found(report, "wheat")) == ["0", "I"]
    assert all(f"**{word}**" in report.search(word)[0].snippet for word in ("Rice", "oats", "barley"))
    assert "**barley** **wheat**" in report.search("rice barley wheat")[0].snippet


def test_hit_is_shown_escaped() -> None:
    """In HTML the words that were found are marked, and the text is only text."""
    (hit,) = made('<b>Rice</b> & "reserves" <script>').search("rice")
    expected = "&lt;b&gt;<mark>Rice</mark>&lt;/b&gt; &amp; &quot;reserves&quot; &lt;script&gt;"
    assert hit._repr_html_() == f"<p><code>0</code> {expected}</p>"  # pyright: ignore[reportPrivateUsage]


def test_asterisks_of_the_text_mark_nothing() -> None:
    """Whatever a text has of the signs around found words, only these are marked, and the rest stays escaped."""
    (hit,) = made("** <i> **rice** <b> ** <u> **").search("rice")
    expected = "** &lt;i&gt; **<mark>rice</mark>** &lt;b&gt; ** &lt;u&gt; **"
    assert hit._repr_html_() == f"<p><code>0</code> {expected}</p>"  # pyright: ignore[reportPrivateUsage]


def test_hit_is_a_value(report: Report) -> None:
    """A hit cannot be changed; it compares by its content, hashes, copies and pickles."""
    field = "score"
    hit, other = report.search("Fukuda", limit=2)
    with pytest.raises(FrozenInstanceError):
        setattr(hit, field, 0.0)
    assert isinstance(hit, Hit)
    assert [hit, other] == [*report.search("Fukuda", limit=2)]
    assert len({hit, other, *report.search("Fukuda", limit=2)}) == 2
    assert copy.deepcopy(hit) == hit
    assert pickle.loads(pickle.dumps(hit)) == hit  # noqa: S301 # Of our own making.
    assert hit.ref is hit.place.ref


def test_reports_do_not_share_what_is_found() -> None:
    """A search looks into its own report."""
    one, other = made("Rice."), made("Wheat.")
    assert (found(one, "rice"), found(other, "rice")) == (["0"], [])


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("straße", "Straße"),
        ("Straße", "Straße"),
        (unicodedata.normalize("NFD", "étude"), "étude"),
        (unicodedata.normalize("NFD", "ガス"), "ガス"),
    ],
)
def test_words_of_a_text_find_it(query: str, text: str) -> None:
    """Case and composition of a query do not matter, in any script."""
    assert found(made(f"{text} x"), query) == ["0"]


def test_ended_thread_leaves_no_connection_open() -> None:
    """Where a thread or a report is gone, so are its connections; newer Pythons warn of those that are not."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        report = made("Rice.")
        thread = Thread(target=report.search, args=("rice",))
        thread.start()
        thread.join()
        report.search("rice")
        del thread, report
        gc.collect()
    assert [warning.category for warning in caught] == []

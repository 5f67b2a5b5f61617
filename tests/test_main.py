"""Tests of the command line."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from reader_copies import INDEX, REPORT, SENTENCES, blocks, plain

from asean_japan import Basis, DataError, Node, Ref, Report, __version__, dumps, export, load
from asean_japan.commands import check as check_command
from asean_japan.commands import entity as entity_command
from asean_japan.commands import search as search_command
from asean_japan.commands.main import main
from asean_japan.copies import fingerprints
from asean_japan.errors import SearchUnavailableError
from asean_japan.model import EntityFact, Layers
from asean_japan.model.places import detach

if TYPE_CHECKING:
    from collections.abc import Sequence


COMMANDS = ("show", "tree", "search", "trace", "entity", "check", "export", "bind", "find-quote")


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that works, and return what it prints, without the last line end."""
    assert main(arguments) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out.removesuffix("\n")


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that cannot be answered, and return the one line that says so."""
    try:
        status: object = main(arguments)
    except SystemExit as stop:  # Where the command line itself is at fault.
        status = stop.code
    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    assert printed.err.endswith("\n")
    assert printed.err.count("\n") == 1
    return printed.err.removesuffix("\n")


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    command = [sys.executable, "-m", "asean_japan", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **settings})


def lines(report: Report, address: str, depth: int | None = None) -> list[str]:
    """Draw a place with `Node.tree`."""
    node = report[address]
    assert isinstance(node, Node)
    return node.tree(depth=depth).splitlines()


@pytest.mark.parametrize(
    ("words", "canonical"),
    [
        (["III.2.4"], "III.2.4"),
        (["III-2-④,", "3rd", "bullet"], "III.2.4.3"),
        (["last", "bullet", "of", "III.2.4"], "III.2.4.8"),
        (["II.1.p1"], "II.1.p1"),
        (["0"], "0"),
    ],
)
def test_show(capsys: pytest.CaptureFixture[str], report: Report, words: list[str], canonical: str) -> None:
    """A place is shown with its address, in full, and with what is directly below it."""
    place = report[canonical]
    assert isinstance(place, Node)
    shown = answer(capsys, "show", *words)
    assert shown.startswith(f"{place.cite()}  ({canonical})\n\n{place.statement()}")
    below = shown.removeprefix(f"{place.cite()}  ({canonical})\n\n{place.statement()}").strip("\n")
    assert below.splitlines() == lines(report, canonical, 1)[1:]


def test_show_a_claim(capsys: pytest.CaptureFixture[str], report: Report) -> None:
    """A claim is shown in full, and nothing is below it."""
    assert answer(capsys, "show", "I.2.⑦,", "sentence", "3") == (
        f"I-2-⑦, sentence 3  (I.2.7.s3)\n\n{report['I.2.7.s3'].statement()}"
    )


def test_tree_of_the_report(capsys: pytest.CaptureFixture[str], report: Report) -> None:
    """Without an address all of the report is drawn."""
    assert answer(capsys, "tree") == report.tree()


@pytest.mark.parametrize("depth", [0, 1, 99])
def test_tree_to_a_depth(capsys: pytest.CaptureFixture[str], report: Report, depth: int) -> None:
    """The report is drawn as deep as is asked for."""
    assert answer(capsys, "tree", "--depth", str(depth)) == report.tree(depth=depth)


@pytest.mark.parametrize("arguments", [["III", "2", "④", "--depth", "1"], ["--depth=1", "III.2.4"]])
def test_tree_of_a_place(capsys: pytest.CaptureFixture[str], report: Report, arguments: list[str]) -> None:
    """A place is drawn with what is below it."""
    assert answer(capsys, "tree", *arguments).splitlines() == lines(report, "III.2.4", 1)


def test_tree_of_a_claim(capsys: pytest.CaptureFixture[str], report: Report) -> None:
    """A claim has nothing below it; its node is drawn."""
    assert answer(capsys, "tree", "I.2.7.s3").splitlines() == lines(report, "I.2.7")


def orders(words: Sequence[str], *options: Sequence[str]) -> list[list[str]]:
    """Put options at every place between words, in every order."""
    found: list[list[str]] = []
    for chosen in itertools.permutations(options):
        for places in itertools.combinations_with_replacement(range(len(words) + 1), len(chosen)):
            parts = [[word] for word in words]
            for place, option in sorted(zip(places, chosen, strict=True), key=lambda pair: -pair[0]):
                parts.insert(place, [*option])
            found.append([each for part in parts for each in part])
    return found


@pytest.mark.parametrize("arguments", orders(["III", "2", "④"], ["--depth", "1"]), ids=" ".join)
def test_options_stand_anywhere_in_tree(
    capsys: pytest.CaptureFixture[str], report: Report, arguments: list[str]
) -> None:
    """Words are joined, wherever options are among them."""
    assert answer(capsys, "tree", *arguments).splitlines() == lines(report, "III.2.4", 1)


@pytest.mark.parametrize("arguments", orders(["ASEAN", "and", "Japan"], ["--limit=2"]), ids=" ".join)
def test_options_stand_anywhere_in_search(
    capsys: pytest.CaptureFixture[str], report: Report, arguments: list[str]
) -> None:
    """The same is true of a query."""
    hits = report.search("ASEAN and Japan", limit=2)
    assert answer(capsys, "search", *arguments).splitlines()[::2] == [
        f"{hit.place.cite()}  {hit.place.gist}" for hit in hits
    ]


@pytest.mark.parametrize("arguments", orders(["III.2.4,", "3rd", "bullet"], ["--copy", "copy.txt"]), ids=" ".join)
def test_options_stand_anywhere_in_show(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """The same is true of a place to show."""
    monkeypatch.setattr(fingerprints, "load_index", lambda: INDEX)
    monkeypatch.chdir(tmp_path)
    Path("copy.txt").write_text(plain(blocks()), encoding="utf-8")
    shown = answer(capsys, "show", *arguments)
    assert "(III.2.4.3)\n" in shown
    assert "In copy.txt:" in shown


EXPORTED = orders(["markdown", "III-2", "④"], ["-o", "a.md"], ["--depth", "0"], ["--without=editorial"])


@pytest.mark.parametrize("arguments", EXPORTED, ids=" ".join)
def test_options_stand_anywhere_in_export(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    report: Report,
    arguments: list[str],
) -> None:
    """The same is true of a place to export."""
    monkeypatch.chdir(tmp_path)
    assert answer(capsys, "export", *arguments) == "written: a.md"
    bases = [Basis.STATED, Basis.RESTATED, Basis.RESEARCHED]
    assert Path("a.md").read_text("utf-8") == export.markdown(report["III.2.4"], depth=0, bases=bases)


@pytest.mark.parametrize(
    "arguments", [["--", "III.2"], ["--depth", "0", "--", "III.2"], ["III", "--depth", "0", "--", "2"]], ids=" ".join
)
def test_two_hyphens_end_the_options(capsys: pytest.CaptureFixture[str], report: Report, arguments: list[str]) -> None:
    """Everything after them is a word."""
    assert answer(capsys, "tree", *arguments).splitlines()[0] == lines(report, "III.2", 0)[0]
    assert "not an address: '--x'" in refusal(capsys, "tree", "--depth", "0", "--", "--x")


@pytest.mark.parametrize(("options", "limit"), [([], 10), (["--limit", "3"], 3), (["--limit", "1000"], 1000)])
def test_search(capsys: pytest.CaptureFixture[str], report: Report, options: Sequence[str], limit: int) -> None:
    """The hits are printed in their order, two lines each."""
    hits = report.search("ASEAN and Japan", limit=limit)
    expected = [line for hit in hits for line in (f"{hit.place.cite()}  {hit.place.gist}", f"    {hit.snippet}")]
    assert "\n".join(expected) == answer(capsys, "search", "ASEAN", "and", "Japan", *options)


def test_search_without_a_hit(capsys: pytest.CaptureFixture[str]) -> None:
    """An empty result is an answer, not an error."""
    assert answer(capsys, "search", "xylophone") == "none found"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([], "python -m asean_japan: the following arguments are required: COMMAND"),
        (["draw"], "python -m asean_japan: argument COMMAND: invalid choice: 'draw'"),
        (["a\nb"], r"python -m asean_japan: argument COMMAND: invalid choice: 'a\nb'"),
        (["show"], "python -m asean_japan show: the following arguments are required: REF"),
        (["show", "nowhere"], "python -m asean_japan: not an address: 'nowhere'"),
        (["show", ""], "python -m asean_japan: not an address: ''"),
        (["show", "I.2\n\n\x1b[2J"], r"python -m asean_japan: not an address: 'I.2\n\n\x1b[2J'"),
        (["show", "\udcff"], r"python -m asean_japan: not an address: '\udcff'"),
        (["show", "I" * 10_000], "python -m asean_japan: length of an address is 10000, over the limit of "),
        (["show", "III.9"], "python -m asean_japan: no such place: 'III.9' (III has III.1, III.2, III.3)"),
        (["show", "III-2-④(a)"], "python -m asean_japan: 'III-2-④(a)' is ambiguous: it can mean III.2.4.1.a, "),
        (["show", "I.2.⑥–⑧"], "python -m asean_japan: address is '"),
        (["tree", "VI"], "python -m asean_japan: no such place: 'VI'"),
        (["tree", "--depth", "-1"], "python -m asean_japan: depth is -1, expected "),
        (["tree", "--depth", "two"], "python -m asean_japan tree: argument --depth: invalid int value: 'two'"),
        (["tree", "--depth", "1.0"], "python -m asean_japan tree: argument --depth: invalid int value: '1.0'"),
        (["tree", "--depth", "1" * 5000], "python -m asean_japan tree: argument --depth: invalid int value: '111"),
        (["tree", "--depth"], "python -m asean_japan tree: argument --depth: expected one argument"),
        (["tree", "--width", "1"], "python -m asean_japan: unrecognized arguments: --width"),
        (["tree", "--depth", "1", "I", "--width"], "python -m asean_japan: unrecognized arguments: --width"),
        (["tree", "--depth", "1", "-"], "python -m asean_japan: not an address: '-'"),
        (["check", "a.json", "b.json"], "python -m asean_japan: unrecognized arguments: b.json"),
        (["bind", "a.pdf", "--loose", "b.pdf"], "python -m asean_japan: unrecognized arguments: b.pdf"),
        (["trace"], "python -m asean_japan trace: the following arguments are required: REF"),
        (["trace", "I.9"], "python -m asean_japan: no such place: 'I.9' ("),
        (["trace", "I.1-I.2"], "python -m asean_japan: address is 'I.1-I.2', expected one place"),
        (["entity"], "python -m asean_japan entity: the following arguments are required: NAME"),
        (["entity", " "], "python -m asean_japan: name is ' ', expected "),
        (["entity", "a\nb"], "python -m asean_japan: not named in the report: 'a\\nb'"),
        (["entity", "x" * 201], "python -m asean_japan: length of a name is 201, over the limit of 200"),
        (["search"], "python -m asean_japan search: the following arguments are required: WORDS"),
        (["search", " "], "python -m asean_japan: query is ' ', expected "),
        (["search", "rice", "--limit", "0"], "python -m asean_japan: limit is 0, expected "),
        (
            ["search", "rice", "--limit", "many"],
            "python -m asean_japan search: argument --limit: invalid int value: 'many'",
        ),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_bad_input(capsys: pytest.CaptureFixture[str], arguments: list[str], line: str) -> None:
    """Bad input is refused with status 2 and one line on standard error."""
    assert refusal(capsys, *arguments).startswith(line)


@pytest.mark.parametrize("words", [["I.1.2"], ["I-1-②"], ["III.2", "④"], ["IV.p1.s4"], ["0"]])
def test_trace(capsys: pytest.CaptureFixture[str], report: Report, words: list[str]) -> None:
    """The trace of a place is printed as it is written."""
    assert answer(capsys, "trace", *words) == str(report.trace(" ".join(words)))


@pytest.mark.parametrize(
    "name", ["aha-centre", "AOIP", "Japanese", "asean centrality", "year-50", "Fukuda Doctrine", "AOIP Vision Group"]
)
def test_entity(capsys: pytest.CaptureFixture[str], report: Report, name: str) -> None:
    """Everything known of a name is printed, each fact with its source, and then each mention with its place."""
    entity = report.entities[name]
    about, _, places = answer(capsys, "entity", *name.split()).partition("\n\n")
    title, *known = about.splitlines()
    assert title.startswith(f"{entity.name}  ({entity.kind}")
    assert f", {entity.acronym}" in title or entity.acronym is None
    assert (", part of " in title) is (entity.parent is not None)
    assert ("proposed by the report" in title) is entity.proposed
    facts = [*map(str, entity.facts)]
    forms = [f"  {form}" for form in (*entity.other_forms, *entity.homonyms)]
    forms = ["in other texts:", *forms] if forms else []
    assert known[: 1 if entity.note else 0] == [*filter(None, [entity.note])]
    assert known[len(known) - len(facts) :] == facts
    known = known[: len(known) - len(facts)]
    assert known[len(known) - len(forms) :] == forms
    between = dict(line.split(": ", 1) for line in known[1 if entity.note else 0 : len(known) - len(forms)])
    printed = {entity.name, *entity.forms, *entity.demonyms} - {entity.name}
    expected = {"tied to": {tie.name for tie in entity.ties}, "printed as": printed}
    assert {key.removeprefix("also "): set(names.split("; ")) for key, names in between.items()} == {
        key: names for key, names in expected.items() if names
    }
    assert ("also printed as" in between) is bool(entity.name in entity.forms and printed)
    borrowed = {Basis.EDITORIAL: "  [borrowed]", Basis.STATED: ""}
    assert places.splitlines() == [
        f"{each.ref}  {each.place.cite()}  {each.text}{borrowed[each.basis]}" for each in entity.mentions
    ]


def test_entity_with_everything(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    """Each line is printed if there is something to print; an entity without mentions says so."""
    nothing: Any = dict.fromkeys(("forms", "demonyms", "tie_keys", "facts"), ())
    body = attrs.evolve(report.entities["asean"], parent_key=None, note=None, acronym=None, **nothing)
    part = attrs.evolve(
        body,
        key="part",
        name="Part",
        forms=(),
        acronym="P",
        parent_key="asean",
        note="Odd.",
        proposed=True,
        demonyms=("Partly",),
        tie_keys=("asean",),
        facts=(EntityFact(field="a", value="b", source="c", read="2026"),),
    )
    sections = tuple(report.sections.values())
    made = Report(edition=report.edition, sections=sections, layers=Layers(entities=(body, part)))
    monkeypatch.setattr(entity_command, "load", lambda: made)
    assert answer(capsys, "entity", "part").splitlines() == [
        f"Part  ({body.kind}, P, proposed by the report, part of {body.name})",
        *("Odd.", "printed as: Partly", f"tied to: {body.name}", "a: b  (c, read 2026)", "", "named nowhere"),
    ]
    assert answer(capsys, "entity", "asean").splitlines() == [f"{body.name}  ({body.kind})", "", "named nowhere"]


def test_name_that_is_not_known_suggests(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown name is refused in one line, with suggestions."""
    assert refusal(capsys, "entity", "ASEAN", "Chater") == (
        "python -m asean_japan: not named in the report: 'ASEAN Chater'; did you mean ASEAN Charter?"
    )


@pytest.mark.parametrize("error", [DataError("report.json", ("cut @ report",)), SearchUnavailableError("no FTS5")])
def test_any_error_of_ours_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """A broken installation prints no traceback, either."""

    def load() -> Report:
        raise error

    monkeypatch.setattr(search_command, "load", load)
    assert refusal(capsys, "search", "rice") == f"python -m asean_japan: {error}"


@pytest.mark.parametrize("arguments", [["--help"], *([name, "-h"] for name in COMMANDS)])
def test_help(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """There is help for the whole, which lists each command, and for each command."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("usage: python -m asean_japan")
    assert arguments != ["--help"] or all(f"\n    {name}" in shown for name in COMMANDS)


def test_running_the_module(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """``python -m asean_japan`` takes its arguments from the command line and exits with the status."""
    monkeypatch.setattr(sys, "argv", ["asean_japan", "tree", "IV", "--depth", "0"])
    monkeypatch.delitem(sys.modules, "asean_japan.__main__", raising=False)  # Else runpy warns that it runs twice.
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("asean_japan", run_name="__main__")
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("IV. ")


def test_process(report: Report) -> None:
    """A real process prints the same, in UTF-8 where that is the encoding."""
    done = run("tree", "III-2-④", "--depth", "0", PYTHONIOENCODING="utf-8")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().split() == lines(report, "III.2.4", 0)[0].split()


def test_process_with_bad_input() -> None:
    """The exit status is that of `main`."""
    done = run("show", "nowhere")
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)


def test_console_without_our_characters(report: Report) -> None:
    """If a console lacks ④, its code point is printed."""
    done = run("show", "III.2.4", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"III-2-\\u2463  (III.2.4)")
    node = report["III.2.4"]
    assert node.statement() in done.stdout.decode("unicode_escape")


def test_console_without_our_characters_and_bad_input() -> None:
    """Errors need no more than ASCII, either."""
    done = run("show", "III-9-④", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"'III-9-\\u2463'" in done.stderr


@pytest.mark.parametrize("arguments", [["tree", "--a\nb"], ["tree", "--depth", "1", "--x\n\ny"]])
def test_unknown_option_is_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """Invisible characters are escaped, also in the messages of argparse."""
    refusal(capsys, *arguments)


def test_closed_pipe_is_no_error() -> None:
    """A reader may close the pipe early."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "asean_japan", "tree"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_closed_pipe_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same is true inside this process."""
    read, write = os.pipe()
    os.close(read)
    with open(write, "w", encoding="utf-8") as closed:  # noqa: PTH123  # A descriptor has no path.
        monkeypatch.setattr(sys, "stdout", closed)
        assert main(["tree"]) == 0


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The command line prints its version."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"{__version__}\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_full_disk_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that cannot be written is one line on standard error."""
    with Path("/dev/full").open("w", encoding="utf-8", buffering=1) as full, contextlib.suppress(OSError):
        monkeypatch.setattr(sys, "stdout", full)
        assert main(["tree"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_no_console(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without standard output nothing is written."""
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["tree", "IV"]) == 0


def test_check_of_the_bundled_data(capsys: pytest.CaptureFixture[str]) -> None:
    """The command says what it has checked."""
    assert answer(capsys, "check") == "nothing found: 187 places, 255 claims"


def test_check_of_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A report in a file is checked, too; every fault is a line, and the status is 1."""
    path = tmp_path / "report.json"
    path.write_text(dumps(load()), "utf-8")
    assert answer(capsys, "check", str(path)) == "nothing found: 187 places, 255 claims"
    path.write_text(dumps(load()).replace('"gist": "', '"gist": " ', 2), "utf-8")
    assert main(["check", str(path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "stray white space or characters that do not show @ report.sections[0].gist",
        "stray white space or characters that do not show @ report.sections[0].children[0].gist",
    ]
    path.write_text("[1,]", "utf-8")
    assert main(["check", str(path)]) == 1
    assert capsys.readouterr().out == "not JSON, stopped at ']', line 1 column 4 @ report\n"
    path.write_bytes(b" " * (10_000_000 + 1_000))
    assert "is 10000001, over the limit of 10000000" in refusal(capsys, "check", str(path))


def test_check_of_data_that_are_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, report: Report
) -> None:
    """Faults of the bundled data are listed, too."""
    first, *others = (detach(section) for section in report.sections.values())
    wrong = Report.trusted(report.edition, (attrs.evolve(first, gist=""), *others))
    monkeypatch.setattr(check_command, "load", lambda: wrong)
    assert main(["check"]) == 1
    assert capsys.readouterr().out == "empty @ report.sections[0].gist\n"


@pytest.mark.parametrize("name", ["missing.json", ".", "a\x00b", "x" * 5000])
def test_check_of_a_file_that_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    """The line names the file and says why."""
    assert "expected a file that can be read" in refusal(capsys, "check", str(tmp_path / name))


# A reader's copy.


def test_bind(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command prints how much of the report a copy has, and refuses another text."""
    monkeypatch.setattr(fingerprints, "load_index", lambda: INDEX)
    path = tmp_path / "copy.txt"
    path.write_text(plain(blocks()), encoding="utf-8")
    first, second, *_ = answer(capsys, "bind", str(path)).splitlines()
    assert first.startswith("copy.txt (text, ")
    assert second == "verified     255 of 255 sentences"
    path.write_text("Some other text.\n", encoding="utf-8")
    line = refusal(capsys, "bind", str(path))
    assert "; expected the text of 2023-02 in 'en'" in line
    assert "'copy.txt' is not a copy of this report" in line
    assert line.endswith("; --loose shows what was found")
    assert main(["bind", "--loose", "--format", "text", str(path)]) == 1
    told = capsys.readouterr().out
    assert "missing      255 of 255" in told
    assert "\n\nnot proved:\ntitle  missing\n" in told
    assert told.splitlines()[-4:] == ["and 249 more", "", "extra:", "Some other text."]
    assert "No such file" in refusal(capsys, "bind", "none.pdf")


@pytest.mark.parametrize("arguments", [["show", "I.2"], ["export", "html", "I.2"]], ids=" ".join)
def test_copy_of_something_else(capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str]) -> None:
    """A command without the option that would help names the one that has it."""
    path = tmp_path / "copy.txt"
    path.write_text("Some other text.\n", encoding="utf-8")
    line = refusal(capsys, *arguments, "--copy", str(path))
    assert "'copy.txt' is not a copy of this report" in line
    assert line.endswith("; bind --loose shows what was found")


@pytest.mark.parametrize(
    "arguments", [["bind", "-"], ["show", "III.2.4", "--copy", "-"], ["bind", "--format", "text", "-"]]
)
def test_standard_input(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy comes from the standard input, as bytes, if that is asked for; it may be missing."""
    monkeypatch.setattr(fingerprints, "load_index", lambda: INDEX)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(plain(blocks()).encode("utf-16"))))
    assert "verified" in answer(capsys, *arguments)
    monkeypatch.setattr(sys, "stdin", io.StringIO(plain(blocks())))
    assert "verified" in answer(capsys, *arguments)
    monkeypatch.setattr(sys, "stdin", None)
    assert refusal(capsys, *arguments).endswith("there is no standard input")


def test_bind_tells_what_is_wrong(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not proved, out of order or extra is listed, and the status is that of a check."""
    monkeypatch.setattr(fingerprints, "load_index", lambda: INDEX)
    path = tmp_path / "copy\u202e.txt"
    words = dict(SENTENCES)
    first, second, third = (Ref.parse(f"I.2.7.s{number}") for number in (1, 2, 3))
    words[first], words[second] = words[second], words[first]
    words[third] = words[third].replace("long", "\x1b[2Jshort")
    for ref in list(words)[-30:-5]:
        words[ref] += f" Added at {ref}."
    heading = REPORT.sections["III"].heading or ""
    path.write_text(plain(blocks(words)).replace(heading, "") + f"\f{heading}\n", encoding="utf-8")
    assert main(["bind", str(path)]) == 1
    told = capsys.readouterr().out
    assert all(char.isprintable() for char in told if char != "\n")
    assert told.startswith(r"'copy\u202e.txt' (text, ")
    wrong = told.partition("\n\n")[2].splitlines()
    assert wrong[:2] == ["not proved:", f"{third}  located, page 1  {words[third][:60]}...".replace("\x1b", r"\x1b")]
    assert wrong[3:6] == ["out of order:", f"III  {heading}", f"{second}  {SENTENCES[second][:60]}..."]
    assert wrong[7:9] == ["extra:", f"Added at {list(words)[-30]}., page 1"]
    assert (len(wrong), wrong[-1]) == (29, "and 5 more")


def test_show_with_a_copy(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of the copy are shown, and whether they are proved."""
    monkeypatch.setattr(fingerprints, "load_index", lambda: INDEX)
    path = tmp_path / "copy.txt"
    claim = REPORT.claims["III.2.4.3.a.s1"]
    pages = plain(blocks()).replace(claim.text, "Something else.")
    path.write_text(pages.replace("IV.", "\fIV."), encoding="utf-8")
    shown = answer(capsys, "show", "I.2.7", "--copy", str(path))
    assert "In copy.txt:\n[verified, page 1] " in shown
    assert SENTENCES[Ref.parse("I.2.7.s3")] in shown
    assert answer(capsys, "show", "IV.p1.s1", "--copy", str(path)).splitlines()[-1].startswith("[verified, page 2] ")
    assert answer(capsys, "show", str(claim.ref), "--copy", str(path)).endswith("[missing]")


def test_show_the_heading_in_a_copy(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A place that has only a heading shows it; characters that would steer the console are escaped."""
    monkeypatch.setattr(fingerprints, "load_index", lambda: INDEX)
    path = tmp_path / "copy\u202e.txt"
    heading = REPORT.sections["I"].heading or ""
    path.write_text(plain(blocks()).replace(heading, heading.replace(" ", " \x1b[2J", 1)), encoding="utf-8")
    shown = answer(capsys, "show", "I", "--copy", str(path))
    assert "In copy\\u202e.txt:\n[located] " + heading.replace(" ", r" \x1b[2J", 1) in shown
    shown = answer(capsys, "show", "III", "--copy", str(path))
    assert f"In copy\\u202e.txt:\n[verified] {REPORT.sections['III'].heading}\n" in shown

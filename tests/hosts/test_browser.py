"""
Tests of what is written for browsers, in a real one: whatever a text holds, it is text.

The texts are those below and those of `payloads`, with what runs in the place of what only alerts.
"""

from __future__ import annotations

import copy
import html
import itertools
import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import payloads
import pytest
from markdown_it import MarkdownIt

from asean_japan import Claim, Node, Place, Report, dumps, export, from_dict, load
from asean_japan.export import _akn, _graphml, _html, _jsonld, _markdown

if TYPE_CHECKING:
    from collections.abc import Callable

Json: TypeAlias = Any

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--host-resolver-rules=MAP * ~NOTFOUND",  # What a text asks for from elsewhere is not there, at once.
    *("--virtual-time-budget=2000", "--dump-dom"),  # Time for what runs late; it is not waited for.
)

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there")

# Each adds an element named "ran" once it is read as more than text, as it is in the page beside it.
FOCUS = "<script>document.querySelector('[onfocus]').dispatchEvent(new Event('focus'))</script>"  # Not left to chance.
RUN = "document.body.appendChild(document.createElement(`ran`))"
PAYLOADS = {
    f"<script>{RUN}</script>": "{}",
    f"</details></summary></p></code><script>{RUN}</script>": "{}",
    f'<img src=x onerror="{RUN}">': "{}",
    f"<svg onload={RUN}>": "{}",
    f'" onfocus="{RUN}" autofocus tabindex="0': f'<b title="{{}}">b</b>{FOCUS}',
    f"' onfocus='{RUN}' autofocus tabindex='0": f"<b title='{{}}'>b</b>{FOCUS}",
    f'"><input autofocus onfocus="{RUN}">': f'<b title="{{}}">b</b>{FOCUS}',
    f'<details open ontoggle="{RUN}">': "{}",
    f'<iframe srcdoc="&lt;script&gt;parent.{RUN}&lt;/script&gt;"></iframe>': "{}",
    f'<a id="link" href="javascript:{RUN}">a</a>': '{}<script>document.getElementById("link").click()</script>',
    f"--><script>{RUN}</script><!--": "<!-- {} -->",
    f"</style></title></textarea><script>{RUN}</script>": "<textarea>{}</textarea>",
    f"<![CDATA[><script>{RUN}</script>]]>": "{}",
    f"&lt;script&gt;parent.{RUN}&lt;/script&gt;": '<iframe srcdoc="{}"></iframe>',  # Escaped once already.
    f"**<script>{RUN}</script>**": "{}",  # The signs around what a search found.
}

# The same in XML, where a script needs the namespace of HTML.
XML_RUN = "document.documentElement.appendChild(document.createElement(`ran`))"
XML_SCRIPT = f'<script xmlns="http://www.w3.org/1999/xhtml">{XML_RUN}</script>'
XML_PAYLOADS = {
    XML_SCRIPT: "<a>{}</a>",
    f"</data></node>{XML_SCRIPT}<node><data>": "<a><node><data>{}</data></node></a>",
    f"]]>{XML_SCRIPT}<![CDATA[": "<a><![CDATA[{}]]></a>",
    f'"/>{XML_SCRIPT}<a b="': '<c><a b="{}"/></c>',
    f"-->{XML_SCRIPT}<!--": "<a><!-- {} --></a>",
}

ALERT = "alert(1)"  # What those of the core do, where they do something.
CORPUS = tuple(
    dict.fromkeys((*PAYLOADS, *XML_PAYLOADS, *(payload.replace(ALERT, RUN) for payload in payloads.PAYLOADS)))
)
XML_CORPUS = tuple(
    payload.replace(RUN, XML_RUN).replace("<script>", '<script xmlns="http://www.w3.org/1999/xhtml">')
    for payload in CORPUS
)

# In a script element that holds data. What is beside it reads each as JSON, and says how many it could.
DATA = '<script type="application/ld+json">{}</script>'
READ = """<script>
for (const each of document.querySelectorAll("script[type='application/ld+json']"))
  document.body.append(document.createElement(Array.isArray(JSON.parse(each.text)["@graph"]) ? "understood" : "other"));
</script>"""

# Beside documents in frames: it starts whatever waits for somebody, and then says of each frame how many payloads ran
# in it, and of how many elements, with which attributes, it is made.
WATCH = """<script>
const waited = (time) => new Promise((done) => setTimeout(done, time));
function started(frame) {
  for (const each of frame.contentDocument.querySelectorAll("*")) {
    for (const { name } of [...each.attributes])
      if (name.startsWith("on")) each.dispatchEvent(new Event(name.slice(2)));
    if (String(each.href).startsWith("javascript:")) each.click();
  }
}
function told(frame) {
  const found = [...frame.contentDocument.querySelectorAll("*")];
  const made = found.map((each) => [each.localName, ...each.getAttributeNames()].join(" "));
  const counts = {};
  for (const name of made) counts[name] = (counts[name] || 0) + 1;
  return { ran: found.filter((each) => each.localName === "ran").length, made: counts };
}
const tried = (act, frame) => { try { return act(frame); } catch { return { ran: 0, made: { left: 1 } }; } };
addEventListener("load", async () => {
  const frames = [...document.querySelectorAll("iframe")];
  frames.forEach((frame) => tried(started, frame));
  await waited(300);
  const results = document.createElement("pre");
  results.textContent = JSON.stringify(frames.map((frame) => tried(told, frame)));
  frames.forEach((frame) => frame.remove());
  document.body.append(results);
});
</script>"""
POLICY = re.compile('<meta http-equiv="Content-Security-Policy"[^>]*>')


# What a reader of a report could have written into its layers, by the collection and what that holds.
TEXTS: dict[str, tuple[str, ...]] = {
    "entities": ("name", "acronym", "note", "facts.value", "facts.source"),
    "dates": ("event",),
    "quantities": ("unit", "counts"),
    "links": ("reason",),
    "overlays": (
        *("title", "description", "source", "credits", "codes.label", "codes.definition", "codes.uri"),
        "assignments.reason",
    ),
}


def spoil(value: Json, path: str, payload: str) -> None:
    """Put *payload* where there is a text."""
    name, _, below = path.partition(".")
    for each in value[name] if below else ():
        spoil(each, below, payload)
    if not below:
        value[name] = value[name] and payload


def poisoned(payload: str) -> Report:
    """Build the bundled report anew, with *payload* for every text."""
    document: Json = copy.deepcopy(json.loads(dumps(load())))
    for field in ("title", "issuer", "status", "data_version", "language", "source", "license"):
        document["edition"][field] = payload
    waiting: list[Json] = list(document["sections"])
    while waiting:
        node = waiting.pop()
        node["gist"] = payload
        node["heading"] = node["heading"] and payload
        for claim in node["claims"]:
            claim["text"] = f"rice {payload}"
        waiting += node["children"]
    poison_layers(document["layers"], payload)
    return from_dict(document)


def poison_layers(layers: Json, payload: str) -> None:
    """Put *payload* for every text of the layers; what stands in a claim then stands where the claim begins."""
    for collection, paths in TEXTS.items():
        for each, path in itertools.product(layers[collection], paths):
            spoil(each, path, payload)
    spans = [each for name in ("mentions", "dates", "quantities", "links") for each in layers[name]]
    for each in spans:
        each.update({"start": 0, "end": 4} if each["start"] is not None else {})
    told_by = {
        "mentions": "ref key",
        "dates": "ref edtf",
        "quantities": "ref unit",
        "links": "source_ref target_ref kind",
    }
    for name, fields in told_by.items():  # With spans alike, some would be said twice.
        layers[name] = [*{tuple(each[field] for field in fields.split()): each for each in layers[name]}.values()]
    for entity in layers["entities"]:
        entity["forms"] = [payload for _ in entity["forms"]]


def rendered(body: str, folder: Path) -> str:
    """Open a page in the browser and return the document as it is in the end."""
    return opened(f'<!doctype html><html lang="en"><meta charset="utf-8"><body>{body}</body></html>', folder, "html")


def opened(text: str, folder: Path, kind: str) -> str:
    """Open a file of a kind in the browser and return the document as it is in the end."""
    page = folder / f"page.{kind}"
    page.write_text(text, "utf-8")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", page.as_uri()]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=60)
    return done.stdout


def runs(document: str) -> int:
    """Count the payloads that ran."""
    return len(re.findall("<ran[ />]", document))  # A text has no such sign: it is written as what stands for one.


def shown(value: object) -> str:
    """Return the HTML of *value*."""
    return cast("Callable[[], str]", getattr(value, "_repr_html_"))()  # noqa: B009 # No part of the public types.


def watched(documents: list[str], folder: Path) -> list[Json]:
    """Open documents, each in a frame of its own, and return what ran in each and of what it is made."""
    frames = "".join(f'<iframe srcdoc="{html.escape(document)}"></iframe>' for document in documents)
    (told,) = re.findall("<pre>(.*?)</pre>", rendered(frames + WATCH, folder), re.DOTALL)
    found: list[Json] = json.loads(html.unescape(told))
    assert len(found) == len(documents)
    return found


def more(found: Json, plain: Json) -> set[str]:
    """Return the elements of which a document has more than a plain one."""
    return {name for name, count in found["made"].items() if count > plain["made"].get(name, 0)}


def marked_up(place: Report | Place) -> str:
    """Make a page of Markdown, with a reader that takes HTML, tables and links."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    body = reader.render(export.markdown(place))
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body>{body}</body></html>'


def without_policy(place: Report | Place) -> str:
    """Make a page that has to hold by its escaping alone."""
    page, found = POLICY.subn("", export.html(place))
    assert found == 1
    return page


PAGES: dict[str, Callable[[Report | Place], str]] = {
    "html": export.html,
    "html without its policy": without_policy,
    "markdown": marked_up,
}
SWITCHES = ((_html, "escaped"), (_markdown, "_line"), (_akn, "xml_text"), (_graphml, "xml_text"))


def parts_of(make: Callable[[Report | Place], str], corpus: tuple[str, ...] = CORPUS) -> list[str]:
    """Make a document of a part for each payload."""
    return [make(payloads.poisoned(payload)["III.2.4.3"]) for payload in corpus]


def documents(make: Callable[[Report | Place], str], corpus: tuple[str, ...] = CORPUS) -> list[str]:
    """Make these, and one of the whole report, with all payloads in turn."""
    return [*parts_of(make, corpus), make(payloads.poisoned(*corpus))]


def unescaped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch escaping off."""
    for module, name in SWITCHES:
        monkeypatch.setattr(module, name, payloads.raw)


def test_payloads_run_where_nothing_is_escaped(tmp_path: Path) -> None:
    """The control: a page of the payloads as they are; if none ran here, the other tests would say nothing."""
    for at, (payload, page) in enumerate(PAYLOADS.items()):
        folder = tmp_path / str(at)
        folder.mkdir()
        assert runs(rendered(page.format(payload), folder)) >= 1, payload


def test_no_payload_runs(tmp_path: Path) -> None:
    """A report, a node, a claim, a collection and a hit of which every text is a payload show it as text."""
    parts: list[str] = []
    for payload in PAYLOADS:
        report = poisoned(payload)
        item, claim = report["III.2.4"], report["I.2.7.s3"]
        assert isinstance(item, Node)
        assert isinstance(claim, Claim)
        parts += map(shown, (report, item, claim, report.pillars, report.claims, *report.search("rice script")))
        overlay = report.overlays["sdg"]
        parts += map(shown, (report.entities, report.entities["aoip"], report.overlays, overlay, overlay.coverage()))
        parts.append(shown(report.trace("I.1.3")))
    document = rendered("".join(parts), tmp_path)
    assert runs(document) == 0
    assert document.count("<details") >= 187 * len(PAYLOADS)
    for tag in ("<script", "<img", "<svg", "<iframe", "<input", "<a ", "<!--"):
        assert tag not in document


def test_corpus_is_that_of_both() -> None:
    """It is not to shrink unseen, and most of it could run."""
    assert len(CORPUS) == len(XML_CORPUS) >= len(payloads.PAYLOADS) + len(PAYLOADS)
    assert sum(RUN in payload for payload in CORPUS) >= 20
    assert sum(XML_RUN in payload for payload in XML_CORPUS) >= 20
    assert not [payload for payload in CORPUS if ALERT in payload]


def test_no_payload_of_both_runs(tmp_path: Path) -> None:
    """Nor does any of the larger corpus run in what a notebook shows."""
    parts: list[str] = []
    for payload in CORPUS:
        report = payloads.poisoned(payload)
        place = report["III.2.4.3"]
        assert isinstance(place, Node)
        parts += map(shown, (place, *place.claims, report.pillars, report.entities["aoip"], report.overlays["sdg"]))
    document = rendered("".join(parts), tmp_path)
    assert runs(document) == 0
    for tag in (
        "<script",
        "<img",
        "<svg",
        "<iframe",
        "<input",
        "<a ",
        "<meta http",
        "<base",
        "<link",
        "<style",
        "<!--",
    ):
        assert tag not in document


@pytest.mark.parametrize("name", PAGES)
def test_no_payload_runs_in_a_page(name: str, tmp_path: Path) -> None:
    """HTML, with its policy and without, and Markdown that a reader has made HTML of hold texts only."""
    make = PAGES[name]
    words = [f"words {at}" for at in range(len(CORPUS))]
    part, whole = watched([make(payloads.poisoned("words")["III.2.4.3"]), make(payloads.poisoned(*words))], tmp_path)
    *parts, last = watched(documents(make), tmp_path)
    assert len(parts) == len(CORPUS)
    assert last["ran"] == 0
    assert more(last, whole) == set()
    for payload, found in zip(CORPUS, parts, strict=True):
        assert found["ran"] == 0, payload
        assert more(found, part) == set(), payload


@pytest.mark.parametrize(("name", "least"), [("html", 0), ("html without its policy", 20), ("markdown", 10)])
def test_payloads_run_in_a_page_that_escapes_nothing(
    name: str, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: they do run without escaping, unless the policy of the page forbids it, which holds alone."""
    (plain,) = watched([PAGES[name](payloads.poisoned("words")["III.2.4.3"])], tmp_path)
    unescaped(monkeypatch)
    found = watched(parts_of(PAGES[name]), tmp_path)
    assert sum(each["ran"] > 0 for each in found) >= least
    assert least or not sum(each["ran"] for each in found)
    assert sum(bool(more(each, plain)) for each in found) >= 20


def test_bundled_report_is_whole(tmp_path: Path) -> None:
    """All boxes are there, the sections are open, the rest is closed, and nothing is asked for from elsewhere."""
    document = rendered(shown(load()), tmp_path)
    assert document.count("<details") == document.count("</details>") == 187
    assert document.count('<details open="" ') == 5
    for name in ("src=", "href=", "url(", "<script", "<link"):
        assert name not in document


def test_payloads_run_in_data_where_nothing_is_escaped(tmp_path: Path) -> None:
    """The control: JSON as Python writes it ends the element that holds it, and what follows runs."""
    payload = f"</script><script>{RUN}</script>"
    assert runs(rendered(DATA.format(json.dumps({"a": payload})), tmp_path)) == 1


def test_no_payload_runs_in_data(tmp_path: Path) -> None:
    """JSON-LD can stand in a page as it is, and is read there as it was written."""
    texts = documents(export.jsonld)
    document = rendered("".join(map(DATA.format, texts)) + READ, tmp_path)
    assert runs(document) == 0
    assert document.count("<understood></understood>") == len(texts)


def test_payloads_run_in_data_that_escapes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without escaping, some of them end the element."""
    monkeypatch.setattr(_jsonld, "_IN_HTML", {})
    document = rendered("".join(map(DATA.format, parts_of(export.jsonld))) + READ, tmp_path)
    assert runs(document) > 0
    assert document.count("<understood></understood>") < len(CORPUS)


@pytest.mark.parametrize("payload", XML_PAYLOADS)
def test_payload_runs_in_xml_where_nothing_is_escaped(payload: str, tmp_path: Path) -> None:
    """The control for XML."""
    assert runs(opened(XML_PAYLOADS[payload].format(payload), tmp_path, "xml")) == 1


XML: dict[str, Callable[[Report | Place], str]] = {"graphml": export.graphml, "akomaNtoso": export.akn}


def in_one(texts: list[str]) -> str:
    """Put documents into one, each without what says that it is XML."""
    return f"<all>{''.join(text.partition('?>')[2] for text in texts)}</all>"


@pytest.mark.parametrize("name", XML)
def test_no_payload_runs_in_xml(name: str, tmp_path: Path) -> None:
    """GraphML and Akoma Ntoso that are opened as XML hold text only."""
    texts = documents(XML[name], XML_CORPUS)
    document = opened(in_one(texts), tmp_path, "xml")
    assert runs(document) == 0
    assert document.count(f"<{name}") == len(texts)
    assert "<script" not in document
    assert "parsererror" not in document


@pytest.mark.parametrize("name", XML)
def test_payloads_break_xml_that_escapes_nothing(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without escaping, the documents are no XML, and where a text stands in no attribute, it runs."""
    unescaped(monkeypatch)
    assert "parsererror" in opened(in_one(parts_of(XML[name], XML_CORPUS)), tmp_path, "xml")
    if name == "graphml":
        assert runs(opened(in_one(parts_of(XML[name], (XML_SCRIPT,))), tmp_path, "xml")) > 0

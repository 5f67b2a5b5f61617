"""Tests of what is written for browsers, in a real one: whatever a text holds, it is text."""

from __future__ import annotations

import copy
import itertools
import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import pytest

from asean_japan import Claim, Node, Report, dumps, export, from_dict, load

if TYPE_CHECKING:
    from collections.abc import Callable

Json: TypeAlias = Any

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
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

# In a script element that holds data. What is beside it reads each as JSON, and says how many it could.
DATA = '<script type="application/ld+json">{}</script>'
READ = """<script>
for (const each of document.querySelectorAll("script[type='application/ld+json']"))
  document.body.append(document.createElement(Array.isArray(JSON.parse(each.text)["@graph"]) ? "understood" : "other"));
</script>"""


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
    for field in ("title", "issuer", "status", "data_version", "language", "source", "licence"):
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
    return document.count("<ran></ran>") + document.count("<ran/>")


def shown(value: object) -> str:
    """Return the HTML of *value*."""
    return cast("Callable[[], str]", getattr(value, "_repr_html_"))()  # noqa: B009 # No part of the public types.


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
    texts = [export.jsonld(poisoned(payload)["III.2.4"]) for payload in PAYLOADS]
    document = rendered("".join(map(DATA.format, texts)) + READ, tmp_path)
    assert runs(document) == 0
    assert document.count("<understood></understood>") == len(PAYLOADS)


@pytest.mark.parametrize("payload", XML_PAYLOADS)
def test_payload_runs_in_xml_where_nothing_is_escaped(payload: str, tmp_path: Path) -> None:
    """The control for XML."""
    assert runs(opened(XML_PAYLOADS[payload].format(payload), tmp_path, "xml")) == 1


def test_no_payload_runs_in_xml(tmp_path: Path) -> None:
    """GraphML that is opened as XML holds text only."""
    payloads = [*XML_PAYLOADS, *PAYLOADS]
    texts = [export.graphml(poisoned(payload)["III.2.4"]).partition("?>")[2] for payload in payloads]
    document = opened(f"<all>{''.join(texts)}</all>", tmp_path, "xml")
    assert runs(document) == 0
    assert document.count("<graphml") == len(payloads)
    assert "<script" not in document

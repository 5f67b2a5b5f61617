"""Tests of the HTML in a real browser: whatever a text holds, it is text."""

from __future__ import annotations

import copy
import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import pytest

from asean_japan import Claim, Node, Report, dumps, from_dict, load

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
    return from_dict(document)


def rendered(body: str, folder: Path) -> str:
    """Open a page in the browser and return the document as it is in the end."""
    page = folder / "page.html"
    page.write_text(f'<!doctype html><html lang="en"><meta charset="utf-8"><body>{body}</body></html>', "utf-8")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", page.as_uri()]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=60)
    return done.stdout


def runs(document: str) -> int:
    """Count the payloads that ran."""
    return document.count("<ran></ran>")


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

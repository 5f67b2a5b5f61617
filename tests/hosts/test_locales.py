"""Tests in locales with letters, numbers and years of their own, which glibc's `localedef` makes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from test_environments import asked

SOURCES = Path("/usr/share/i18n/locales")
LOCALES = {"tr_TR": ("UTF-8", "ISO-8859-9"), "th_TH": ("UTF-8", "TIS-620"), "ja_JP": ("UTF-8", "EUC-JP")}
ENCODINGS = {"UTF-8": "utf-8", "ISO-8859-9": "iso8859-9", "TIS-620": "tis-620", "EUC-JP": "euc_jp"}

pytestmark = pytest.mark.skipif(
    shutil.which("localedef") is None or not all((SOURCES / name).exists() for name in LOCALES),
    reason=f"localedef or {SOURCES} is not there",
)


@pytest.mark.parametrize(("name", "encoding"), [(name, each) for name, both in LOCALES.items() for each in both])
def test_every_answer_is_the_same(name: str, encoding: str, tmp_path: Path) -> None:
    """Neither a dotless i nor a year of the Buddha nor an old encoding gets into an answer."""
    made = tmp_path / f"{name}.{encoding}"
    subprocess.run(["localedef", "-i", name, "-f", encoding, made], check=True, capture_output=True)  # noqa: S607
    facts = asked("-X", "utf8=0", LOCPATH=str(tmp_path), LC_ALL=made.name)
    assert (facts["locale"], facts["encoding"]) == (made.name, ENCODINGS[encoding])

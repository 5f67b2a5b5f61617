"""What a frozen program needs of this package: its data, and the modules that are fetched when first used."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_LEFT_OUT = {"__pyinstaller", "testing"}  # A program has no use for them, and `testing` would bring hypothesis.
_MODULES = [path.relative_to(_PACKAGE).with_suffix("").parts for path in sorted(_PACKAGE.rglob("*.py"))]

datas = [(str(_PACKAGE / "data"), "asean_japan/data")]
hiddenimports = [
    ".".join(["asean_japan", *parts]).removesuffix(".__init__") for parts in _MODULES if parts[0] not in _LEFT_OUT
]

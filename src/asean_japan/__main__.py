"""The command line: ``python -m asean_japan show III.2.4``."""

from __future__ import annotations

from asean_japan.commands.main import main

if __name__ == "__main__":
    raise SystemExit(main())

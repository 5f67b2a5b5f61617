"""What PyInstaller reads, so that it finds the data and the modules of this package without flags."""

from __future__ import annotations


def get_hook_dirs() -> list[str]:
    """
    Return the folder of the hooks; the entry point ``pyinstaller40`` names this function.

    >>> len(get_hook_dirs())
    1
    """
    return list(__path__)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the sh block of a page that begins with a line: block.py PAGE LINE"""

import pathlib
import sys

from markdown import Page

ROOT = pathlib.Path(__file__).resolve().parents[2]


def block(page, name):
    for found in Page(ROOT, ROOT / page).shell_blocks():
        if found.name == name:
            return found.text
    raise SystemExit(f"{page} has no sh block that begins with: {name}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(block(*sys.argv[1:]))

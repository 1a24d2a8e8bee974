#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program in a private desktop: run.py BINARY [TEST…]

Debian's Python, since gi and pyatspi come from there."""

import os
import sys
import unittest

from session import Session

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    os.environ["KEYWHEEL_BINARY"] = os.path.abspath(sys.argv[1])
    Session.shared = Session().start()
    names = sys.argv[2:] or ["test_desktop"]
    suite = unittest.defaultTestLoader.loadTestsFromNames(names)
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    Session.shared.close()
    sys.exit(not result.wasSuccessful())

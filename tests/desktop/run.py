#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program in a private desktop: run.py BINARY [TEST…]

--flatpak as BINARY is the Flatpak that the user who runs this has installed.
Debian's Python, since gi and pyatspi come from there."""

import os
import sys
import unittest

from program import FLATPAK, flatpak_starter
from session import Session

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    Session.shared = Session()
    if sys.argv[1] == "--flatpak":
        os.environ["KEYWHEEL_FLATPAK"] = FLATPAK
        os.environ["KEYWHEEL_BINARY"] = flatpak_starter(Session.shared.folder)
    else:
        os.environ["KEYWHEEL_BINARY"] = os.path.abspath(sys.argv[1])
    Session.shared.start()
    names = sys.argv[2:] or ["test_desktop"]
    suite = unittest.defaultTestLoader.loadTestsFromNames(names)
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    Session.shared.close()
    sys.exit(not result.wasSuccessful())

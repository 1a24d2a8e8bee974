# SPDX-License-Identifier: GPL-3.0-or-later
"""What test_docs.py does with each sh block of the pages. A block is named by its page and first line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Runs it, in the folder that its page has for itself; `says` is a pattern in what it prints."""
    says: str = ""


@dataclass(frozen=True)
class Leave:
    """Does not run it, and says why. What can be told without: its syntax, targets and options."""
    why: str


BLOCKS = {
    "README.md": {
        "git clone <address of this repository> keywheel && cd keywheel": Leave("downloads and builds"),
        "make test": Leave("builds, and runs this test"),
        "make run": Leave("builds"),
        "export OPENAI_BASE_URL=http://localhost:3000/v1": Run(),
        "curl http://localhost:3000/v1/chat/completions -H 'Content-Type: application/json' \\":
            Run(says=r"(?s)chat\.completion\.chunk.*\ndata: \[DONE\]"),
        "keywheel health          # also: stats, blacklist, reset-keys; --url URL asks another Keywheel,":
            Run(says=r"(?s)healthy.*The settings are ok"),
        "keywheel keys import FILE       # or - for the standard input; --dry-run only says what it would do":
            Run(says=r"(?s)2 keys added.*3 of 3 keys are good"),
    },
    "CONTRIBUTING.md": {
        "KEYWHEEL_UPDATE_README=1 build/dev/tests/test_readme":
            Leave("writes README.md; the test test_readme compares"),
    },
    "docs/packaging.md": {
        "flatpak-builder --user --install --force-clean --install-deps-from=flathub build/flatpak \\":
            Leave("needs flatpak-builder, and downloads the runtime"),
    },
    "docs/performance.md": {
        "valgrind --tool=callgrind --instr-atstart=no build/release/bin/keywheel --headless":
            Leave("needs valgrind, wrk, an upstream, and minutes"),
    },
    "docs/server.md": {
        "sudo apt install ./build/packages/keywheel-headless_*.deb":
            Leave("needs root, systemd and a package; packaging/check-deb.sh installs it"),
        "sudo systemctl restart keywheel":
            Leave("needs root and systemd; packaging/check-files.sh verifies the units"),
        "systemctl --user enable --now keywheel":
            Leave("needs systemd; packaging/check-files.sh verifies the units"),
        "make docker-build":
            Leave("needs a container engine; packaging/docker/check-chroot.sh tries the image"),
        "for port in 3901 3902; do": Run(says="(?s)healthy.*healthy"),
        "keywheel health --port 3901 --json": Run(says='(?s)"status": ?"healthy".*Requests'),
    },
    "docs/user-guide.md": {
        'curl "http://127.0.0.1:3000/v1/chat/completions" \\': Run(says=r'"chat\.completion"'),
        "keywheel                # opens the window, or that of the Keywheel that runs":
            Leave("needs a desktop; tests/desktop has one"),
    },
}

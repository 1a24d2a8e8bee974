# SPDX-License-Identifier: GPL-3.0-or-later
"""What test_docs.py does with each sh block of the pages. A block is named by its page and first line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Runs it, in the folder that its page has for itself; `says` is a pattern in what it prints."""
    says: str = ""


@dataclass(frozen=True)
class Elsewhere:
    """Leaves it to a program that names the block and runs it word for word where it can be run."""
    program: str


BLOCKS = {
    "README.md": {
        "git clone <address of this repository> keywheel && cd keywheel": Elsewhere("packaging/check-readme.sh"),
        "make test": Elsewhere("packaging/check-readme.sh"),
        "make run": Elsewhere("packaging/check-readme.sh"),
        "export OPENAI_BASE_URL=http://localhost:3000/v1": Run(),
        "curl http://localhost:3000/v1/chat/completions -H 'Content-Type: application/json' \\":
            Run(says=r"(?s)chat\.completion\.chunk.*\ndata: \[DONE\]"),
        "keywheel health          # also: stats, blacklist, reset-keys; --url URL asks another Keywheel,":
            Run(says=r"(?s)healthy.*The settings are ok"),
        "keywheel keys import FILE       # or - for the standard input; --dry-run only says what it would do":
            Run(says=r"(?s)2 keys added.*3 of 3 keys are good"),
    },
    "CONTRIBUTING.md": {
        "KEYWHEEL_UPDATE_README=1 build/release/tests/test_readme": Elsewhere("packaging/check-readme.sh"),
    },
    "docs/server.md": {
        "sudo apt install ./build/packages/keywheel-headless_*.deb": Elsewhere("packaging/check-service.sh"),
        "sudo systemctl restart keywheel": Elsewhere("packaging/check-service.sh"),
        "systemctl --user enable --now keywheel": Elsewhere("packaging/check-service.sh"),
        "make docker-build": Elsewhere("packaging/docker/check-image.sh"),
        "for port in 3901 3902; do": Run(says="(?s)healthy.*healthy"),
        "keywheel health --port 3901 --json": Run(says='(?s)"status": ?"healthy".*Requests'),
    },
    "docs/user-guide.md": {
        'curl "http://127.0.0.1:3000/v1/chat/completions" \\': Run(says=r'"chat\.completion"'),
        "keywheel                # opens the window, or that of the Keywheel that runs":
            Elsewhere("tests/desktop/test_desktop.py"),
    },
}

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check-readme.sh: what README.md and CONTRIBUTING.md tell a newcomer to run, word for word, on the last
# commit in a fresh Debian 12: the demo and a streamed answer from it, all tests, and a Keywheel with keys
# of one's own. Compiled objects are kept for the next run (ccache).
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
    tail -30 "$HOME/said"
    echo "$*"
    exit 1
}

# start COMMANDS: in the background, until it listens.
start() {
    bash -euo pipefail -c "$1" >"$HOME/said" 2>&1 &
    until grep -q 'Keywheel listens on' "$HOME/said"; do
        kill -0 $! 2>/dev/null || fail "ended: $1"
        sleep 0.2
    done
}
stop() {
    kill "$(pidof keywheel)"
    wait $! || fail "ended with $?"
}

if [[ ${1:-} != --inside ]]; then
    block() { tests/docs/block.py "$@"; }
    exec packaging/with-chroot.sh bookworm ccache,curl,git,make /source/packaging/check-readme.sh --inside \
        "$(block README.md 'git clone <address of this repository> keywheel && cd keywheel')" \
        "$(block README.md "curl http://localhost:3000/v1/chat/completions -H 'Content-Type: application/json' \\")" \
        "$(block README.md 'make test')" \
        "$(block CONTRIBUTING.md 'KEYWHEEL_UPDATE_README=1 build/release/tests/test_readme')" \
        "$(block README.md 'make run')"
fi
demo=${2/<address of this repository>//source} request=$3 tests=$4 table=$5 run=$6
export CCACHE_DIR=/cache/ccache

cd "$HOME"
git config --global --add safe.directory '*'
echo "Qt packages at the start: $(dpkg-query -W 2>/dev/null | grep -ci qt || true)"
start "$demo"
bash -euo pipefail -c "$request" | grep -qx 'data: \[DONE\]' || fail "the demo does not stream"
stop
echo "demo: streams"

cd keywheel
bash -euo pipefail -c "$tests" >"$HOME/said" 2>&1 || fail "the tests"
grep 'tests passed' "$HOME/said"
bash -euo pipefail -c "$table" >"$HOME/said" 2>&1 || fail "README's table"
git diff --exit-code

echo sk-test-0123456789abcdef >keys.txt
start "$run"
build/release/bin/keywheel health | grep '1 healthy' || fail "no key"
stop

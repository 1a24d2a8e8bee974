#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The official `openai` package against the real program. Usage: run.sh [KEYWHEEL-BINARY]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
binary=${1:-$here/../../build/release/bin/keywheel}
if [ ! -x "$binary" ]; then
    echo "run.sh: $binary is not there; build it first (make build) or name another one." >&2
    exit 2
fi
if ! command -v npm >/dev/null || [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    echo "run.sh: Node.js 20 or newer with npm is needed." >&2
    exit 2
fi
KEYWHEEL=$(cd "$(dirname "$binary")" && pwd)/$(basename "$binary")
export KEYWHEEL
cd "$here"
npm ci --no-audit --no-fund --loglevel=error
exec node --test --test-timeout=60000 --test-reporter=spec

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# docs.sh BUILD: runs the sh blocks of README.md and docs/ that follow a line <!-- tested -->, those of
# one page one after another in an empty folder, with the keywheel of BUILD. Also follows the pages'
# links to files.
set -euo pipefail
PATH=$(realpath "$1")/bin:$PATH
cd "$(dirname "$0")/../.."
pages=(README.md CONTRIBUTING.md docs/*.md)

work=$(mktemp -d)

trap 'rm -rf "$work"' EXIT
failed=0

tested_blocks() {
    awk '/^<!-- tested -->$/ { wanted = 1; next }
         /^```/ { inside = wanted && $0 == "```sh"; wanted = 0; next }
         inside' "$1"
}

for page in "${pages[@]}"; do
    while read -r link; do
        [[ -e $(dirname "$page")/$link ]] || {
            echo "$page: no such file: $link"
            failed=1
        }
    done < <(grep -oE '\]\([^):#]+' "$page" | sed 's/^](//')

    blocks=$(tested_blocks "$page")
    [[ $blocks ]] || continue
    home=$work/${page//\//-}
    mkdir -p "$home"
    env -i -C "$home" PATH="$PATH" HOME="$home" TMPDIR="$home" XDG_RUNTIME_DIR="$home" LANG=C.UTF-8 \
        timeout 60 bash -euo pipefail -c "trap 'kill \$(jobs -p) 2>/dev/null || true; wait' EXIT
$blocks" >"$work/said" 2>&1 || {
        echo "== $page:"
        cat "$work/said"
        failed=1
    }
done
exit "$failed"

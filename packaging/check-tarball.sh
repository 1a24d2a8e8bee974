#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check-tarball.sh: unpacks the tar.gz of `make build-all` in a folder of its own, and sees that each
# keeps to one folder and serves from there.
set -euo pipefail
cd "$(dirname "$0")/../build/packages"

fail() {
    cat "$work"/log* >&2 || true
    echo "$*" >&2
    exit 1
}
work=$(mktemp -d)
trap 'kill "$(jobs -p)" 2>/dev/null || true; rm -rf "$work"' EXIT

for archive in keywheel-*Linux*.tar.gz; do
    folder=$work/${archive%.tar.gz}
    tar -xzf "$archive" -C "$work"
    [[ -x $folder/bin/keywheel && -s $folder/share/man/man1/keywheel.1.gz ]] || fail "$archive: no $folder"
    log=$work/log-$archive
    env -i HOME="$work" "$folder/bin/keywheel" --headless --demo --port 0 >"$log" 2>&1 &
    for _ in {1..100}; do
        address=$(grep -om1 'http://127.0.0.1:[0-9]*' "$log" 2>&1) && break
        sleep 0.1
    done
    [[ $address == http* ]] || fail "$archive: it does not start"
    "$folder/bin/keywheel" health --url "$address" || fail "$archive: not healthy"
    kill %%
    wait %% || fail "$archive: it ended with $?"
done

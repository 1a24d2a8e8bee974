#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check-image.sh: builds and runs the image of the last commit word for word as docs/server.md says, and
# sees that it answers, asks for AUTH_KEY, is healthy to the engine, and stops. Needs podman or docker,
# their access to the base image, and port 3000.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() {
    cat "$work/said"
    echo "$*"
    exit 1
}
status() { curl -so /dev/null -w '%{http_code}' http://127.0.0.1:3000/"$1"; }

engine=$(command -v podman || command -v docker) || {
    echo "Neither podman nor docker is there." >&2
    exit 1
}
block=$(tests/docs/block.py docs/server.md 'make docker-build')
work=$(mktemp -d)
container=
trap '[[ -z $container ]] || "$engine" kill "$container" >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
git clone -q . "$work/keywheel"
cd "$work/keywheel"
install -m 600 <(echo sk-test-0123456789abcdef) keys.txt
if ((EUID == 0)) && ! command -v sudo >/dev/null; then
    sudo() { "$@"; }
    export -f sudo
fi
bash -euo pipefail -c "$block" >"$work/said" 2>&1 &
run=$!
until [[ $(status health) == 200 && -n $container ]]; do
    kill -0 "$run" 2>/dev/null || fail "the block ended"
    sleep 0.2
    container=$("$engine" ps --format '{{.ID}} {{.Image}}' | sed -nE 's,^(\S+) (localhost/)?keywheel(:latest)?$,\1,p')
done
[[ $(status v1/models) == 401 ]] || fail "it does not ask for AUTH_KEY"
[[ $("$engine" exec "$container" keywheel health) == *'1 healthy'* ]] || fail "its health check"
[[ $("$engine" exec "$container" id -u) == 10001 ]] || fail "it runs as another user"
! "$engine" exec "$container" touch /file 2>/dev/null || fail "its root can be written"
"$engine" stop "$container" >/dev/null
container=
wait "$run" || fail "it ended with $?"
echo "image: built, answers, asks for AUTH_KEY, healthy, stops"

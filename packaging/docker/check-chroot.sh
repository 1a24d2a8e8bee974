#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check-chroot.sh: does in a fresh chroot what the Dockerfile's last stage says (same packages, same
# commands, same user and environment), with the DEB of `make build-all`, and sees that the image
# would start, refuse to start open, be healthy, and stop. It needs no container engine.
set -euo pipefail
cd "$(dirname "$0")/../.."

# What `cmake --install` takes from the source folder, an engine must be let see.
check_context() {
    local name bad=0
    while read -r name; do
        [[ $name == build ]] || grep -Fqx "!$name" .dockerignore || {
            echo ".dockerignore leaves out $name, which is installed" >&2
            bad=1
        }
    done < <(grep -rhoP "\"$PWD/\K[^/\"]+" build/headless --include=cmake_install.cmake | sort -u)
    return "$bad"
}

if [[ ${1:-} != --inside ]]; then
    check_context
    exec packaging/with-chroot.sh bookworm '' /source/packaging/docker/check-chroot.sh --inside
fi

fail() {
    cat /tmp/log >&2
    echo "$*" >&2
    exit 1
}
from_json() { sed 's/^[^[]*\[//; s/\].*//; s/[",]/ /g' <<<"$1"; }

stage=$(sed ':join; /\\$/ { N; s/\\\n//; b join }' packaging/docker/Dockerfile |
    awk '/^FROM/ { text = "" } { text = text $0 "\n" } END { printf "%s", text }')
while read -r instruction rest; do
    case $instruction in
    COPY) install -D -t /packages /source/build/packages/keywheel-headless_*.deb ;;
    RUN) bash -ec "$rest" >/tmp/log 2>&1 || fail "failed: $rest" ;;
    ENV) read -ra environment <<<"$rest" ;;
    USER) user=$rest ;;
    WORKDIR) folder=$rest ;;
    HEALTHCHECK) read -ra health <<<"$(from_json "$rest")" ;;
    ENTRYPOINT) read -ra program <<<"$(from_json "$rest")" ;;
    CMD) read -ra arguments <<<"$(from_json "$rest")" ;;
    esac
done <<<"$stage"
as_image=(setpriv --reuid "$user" --regid "$user" --clear-groups env -i -C "$folder" PATH="$PATH"
    PORT="$FREE_PORT" OPENAI_BASE_URL=http://127.0.0.1:9 "${environment[@]}")
in_image() { "${as_image[@]}" "$@"; }

install -D -o "$user" -m 400 <(echo sk-test-0123456789abcdef) /run/secrets/keys.txt
code=0
in_image "${program[@]}" "${arguments[@]}" >/tmp/log 2>&1 || code=$?
[[ $code == 2 && $(</tmp/log) == *ALLOW_OPEN* ]] || fail "without AUTH_KEY it ended with $code, not 2"
in_image "${program[@]}" keys list >/tmp/log 2>&1 || fail "keys list"

# With a read-only root but for what compose mounts.
mount --bind / /mnt
mount -o remount,bind,ro /mnt
mount -t tmpfs tmpfs /mnt/tmp
mount --bind /var/lib/keywheel /mnt/var/lib/keywheel
mount --bind /proc /mnt/proc
mount --bind /dev /mnt/dev
chroot /mnt "${as_image[@]}" AUTH_KEY=test-auth-key "${program[@]}" "${arguments[@]}" >/tmp/log 2>&1 &
pid=$!
for _ in {1..100}; do
    in_image "${health[@]}" >/tmp/health 2>&1 && break
    sleep 0.1
done
grep -q healthy /tmp/health || fail "not healthy: $(cat /tmp/health)"
[[ -s /var/lib/keywheel/keywheel.db ]] || fail "no state is kept"
kill "$pid"
wait "$pid" || fail "it ended with $?"
echo "image: starts, refuses to be open, is healthy, stops"

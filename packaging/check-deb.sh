#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check-deb.sh [SUITE [PACKAGE…]]: installs the packages of `make build-all` in a fresh Debian
# (bookworm), runs what they have, and sees that removal and purge leave nothing. The service is
# started as its unit says but for systemd itself, which a chroot lacks.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ ${1:-} != --inside ]]; then
    exec packaging/with-chroot.sh "${1:-bookworm}" \
        curl,man-db,systemd,desktop-file-utils,appstream,bash-completion,zsh,fish \
        /source/packaging/check-deb.sh --inside "${@:2}"
fi

fail() {
    echo "$*" >&2
    exit 1
}
quietly() {
    "$@" >/tmp/said 2>&1 || {
        cat /tmp/said
        fail "failed: $*"
    }
}
everything() {
    find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /source -o -path /cache \
        -o -path /tmp -o -path /var/lib/dpkg -o -path /var/lib/apt -o -path /var/cache \
        -o -path /var/log -o -name '*.pyc' \) -prune -o -print | sort
}

# As the unit: files of root's, handed over to a user that owns nothing but its state folder.
service() {
    local credentials=/run/credentials state=/var/lib/keywheel pid
    install -d -o nobody -m 700 "$credentials" "$state"
    echo 'sk-test-0123456789abcdef' >>/etc/keywheel/keys.txt
    install -o nobody -m 400 /etc/keywheel/keywheel.env /etc/keywheel/keys.txt "$credentials"
    setpriv --reuid nobody --regid nogroup --clear-groups env -C "$state" XDG_STATE_HOME=/var/lib \
        KEYS_FILE="$credentials/keys.txt" PORT="$FREE_PORT" OPENAI_BASE_URL=http://127.0.0.1:9 \
        /usr/bin/keywheel --headless --env-file "$credentials/keywheel.env" >/tmp/log 2>&1 &
    pid=$!
    for _ in {1..100}; do
        curl -fs "http://127.0.0.1:$FREE_PORT/health" >/tmp/health && break
        sleep 0.1
    done
    grep -q '"total":1' <(tr -d ' \n' </tmp/health) || {
        cat /tmp/log
        fail "the service does not answer: $(cat /tmp/health)"
    }
    PORT="$FREE_PORT" keywheel health >/dev/null || fail "keywheel health"
    kill "$pid"
    wait "$pid" || fail "it ended with $?"
    rm -rf "$credentials" "$state"
}

check() {
    local package=$1 file
    file=$(echo /source/build/packages/"$package"_*.deb)
    echo "== $(basename "$file")"
    quietly apt-get install -y --no-install-recommends "$file"
    [[ $(keywheel --version) == keywheel* ]] || fail "keywheel --version"
    quietly keywheel --help
    /source/packaging/check-files.sh --installed || fail "its files"
    if [[ $package == keywheel-headless ]]; then
        [[ $(stat -c %a-%U /etc/keywheel/keys.txt) == 600-root ]] || fail "keys.txt is not root's alone"
        quietly systemctl enable keywheel
        service
    fi
    quietly apt-get remove -y "$package"
    [[ ! -e /usr/bin/keywheel ]] || fail "left after removal: keywheel"
    quietly dpkg --purge "$package" # of what has no settings apt knows nothing any more
    quietly apt-get autoremove -y --purge
    comm -13 /tmp/before <(everything) | grep -i keywheel && fail "left after purge"
    return 0
}

quietly apt-get update
everything >/tmp/before
if (($# > 1)); then
    packages=("${@:2}")
else
    packages=(keywheel-headless keywheel)
fi
for package in "${packages[@]}"; do
    check "$package"
done
((${#packages[@]} > 1)) || exit 0
# One takes the other's place.
quietly apt-get install -y --no-install-recommends /source/build/packages/keywheel-headless_*.deb
quietly apt-get install -y --no-install-recommends /source/build/packages/keywheel_*.deb
dpkg-query -W -f '${db:Status-Status}' keywheel-headless 2>/dev/null | grep -q '^installed' &&
    fail "both are installed"
echo "packages: clean"

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# with-chroot.sh SUITE PACKAGE,… COMMAND…: runs COMMAND as root in a fresh Debian SUITE with these
# packages (beside ca-certificates). /source there is this source tree, read-only; /cache is kept for
# the next run, like the packages. The rest goes at the end: mounts and processes live in namespaces
# that end with this script, however it ends. Needs root and debootstrap.
# BOOT=yes: after COMMAND boots it, with no network but its loopback; its systemd's exit code is this one's.
# In COMMAND's environment FREE_PORT is a port of 127.0.0.1 that nobody listens on.
# LIMIT: seconds for all of it. MIRROR, CACHE: other places than the usual.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly suite=$1 packages=$2 mirror=${MIRROR:-http://deb.debian.org/debian}
readonly cache=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/keywheel}/$suite
shift 2

free_port() {
    local port
    while
        port=$((20000 + RANDOM % 10000))
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null
    do :; done
    echo "$port"
}

boot() {
    local code=0
    umount -l "$1/proc" "$1/dev" "$1/sys" # systemd-nspawn has its own
    mount -t proc proc /proc              # it looks for itself there, by its PID in this namespace
    systemd-nspawn --quiet --register=no --keep-unit --boot --private-network --console=pipe \
        -D "$1" >"$1.log" 2>&1 || code=$?
    cat "$1/var/log/check" || tail "$1.log"
    return "$code"
}

# Runs in mount and PID namespaces of its own.
inside() {
    local root=$1
    debootstrap --variant=minbase --include="ca-certificates${packages:+,$packages}" \
        --cache-dir="$cache/apt" "$suite" "$root" "$mirror" >"$root.log" || {
        tail "$root.log"
        return 1
    }
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    apt-config dump Acquire >"$root/etc/apt/apt.conf.d/99host" # proxies and the like
    echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io" # no crash is survived anyway
    mount --bind "$cache/apt" "$root/var/cache/apt/archives"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t sysfs -o ro sysfs "$root/sys"
    mkdir "$root/source" "$root/cache"
    mount --bind "$PWD" "$root/source"
    mount -o remount,bind,ro "$root/source"
    mount --bind "$cache/kept" "$root/cache"
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive FREE_PORT="$(free_port)" JOBS="${JOBS:-$(nproc)}" \
        TESTS="${TESTS:-}" \
        chroot "$root" "${@:2}"
    [[ ${BOOT:-} != yes ]] || boot "$root"
}

if [[ $1 == --inside ]]; then
    inside "${@:2}"
    exit
fi

((EUID == 0)) || {
    echo "A chroot is root's to make: run this as root." >&2
    exit 1
}
packaging/install-deps.sh package
mkdir -p "$cache/apt" "$cache/kept"
root=$(mktemp -d "/var/tmp/keywheel-$suite.XXXXXX")
chmod 755 "$root"
# unshare heeds nothing but SIGKILL, which takes all that runs inside with it.
timeout --kill-after=1 "${LIMIT:-3600}" unshare --mount --pid --fork --kill-child \
    --propagation private "$0" "$suite" "$packages" --inside "$root" "$@" &
trap 'kill $! 2>/dev/null && { wait $! || true; }; rm -rf --one-file-system "$root" "$root.log"' EXIT
trap 'exit 130' INT TERM
wait $!

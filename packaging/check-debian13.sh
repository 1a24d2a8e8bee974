#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check-debian13.sh [CMAKE-OPTION…]: builds this source tree with Debian 13's Qt (6.8) in a chroot
# and runs all tests there as an ordinary user. Needs root and debootstrap. Packages and compiled
# objects stay in CACHE, so that the next run takes minutes less; the chroot goes at the end, and
# its mounts and processes live in namespaces that end with this script, however it ends.
# LIMIT: seconds for all of it. TESTS: a regular expression of the tests to run.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly suite=trixie mirror=${MIRROR:-http://deb.debian.org/debian}
readonly jobs=${JOBS:-$(nproc)} limit=${LIMIT:-3600}
readonly cache=${CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/keywheel/debian13}

# Runs in mount and PID namespaces of its own.
inside() {
    local root=$1
    shift
    debootstrap --variant=minbase --include=ca-certificates,ccache,git,make --cache-dir="$cache/apt" \
        "$suite" "$root" "$mirror" >"$root.log" || {
        tail "$root.log"
        return 1
    }
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    apt-config dump Acquire >"$root/etc/apt/apt.conf.d/99host" # proxies and the like
    echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io" # nobody needs it after a crash
    mount --bind "$cache/apt" "$root/var/cache/apt/archives"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t sysfs -o ro sysfs "$root/sys"
    chroot "$root" useradd --create-home --uid 1000 builder
    mkdir "$root/source" "$root/ccache"
    mount --bind "$PWD" "$root/source"
    mount -o remount,bind,ro "$root/source"
    mount --bind "$cache/ccache" "$root/ccache"
    chown 1000:1000 "$cache/ccache"

    chroot "$root" /source/packaging/install-deps.sh build test >"$root.log" || {
        tail "$root.log"
        return 1
    }
    as_builder "$root" cmake -S /source -B build -G Ninja -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DKEYWHEEL_WERROR=ON "$@"
    as_builder "$root" nice -n 10 ninja -C build -j "$jobs"
    as_builder "$root" ctest --test-dir build --output-on-failure ${TESTS:+-R "$TESTS"}
}

as_builder() {
    chroot "$1" /usr/sbin/runuser -u builder -- env -i -C /home/builder HOME=/home/builder \
        PATH=/usr/bin:/bin LANG=C.UTF-8 CCACHE_DIR=/ccache QT_QPA_PLATFORM=offscreen "${@:2}"
}

if [[ ${1:-} == --inside ]]; then
    inside "${@:2}"
    exit
fi

((EUID == 0)) || {
    echo "$0 makes a chroot: run it as root." >&2
    exit 1
}
packaging/install-deps.sh package
mkdir -p "$cache/apt" "$cache/ccache"
root=$(mktemp -d /var/tmp/keywheel-debian13.XXXXXX)
chmod 755 "$root"
# unshare heeds nothing but SIGKILL, which takes all that runs inside with it.
timeout --kill-after=1 "$limit" \
    unshare --mount --pid --fork --kill-child --propagation private "$0" --inside "$root" "$@" &
trap 'kill $! 2>/dev/null && { wait $! || true; }; rm -rf --one-file-system "$root" "$root.log"' EXIT
trap 'exit 130' INT TERM
wait $!

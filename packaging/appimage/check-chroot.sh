#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check-chroot.sh [SUITE]: runs build/appimage/Keywheel.AppDir in a fresh Debian (bookworm) that has no
# Qt, only what an AppImage may count on: as a server, and as a window on an X server and without one.
# Sees that Qt and OpenSSL come from the folder. It tries neither the keychain, nor an AppImage's own file
# and FUSE, nor Wayland.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [[ ${1:-} != --inside ]]; then
    exec packaging/with-chroot.sh "${1:-bookworm}" \
        curl,dbus,procps,xvfb,libegl1,libfontconfig1,libgl1,libharfbuzz0b,libopengl0,libsm6,libstdc++6,libwayland-client0,libx11-xcb1,libxcb-dri2-0,libxcb-dri3-0 \
        /source/packaging/appimage/check-chroot.sh --inside
fi

fail() {
    cat /tmp/log >&2
    echo "$*" >&2
    exit 1
}

readonly program=/opt/Keywheel.AppDir/AppRun port=$((FREE_PORT))
as_person() {
    setpriv --reuid person --regid person --clear-groups env -C /home/person HOME=/home/person \
        XDG_RUNTIME_DIR=/home/person/run LIBGL_ALWAYS_SOFTWARE=1 "$@"
}
# What as_person started, not what waits for it.
pid_of() { pgrep --newest --euid person --full -- "$@"; }
# uses PID PATTERN…: these files of the folder are in that process, and no Qt of the system.
uses() {
    local pid=$1 name
    for name in "${@:2}"; do
        grep -q "/opt/Keywheel.AppDir/usr/.*$name" "/proc/$pid/maps" || fail "$name is not the folder's"
    done
    ! grep -E ' /(usr/)?lib/.*/(libQt6|libssl|libsecret|libicu)' "/proc/$pid/maps" ||
        fail "these are the system's"
}
wait_for() {
    for _ in {1..150}; do
        "$@" >/tmp/answer 2>&1 && return
        sleep 0.1
    done
    fail "never: $*: $(cat /tmp/answer)"
}

! ldconfig -p | grep libQt || fail "there is a Qt"
cp -a /source/build/appimage/Keywheel.AppDir /opt/
useradd --create-home person
install -d -o person -m 700 /home/person/run
[[ $(as_person "$program" --version) == keywheel* ]] || fail "--version"

install -o person -m 600 <(echo sk-test-0123456789abcdef) /home/person/own-keys
# An upstream that does not speak TLS: enough to have OpenSSL loaded.
as_person "$program" --demo --port $((port + 1)) >/tmp/upstream 2>&1 &
upstream=$!
wait_for curl -fs http://127.0.0.1:$((port + 1))/health
as_person KEYS_FILE=own-keys PORT=$port OPENAI_BASE_URL=https://127.0.0.1:$((port + 1)) MAX_RETRIES=0 \
    "$program" --headless >/tmp/log 2>&1 &
server=$!
wait_for curl -fs http://127.0.0.1:$port/health
grep -q '"total":1' <(tr -d ' \n' </tmp/answer) || fail "not healthy: $(cat /tmp/answer)"
grep -q handshake <(curl -s http://127.0.0.1:$port/v1/models) || fail "no TLS"
pid=$(pid_of --headless)
uses "$pid" libQt6HttpServer libqsqlite libqopensslbackend libssl.so.3
kill "$pid" "$(pid_of --demo)"
wait "$server" || fail "it ended with $?"
wait "$upstream" || fail "the upstream ended with $?"

# desktop PLATFORM PLUGIN …: the window opens, and ends when it is told to.
desktop() {
    as_person QT_QPA_PLATFORM="$1" LANG=zh_CN.UTF-8 PORT=$port dbus-run-session -- "$program" >/tmp/log 2>&1 &
    wait_for curl -fs http://127.0.0.1:$port/health
    pid=$(pid_of "^$program\$")
    uses "$pid" libQt6Widgets "${@:2}"
    as_person QT_QPA_PLATFORM=offscreen "$program" --quit || fail "--quit"
    wait $! || fail "it ended with $?"
    ! grep -i 'could not\|cannot load' /tmp/log || fail "it complained"
}
desktop offscreen libqoffscreen libqsvg
Xvfb :7 -screen 0 1280x800x24 >/tmp/xvfb 2>&1 &
wait_for test -S /tmp/.X11-unix/X7
DISPLAY=:7 desktop xcb libqxcb libxcb-icccm libqsvg
echo "AppDir: runs as a server and as a window, with its own Qt and OpenSSL"

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check-files.sh BUILD|--installed: validates the files that packages install, with the tools that are
# there. BUILD is a build folder in which `keywheel` is built; --installed means those of this system.
# shellcheck disable=SC2317  # what check() calls
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [[ $1 == --installed ]]; then
    program=/usr/bin/keywheel
    filled=$work/filled share=/usr/share units=/usr/lib/systemd
    desktop=$share/applications metainfo=$share/metainfo
    mkdir "$filled"
    cp "$share/bash-completion/completions/keywheel" "$share"/zsh/*/_keywheel \
        "$share/fish/vendor_completions.d/keywheel.fish" "$filled"
    gunzip -c "$share/man/man1/keywheel.1.gz" >"$filled/keywheel.1"
    gunzip -c "$share/man/man5/keywheel.env.5.gz" >"$filled/keywheel.env.5"
else
    build=$(realpath "$1")
    cd "$(dirname "$0")"
    program=$build/bin/keywheel
    filled=$build/packaging/linux units=linux desktop=linux/desktop metainfo=$filled
fi
failed=0
check() {
    local tool=$1
    command -v "$tool" >/dev/null || {
        echo "skipped: $tool is not there"
        return
    }
    "${@:2}" >"$work/said" 2>&1 && [[ ! -s $work/said ]] && return
    echo "== ${*:2}"
    cat "$work/said"
    failed=1
}

units() {
    local kind
    for kind in system user; do
        [[ -f $units/$kind/keywheel.service ]] || continue # the desktop's package has no system service
        mkdir -p "$work/$kind"
        sed "s,/usr/bin/keywheel,$program," "$units/$kind/keywheel.service" >"$work/$kind/keywheel.service"
        XDG_RUNTIME_DIR=$work systemd-analyze verify --man=no "--$kind" "$work/$kind/keywheel.service" || return
    done
    # Of what a service may do, little is left.
    [[ -f $work/system/keywheel.service ]] || return 0
    systemd-analyze security --offline=yes --threshold=20 "$work/system/keywheel.service" \
        >"$work/security" || tail -1 "$work/security"
}
manual() {
    local page
    for page in keywheel.1 keywheel.env.5; do
        LC_ALL=C.UTF-8 man --warnings --encoding=UTF-8 --local-file "$filled/$page" >/dev/null || return
    done
}
metainfo() {
    appstreamcli validate --no-net --no-color "$metainfo"/*keywheel*.metainfo.xml \
        >"$work/appstream" || cat "$work/appstream"
}
# What a person sees after typing LINE and pressing the tab key.
completed() {
    bash -c 'for f in /usr/share/bash-completion/bash_completion "$1"; do . "$f"; done
        COMP_LINE=$2 COMP_POINT=${#2} COMP_TYPE=9 COMP_KEY=9
        read -ra COMP_WORDS <<<"$2"
        [[ $2 != *" " ]] || COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _keywheel keywheel "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" 2>/dev/null
        echo "${COMPREPLY[*]}"' - "$filled/keywheel" "$1"
}
bash_completion() {
    bash -n "$filled/keywheel"
    [[ -f /usr/share/bash-completion/bash_completion ]] || return 0
    local line expected got
    while IFS='|' read -r line expected; do
        got=$(completed "$line")
        [[ $got == "$expected" ]] || echo "after '$line' bash offers '$got', not '$expected'"
    done <<'END'
keywheel hea|health
keywheel keys im|import
keywheel config |check show
keywheel --headl|--headless
keywheel --set MAX_RET|MAX_RETRIES=
END
}

check systemd-analyze units
check man manual
if compgen -G "$metainfo/*keywheel*.metainfo.xml" >/dev/null; then # not without a window
    check desktop-file-validate desktop-file-validate "$desktop/keywheel.desktop"
    check appstreamcli metainfo
fi
check bash bash_completion
check zsh zsh -n "$filled/_keywheel"
check fish fish --no-execute "$filled/keywheel.fish"
exit "$failed"

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# lint.sh: every check that needs neither a running program nor the compiler's view of the sources;
# `make clang-tidy` has the latter. Goes on after a finding and fails at the end, so that one run shows
# all.
set -euo pipefail
cd "$(dirname "$0")/../.."
failed=()
check() {
    echo "== $1"
    "${@:2}" || failed+=("$1")
}

cpp_files() {
    find "$@" -name node_modules -prune -o \( -name '*.cpp' -o -name '*.h' \) -print0
}

format() { cpp_files core ui app tests | xargs -0 clang-format --dry-run -Werror; }

# A longer file says why at its top.
sizes() {
    local file lines bad=0
    while read -r -d '' file; do
        lines=$(wc -l <"$file")
        if ((lines > 600)) && ! head -n 12 "$file" | grep -q '^// Longer than 600 lines:'; then
            echo "$file: $lines lines; above 600 its top needs a comment \"// Longer than 600 lines: …\""
            bad=1
        fi
    done < <(cpp_files core app ui)
    return "$bad"
}

licences() {
    ! cpp_files core ui app tests | xargs -0 grep -L 'SPDX-License-Identifier: GPL-3.0-or-later' |
        grep .
}

scripts() {
    find . \( -name build -o -name node_modules -o -name .git \) -prune -o \
        \( -name '*.sh' -o -path ./.ci/run \) -print0 | xargs -0 shellcheck
}

check "clang-format" format
check "file sizes" sizes
check "licence lines" licences
check "layers" cmake -DROOT=. -P tests/tree/layers.cmake
check "dependency list" tests/tree/dependencies.sh
check "shellcheck" scripts

if ((${#failed[@]})); then
    printf 'lint: failed:'
    printf ' %s,' "${failed[@]}" | sed 's/,$/\n/'
    exit 1
fi
echo "lint: clean"

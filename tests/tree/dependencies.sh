#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fails when CMake looks for a library that packaging/install-deps.sh does not install, or the other
# way round. It reads a find_package() only where that stands on one line.
set -euo pipefail
cd "$(dirname "$0")/../.."

# find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network) gives Qt6::Core and Qt6::Network.
in_cmake() {
    find . \( -name build -o -name node_modules \) -prune -o -name CMakeLists.txt -print0 |
        xargs -0 sed -nE 's/^ *find_package\(([^)]*)\).*/\1/p' |
        awk '{
            components = 0
            for (i = 2; i <= NF; i++) {
                if (components) print $1 "::" $i
                if ($i == "COMPONENTS") components = 1
            }
            if (!components) print $1
        }' | sort -u
}

# Of the table: what is a library and not a program.
in_script() {
    sed -nE "/^readonly table='/,/^'/s/^(build|test) +([^ ]+).*/\2/p" packaging/install-deps.sh |
        grep -E '::|^ZLIB$|^tl-expected$|^Qt6Keychain$' | sort -u
}

difference=$(diff <(in_cmake) <(in_script)) || {
    echo "Libraries that only CMake (<) or only packaging/install-deps.sh (>) names:"
    grep '^[<>]' <<<"$difference"
    exit 1
}

#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-tidy.sh BUILD JOBS [FILE…]: runs clang-tidy on the files, or on all of core, ui and app. BUILD is
# a configured and built folder. The sizes of functions are among its checks (.clang-tidy).
set -euo pipefail
cd "$(dirname "$0")/../.."
readonly build=$1 jobs=$2
shift 2
if (($#)); then
    printf '%s\0' "$@"
else
    find core ui app -name '*.cpp' -print0
fi | xargs -0 -n 1 -P "$jobs" clang-tidy -p "$build" --quiet 2> >(grep -v 'warnings\? generated' >&2)
